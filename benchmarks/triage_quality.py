"""How well triage names the category, on real reports of citizens and on the demo's posts.

``python benchmarks/triage_quality.py CSV``: CSV is the Bengaluru set (columns description, category, civic_issue).
Its first part holds app reports of eight classes; tweets, picked by keyword, follow and are left out. Reports under
12 characters and repeated ones are dropped. Our categories map to the eight classes; the classes that Haryana's list
does not part (plastic, traffic) are told by the words of the phrases. Up to 1,000 labels: mean of five random splits.
"""

from __future__ import annotations

import csv
import json
import math
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from demo.report import compare
from grievance_helpdesk.intake.triage import category, shipped
from grievance_helpdesk.intake.triage.__main__ import lines
from grievance_helpdesk.intake.triage.model import LinearModel
from grievance_helpdesk.intake.triage.rules import Category, CompiledRules, RuleSet
from grievance_helpdesk.intake.triage.text import Text, normalise
from grievance_helpdesk.intake.triage.training import Example, fit_model, macro_f1

SHORTEST = 12
# The app reports stand in the first rows of the file; handles and shortened links of tweets begin behind this one.
APP_ROWS = 10_720
ANCHORS = {0: (0.720, 0.620), 100: (0.770, 0.644), 1000: (0.809, 0.697), 6500: (0.835, 0.733)}
SPLITS, TESTED = 5, 2000
CLASSES = {
	"GAR": "Waste/Garbage", "ANI": "Waste/Garbage", "PRK": "Waste/Garbage", "RD-POT": "Potholes", "RD-LINK": "Potholes",
	"WAT-NO": "Water", "WAT-DIRTY": "Water", "WAT-LEAK": "Water", "DRN": "Water", "MOS": "Water",
	"LGT": "Streetlights", "PWR-CUT": "Streetlights", "PWR-TRF": "Streetlights", "PWR-DNG": "Streetlights",
	"TRN": "Traffic/Parking", "ENC": "Traffic/Parking", "SEW-BLK": "Sewage", "POLU": "Air",
}  # fmt: skip
# The set counts drains as sewage and standing water as water; plastic is a class of its own.
DRAIN_WORDS, DRAINS = ("drain", "drinage", "nali", "nala"), "Sewage"
PLASTIC, PLASTIC_WORDS = "Plastic", ("plastic", "polythene")
KEPT = {*CLASSES.values(), PLASTIC}
_NO_WORD = re.compile(r"\W+")
# The most frequent class: what the anchor's rules fall back to, too.
FALLBACK = "Waste/Garbage"


def read_reports(path: Path) -> list[tuple[str, str]]:
	"""(text, class) of the app reports."""
	with path.open(encoding="utf-8", errors="replace", newline="") as file:
		rows = list(csv.DictReader(file))
	seen: set[str] = set()
	found = []
	for row in rows[:APP_ROWS]:
		text = " ".join(row["description"].split())
		key = _NO_WORD.sub(" ", text.casefold()).strip()
		if row["category"] in KEPT and len(text) >= SHORTEST and key not in seen:
			seen.add(key)
			found.append((text, row["category"]))
	return found


def eight_classes() -> RuleSet:
	"""The shipped phrases under the names of the eight classes.

	Excluding phrases part categories that are one class here, so only classes of one category keep theirs.
	"""
	codes: dict[str, list[str]] = {}
	for code, name in CLASSES.items():
		codes.setdefault(name, []).append(code)
	phrases: dict[str, list] = {name: [] for name in (*CLASSES.values(), PLASTIC)}
	for one in shipped.rule_set().categories:
		for phrase in one.phrases if one.code in CLASSES else ():
			if not phrase.exclude or len(codes[CLASSES[one.code]]) == 1:
				phrases[class_of(one.code, phrase.phrase)].append(phrase)
	return RuleSet(tuple(Category(name, name, phrases=tuple(rows)) for name, rows in phrases.items()))


def class_of(code: str, phrase: str) -> str:
	if any(word in phrase for word in PLASTIC_WORDS):
		return PLASTIC
	if code == "DRN" and any(word in phrase for word in DRAIN_WORDS):
		return DRAINS
	return CLASSES[code]


class Router:
	"""Phrases and model joined as the engine joins them."""

	def __init__(self) -> None:
		self.rules = eight_classes()
		self.compiled = CompiledRules(self.rules)

	def ranked(self, text: Text, model: LinearModel | None) -> list[str]:
		found = category.decide(text, self.compiled.scan(text.words), self.rules, model=model)
		ranked = [name for name, _ in found.ranked]
		# What the phrases leave open goes to the most frequent class, as in the anchor.
		if model is None and (not ranked or found.ranked[0][1] < 0.35):
			ranked = [FALLBACK, *(name for name in ranked if name != FALLBACK)]
		return ranked[:3]


def measure(
	router: Router, tested: Sequence[tuple[Text, str]], model: LinearModel | None
) -> tuple[float, float, float]:
	"""(top-1, macro-F1, top-3)."""
	pairs, third = [], 0
	for text, label in tested:
		ranked = router.ranked(text, model)
		pairs.append((label, ranked[0]))
		third += label in ranked
	right = sum(label == answer for label, answer in pairs)
	return right / len(pairs), macro_f1(pairs), third / len(pairs)


def at_labels(router: Router, reports: Sequence[tuple[str, str]], labels: int, splits: int) -> list[float]:
	sums = [0.0, 0.0, 0.0]
	for split in range(splits):
		shuffled = list(reports)
		random.Random(100 + split).shuffle(shuffled)
		tested = [(normalise(text), label) for text, label in shuffled[labels : labels + TESTED]]
		model = fit_model([Example(text, label) for text, label in shuffled[:labels]]) if labels else None
		sums = [total + part for total, part in zip(sums, measure(router, tested, model), strict=True)]
	return [total / splits for total in sums]


def demo_posts() -> None:
	path = Path(__file__).resolve().parents[1] / "demo" / "posts.jsonl"
	source = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
	labels = {post["id"]: post["labels"] for post in map(json.loads, source)}
	report = compare(lines(source, shipped.triage(), sys.stderr), labels)
	print(f"\ndemo posts: {report.posts}")
	for name, value in report.accuracy.items():
		print(f"  {name:22} {value:.3f}")
	print("  most frequent confusions of the category (label -> answer)")
	for (label, answer), count in report.confusions.get("category", {}).most_common(12):
		print(f"    {label} -> {answer}: {count}")


def main(arguments: list[str]) -> int:
	if len(arguments) != 1:
		print("usage: python benchmarks/triage_quality.py CSV   (the Bengaluru set)", file=sys.stderr)
		return 2
	reports = read_reports(Path(arguments[0]))
	router = Router()
	print(f"{len(reports)} app reports, {len({label for _, label in reports})} classes")
	print(f"{'labels':>7} {'top-1':>7} {'anchor':>7} {'macroF1':>8} {'anchor':>7} {'top-3':>7}")
	worse = 0
	for labels, (top_anchor, f1_anchor) in ANCHORS.items():
		splits = SPLITS if labels <= 1000 else 1
		top, f1, third = at_labels(router, reports, labels, splits)
		worse += not (math.floor(top * 1000) / 1000 >= top_anchor and f1 >= f1_anchor)
		print(f"{labels:>7} {top:>7.3f} {top_anchor:>7.3f} {f1:>8.3f} {f1_anchor:>7.3f} {third:>7.3f}")
	demo_posts()
	return 1 if worse else 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
