"""The master data that triage reads, as plain values, and the matcher of its phrases.

A phrase is written as citizens write it. It matches whatever its spelling, ending or script: the words of phrase and
post are compared by key (``sadak``, ``sarak``, ``सड़क`` are one word; ``gadde`` and ``gaddha`` too), small words and
helping verbs between them do not count, and one further word may stand between two words of a phrase. ``*`` stands
for exactly one word.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from .spelling import SHORTEST, romanise, skeleton, sound_key
from .word_keys import FILLERS, PROTECTED, SPELLINGS

# A word joins another of the same skeleton only when their sounds are this close (0..100).
SAME_WORD = 76
# What a phrase is worth when another word stands between its words, or the two words of a Hindi phrase are turned.
LOOSE = 0.75
TURNED = 0.8
SHORTEST_STEM = 4
# Cached keys of words; a post's words repeat, hostile text does not.
MOST_CACHED = 60_000
_WORD_TRIED = 24  # letters; longer words are no words


@dataclass(frozen=True, slots=True)
class Phrase:
	"""Words that speak for a category, or against it when ``exclude`` is set. ``district``: only posts from there."""

	phrase: str
	language: str = ""
	weight: float = 1.0
	exclude: bool = False
	district: str | None = None
	valid_from: date | None = None
	valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class DepartmentRow:
	"""Who answers in an area ("Urban", "Rural" or "" for both) below a place (scope path, "" for everywhere)."""

	department: str
	area: str = ""
	jurisdiction_path: str = ""


@dataclass(frozen=True, slots=True)
class Category:
	"""A Grievance Category. ``type`` is Grievance, Suggestion or Non-grievance."""

	code: str
	title: str
	type: str = "Grievance"
	department: str | None = None
	departments: tuple[DepartmentRow, ...] = ()
	phrases: tuple[Phrase, ...] = ()
	confidential: bool = False
	emergency: bool = False
	priority: str = "Medium"
	disabled: bool = False


@dataclass(frozen=True, slots=True)
class OutcomePhrase:
	"""A phrase for a kind ("thanks") or for a reason of urgency ("live-wire")."""

	outcome: str
	phrase: str
	weight: float = 1.0
	language: str = ""


@dataclass(slots=True)
class RuleSet:
	"""All rules of one moment. ``hash`` is the same wherever the same rules are loaded."""

	categories: tuple[Category, ...]
	kind_phrases: tuple[OutcomePhrase, ...] = ()
	urgency_phrases: tuple[OutcomePhrase, ...] = ()
	hash: str = ""
	by_code: dict[str, Category] = field(default_factory=dict)

	def __post_init__(self) -> None:
		self.categories = tuple(self.categories)
		self.by_code = {category.code: category for category in self.categories}
		self.hash = self.hash or _hash(self)


def _hash(rules: RuleSet) -> str:
	rows = sorted(repr(row) for row in (*rules.categories, *rules.kind_phrases, *rules.urgency_phrases))
	return sha256(json.dumps(rows).encode()).hexdigest()[:12]


def word_key(word: str) -> str:
	"""The key under which a folded word is compared; "" for a word that does not count."""
	if word in FILLERS:
		return ""
	known = SPELLINGS.get(word)
	if known is not None:
		return known
	latin = word if word.isascii() else romanise(word)
	if latin in FILLERS:
		return ""
	known = SPELLINGS.get(latin)
	if known is not None:
		return known
	if not latin.isascii() or len(latin) <= 3 or any(character.isdigit() for character in latin):
		return latin if latin == word else sound_key(latin)
	key = sound_key(_stem(latin))
	if len(key) < SHORTEST_STEM:
		# "kamao" is no form of "kam": what little remains of a short word tells nothing.
		key = sound_key(latin)
	if key in FILLERS:
		return ""
	return SPELLINGS.get(key, key)


_ENGLISH_ENDINGS = ("ations", "ation", "ments", "ings", "ing", "ies", "ed", "es", "s")
_HINDI_ENDINGS = (
	"iyon",
	"iyan",
	"iyaan",
	"iyaa",
	"iyo",
	"yon",
	"yan",
	"aon",
	"on",
	"en",
	"oo",
	"aa",
	"ee",
	"o",
	"e",
	"a",
	"i",
)


def _stem(word: str) -> str:
	"""The word without the ending that number, case or tense gives it; four letters at least remain."""
	for ending in (
		_HINDI_ENDINGS if not word.endswith(("s", "ing", "ed", "ation", "ment")) else _ENGLISH_ENDINGS
	):
		if word.endswith(ending):
			stem = word[: -len(ending)]
			if len(stem) >= 4 and not (ending == "s" and stem.endswith("s")):
				return stem
			if ending in ("e", "a", "i", "o") and len(stem) >= 3 and len(word) >= 5:
				return stem
	return word


class Match(NamedTuple):
	"""A phrase found: ``first`` and ``last`` (exclusive) count the post's words, ``payload`` is what it stands for."""

	first: int
	last: int
	payload: Any
	worth: float
	words: int


