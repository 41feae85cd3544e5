"""The village that a post names, once its district is known.

Beside a cue word ("vill abheypur", "टिटौली गांव") a name counts even when no list has it. Without a cue a single name
counts only when the district has it and it stands right beside the district's or a town's name, or before a school.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import place_words as words_of
from .gazetteer import LONGEST_NAME, District, Gazetteer, PlaceRow
from .mentions import DISTRICT, SMALL, Mention, Mentions, name_after, name_before
from .spelling import joins, skeleton

EXACT, BESIDE, UNKNOWN = 0.95, 0.8, 0.5
SHORTEST_UNCUED = 4
SURE_SPELLING = 0.8


@dataclass(slots=True)
class Village:
	"""Token range of a village's name; ``row`` when the district has it, ``cued`` when a cue word says village."""

	first: int
	last: int
	row: PlaceRow | None = None
	confidence: float = UNKNOWN
	cued: bool = True


def find(mentions: Mentions, gazetteer: Gazetteer, district: str | None) -> Village | None:
	"""The village of ``district`` (document name) that the post names, else the name behind its cue as written."""
	finder = _Finder(mentions, gazetteer.inside[district] if district else None, district)
	return finder.cued() or finder.by_part_of_name() or finder.beside()


class _Finder:
	def __init__(self, mentions: Mentions, inside: District | None, district: str | None) -> None:
		self.mentions = mentions
		self.inside = inside
		self.district = district

	def cued(self) -> Village | None:
		unknown = None
		for cue in self.mentions.village_cues:
			behind = name_after(self.mentions, cue)
			known = self.known_behind(cue, behind)
			if known is None and not behind:
				before = name_before(self.mentions, cue)
				if before:
					known = self.known_before(before, cue)
					unknown = unknown or (None if known else self.unknown_before(before, cue))
			elif known is None:
				unknown = unknown or self.unknown_behind(behind)
			if known:
				return known
		return unknown

	def known_behind(self, cue: int, names: range) -> Village | None:
		if self.inside is None or not names:
			return None
		# A known name may hold a word that ends names elsewhere ("Majra Nand Karan", "Mahlan Wali").
		for last in range(self.phrase_end(names.start), names.start, -1):
			if self.is_cut(last):
				continue
			row = self.inside.exact(self.mentions.spelling(names.start, last))
			if row:
				return Village(names.start, last, row, EXACT)
		for last in range(names.stop, names.start, -1):
			if self.is_cut(last):
				continue
			similar = self.inside.similar(self.mentions.spelling(names.start, last))
			if similar:
				return Village(names.start, last, *similar)
		return None

	def is_cut(self, last: int) -> bool:
		"""Whether the name goes on behind ``last``: "Nangal Kheri" is not the village Nangal."""
		word = self.mentions.word(last)
		if word not in words_of.NAME_TAILS or word in words_of.SAME_VILLAGE or word in words_of.STOPS:
			return False
		return self.mentions.is_joined(last - 1)

	def phrase_end(self, first: int) -> int:
		last = first + 1
		while last < first + LONGEST_NAME and self.mentions.is_joined(last - 1):
			last += 1
		return last

	def known_before(self, names: range, cue: int) -> Village | None:
		if self.inside is None:
			return None
		for first in names:
			row = self.inside.exact(self.mentions.spelling(first, names.stop))
			if row:
				return Village(first, names.stop, row, EXACT)
		for first in names:
			spelling = self.mentions.spelling(first, names.stop)
			# Before a cue stands any word ("pyase gaon"): only a long enough name may be misspelled there, unless
			# a district follows. Lists are in Latin letters, so a Devanagari name never stands in them exactly.
			if joins(skeleton(spelling)) or not spelling.isascii() or self.is_district(cue + 1):
				similar = self.inside.similar(spelling)
				if similar:
					return Village(first, names.stop, *similar)
		return None

	def unknown_before(self, names: range, cue: int) -> Village | None:
		"""The word before a cue, when it sounds like a village's name or a district follows the cue."""
		word = self.mentions.word(names.stop - 1)
		is_name = word.endswith(words_of.NAME_ENDINGS) and len(word) > SHORTEST_UNCUED
		if is_name or self.is_district(cue + 1):
			return Village(names.stop - 1, names.stop)
		return None

	def unknown_behind(self, names: range) -> Village | None:
		"""A name that no list has: one word, with what belongs to it ("kalan", "khurd")."""
		town = self.mentions.covered.get(names.start)
		if town and any(row.district == self.district for row in town.rows):
			return None
		last = names.start + 1
		while last < names.stop and self.mentions.word(last) in words_of.NAME_TAILS:
			last += 1
		if last == names.start + 1 and len(names) == 2 and self.ends_phrase(names.stop):
			last += 1
		return Village(names.start, last)

	def ends_phrase(self, position: int) -> bool:
		"""Whether a name that ends before ``position`` is followed by a district, a cue or a full stop."""
		if position in self.mentions.covered or not self.mentions.is_joined(position - 1):
			return True
		return self.mentions.word(position) in words_of.PHRASE_ENDS

	def is_district(self, position: int) -> bool:
		mention = self.mentions.covered.get(position)
		return mention is not None and mention.kind == DISTRICT

	def by_part_of_name(self) -> Village | None:
		"""A name that ends in "kalan" or starts with "dhani" is a village's, also without a cue."""
		for position, is_tail in self.mentions.name_parts:
			first = position - 1 if is_tail else position
			own = first if is_tail else position + 1
			if self.mentions.is_joined(first) and self.mentions.is_name_word(own):
				names = range(first, first + 2)
				return self.known_behind(first - 1, names) or Village(names.start, names.stop)
		return None

	def beside(self) -> Village | None:
		if self.inside is None:
			return None
		for mention in self.mentions.names:
			if mention.kind == SMALL or all(
				self.district not in (row.name, row.district) for row in mention.rows
			):
				continue
			for first, last in self.neighbours(mention):
				found = self.uncued(first, last)
				if found:
					return found
		for position in self.mentions.institutions:
			if self.mentions.is_name_word(position - 1):
				found = self.uncued(position - 1, position)
				if found and found.row:
					return found
		return None

	def neighbours(self, mention: Mention) -> Iterator[tuple[int, int]]:
		"""Names right before ("X, District", "X se Town") and behind ("District ke X") a name."""
		mentions = self.mentions
		before = mention.first - 1
		if mentions.word(before) in words_of.FROM:
			before -= 1
		if mentions.is_name_word(before) and mentions.gap(before) in ("", ",", "(", "-"):
			if mentions.is_name_word(before - 1) and mentions.is_joined(before - 1):
				yield before - 1, before + 1
			yield before, before + 1
		behind = mention.last
		if mentions.gap(behind - 1) not in ("", ","):
			return
		if mentions.word(behind) in words_of.OF:
			behind += 1
		if mentions.is_name_word(behind):
			if mentions.is_name_word(behind + 1) and mentions.is_joined(behind):
				yield behind, behind + 2
			yield behind, behind + 1

	def uncued(self, first: int, last: int) -> Village | None:
		spelling = self.mentions.spelling(first, last)
		if len(spelling) < SHORTEST_UNCUED or spelling in words_of.NEVER_ALONE:
			return None
		if self.mentions.word(last) in words_of.NOT_VILLAGE_NEXT:
			return None
		row = self.inside.exact(spelling)
		if row is None and not spelling.isascii():
			similar = self.inside.similar(spelling)
			row = similar[0] if similar and similar[1] > SURE_SPELLING else None
		if row:
			return Village(first, last, row, BESIDE, cued=False)
		# No list has it, but it sounds like a village and stands before "in": "… के अभयपुर में".
		if (
			" " not in spelling
			and spelling.endswith(words_of.SURE_ENDINGS)
			and self.mentions.word(last) in words_of.IN
		):
			return Village(first, last, cued=False)
		return None
