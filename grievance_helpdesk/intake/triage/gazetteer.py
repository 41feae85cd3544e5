"""The places that triage knows, indexed by spelling. Built once from rows; a lookup is one or two dict reads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .spelling import joins, romanise, skeleton, sound_key
from .text import fold

ABOVE_DISTRICT = ("State", "Division")
SMALL = ("Village", "Locality", "Ward")
LONGEST_NAME = 4  # words
TELLING_NAME = 3  # words
FUZZY_CUT = 85
SHORTEST_FUZZY = 5
SAME_SOUND = 80

_SPLIT = re.compile(r"[^0-9a-z\u00c0-\u0963\u0966-\uffff]+")
_BRACKETS = re.compile(r"\([^)]*\)")
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class PlaceRow:
	"""One place. ``name`` is the Jurisdiction's document name, ``district`` the name of its District's document.

	``urban`` is None when the level alone does not say it.
	"""

	name: str
	title: str
	level: str
	district: str | None = None
	parent: str | None = None
	scope_path: str = ""
	title_hi: str = ""
	aliases: tuple[str, ...] = ()
	pin_codes: tuple[str, ...] = ()
	urban: bool | None = None


def spelled(name: str) -> str:
	"""A name as the index knows it: folded, without brackets, single spaces."""
	return " ".join(_SPLIT.sub(" ", fold(_BRACKETS.sub(" ", name))).split())


class District:
	"""The small places of one district by spelling; the spelling keys are made when first needed."""

	__slots__ = ("_by_sound", "_skeletons", "_sounds", "names", "wards")

	def __init__(self) -> None:
		self.names: dict[str, PlaceRow] = {}
		self.wards: dict[str, list[PlaceRow]] = {}
		self._sounds: dict[str, str] = {}
		self._by_sound: dict[str, str] = {}
		self._skeletons: dict[str, list[str]] | None = None

	def exact(self, spelling: str) -> PlaceRow | None:
		"""The place of that spelling; "ram nagar" and "ramnagar" are one."""
		return self.names.get(spelling) or self.names.get(spelling.replace(" ", ""))

	def similar(self, spelling: str) -> tuple[PlaceRow, float] | None:
		"""The place that is spelled most alike, by skeleton and then by edit distance, and how sure (0..1)."""
		if self._skeletons is None:
			self._prepare()
		key, sound = _keys(spelling)
		if sound in self._by_sound:
			return self.names[self._by_sound[sound]], 0.9
		same = self._skeletons.get(key, ()) if len(key) > 1 else ()
		cut = 60 if joins(key) else 75
		best = process.extractOne(
			sound, {name: self._sounds[name] for name in same}, scorer=fuzz.ratio, score_cutoff=cut
		)
		if best:
			return self.names[best[2]], 0.85
		if len(sound) < SHORTEST_FUZZY:
			return None
		for _, _, name in process.extract(
			sound, self._sounds, scorer=fuzz.ratio, score_cutoff=FUZZY_CUT, limit=3
		):
			# Nobody misses a name's first letter.
			if self._sounds[name][0] == sound[0]:
				return self.names[name], 0.75
		return None

	def _prepare(self) -> None:
		skeletons: dict[str, list[str]] = defaultdict(list)
		for name in self.names:
			key, self._sounds[name] = _keys(name)
			self._by_sound.setdefault(self._sounds[name], name)
			skeletons[key].append(name)
		self._skeletons = skeletons


def _keys(spelling: str) -> tuple[str, str]:
	"""Skeleton and sound of a name as if it were written in one word."""
	joined = romanise_all(spelling)
	return skeleton(joined), sound_key(joined)


def romanise_all(spelling: str) -> str:
	return "".join(romanise(word) for word in spelling.split())


class Gazetteer:
	"""All places. The same village from two lists counts once in its district."""

	def __init__(self, rows: Iterable[PlaceRow]) -> None:
		self.districts: dict[str, PlaceRow] = {}
		self.inside: dict[str, District] = {}
		# Names that count without a cue word: spelling → places. Districts first.
		self.strong: dict[str, list[PlaceRow]] = {}
		# First word of a strong name → most words that follow it in one.
		self.starts: dict[str, int] = {}
		# Villages and localities of the whole state: spelling → places, one for each district.
		self.small: dict[str, list[PlaceRow]] = {}
		self.pins: dict[str, frozenset[str]] = {}
		rows = list(rows)
		for row in rows:
			if row.level == "District":
				self.districts[row.name] = row
				self.inside[row.name] = District()
		pins: dict[str, set[str]] = defaultdict(set)
		for row in rows:
			self._add(row, pins)
		self.pins = {pin: frozenset(names) for pin, names in pins.items()}
		self._district_sounds = self._sounds()

	def _add(self, row: PlaceRow, pins: dict[str, set[str]]) -> None:
		if row.level in ABOVE_DISTRICT:
			return
		district = row.name if row.level == "District" else row.district
		if district not in self.inside:
			return
		for pin in row.pin_codes:
			pins[pin].add(district)
		inside = self.inside[district]
		if row.level == "Ward":
			for number in _NUMBER.findall(row.title)[:1]:
				inside.wards.setdefault(number.lstrip("0"), []).append(row)
		for spelling in self._spellings(row):
			if row.level in SMALL:
				self._add_small(spelling, row, inside)
			else:
				self._add_strong(spelling, row)
		if row.level in SMALL:
			self._add_short_names(row, inside)

	@staticmethod
	def _spellings(row: PlaceRow) -> list[str]:
		found = dict.fromkeys(spelled(name) for name in (row.title, row.title_hi, *row.aliases) if name)
		return [name for name in found if name]

	def _add_small(self, spelling: str, row: PlaceRow, inside: District) -> None:
		if spelling in inside.names or (compact := spelling.replace(" ", "")) in inside.names:
			return
		inside.names[spelling] = row
		if row.level == "Ward":
			return
		self.small.setdefault(spelling, []).append(row)
		words = spelling.split()
		if len(words) > 1:
			self._start(words)
			# "Ramnagar" for "Ram Nagar"; a single word, so it counts beside a cue only.
			inside.names[compact] = row
			self.small.setdefault(compact, []).append(row)

	def _add_short_names(self, row: PlaceRow, inside: District) -> None:
		"""Post offices carry the district beside their own name ("Model Town Rewari"); inside it that may go."""
		own = spelled(row.district or "")
		for spelling in self._spellings(row):
			short = spelling.removesuffix(f" {own}").removeprefix(f"{own} ")
			if not short or short == spelling:
				continue
			inside.names.setdefault(short, row)
			# "DLF Phase 2" tells its district by itself, "Railway Station" and "Model Town" do not.
			if len(short.split()) >= TELLING_NAME:
				self.small.setdefault(short, []).append(row)
				self._start(short.split())

	def _add_strong(self, spelling: str, row: PlaceRow) -> None:
		places = self.strong.setdefault(spelling, [])
		if row.level == "District":
			places.insert(0, row)
		else:
			places.append(row)
		self._start(spelling.split())

	def _start(self, words: list[str]) -> None:
		length = min(len(words), LONGEST_NAME)
		if length > self.starts.get(words[0], 0):
			self.starts[words[0]] = length

	def _sounds(self) -> dict[str, tuple[PlaceRow, list[str]]]:
		"""Skeleton → district and its sound keys, for misspelled districts; shared skeletons are left out."""
		found: dict[str, tuple[PlaceRow, list[str]] | None] = {}
		for row in self.districts.values():
			for spelling in self._spellings(row):
				key = skeleton(romanise_all(spelling))
				if not joins(key):
					continue
				known = found.get(key, (row, []))
				if known is None or known[0] is not row:
					found[key] = None
					continue
				known[1].append(sound_key(romanise_all(spelling)))
				found[key] = known
		return {key: known for key, known in found.items() if known}

	def district_like(self, word: str) -> PlaceRow | None:
		"""The district that ``word`` misspells, or None: the same consonants and nearly the same sound."""
		known = self._district_sounds.get(skeleton(word))
		if known and process.extractOne(
			sound_key(word), known[1], scorer=fuzz.ratio, score_cutoff=SAME_SOUND
		):
			return known[0]
		return None
