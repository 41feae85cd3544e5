"""Where a post's trouble is: district, narrowest known place, ward, PIN code, and the citizen's own words for it.

Evidence, strongest first: a district's name; a sub-district, block or town; a PIN code; a village behind a cue word
("vill", "गांव"); a village of several words that only one district has. Two villages may share a name, so a district
that the text names is never outvoted by where a village of that name is known. Single words without a cue count only
as sub-districts and towns, or as a village right beside its own district's name ("Narsinghpur, Gurugram").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import place_words as words_of
from .contacts import Contacts
from .gazetteer import Gazetteer, PlaceRow, spelled
from .mentions import (
	DISTRICT,
	SMALL,
	TOWN,
	Mention,
	Mentions,
	localities,
	name_after,
	name_before,
	roads,
	scan,
)
from .result import Field, Reason
from .spelling import joins, skeleton
from .text import Text

# Strength of evidence. Only the order matters between kinds: one above another is never reached by adding.
CUED_DISTRICT, NAMED_DISTRICT, SHORT_DISTRICT, ROAD_DISTRICT = 10.0, 8.0, 4.5, 3.5
LIKE_DISTRICT = 6.0
TEHSIL_TOWN, NAMED_TOWN, ROAD_TOWN = 6.5, 5.5, 2.5
PIN, CUED_VILLAGE, LONG_VILLAGE = 4.0, 3.0, 2.0
# What each further piece of evidence for the same district adds; together they stay below one step.
SUPPORT, MOST_SUPPORT = 0.15, 0.45
# A place that somebody was sent to counts less than one where they live.
GOING = 0.4
SURE_FROM = 4
_CONFIDENCE = (
	(9.5, 0.97),
	(7.5, 0.94),
	(6.0, 0.9),
	(5.0, 0.87),
	(4.2, 0.75),
	(3.8, 0.8),
	(2.8, 0.7),
	(0.0, 0.55),
)
CLOSE_CALL = 0.8
MOST_NAMESAKES = 3


@dataclass(slots=True)
class Places:
	"""Everything about the place.

	``district`` and ``jurisdiction`` hold names of Jurisdiction documents (or None); ``place_text`` is as the
	citizen wrote it, without the cue word; ``offer`` names a locality that the district does not have yet.
	"""

	district: Field = field(default_factory=Field)
	jurisdiction: Field = field(default_factory=Field)
	place_text: str = ""
	ward: str = ""
	pin: str = ""
	area: str = ""
	offer: str = ""

	def as_evidence(self) -> dict[str, Any]:
		"""JSON-able record of all fields."""
		return {
			"district": self.district.as_dict(),
			"jurisdiction": self.jurisdiction.as_dict(),
			"place_text": self.place_text,
			"ward": self.ward,
			"pin": self.pin,
			"area": self.area,
			"offer": self.offer,
		}


@dataclass(slots=True)
class _Village:
	"""A village that a cue word names; ``row`` when the district (or one district alone) has it."""

	first: int
	last: int
	row: PlaceRow | None = None
	confidence: float = 0.5
	cued: bool = True


def find(text: Text, contacts: Contacts, gazetteer: Gazetteer) -> Places:
	"""Find the place that ``text`` is about."""
	mentions = scan(text, gazetteer)
	places = Places()
	places.pin = _pin(contacts, gazetteer)
	if mentions.wards:
		places.ward = mentions.wards[0].number
	_Decision(text, mentions, gazetteer, places).decide()
	return places


def _pin(contacts: Contacts, gazetteer: Gazetteer) -> str:
	known = [pin for pin in contacts.pin_codes if pin in gazetteer.pins]
	return (known or contacts.pin_codes or [""])[0]


class _Decision:
	"""Weighs the mentions of one post and fills in its :class:`Places`."""

	def __init__(self, text: Text, mentions: Mentions, gazetteer: Gazetteer, places: Places) -> None:
		self.text = text
		self.mentions = mentions
		self.gazetteer = gazetteer
		self.places = places
		self.evidence: dict[str, list[tuple[float, int, Reason]]] = defaultdict(list)

	def decide(self) -> None:
		self.weigh_names()
		self.weigh_pin()
		if not self.evidence:
			self.weigh_misspelled()
		if not self.evidence:
			self.weigh_villages()
		self.choose_district()
		district = self.places.district.value
		village = self.village(district)
		town = self.town(district)
		self.write_place_text(village, town, district)
		self.choose_jurisdiction(village, town, district)
		self.choose_area(village, town)

	# --- the district ------------------------------------------------------------------------------------

	def weigh_names(self) -> None:
		for mention in self.mentions.names:
			if mention.kind == DISTRICT:
				row = mention.rows[0]
				self.add(row.name, self.district_strength(mention), mention, "place.district", row.title)
			elif mention.kind == TOWN:
				self.weigh_town(mention)
			else:
				self.weigh_small(mention)

	def district_strength(self, mention: Mention) -> float:
		if mention.cued:
			return CUED_DISTRICT
		if mention.on_road:
			return ROAD_DISTRICT
		token = self.mentions.tokens[mention.first]
		if (
			mention.last == mention.first + 1
			and len(token.text) <= 3
			and token.text not in words_of.SHORT_NAMES
		):
			return SHORT_DISTRICT
		return NAMED_DISTRICT - (GOING if mention.going else 0)

	def weigh_town(self, mention: Mention) -> None:
		districts = {row.district for row in mention.rows}
		strength = NAMED_TOWN
		if mention.on_road:
			strength = ROAD_TOWN
		elif mention.tehsil:
			strength = TEHSIL_TOWN
		elif self.is_ordinary(mention):
			return
		for district in districts:
			share = strength - (GOING if mention.going else 0) if len(districts) == 1 else LONG_VILLAGE
			self.add(district, share, mention, "place.town", mention.rows[0].title)

	def weigh_small(self, mention: Mention) -> None:
		districts = {row.district for row in mention.rows}
		if len(districts) == 1:
			self.add(districts.pop(), LONG_VILLAGE, mention, "place.village", mention.rows[0].title)

	def is_ordinary(self, mention: Mention) -> bool:
		"""Whether a town's name is here perhaps an ordinary word: listed, and without a cue beside it."""
		if mention.tehsil or mention.last - mention.first > 1:
			return False
		return self.mentions.word(mention.first) in words_of.ORDINARY_NAMES

	def weigh_pin(self) -> None:
		for district in self.gazetteer.pins.get(self.places.pin, ()):
			reason = Reason("place.pin", f"PIN code {self.places.pin} is in {district}", None, PIN)
			self.evidence[district].append((PIN, len(self.mentions.tokens), reason))

	def weigh_misspelled(self) -> None:
		"""Districts by sound, only when nothing else tells: "fathehabbad", "kurukshetraa"."""
		for position, token in enumerate(self.mentions.tokens):
			if len(token.text) < 5 or token.text in words_of.STOPS or token.text[0].isdigit():
				continue
			row = self.gazetteer.district_like(token.text)
			if row:
				mention = Mention(DISTRICT, [row], position, position + 1)
				self.mentions.covered[position] = mention
				self.mentions.names.append(mention)
				self.add(row.name, LIKE_DISTRICT, mention, "place.district-sound", row.title)

	def weigh_villages(self) -> None:
		"""A village behind a cue, by where the state has one of that name."""
		for first, last in self.cued_names():
			found = self.longest_exact(first, last)
			if found is None:
				continue
			end, rows = found
			districts = dict.fromkeys(row.district for row in rows)
			if len(districts) > MOST_NAMESAKES:
				continue
			mention = Mention(SMALL, rows, first, end)
			strength = CUED_VILLAGE if len(districts) == 1 else CUED_VILLAGE / 2
			for district in districts:
				self.add(district, strength, mention, "place.village", rows[0].title)

	def longest_exact(self, first: int, last: int) -> tuple[int, list[PlaceRow]] | None:
		for end in range(last, first, -1):
			rows = self.gazetteer.small.get(self.spelling(first, end))
			if rows:
				return end, rows
		return None

	def add(self, district: str, strength: float, mention: Mention, rule: str, title: str) -> None:
		start, end = self.span(mention.first, mention.last)
		text = f"“{self.text.written(start, end)}” names {title}"
		if title != district:
			text += f" in {district}"
		self.evidence[district].append((strength, mention.first, Reason(rule, text, (start, end), strength)))

	def choose_district(self) -> None:
		"""The strongest evidence wins, then what else speaks for it, then what stands first."""
		if not self.evidence:
			return
		ranked = []
		for district, pieces in self.evidence.items():
			strongest = max(strength for strength, _, _ in pieces)
			kinds = {reason.rule for _, _, reason in pieces}
			support = min(MOST_SUPPORT, SUPPORT * (len(kinds) - 1))
			first = min(position for strength, position, _ in pieces if strength == strongest)
			ranked.append((-(strongest + support), first, district))
		ranked.sort()
		best, _, district = ranked[0]
		confidence = next(value for least, value in _CONFIDENCE if -best >= least)
		if len(ranked) > 1 and ranked[1][0] - best < 1:
			confidence *= CLOSE_CALL
		reasons = [reason for _, _, reason in sorted(self.evidence[district], key=lambda piece: -piece[0])]
		self.places.district = Field(district, confidence, reasons[:3])

	# --- village, town, parts of a town ------------------------------------------------------------------

	def cued_names(self) -> list[tuple[int, int]]:
		"""Token ranges of names beside a village cue: behind it, else before it."""
		found = []
		for cue in self.mentions.village_cues:
			names = name_after(self.mentions, cue)
			if not names:
				names = name_before(self.mentions, cue)
			if names:
				found.append((names.start, names.stop))
		return found

	def village(self, district: str | None) -> _Village | None:
		"""The village that the post names: known to the district, else as written behind its cue."""
		unknown = None
		for cue in self.mentions.village_cues:
			for names, behind in (
				(name_after(self.mentions, cue), True),
				(name_before(self.mentions, cue), False),
			):
				if not names:
					continue
				known = self.known_village(names, district, behind)
				if known:
					return known
				unknown = unknown or self.unknown_village(names, cue, behind)
				if behind:
					break
		return unknown or self.village_by_tail(district) or self.village_beside_district(district)

	def village_by_tail(self, district: str | None) -> _Village | None:
		"""A name that ends in "kalan" or "khurd" is a village's, also without a cue."""
		for position, token in enumerate(self.mentions.tokens):
			if token.text in words_of.TELLING_TAILS and self.mentions.is_joined(position - 1):
				if (
					self.mentions.is_name_word(position - 1)
					and not self.mentions.word(position - 1).isdigit()
				):
					known = self.known_village(range(position - 1, position + 1), district, behind=True)
					return known or _Village(position - 1, position + 1)
		return None

	def known_village(self, names: range, district: str | None, behind: bool) -> _Village | None:
		ranges = (
			[(names.start, end) for end in range(names.stop, names.start, -1)]
			if behind
			else [(first, names.stop) for first in range(names.start, names.stop)]
		)
		if district is None:
			return None
		inside = self.gazetteer.inside[district]
		for first, last in ranges:
			row = inside.exact(self.spelling(first, last))
			if row:
				return _Village(first, last, row, 0.95)
		for first, last in ranges:
			spelling = self.spelling(first, last)
			# Before a cue stands any word ("pyase gaon"): only a long enough name may be misspelled there. Lists
			# are in Latin letters, so a Devanagari name never stands in them exactly.
			if behind or joins(skeleton(spelling)) or not spelling.isascii():
				similar = inside.similar(spelling)
				if similar:
					return _Village(first, last, *similar)
		return None

	def unknown_village(self, names: range, cue: int, behind: bool) -> _Village | None:
		"""A name that no list has: one word, with what belongs to it ("kalan", "khurd")."""
		if not behind:
			word = self.mentions.word(names.stop - 1)
			is_name = word.endswith(words_of.NAME_ENDINGS) and len(word) >= 5
			return _Village(names.stop - 1, names.stop) if is_name else None
		last = names.start + 1
		while last < names.stop and self.mentions.word(last) in words_of.NAME_TAILS:
			last += 1
		if last == names.start + 1 and len(names) == 2 and self.ends_phrase(names.stop):
			last += 1
		return _Village(names.start, last)

	def ends_phrase(self, position: int) -> bool:
		"""Whether a name that ends before ``position`` is followed by a district, a cue or a full stop."""
		if position in self.mentions.covered or not self.mentions.is_joined(position - 1):
			return True
		return self.mentions.word(position) in words_of.PHRASE_ENDS

	def village_beside_district(self, district: str | None) -> _Village | None:
		"""A single name right beside its own district's or town's name, or before "school", which do for the cue."""
		if district is None:
			return None
		for mention in self.mentions.names:
			if mention.kind == SMALL or all(district not in (row.name, row.district) for row in mention.rows):
				continue
			for first, last in self.neighbours(mention):
				found = self.uncued_village(first, last, district)
				if found:
					return found
		for position, token in enumerate(self.mentions.tokens):
			if token.text in words_of.INSTITUTIONS and self.mentions.is_name_word(position - 1):
				found = self.uncued_village(position - 1, position, district)
				if found and found.row:
					return found
		return None

	def uncued_village(self, first: int, last: int, district: str) -> _Village | None:
		spelling = self.spelling(first, last)
		if len(spelling) < SURE_FROM or spelling in words_of.NEVER_ALONE:
			return None
		if self.mentions.word(last) in words_of.NOT_VILLAGE_NEXT:
			return None
		inside = self.gazetteer.inside[district]
		row = inside.exact(spelling)
		if row is None and not spelling.isascii():
			similar = inside.similar(spelling)
			row = similar[0] if similar and similar[1] > 0.8 else None
		if row:
			return _Village(first, last, row, 0.8, cued=False)
		if self.is_named_like_village(last, spelling):
			return _Village(first, last, None, 0.5, cued=False)
		return None

	def neighbours(self, mention: Mention) -> list[tuple[int, int]]:
		"""Names right before ("X, District", "X (District)") and behind ("District ke X") a district's name."""
		found = []
		before = mention.first - 1
		if self.mentions.word(before) in words_of.FROM:
			before -= 1
		if self.mentions.gap(before) in ("", ",", "(", "-", ", (") and self.mentions.is_name_word(before):
			if self.mentions.is_name_word(before - 1) and self.mentions.is_joined(before - 1):
				found.append((before - 1, before + 1))
			found.append((before, before + 1))
		behind = mention.last
		if self.mentions.gap(behind - 1) in ("", ","):
			if self.mentions.word(behind) in words_of.OF:
				behind += 1
			if self.mentions.is_name_word(behind):
				if self.mentions.is_name_word(behind + 1) and self.mentions.is_joined(behind):
					found.append((behind, behind + 2))
				found.append((behind, behind + 1))
		return found

	def is_named_like_village(self, last: int, spelling: str) -> bool:
		"""A name that no list has but that sounds like one and stands before "in" ("… के अभयपुर में")."""
		return (
			spelling.endswith(words_of.SURE_ENDINGS)
			and " " not in spelling
			and self.mentions.word(last) in words_of.IN
		)

	def town(self, district: str | None) -> Mention | None:
		"""The first sub-district, block or town of the district, or village of several words, that stands in the text."""
		if district is None:
			return None
		found = [
			mention
			for mention in self.mentions.names
			if mention.kind != DISTRICT and any(row.district == district for row in mention.rows)
		]
		return min(found, key=lambda mention: (mention.on_road or mention.going, mention.first), default=None)

	# --- what is told --------------------------------------------------------------------------------------

	def write_place_text(self, village: _Village | None, town: Mention | None, district: str | None) -> None:
		"""The narrowest name in the citizen's own letters: village, part of a town, sector, road, ward, town."""
		places, mentions = self.places, self.mentions
		locality = next(localities(mentions), None)
		numbered = mentions.sectors or mentions.wards
		if village:
			places.place_text = self.written(village.first, village.last)
			if village.row is None and district:
				places.offer = places.place_text
		elif locality:
			places.place_text = self.written(*locality)
			known = district and self.gazetteer.inside[district].exact(self.spelling(*locality))
			places.offer = places.place_text if district and not known else ""
		elif numbered:
			places.place_text = self.text.written(numbered[0].start, numbered[0].end)
		elif town and not town.on_road and not town.going:
			places.place_text = self.written(town.first, town.last)
		elif road := next(self.named_roads(district), None):
			places.place_text = self.written(*road)
		elif town and not town.going:
			places.place_text = self.written(town.first, town.last)

	def named_roads(self, district: str | None) -> Iterator[tuple[int, int]]:
		"""Roads with a name of their own; "Hisar road" in a post about Hisar only says which way it goes."""
		for first, last in roads(self.mentions):
			mention = self.mentions.covered.get(first)
			own = mention and mention.kind == DISTRICT and mention.rows[0].name == district
			if district and not (own and mention.last == last - 1):
				yield first, last

	def choose_jurisdiction(
		self, village: _Village | None, town: Mention | None, district: str | None
	) -> None:
		if district is None:
			return
		places = self.places
		found = self.narrowest(village, town, district)
		if found is None:
			places.jurisdiction = Field(
				district, places.district.confidence, list(places.district.reasons[:1])
			)
			return
		row, confidence, span = found
		reason = Reason("place.inside", f"{row.title} is a known {row.level} of {district}", span, confidence)
		places.jurisdiction = Field(row.name, confidence * places.district.confidence, [reason])

	def narrowest(
		self, village: _Village | None, town: Mention | None, district: str
	) -> tuple[PlaceRow, float, tuple[int, int]] | None:
		if village:
			return (
				(village.row, village.confidence, self.span(village.first, village.last))
				if village.row
				else None
			)
		inside = self.gazetteer.inside[district]
		for first, last in localities(self.mentions):
			row = inside.exact(self.spelling(first, last))
			if row:
				return row, 0.9, self.span(first, last)
		for sector in self.mentions.sectors:
			row = inside.exact(f"sector {sector.number}")
			if row:
				return row, 0.9, (sector.start, sector.end)
		for ward in self.mentions.wards:
			rows = inside.wards.get(ward.number, ())
			if len(rows) == 1:
				return rows[0], 0.85, (ward.start, ward.end)
		if town:
			row = self.level_of(town, district)
			return row, 0.9, self.span(town.first, town.last)
		return None

	def level_of(self, town: Mention, district: str) -> PlaceRow:
		"""Sub-district or town of one name: the town when the post speaks of its urban body."""
		rows = [row for row in town.rows if row.district == district]
		wanted = ["Sub-division", "Urban Body", "Block"]
		if not town.tehsil and (self.mentions.urban_words or self.mentions.wards):
			wanted = ["Urban Body", "Sub-division", "Block"]
		return min(rows, key=lambda row: wanted.index(row.level) if row.level in wanted else len(wanted))

	def choose_area(self, village: _Village | None, town: Mention | None) -> None:
		"""Urban or Rural: the place's own level, else the words around it."""
		mentions = self.mentions
		row = village.row if village else None
		if row is not None and row.urban is not None:
			self.places.area = "Urban" if row.urban else "Rural"
		elif row is not None and row.level == "Village":
			self.places.area = "Rural"
		elif mentions.urban_words or mentions.wards:
			self.places.area = "Urban"
		elif (village and village.cued) or mentions.village_cues or mentions.rural_words:
			self.places.area = "Rural"
		elif town and any(place.level == "Urban Body" for place in town.rows):
			self.places.area = "Urban"

	# --- helpers -------------------------------------------------------------------------------------------

	def spelling(self, first: int, last: int) -> str:
		return spelled(" ".join([self.mentions.word(position) for position in range(first, last)]))

	def span(self, first: int, last: int) -> tuple[int, int]:
		return self.mentions.tokens[first].start, self.mentions.tokens[last - 1].end

	def written(self, first: int, last: int) -> str:
		return self.text.written(*self.span(first, last))
