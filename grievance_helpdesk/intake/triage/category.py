"""What a post is about: phrases and, where one is trained, the linear model, joined log-linearly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .model import LinearModel
from .result import Field, Reason
from .rules import Evidence, Match, Phrase, RuleSet, add_up, longest, strength
from .text import Text

# One unit of phrase weight multiplies the odds of a category by e ** SCALE.
SCALE = 1.1
# The weight that "none of these" has: a single weak word is no certainty.
NOTHING = 1.2
# Beside a model, more phrases than this add nothing: they would only outshout it.
MOST_BESIDE_MODEL = 4.0
SHOWN = 3
# Where the cause of a trouble is named, what follows from it counts less: a burst pipe breaks the road, a sewer fills
# the drain, a burnt transformer leaves the house dark, an official's bribe is about some paper.
CAUSES = {
	"SEW-BLK": ("DRN", "RD-POT", "GAR"),
	"WAT-LEAK": ("DRN", "RD-POT", "WAT-NO"),
	"WAT-DIRTY": ("WAT-NO",),
	"PWR-TRF": ("PWR-CUT", "IRR"),
	"PWR-DNG": ("PWR-CUT", "PWR-TRF"),
	"PWR-CUT": ("IRR",),
	"WOM": ("POL", "JOB", "POLU"),
	"COR": ("REV-REG", "CERT", "PID", "POL", "TRN", "RAT", "PEN"),
	"POLU": ("DRN",),
	"IRR": ("WAT-NO", "AGR"),
	"ANI": ("AGR",),
}
CAUSE_FROM, FOLLOWS = 2.3, 0.6
# A further problem: a strong phrase of its own, and not much weaker than the first.
ALSO_WEIGHT = 3.0
ALSO_SHARE = 0.62
SUBJECT_WORTH = 1.4
# A phrase of several words says more than a word alone.
_LENGTHS = (1.0, 0.85, 1.0, 1.15, 1.25)
LANDMARK_WORTH = 0.3
LANDMARK_BEHIND = frozenset(
	"paas pass pas samne saamne bahar baahar nazdik najdik nazdeek najdeek peeche piche chowk chauk gate side के पास सामने बाहर "
	"नजदीक पीछे चौक गेट आगे aage".split()
) - {"के"}
_OF = frozenset("ke k ki के की".split())
LANDMARK_AHEAD = frozenset("near outside opposite opp behind beside nearby adjoining".split())


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
	model: LinearModel | None = None,
	subject_words: int = 0,
) -> Categories:
	"""Weigh the phrases found and, with a ``model``, what it learned from officers' corrections."""
	matches = _standing(evidence.categories, district, day)
	by_code = add_up(_weighed(matches, text.words, subject_words))
	scores = {code: strength(found) for code, found in by_code.items()}
	logits = {code: SCALE * score for code, score in _causes_first(scores).items()}
	learned = model.predict(text) if model else {}
	if model:
		logits = _joined(logits, learned, model, rules)
	if not logits:
		return Categories()
	ranked = _share(logits, with_nothing=not learned)
	code, confidence = ranked[0]
	reasons = _reasons(text, by_code.get(code, []), code)
	if code in learned:
		reasons.append(Reason("category.model", f"learned from corrections: {code}", weight=learned[code]))
	return Categories(Field(code, confidence, reasons), ranked[:SHOWN], _also(by_code, scores, code), scores)


def _joined(
	logits: Mapping[str, float], learned: Mapping[str, float], model: LinearModel, rules: RuleSet
) -> dict[str, float]:
	"""Phrases and model log-linearly. A category that the model never saw stands as its rarest one."""
	unseen = min(learned.values())
	joined = {}
	for code in {*logits, *learned}:
		if code in rules.by_code and not rules.by_code[code].disabled:
			phrases = model.phrase_share * min(logits.get(code, 0.0), SCALE * MOST_BESIDE_MODEL)
			joined[code] = phrases + model.model_share * learned.get(code, unseen)
	return joined


def _causes_first(scores: Mapping[str, float]) -> dict[str, float]:
	"""Scores in which the consequences of a named cause count less."""
	lowered = {
		follower
		for cause, followers in CAUSES.items()
		if scores.get(cause, 0.0) >= CAUSE_FROM
		for follower in followers
	}
	return {code: score * FOLLOWS if code in lowered else score for code, score in scores.items()}


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
	return not (
		(phrase.valid_from and day < phrase.valid_from) or (phrase.valid_to and day > phrase.valid_to)
	)


def _is_excluded(match: Match, excluded: list[Match]) -> bool:
	return any(
		other.payload[1] == match.payload[1]
		and match.first < other.last
		and other.first < match.last
		and match.words <= other.words
		for other in excluded
	)


def _weighed(matches: list[Match], words: list[str], subject_words: int) -> list[Match]:
	"""Matches by what they are worth here: a mail's subject says what the letter is about, a landmark only where."""
	weighed = []
	for match in matches:
		worth = match.worth * _LENGTHS[min(match.words, len(_LENGTHS) - 1)]
		if match.last <= subject_words:
			worth *= SUBJECT_WORTH
		if match.words == 1 and _is_landmark(words, match):
			worth *= LANDMARK_WORTH
		weighed.append(match._replace(worth=worth))
	return weighed


def _is_landmark(words: list[str], match: Match) -> bool:
	"""Whether the word only says where: "school ke paas", "near the hospital", "temple road"."""
	behind = words[match.last : match.last + 2]
	if behind and (behind[0] in LANDMARK_BEHIND or (behind[0] in _OF and behind[-1] in LANDMARK_BEHIND)):
		return True
	return not LANDMARK_AHEAD.isdisjoint(words[max(0, match.first - 3) : match.first])


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
		reasons.append(
			Reason("category.phrase", f"“{written}” speaks for {code}", span, phrase.weight * match.worth)
		)
	return reasons


def span_of(text: Text, match: Match) -> tuple[int, int]:
	"""Where a match stands in ``text.folded``."""
	return text.spans[match.first][0], text.spans[match.last - 1][1]