_PAYLOADS = -1
_ANY = -2


class PhraseMatcher:
	"""Finds all phrases of a list in one walk over a post's words."""

	def __init__(self, entries: Iterable[tuple[str, bool, Any]]) -> None:
		"""``entries``: (phrase, whether two words may be turned, payload)."""
		self._ids: dict[str, int] = {}
		self._root: dict[int, Any] = {}
		self._cache: dict[str, int] = {}
		self._skeletons: dict[str, list[str]] = {}
		for phrase, may_turn, payload in entries:
			self._add(phrase, may_turn, payload)
		for key in self._ids:
			bones = skeleton(key)
			if len(bones) >= SHORTEST:
				self._skeletons.setdefault(bones, []).append(key)

	def _add(self, phrase: str, may_turn: bool, payload: Any) -> None:
		words = tuple(phrase.casefold().replace("़", "").replace("ँ", "ं").split())
		keys = [word if word == "*" else word_key(word) for word in words]
		path = [_ANY if key == "*" else self._ids.setdefault(key, len(self._ids)) for key in keys if key]
		if not path:
			return
		# "kab se" without its small word would be any "kab": such a phrase needs its small words as they are.
		strict = None
		if len(path) == 1 and len(words) > 1:
			place = next(index for index, key in enumerate(keys) if key)
			strict = (place, words[:place], words[place + 1 :])
		self._insert(path, payload, 1.0, strict)
		if may_turn and len(path) == 2 and path[0] != path[1]:
			self._insert(path[::-1], payload, TURNED, None)

	def _insert(self, path: list[int], payload: Any, worth: float, strict: tuple | None) -> None:
		node = self._root
		for step in path:
			node = node.setdefault(step, {})
		node.setdefault(_PAYLOADS, []).append((payload, worth, strict))

	def identify(self, words: Sequence[str]) -> list[tuple[int, int]]:
		"""(position, id) of each word that counts; id -3 for a word that stands in no phrase."""
		cache = self._cache
		found = []
		for position, word in enumerate(words):
			identity = cache.get(word)
			if identity is None:
				identity = self._identify(word)
			if identity != -4:
				found.append((position, identity))
		return found

	def _identify(self, word: str) -> int:
		if len(self._cache) >= MOST_CACHED:
			self._cache.clear()
		key = word_key(word[:_WORD_TRIED])
		identity = -4
		if key:
			identity = self._ids.get(key, -3)
			if identity == -3 and word not in PROTECTED and len(word) >= 4:
				identity = self._similar(key)
		self._cache[word] = identity
		return identity

	def _similar(self, key: str) -> int:
		candidates = self._skeletons.get(skeleton(key), ())
		best = max(candidates, key=lambda other: fuzz.ratio(key, other), default=None)
		if best is None or fuzz.ratio(key, best) < SAME_WORD:
			return -3
		return self._ids[best]

	def find(self, words: Sequence[str]) -> list[Match]:
		"""Every phrase in ``words``, also those inside one another."""
		counted = self.identify(words)
		found: list[Match] = []
		root = self._root
		any_first = root.get(_ANY)
		for index, (_position, identity) in enumerate(counted):
			node = root.get(identity)
			if node is not None:
				self._walk(words, counted, index, index + 1, node, 1.0, 1, found)
			if any_first is not None:
				self._walk(words, counted, index, index + 1, any_first, 1.0, 1, found)
		return found

	def _walk(
		self,
		words: Sequence[str],
		counted: list[tuple[int, int]],
		start: int,
		index: int,
		node: dict[int, Any],
		worth: float,
		length: int,
		found: list[Match],
	) -> None:
		payloads = node.get(_PAYLOADS)
		if payloads is not None:
			first, last = counted[start][0], counted[index - 1][0] + 1
			for payload, share, strict in payloads:
				if strict is not None and not _stands_so(words, first, strict):
					continue
				found.append(Match(first, last, payload, worth * share, length))
			if len(node) == 1:
				return
		if index >= len(counted):
			return
		for step in (counted[index][1], _ANY):
			following = node.get(step)
			if following is not None:
				self._walk(words, counted, start, index + 1, following, worth, length + 1, found)
		if worth == 1.0 and index + 1 < len(counted):
			following = node.get(counted[index + 1][1])
			if following is not None and counted[index + 1][1] >= 0:
				self._walk(words, counted, start, index + 2, following, LOOSE, length + 1, found)


