"""Adds up what a change of the rules would do to posts. Pure Python; :mod:`what_if` brings the posts."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

GRIEVANCE, ASIDE = "Grievance", "Not a Grievance"
MOST_EXAMPLES = 20
BETTER, WORSE, NEITHER = "better", "worse", "neither"


class Verdict(NamedTuple):
	"""What a post becomes: the state that it takes, and for a grievance what it is about and who gets it."""

	outcome: str
	category: str | None
	department: str | None
	urgent: bool

	@property
	def answer(self) -> str | None:
		"""As officers correct it: the category, or that it is no grievance."""
		return ASIDE if self.outcome == ASIDE else self.category


@dataclass(slots=True)
class Change:
	"""One post that would be read otherwise. ``decided``: what officers said it is; ``judgement``: before or after was right."""

	name: str
	before: Verdict
	after: Verdict
	decided: str | None = None
	judgement: str = ""

	def as_dict(self) -> dict[str, Any]:
		values = asdict(self)
		return values | {"before": self.before._asdict(), "after": self.after._asdict()}


class Tally:
	"""Counts of changes: each kind of move, what categories gain and lose, and what officers' decisions say."""

	def __init__(self) -> None:
		self.changes: list[Change] = []

	def add(self, name: str, before: Verdict, after: Verdict) -> None:
		if before != after:
			self.changes.append(Change(name, before, after))

	def names(self) -> list[str]:
		return [change.name for change in self.changes]

	def judge(self, decided: dict[str, str]) -> None:
		"""``decided``: what officers said a post is, by the post's name."""
		for change in self.changes:
			change.decided = decided.get(change.name)
			if change.decided:
				right = [verdict.answer == change.decided for verdict in (change.before, change.after)]
				change.judgement = {(False, True): BETTER, (True, False): WORSE}.get(tuple(right), NEITHER)

	def examples(self) -> list[Change]:
		"""What officers disagree with first, then what they agree with, then the rest; newest first in each."""
		order = {WORSE: 0, BETTER: 1, NEITHER: 2, "": 3}
		return sorted(self.changes, key=lambda change: order[change.judgement])[:MOST_EXAMPLES]

	def categories(self) -> set[str | None]:
		answers = {verdict.category for change in self.changes for verdict in (change.before, change.after)}
		return answers | {change.decided for change in self.changes}

	def as_dict(self) -> dict[str, Any]:
		judged = Counter(change.judgement for change in self.changes)
		return {
			"changed": len(self.changes),
			"moves": self._moves(),
			"gained": self._counts(lambda change: (change.after, change.before)),
			"lost": self._counts(lambda change: (change.before, change.after)),
			"urgent_gained": sum(not c.before.urgent and c.after.urgent for c in self.changes),
			"urgent_lost": sum(c.before.urgent and not c.after.urgent for c in self.changes),
			"decided": sum(bool(change.decided) for change in self.changes),
			"better": judged[BETTER],
			"worse": judged[WORSE],
		}

	def _moves(self) -> list[dict[str, Any]]:
		counts = Counter((change.before[:2], change.after[:2]) for change in self.changes)
		return [
			{
				"from": {"outcome": before[0], "category": before[1]},
				"to": {"outcome": after[0], "category": after[1]},
				"posts": posts,
			}
			for (before, after), posts in counts.most_common()
		]

	def _counts(self, sides) -> dict[str, int]:
		"""By category: posts that stand under it on the first side and not on the second."""
		pairs = (sides(change) for change in self.changes)
		return dict(
			Counter(
				one.answer
				for one, other in pairs
				if one.answer != other.answer and one.answer not in (None, ASIDE)
			).most_common()
		)
