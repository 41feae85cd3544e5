"""Where a post names districts, towns, villages, sectors and wards: reading only, no decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import place_words as words_of
from .gazetteer import LONGEST_NAME, Gazetteer, PlaceRow
from .result import Span
from .text import Text

DISTRICT, TOWN, SMALL = "district", "town", "small"

_VILLAGE, _LOCALITY, _ROAD, _INSTITUTION, _TAIL, _HEAD, _URBAN, _RURAL, _INITIAL = (
	1 << bit for bit in range(9)
)
_FLAGS: dict[str, int] = {}
for _flag, _listed in (
	(_VILLAGE, words_of.VILLAGE_CUES),
	(_LOCALITY, words_of.LOCALITY_NOUNS),
	(_URBAN, words_of.URBAN_WORDS),
	(_RURAL, words_of.RURAL_WORDS),
	(_INITIAL, ("o",)),
	(_TAIL, words_of.TELLING_TAILS),
	(_HEAD, words_of.TELLING_HEADS),
	(_INSTITUTION, words_of.INSTITUTIONS),
	(_ROAD, words_of.NAMED_ROADS),
):
	for _word in _listed:
		_FLAGS[_word] = _FLAGS.get(_word, 0) | _flag

_NUMBERED = re.compile(
	r"(?<![^\W\d_])(?:(?P<sector>sector|sect|sec|सेक्टर|सैक्टर)|(?P<nit>nit|एनआईटी)|(?P<ward>ward|wrd|wd|w\.? ?no|वार्ड|वॉर्ड))[\s.:#-]{0,3}"
	r"(?:(?:no|num|number|nos|न|नं|नंबर|नम्बर|संख्या|क्रमांक)[\s.:#-]{0,3})?"
	r"(?P<number>\d{1,3}(?!\d)(?:-?[a-z](?![a-z]))?(?:\s?[-/&]\s?\d{1,3}(?!\d))?)"
)
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Mention:
	"""A name of the gazetteer that counts without a cue. ``first``/``last`` are token positions (last excluded)."""

	kind: str
	rows: list[PlaceRow]
	first: int
	last: int
	cued: bool = False
	on_road: bool = False
	going: bool = False
	tehsil: bool = False


@dataclass(slots=True)
class Numbered:
	"""A sector, ward … with its number, and where it stands in the folded text. ``kind`` as in ``_NUMBERED``."""

	kind: str
	number: str
	start: int
	end: int


@dataclass(slots=True)
class Mentions:
	"""All that was read in one post."""

	words: list[str]
	spans: list[Span]
	plain: str
	names: list[Mention] = field(default_factory=list)
	village_cues: list[int] = field(default_factory=list)
	locality_nouns: list[int] = field(default_factory=list)
	road_nouns: list[int] = field(default_factory=list)
	institutions: list[int] = field(default_factory=list)
	# Positions of "kalan", "dhani" …, and whether the word ends a name.
	name_parts: list[tuple[int, bool]] = field(default_factory=list)
	sectors: list[Numbered] = field(default_factory=list)
	wards: list[Numbered] = field(default_factory=list)
	urban_words: bool = False
	rural_words: bool = False
	covered: dict[int, Mention] = field(default_factory=dict)

	def word(self, position: int) -> str:
		"""The word at a token position, ``""`` outside the text."""
		return self.words[position] if 0 <= position < len(self.words) else ""

	def gap(self, position: int) -> str:
		"""What stands between token ``position`` and the next one, without spaces."""
		if not 0 <= position < len(self.spans) - 1:
			return "\n"
		between = self.plain[self.spans[position][1] : self.spans[position + 1][0]]
		return "\n" if "\n" in between else between.strip()

	def is_joined(self, position: int) -> bool:
		"""Whether the next token belongs to the same phrase: only a space or a hyphen between."""
		return self.gap(position) in ("", "-", "–")

	def spelling(self, first: int, last: int) -> str:
		"""The words of a token range as the gazetteer spells names."""
		if last == first + 1:
			return self.words[first]
		return " ".join(self.words[first:last])

	def span(self, first: int, last: int) -> Span:
		"""Where a token range stands in the folded text."""
		return self.spans[first][0], self.spans[last - 1][1]

	def is_name_word(self, position: int) -> bool:
		"""Whether the word may be part of a place's name."""
		word = self.word(position)
		return (
			bool(word)
			and word not in words_of.STOPS
			and not word[0].isdigit()
			and position not in self.covered
		)


