"""Compares answers of triage with labels: accuracy of each field, and which values are taken for which. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

FIELDS = (
	"is_grievance",
	"kind",
	"category",
	"district",
	"language",
	"urgent",
	"duplicate_of",
	"same_problem_as",
)


@dataclass(slots=True)
class Report:
	"""``accuracy``: share of right answers by field; ``confusions``: by field, (label, answer) → how often."""

	posts: int = 0
	accuracy: dict[str, float] = field(default_factory=dict)
	confusions: dict[str, Counter[tuple[Any, Any]]] = field(default_factory=dict)
	wrong: dict[str, list[str]] = field(default_factory=dict)

	def as_dict(self, most: int = 15) -> dict[str, Any]:
		"""JSON-able, with the ``most`` frequent confusions of each field."""
		return {
			"posts": self.posts,
			"accuracy": {name: round(value, 4) for name, value in self.accuracy.items()},
			"confusions": {
				name: [
					{"label": label, "answer": answer, "posts": count}
					for (label, answer), count in pairs.most_common(most)
				]
				for name, pairs in self.confusions.items()
			},
		}


def compare(answers: Iterable[Mapping[str, Any]], labels: Mapping[str, Mapping[str, Any]]) -> Report:
	"""``answers`` are lines of triage; ``labels`` the labels by post id. Posts without labels are left out.

	Besides the fields of :data:`FIELDS`: ``category (grievances)``, ``top three`` (the label is among the three shown),
	``also`` (label and answer name the same set of categories) and ``place`` (the labelled words are in the answer's).
	"""
	report = Report()
	right: Counter[str] = Counter()
	asked: Counter[str] = Counter()
	for answer in answers:
		label = labels.get(answer["id"])
		if label is None:
			continue
		report.posts += 1
		for name, wanted, given, agrees in _judged(label, answer):
			asked[name] += 1
			right[name] += agrees
			if not agrees:
				report.confusions.setdefault(name, Counter())[wanted, given] += 1
				report.wrong.setdefault(name, []).append(answer["id"])
	report.accuracy = {name: right[name] / asked[name] for name in asked}
	return report


def _judged(label: Mapping[str, Any], answer: Mapping[str, Any]) -> list[tuple[str, Any, Any, bool]]:
	judged = [
		(name, label[name], answer[name], label[name] == answer[name]) for name in FIELDS if name in label
	]
	if not label["is_grievance"]:
		return judged
	shown = [one["code"] for one in answer["categories"]]
	wanted, given = label["category"], answer["category"]
	named, found = {wanted, *label["also"]}, {given, *answer["also"]}
	judged.append(("category (grievances)", wanted, given, wanted == given))
	judged.append(("top three", wanted, ",".join(shown), wanted in shown))
	judged.append(
		("also", "+".join(sorted(map(str, named))), "+".join(sorted(map(str, found))), named == found)
	)
	if label["place"]:
		place = (answer["place"] or "").casefold()
		close = bool(place) and (label["place"].casefold() in place or place in label["place"].casefold())
		judged.append(("place", label["place"], answer["place"], close))
	return judged
