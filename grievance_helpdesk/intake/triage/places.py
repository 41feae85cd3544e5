"""Where a post's trouble is: district, narrowest known place, ward, PIN code, and the citizen's own words for it.

Evidence, strongest first: a district's name; a sub-district, block or town; a PIN code; a village behind a cue word
("vill", "गांव"); a village of several words that only one district has. Two villages may share a name, so a district
that the text names is never outvoted by where a village of that name is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import districts, villages
from . import place_words as words_of
from .contacts import Contacts
from .gazetteer import Gazetteer, PlaceRow
from .mentions import DISTRICT, TOWN, Mention, Mentions, localities, roads, scan
from .result import Field, Reason, Span
from .text import Text

KNOWN_PART, KNOWN_WARD, KNOWN_TOWN = 0.9, 0.85, 0.9


@dataclass(slots=True)
class Places:
	"""Everything about the place.

	``district`` and ``jurisdiction`` hold names of Jurisdiction documents (or None); ``place_text`` is as the
	citizen wrote it, without the cue word; ``area`` is "Urban", "Rural" or ""; ``offer`` names a locality that
	the district does not have yet.
	"""

	district: Field = field(default_factory=Field)
	jurisdiction: Field = field(default_factory=Field)
	place_text: str = ""
	ward: str = ""
	pin: str = ""
	area: str = ""
	offer: str = ""

	def as_evidence(self) -> dict[str, Any]:
		"""JSON-able: what is no guess with reasons of its own (those stand among the fields)."""
		return {
			"place_text": self.place_text,
			"ward": self.ward,
			"pin": self.pin,
			"area": self.area,
			"offer": self.offer,
		}


def find(text: Text, contacts: Contacts, gazetteer: Gazetteer) -> Places:
	"""Find the place that ``text`` is about."""
	mentions = scan(text, gazetteer)
	pin = _pin(contacts, gazetteer)
	district = districts.choose(text, mentions, gazetteer, pin)
	places = Places(district=district, pin=pin)
	if mentions.wards:
		places.ward = mentions.wards[0].number
	_Narrower(text, mentions, gazetteer, places).fill()
	return places


def _pin(contacts: Contacts, gazetteer: Gazetteer) -> str:
	known = [pin for pin in contacts.pin_codes if pin in gazetteer.pins]
	return (known or contacts.pin_codes or [""])[0]


class _Narrower:
	"""What a post says below its district."""

	def __init__(self, text: Text, mentions: Mentions, gazetteer: Gazetteer, places: Places) -> None:
		self.text = text
		self.mentions = mentions
		self.places = places
		self.district: str | None = places.district.value
		self.inside = gazetteer.inside[self.district] if self.district else None
		self.village = villages.find(mentions, gazetteer, self.district)
		self.localities = list(localities(mentions)) if mentions.locality_nouns else []
		self.town = self.first_town()

	def fill(self) -> None:
		self.write_place_text()
		self.choose_jurisdiction()
		self.choose_area()

	def first_town(self) -> Mention | None:
		"""The first town of the district, or village of several words, that the text names; never an ordinary word."""
		if self.district is None:
			return None
		found = [
			mention
			for mention in self.mentions.names
			if mention.kind != DISTRICT
			and any(row.district == self.district for row in mention.rows)
			and (not districts.is_ordinary(self.mentions, mention) or self.stands_like_place(mention))
		]
		return min(found, key=lambda mention: (mention.on_road or mention.going, mention.first), default=None)

	def stands_like_place(self, mention: Mention) -> bool:
		"""Whether the words around an ordinary word make it a place: "at Beri", "indri me", "Rai, Sonipat"."""
		mentions = self.mentions
		if mentions.word(mention.first - 1) in words_of.PLACE_BEFORE or mention.first - 1 in mentions.covered:
			return True
		if mentions.word(mention.first - 1) in words_of.GENITIVE and mention.first - 2 in mentions.covered:
			return True
		if mention.last in mentions.covered or mention.first - 1 in mentions.village_cues:
			return True
		return mentions.word(mention.last) in words_of.PLACE_AFTER

	# --- the citizen's own words -------------------------------------------------------------------------

	def write_place_text(self) -> None:
		"""The narrowest name in the citizen's letters: village, part of a town, sector, ward, town, road."""
		places = self.places
		span = self.village_span() or self.locality_span() or self.numbered_span() or self.town_span()
		if span:
			places.place_text = self.text.written(*span)
		if not self.district:
			return
		if self.village:
			places.offer = "" if self.village.row else places.place_text
		elif self.localities and not self.inside.exact(self.mentions.spelling(*self.localities[0])):
			places.offer = places.place_text

	def village_span(self) -> Span | None:
		return self.mentions.span(self.village.first, self.village.last) if self.village else None

	def locality_span(self) -> Span | None:
		return self.mentions.span(*self.localities[0]) if self.localities else None

	def numbered_span(self) -> Span | None:
		numbered = self.mentions.sectors or self.mentions.wards
		return (numbered[0].start, numbered[0].end) if numbered else None

	def town_span(self) -> Span | None:
		"""A town, else a road of that name; a town where somebody only went is no place of trouble."""
		town = self.town
		if town is None or town.on_road or town.going:
			road = next(self.named_roads(), None)
			if road:
				return self.mentions.span(*road)
		return self.mentions.span(town.first, town.last) if town and not town.going else None

	def named_roads(self) -> Iterator[tuple[int, int]]:
		"""Roads with a name of their own; "Hisar road" in a post about Hisar only says which way it goes."""
		if self.district is None:
			return
		for first, last in roads(self.mentions):
			mention = self.mentions.covered.get(first)
			own = mention and mention.kind == DISTRICT and mention.rows[0].name == self.district
			if not (own and mention.last == last - 1):
				yield first, last

	# --- the narrowest place that the tree has -----------------------------------------------------------

	def choose_jurisdiction(self) -> None:
		if self.district is None:
			return
		district = self.places.district
		found = self.narrowest()
		if found is None:
			self.places.jurisdiction = Field(self.district, district.confidence, district.reasons[:1])
			return
		row, confidence, span = found
		reason = Reason("place.inside", f"{row.title} is a {row.level} of {self.district}", span, confidence)
		self.places.jurisdiction = Field(row.name, confidence * district.confidence, [reason])

	def narrowest(self) -> tuple[PlaceRow, float, Span] | None:
		village = self.village
		if village:
			# An unknown village: a part of a town further on in the text is not where it lies.
			return (village.row, village.confidence, self.village_span()) if village.row else None
		# Only what stands first: "from Sector 5 to Sector 20" is about the first.
		for first, last in self.localities[:1]:
			row = self.inside.exact(self.mentions.spelling(first, last))
			if row:
				return row, KNOWN_PART, self.mentions.span(first, last)
		for sector in self.mentions.sectors[:1]:
			row = self.inside.exact(f"{sector.kind} {sector.number}")
			if row:
				return row, KNOWN_PART, (sector.start, sector.end)
		for ward in self.mentions.wards[:1]:
			rows = self.inside.wards.get(ward.number, ())
			if len(rows) == 1:
				return rows[0], KNOWN_WARD, (ward.start, ward.end)
		if self.town:
			return self.town_row(self.town), KNOWN_TOWN, self.mentions.span(self.town.first, self.town.last)
		return None

	def town_row(self, town: Mention) -> PlaceRow:
		"""Sub-district or town of one name: the town when the post speaks of its urban body."""
		rows = [row for row in town.rows if row.district == self.district]
		wanted = ["Sub-division", "Urban Body", "Block"]
		if not town.tehsil and (self.mentions.urban_words or self.mentions.wards):
			wanted = ["Urban Body", "Sub-division", "Block"]
		return min(rows, key=lambda row: wanted.index(row.level) if row.level in wanted else len(wanted))

	# --- town or country ---------------------------------------------------------------------------------

	def choose_area(self) -> None:
		"""Urban or Rural: the place's own level, else the words around it."""
		mentions, village = self.mentions, self.village
		if village and village.row and (village.row.urban is not None or village.row.level == "Village"):
			self.places.area = "Urban" if village.row.urban else "Rural"
		elif mentions.urban_words or mentions.wards:
			# Village lists leave out what lies inside a town, so an unlisted village with a ward is urban.
			self.places.area = "Urban"
		elif (village and village.cued) or mentions.village_cues or mentions.rural_words:
			self.places.area = "Rural"
		elif self.localities:
			self.places.area = "Urban"
		elif (
			self.town and self.town.kind == TOWN and any(row.level == "Urban Body" for row in self.town.rows)
		):
			self.places.area = "Urban"
