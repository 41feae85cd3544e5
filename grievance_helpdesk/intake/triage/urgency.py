"""Whether a post cannot wait: rules with reasons, no learned guess."""

from __future__ import annotations

import re

from .category import span_of
from .result import Field, Reason
from .rules import Evidence, RuleSet, add_up, strength
from .text import Text

URGENT_FROM = 2.6
# Two days without water are an inconvenience; from this many on, people and cattle are in need.
DAYS_WITHOUT_WATER = 3
WATER = "WAT-NO"
DAYS_OUTCOME = "no-water-days"
_NUMBERS = {
	"teen": 3, "tin": 3, "char": 4, "chaar": 4, "panch": 5, "paanch": 5, "chhe": 6, "cheh": 6, "saat": 7, "aath": 8,
	"das": 10, "dus": 10, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
	"तीन": 3, "चार": 4, "पांच": 5, "छह": 6, "छः": 6, "सात": 7, "आठ": 8, "नौ": 9, "दस": 10, "पंद्रह": 15,
	"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "तीसरे": 3, "चौथे": 4, "पांचवें": 5,
}  # fmt: skip
_SPAN = re.compile(
	r"(?<![^\W_])(?P<number>\d{1,3}|" + "|".join(_NUMBERS) + r")(?:th|rd|st|nd)?\s*(?:-|to)?\s*\d{0,2}\s*"
	r"(?P<unit>din|dino|dinon|days?|दिन|दिनों|hafte|hafton|weeks?|हफ्ते|हफ्तों|सप्ताह|mahine|months?|महीने|महीनों)"
)
_WEEK = re.compile(
	r"(?<![^\W_])(?:(?:a|one|last|past|ek|1|एक|पिछले)\s+(?:week|hafte|hafta|hafto|हफ्ते|सप्ताह|हफ्ता)|week|hafte|hafta|हफ्ते|सप्ताह)(?![^\W_])"
)
_DRY = re.compile(r"kabhi kabhi|alternate|कभी कभी|har\s+(?:teen|3)\s+din")


def decide(text: Text, evidence: Evidence, category: str | None, rules: RuleSet) -> Field:
	"""``value`` is True or False; each reason's rule is ``urgent.<outcome>``."""
	reasons: list[Reason] = []
	total = 0.0
	for outcome, matches in add_up(evidence.urgencies).items():
		if outcome == DAYS_OUTCOME:
			continue
		weight = strength(matches)
		total += weight
		span = span_of(text, matches[0])
		reasons.append(Reason(f"urgent.{outcome}", f"“{text.written(*span)}”: {outcome}", span, weight))
	known = rules.by_code.get(category or "")
	if known and known.emergency:
		total += 1.0
		reasons.append(Reason("urgent.category", f"{known.title} is an emergency category", None, 1.0))
	if category == WATER and (span := days_without(text)):
		total += 3.0
		reasons.append(Reason(f"urgent.{DAYS_OUTCOME}", f"without water: “{text.written(*span)}”", span, 3.0))
	reasons.sort(key=lambda reason: -reason.weight)
	urgent = total >= URGENT_FROM
	confidence = min(0.98, 0.6 + 0.08 * abs(total - URGENT_FROM))
	return Field(urgent, confidence, reasons if urgent else reasons[:1])


def days_without(text: Text) -> tuple[int, int] | None:
	"""Where the text counts three days or more, or a week."""
	if _DRY.search(text.plain):
		return None
	for match in _SPAN.finditer(text.plain):
		number = match["number"]
		count = int(number) if number.isdigit() else _NUMBERS[number]
		if count >= DAYS_WITHOUT_WATER or not match["unit"].startswith(("din", "day", "दिन")):
			return match.span()
	week = _WEEK.search(text.plain)
	return week.span() if week else None
