"""What a post is about: phrases and, where one is trained, the linear model, joined log-linearly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .result import Field, Reason
from .rules import Evidence, Match, Phrase, RuleSet, add_up, longest, strength
from .text import Text

# One unit of phrase weight multiplies the odds of a category by e ** SCALE.
SCALE = 1.1
# The weight that "none of these" has: a single weak word is no certainty.
NOTHING = 1.2
MODEL_SHARE = 1.0
SHOWN = 3
# A further problem: a strong phrase of its own, and not much weaker than the first.
ALSO_WEIGHT = 3.0
ALSO_SHARE = 0.62
SUBJECT_WORTH = 1.4


@dataclass(slots=True)
class Categories:
	"""``best``: the category; ``ranked``: at most three (code, confidence); ``also``: further problems named."""

	best: Field = field(default_factory=Field)
	ranked: list[tuple[str, float]] = field(default_factory=list)
	also: list[str] = field(default_factory=list)
	scores: dict[str, float] = field(default_factory=dict)


def decide(
	text: Text,
	evidence: Evidence,
	rules: RuleSet,
	*,
	district: str | None = None,
	day: date | None = None,
	learned: Mapping[str, float] | None = None,
	subject_words: int = 0,
) -> Categories:
	"""Weigh the phrases found and the model's log-probabilities ``learned`` by category code."""
	matches = _standing(evidence.categories, district, day)
	by_code = add_up(_lifted(matches, subject_words))
	scores = {code: strength(found) for code, found in by_code.items()}
	logits = {code: SCALE * score for code, score in scores.items()}
	if learned:
		for code, value in learned.items():
			if code in rules.by_code and not rules.by_code[code].disabled:
				logits[code] = logits.get(code, 0.0) + MODEL_SHARE * value
	if not logits:
		return Categories()
	ranked = _share(logits, with_nothing=not learned)
	code, confidence = ranked[0]
	reasons = _reasons(text, by_code.get(code, []), code)
	if learned and code in learned:
		reasons.append(Reason("category.model", f"learned from corrections: {code}", weight=learned[code]))
	return Categories(Field(code, confidence, reasons), ranked[:SHOWN], _also(by_code, scores, code), scores)


def _standing(matches: list[Match], district: str | None, day: date | None) -> list[Match]:
	"""Without the phrases that are out of place or date, excluded, or part of a longer phrase."""
	spoken, excluded = [], []
	for match in matches:
		phrase = match.payload[2]
		if not _applies(phrase, district, day):
			continue
		(excluded if phrase.exclude else spoken).append(match)
	if excluded:
		spoken = [match for match in spoken if not _is_excluded(match, excluded)]
	return longest(spoken)


def _applies(phrase: Phrase, district: str | None, day: date | None) -> bool:
	if phrase.district and phrase.district != district:
		return False
	if day is None:
		return True
	return not ((phrase.valid_from and day < phrase.valid_from) or (phrase.valid_to and day > phrase.valid_to))


def _is_excluded(match: Match, excluded: list[Match]) -> bool:
	return any(
		other.payload[1] == match.payload[1]
		and match.first < other.last
		and other.first < match.last
		and match.words <= other.words
		for other in excluded
	)


def _lifted(matches: list[Match], subject_words: int) -> list[Match]:
	"""A mail's subject says what the letter is about."""
	if not subject_words:
		return matches
	return [
		match._replace(worth=match.worth * SUBJECT_WORTH) if match.last <= subject_words else match for match in matches
	]


def _share(logits: Mapping[str, float], with_nothing: bool) -> list[tuple[str, float]]:
	"""Softmax, best first; codes decide between equals so that the same post gives the same answer."""
	top = max(max(logits.values()), SCALE * NOTHING)
	parts = {code: math.exp(value - top) for code, value in logits.items()}
	total = sum(parts.values()) + (math.exp(SCALE * NOTHING - top) if with_nothing else 0.0)
	return sorted(((code, part / total) for code, part in parts.items()), key=lambda one: (-one[1], one[0]))


def _also(by_code: dict[str, list[Match]], scores: dict[str, float], best: str) -> list[str]:
	own = by_code.get(best, [])
	found = []
	for code, matches in by_code.items():
		if code == best or scores[code] < ALSO_SHARE * scores.get(best, 0.0):
			continue
		apart = [
			match
			for match in matches
			if match.payload[2].weight * match.worth >= ALSO_WEIGHT
			and all(match.first >= other.last or other.first >= match.last for other in own)
		]
		if apart:
			found.append(code)
	return sorted(found, key=lambda code: (-scores[code], code))[: SHOWN - 1]


def _reasons(text: Text, matches: list[Match], code: str) -> list[Reason]:
	reasons = []
	for match in matches[:4]:
		span = span_of(text, match)
		phrase = match.payload[2]
		written = text.written(*span)
		reasons.append(Reason("category.phrase", f"“{written}” speaks for {code}", span, phrase.weight * match.worth))
	return reasons


def span_of(text: Text, match: Match) -> tuple[int, int]:
	"""Where a match stands in ``text.folded``."""
	return text.tokens[match.first].start, text.tokens[match.last - 1].end