def scan(text: Text, gazetteer: Gazetteer) -> Mentions:
	"""Read ``text`` once for everything that tells about places."""
	mentions = Mentions(text.words, text.spans, text.plain)
	_scan_words(mentions, gazetteer)
	if _DIGIT.search(text.plain):
		_scan_numbers(mentions)
	for mention in mentions.names:
		_look_around(mentions, mention)
	return mentions


def _scan_words(mentions: Mentions, gazetteer: Gazetteer) -> None:
	starts = gazetteer.starts
	free_from = 0
	for position, word in enumerate(mentions.words):
		flags = _FLAGS.get(word)
		if flags:
			_note(mentions, position, flags)
		if position >= free_from and word in starts:
			mention = _match(mentions, position, starts[word], gazetteer)
			if mention:
				mentions.names.append(mention)
				free_from = mention.last
				if mention.kind == SMALL:
					continue
				for covered in range(mention.first, mention.last):
					mentions.covered[covered] = mention


def _note(mentions: Mentions, position: int, flags: int) -> None:
	# "V.P.O. Igra"
	is_initial = flags & _INITIAL and mentions.words[max(0, position - 2) : position] == ["v", "p"]
	if flags & _VILLAGE or is_initial:
		mentions.village_cues.append(position)
	if flags & _LOCALITY:
		mentions.locality_nouns.append(position)
	if flags & _ROAD:
		mentions.road_nouns.append(position)
	if flags & _INSTITUTION:
		mentions.institutions.append(position)
	if flags & (_TAIL | _HEAD):
		mentions.name_parts.append((position, bool(flags & _TAIL)))
	mentions.urban_words |= bool(flags & _URBAN)
	mentions.rural_words |= bool(flags & _RURAL)


def _match(mentions: Mentions, position: int, longest: int, gazetteer: Gazetteer) -> Mention | None:
	for length in range(min(longest, len(mentions.words) - position), 0, -1):
		spelling = mentions.spelling(position, position + length)
		rows = gazetteer.strong.get(spelling)
		if rows and spelling not in words_of.NEVER_ALONE:
			kind = DISTRICT if rows[0].level == "District" else TOWN
			if kind == DISTRICT and _is_word(mentions, spelling, position + length):
				return None
			return Mention(kind, rows, position, position + length)
		if length > 1 and not _is_part_of_town(mentions, position, gazetteer):
			rows = gazetteer.small.get(spelling)
			if rows and not _is_sentence(mentions, position, length):
				return Mention(SMALL, rows, position, position + length)
	return None


def _is_part_of_town(mentions: Mentions, position: int, gazetteer: Gazetteer) -> bool:
	"""Whether a post office's name begins with a district's, or is a town's with "mandi", "railway station" …

	Then the district or town is meant, and what follows it is read on its own.
	"""
	rows = gazetteer.strong.get(mentions.word(position))
	if not rows:
		return False
	return rows[0].level == "District" or mentions.word(position + 1) in words_of.TOWN_PARTS


def _is_word(mentions: Mentions, spelling: str, after: int) -> bool:
	return mentions.word(after) in words_of.NOT_A_PLACE_BEFORE.get(spelling, ())


def _is_sentence(mentions: Mentions, position: int, length: int) -> bool:
	"""Whether a many-word village name is here just words ("pani ki tanki"), or crosses a comma."""
	last = position + length - 1
	if any(not mentions.is_joined(index) for index in range(position, last)):
		return True
	return any(mentions.word(index) in words_of.STOPS for index in range(position, last + 1))


def _scan_numbers(mentions: Mentions) -> None:
	for found in _NUMBERED.finditer(mentions.plain):
		kind = next(kind for kind in ("sector", "nit", "ward") if found[kind])
		numbered = Numbered(kind, found["number"].replace(" ", "").lstrip("0"), *found.span())
		if kind == "ward":
			mentions.wards.append(numbered)
		else:
			mentions.sectors.append(numbered)
			mentions.urban_words = True


