"""Whether a post is a grievance. In doubt it is: each other kind must outweigh the signs of a trouble.

Sarcasm ("waah, kya vikas hai") and thanks with a trouble in them name the trouble, and so stay grievances.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from .category import span_of
from .result import Field, Reason
from .rules import Evidence, add_up, strength
from .text import Text

GRIEVANCE = "grievance"


class Measure(NamedTuple):
	"""What a kind needs: its own weight, less so much for each unit of complaint, category and place."""

	complaint: float
	category: float
	place: float
	needs: float


# Troubles count most against greetings and abuse, least against what names itself (spam, RTI, a suggestion).
MEASURES: Mapping[str, Measure] = {
	"spam": Measure(0.35, 0.15, 0.0, 2.0),
	"out_of_scope": Measure(0.1, 0.1, 1.6, 1.9),
	"thanks": Measure(0.75, 0.4, 0.0, 1.0),
	"suggestion": Measure(0.4, 0.1, 0.0, 1.3),
	"question": Measure(0.55, 0.4, 0.4, 1.4),
	"politics": Measure(0.55, 0.5, 0.6, 1.7),
	"greeting": Measure(0.9, 0.8, 0.5, 1.8),
	"abuse": Measure(0.9, 0.8, 1.0, 1.5),
}
QUESTION_MARK = 0.8
# "4 din se", "since 3 days": who counts the time has a trouble.
COUNTED_TIME = 1.6
_COUNTED = re.compile(
	r"(?:\d|teen|char|चार|तीन|पांच|दो|एक|ek|do|two|three|one)\s?(?:din|days?|ghant|hours?|hrs|mahin|months?|weeks?|haft|saal|years?|दिन|घंट|महीन|हफ्त|साल)"
)
SURE = 1.4


def decide(text: Text, evidence: Evidence, category_scores: Mapping[str, float], has_place: bool) -> Field:
	"""The kind with its confidence; ``category_scores`` are the phrase strengths of :mod:`category`."""
	by_kind = add_up(evidence.kinds)
	weights = {kind: strength(found) for kind, found in by_kind.items()}
	complaint = weights.get(GRIEVANCE, 0.0)
	trouble = min(max(category_scores.values(), default=0.0), 6.0)
	if weights and _COUNTED.search(text.plain):
		complaint += COUNTED_TIME
	if "?" in text.clean and "question" in weights:
		weights["question"] += QUESTION_MARK
	margins = {
		kind: weights[kind]
		- measure.complaint * complaint
		- measure.category * trouble
		- measure.place * has_place
		- measure.needs
		for kind, measure in MEASURES.items()
		if kind in weights
	}
	best = max(margins, key=lambda kind: margins[kind], default=None)
	if best is None or margins[best] <= 0:
		against = -max(margins.values(), default=-2.0)
		return Field(
			GRIEVANCE, _sure(against + 0.2 * (complaint + trouble)), _reasons(text, by_kind, GRIEVANCE)
		)
	return Field(best, _sure(margins[best]), _reasons(text, by_kind, best))


def _sure(margin: float) -> float:
	return 1 / (1 + math.exp(-SURE * margin))


def _reasons(text: Text, by_kind: Mapping[str, list], kind: str) -> list[Reason]:
	found = []
	for match in by_kind.get(kind, [])[:3]:
		span = span_of(text, match)
		found.append(
			Reason(f"kind.{kind}", f"“{text.written(*span)}” reads as {kind}", span, match.payload[2].weight)
		)
	return found or [Reason(f"kind.{kind}", "nothing outweighs that it may be a grievance")]