def _stands_so(words: Sequence[str], position: int, strict: tuple[int, tuple, tuple]) -> bool:
	"""Whether the small words before and behind a counted word stand in the post as in the phrase."""
	before, ahead, behind = strict
	start = position - before
	return (
		start >= 0
		and tuple(words[start:position]) == ahead
		and tuple(words[position + 1 : position + 1 + len(behind)]) == behind
	)


def longest(matches: list[Match]) -> list[Match]:
	"""Without the matches whose words all stand in a longer match of more words."""
	long = [(match.first, match.last, match.words) for match in matches if match.words > 1]
	if not long:
		return matches
	return [
		match
		for match in matches
		if not any(
			first <= match.first and match.last <= last and words > match.words for first, last, words in long
		)
	]


CATEGORY, KIND, URGENCY = 0, 1, 2


class Evidence(NamedTuple):
	"""The phrases found in one post, by what they speak for. Positions count in the post's words."""

	categories: list[Match]
	kinds: list[Match]
	urgencies: list[Match]


class CompiledRules:
	"""A rule set ready to read posts: one matcher for all phrases, so that a post is walked once."""

	def __init__(self, rules: RuleSet) -> None:
		self.rules = rules
		self._matcher = PhraseMatcher(self._entries(rules))

	@staticmethod
	def _entries(rules: RuleSet) -> Iterable[tuple[str, bool, tuple[int, str, Any]]]:
		for category in rules.categories:
			if category.disabled:
				continue
			for phrase in category.phrases:
				turns = phrase.language != "en" and not phrase.exclude
				yield phrase.phrase, turns, (CATEGORY, category.code, phrase)
		for phrase in rules.kind_phrases:
			yield phrase.phrase, False, (KIND, phrase.outcome, phrase)
		for phrase in rules.urgency_phrases:
			yield phrase.phrase, phrase.language != "en", (URGENCY, phrase.outcome, phrase)

	def scan(self, words: Sequence[str]) -> Evidence:
		"""All phrases of ``words`` (folded, as ``Text.words`` gives them)."""
		groups: tuple[list[Match], list[Match], list[Match]] = ([], [], [])
		for match in self._matcher.find(words):
			groups[match.payload[0]].append(match)
		return Evidence(groups[CATEGORY], longest(groups[KIND]), groups[URGENCY])


def add_up(matches: Iterable[Match]) -> dict[str, list[Match]]:
	"""Matches by outcome, strongest first, each word counted once for an outcome."""
	by_outcome: dict[str, list[Match]] = {}
	for match in sorted(matches, key=lambda one: -one.payload[2].weight * one.worth):
		kept = by_outcome.setdefault(match.payload[1], [])
		if all(match.first >= other.last or other.first >= match.last for other in kept):
			kept.append(match)
	return by_outcome


# Further phrases for the same outcome count less and less, so that a long letter is no louder than a short cry.
_SHARES = (1.0, 0.6, 0.4, 0.25, 0.15)


def strength(matches: Sequence[Match]) -> float:
	"""Joint weight of the phrases of one outcome, as :func:`add_up` sorts them; the same phrase counts once."""
	total, seen = 0.0, set()
	for match in matches:
		phrase = match.payload[2]
		if phrase.phrase in seen:
			continue
		if len(seen) == len(_SHARES):
			break
		total += phrase.weight * match.worth * _SHARES[len(seen)]
		seen.add(phrase.phrase)
	return total