def _look_around(mentions: Mentions, mention: Mention) -> None:
	"""Cues beside the name: "distt X", "X tehsil", "X-Y road", "go to X"."""
	before, after = mentions.word(mention.first - 1), mentions.word(mention.last)
	mention.cued = before in words_of.DISTRICT_CUES or after in words_of.DISTRICT_CUES
	mention.tehsil = before in words_of.TEHSIL_CUES or after in words_of.TEHSIL_CUES
	mention.on_road = not mention.cued and _is_on_road(mentions, mention.last)
	mention.going = before in words_of.GO_BEFORE or after in words_of.GO_AFTER


def _is_on_road(mentions: Mentions, after: int, hops: int = 2) -> bool:
	"""Whether a road follows: "X road", "X wali sadak", "X-Y highway", "X se Y road"."""
	word = mentions.word(after)
	if word in words_of.ROAD_WORDS:
		return mentions.is_joined(after - 1)
	if word in words_of.ROAD_LINKS:
		return any(mentions.word(after + step) in words_of.ROADS for step in (1, 2))
	if word in ("se", "to", "से"):
		after += 1
	elif mentions.gap(after - 1) not in ("-", "–"):
		return False
	other = mentions.covered.get(after)
	return bool(other and hops and _is_on_road(mentions, other.last, hops - 1))


def name_after(mentions: Mentions, cue: int) -> range:
	"""Token positions of the name behind a cue word; empty when a stop word or a number follows."""
	first = cue + 1
	while mentions.word(first) in words_of.CUE_FILLERS and first - cue <= 3:
		first += 1
	if first > cue + 1 and mentions.gap(first - 1) == "\n":
		return range(0)
	if mentions.gap(cue) not in ("", "-", "–", ".", ":", ":-", ".-", "–", "#", "&", "/", "/o", '"', "'"):
		return range(0)
	last = first
	while last < first + LONGEST_NAME and _may_name_village(mentions, last):
		last += 1
		if not mentions.is_joined(last - 1):
			break
	return range(first, last)


def _may_name_village(mentions: Mentions, position: int) -> bool:
	"""Behind a village cue a town's name names a village of another district too ("vill Sohana, Distt Ambala")."""
	town = mentions.covered.get(position)
	return mentions.is_name_word(position) or (town is not None and town.kind == TOWN)


def name_before(mentions: Mentions, cue: int) -> range:
	"""Token positions of the name before a cue word ("titoli gaon")."""
	first = cue
	while first > max(0, cue - 3) and mentions.is_name_word(first - 1) and mentions.is_joined(first - 1):
		first -= 1
	return range(first, cue)


def localities(mentions: Mentions) -> Iterator[tuple[int, int]]:
	"""Token ranges of named parts of a town ("Sanjay Colony", "DLF Phase 3"), in order."""
	for noun in mentions.locality_nouns:
		if noun in mentions.covered or mentions.word(noun + 1) in words_of.NOT_LOCALITY_NEXT:
			continue
		first = name_start(mentions, noun, words_of.NOT_LOCALITY_BEFORE)
		if first == noun and mentions.word(noun) in words_of.NAMED_AFTER_TOWNS:
			town = mentions.covered.get(noun - 1)
			first = town.first if town else noun
		if first == noun:
			continue
		last = noun + 1
		if mentions.word(noun) in words_of.NUMBERED_NOUNS and mentions.is_joined(noun):
			last += mentions.word(last).isdigit() and len(mentions.word(last)) <= 2
		yield first, last


def roads(mentions: Mentions) -> Iterator[tuple[int, int]]:
	"""Token ranges of named roads ("Begu Road", "Ambala-Saha road"), in order."""
	for noun in mentions.road_nouns:
		other = mentions.covered.get(noun - 1)
		if other is None:
			first = name_start(mentions, noun, words_of.NOT_ROAD_BEFORE)
		else:
			first = other.first
			while mentions.gap(first - 1) in ("-", "–") and first - 1 in mentions.covered:
				first = mentions.covered[first - 1].first
		if first < noun and mentions.is_joined(noun - 1):
			yield first, noun + 1


def name_start(mentions: Mentions, noun: int, never_before: frozenset[str]) -> int:
	"""Where the name that ends in the noun at ``noun`` starts; ``noun`` itself when it has no name."""
	if mentions.word(noun - 1) in never_before:
		return noun
	first = noun
	while first > max(0, noun - 2) and mentions.is_joined(first - 1) and mentions.is_name_word(first - 1):
		first -= 1
	return first
