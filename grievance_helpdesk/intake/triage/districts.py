"""Which district a post is about: evidence with strengths, of which the strongest decides."""

from __future__ import annotations

from collections import defaultdict

from . import place_words as words_of
from .gazetteer import Gazetteer, PlaceRow
from .mentions import DISTRICT, SMALL, TOWN, Mention, Mentions, name_after, name_before
from .result import Field, Reason
from .text import Text

# Strength of evidence. Only the order matters: weaker kinds together never reach a stronger one.
CUED_DISTRICT, NAMED_DISTRICT, SHORT_DISTRICT, ROAD_DISTRICT = 10.0, 8.0, 4.5, 3.5
LIKE_DISTRICT = 6.0
TEHSIL_TOWN, NAMED_TOWN, ROAD_TOWN = 6.5, 5.5, 2.5
PIN, CUED_VILLAGE, LONG_VILLAGE = 4.0, 3.0, 2.0
# What each further kind of evidence for the same district adds; together they stay below one step.
SUPPORT, MOST_SUPPORT = 0.15, 0.45
# A place that somebody was sent to counts less than one where they live.
GOING = 0.4
# Confidence by strength, strongest first. A village known in one district only is there four times in five.
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
# Another district stands as strong in the text.
CLOSE_CALL = 0.8
# A village's name that more districts share tells nothing.
MOST_NAMESAKES = 3
SHORTEST_MISSPELLED = 5


def choose(text: Text, mentions: Mentions, gazetteer: Gazetteer, pin: str) -> Field:
	"""The district's document name with confidence and up to three reasons; an empty field when nothing tells.

	A misspelled district that is recognised joins ``mentions``.
	"""
	evidence = _Evidence(text, mentions, gazetteer)
	for mention in mentions.names:
		evidence.weigh_name(mention)
	evidence.weigh_pin(pin)
	if not evidence.found:
		evidence.weigh_misspelled()
	if not evidence.found:
		evidence.weigh_villages()
	return evidence.strongest()


def is_ordinary(mentions: Mentions, mention: Mention) -> bool:
	"""Whether a town's name may here be an ordinary word: a listed one, without a cue beside it."""
	if mention.tehsil or mention.last - mention.first > 1:
		return False
	return mentions.word(mention.first) in words_of.ORDINARY_NAMES


class _Evidence:
	"""District → pieces of evidence as ``(strength, token position, reason)``."""

	def __init__(self, text: Text, mentions: Mentions, gazetteer: Gazetteer) -> None:
		self.text = text
		self.mentions = mentions
		self.gazetteer = gazetteer
		self.found: dict[str, list[tuple[float, int, Reason]]] = defaultdict(list)

	def weigh_name(self, mention: Mention) -> None:
		if mention.kind == DISTRICT:
			row = mention.rows[0]
			self.add(row.name, self.district_strength(mention), mention, "place.district")
		elif mention.kind == TOWN:
			self.weigh_town(mention)
		elif len({row.district for row in mention.rows}) == 1:
			self.add(mention.rows[0].district, LONG_VILLAGE, mention, "place.village")

	def district_strength(self, mention: Mention) -> float:
		if mention.cued:
			return CUED_DISTRICT
		if mention.on_road:
			return ROAD_DISTRICT
		word = self.mentions.word(mention.first)
		if mention.last == mention.first + 1 and len(word) <= 3 and word not in words_of.SHORT_NAMES:
			return SHORT_DISTRICT
		return NAMED_DISTRICT - (GOING if mention.going else 0)

	def weigh_town(self, mention: Mention) -> None:
		if mention.on_road:
			strength = ROAD_TOWN
		elif mention.tehsil:
			strength = TEHSIL_TOWN
		elif is_ordinary(self.mentions, mention):
			return
		else:
			strength = NAMED_TOWN - (GOING if mention.going else 0)
		districts = dict.fromkeys(row.district for row in mention.rows)
		for district in districts:
			self.add(district, strength if len(districts) == 1 else LONG_VILLAGE, mention, "place.town")

	def weigh_pin(self, pin: str) -> None:
		for district in sorted(self.gazetteer.pins.get(pin, ())):
			reason = Reason("place.pin", f"PIN code {pin} is in {district}", None, PIN)
			self.found[district].append((PIN, len(self.mentions.words), reason))

	def weigh_misspelled(self) -> None:
		"""Districts by sound, only when nothing else tells: "fathehabbad", "kurukshetraa"."""
		for position, word in enumerate(self.mentions.words):
			if len(word) < SHORTEST_MISSPELLED or word in words_of.STOPS or word[0].isdigit():
				continue
			row = self.gazetteer.district_like(word)
			if row:
				mention = Mention(DISTRICT, [row], position, position + 1)
				self.mentions.covered[position] = mention
				self.mentions.names.append(mention)
				self.add(row.name, LIKE_DISTRICT, mention, "place.district-sound")

	def weigh_villages(self) -> None:
		"""A village beside a cue, by where the state has one of that name."""
		for cue in self.mentions.village_cues:
			names = name_after(self.mentions, cue) or name_before(self.mentions, cue)
			for last in range(names.stop, names.start, -1):
				rows = self.gazetteer.small.get(self.mentions.spelling(names.start, last))
				if rows:
					self.weigh_village(Mention(SMALL, rows, names.start, last))
					break

	def weigh_village(self, mention: Mention) -> None:
		districts = dict.fromkeys(row.district for row in mention.rows)
		if len(districts) <= MOST_NAMESAKES:
			strength = CUED_VILLAGE if len(districts) == 1 else LONG_VILLAGE
			for district in districts:
				self.add(district, strength, mention, "place.village")

	def add(self, district: str, strength: float, mention: Mention, rule: str) -> None:
		start, end = self.mentions.span(mention.first, mention.last)
		row = next((row for row in mention.rows if district in (row.name, row.district)), mention.rows[0])
		text = f"“{self.text.written(start, end)}” names {_title(row, district)}"
		self.found[district].append((strength, mention.first, Reason(rule, text, (start, end), strength)))

	def strongest(self) -> Field:
		"""The strongest evidence wins, then what else speaks for it, then what stands first in the text."""
		if not self.found:
			return Field()
		ranked = sorted((*self.rank(pieces), district) for district, pieces in self.found.items())
		best, _, district = ranked[0]
		confidence = next(value for least, value in _CONFIDENCE if -best >= least)
		if len(ranked) > 1 and ranked[1][0] - best < 1:
			confidence *= CLOSE_CALL
		pieces = sorted(self.found[district], key=lambda piece: (-piece[0], piece[1]))
		return Field(district, confidence, [reason for _, _, reason in pieces[:3]])

	@staticmethod
	def rank(pieces: list[tuple[float, int, Reason]]) -> tuple[float, int]:
		"""Sort key of a district: minus its strength, then the position of its strongest name."""
		strongest, first, _ = max(pieces, key=lambda piece: (piece[0], -piece[1]))
		if len(pieces) == 1:
			return -strongest, first
		kinds = {reason.rule for _, _, reason in pieces}
		return -(strongest + min(MOST_SUPPORT, SUPPORT * (len(kinds) - 1))), first


def _title(row: PlaceRow, district: str) -> str:
	return row.title if row.title == district else f"{row.title} in {district}"
