"""One post read by the present rules and by changed ones.

Reading a post twice costs twice. Where the rule sets differ in their phrases only, phrases act on a post through what
:meth:`Triage.scan` finds in its words and through nothing else: where both find the same, in the same order, both
results are the same. It is not enough to look for the changed phrase in the text: a new word may also win words of other
spellings from an older phrase, and an exclusion speaks where nothing new is found.
"""

from __future__ import annotations

from dataclasses import replace

from .engine import PostText, Triage, text_of
from .result import TriageResult
from .rules import RuleSet


class Comparison:
	"""``before`` and ``after`` share places, model and settings."""

	def __init__(self, before: Triage, after: Triage) -> None:
		self.before = before
		self.after = after
		self.may_skip = _without_phrases(before.ruleset) == _without_phrases(after.ruleset)

	def read(self, post: PostText) -> tuple[TriageResult, TriageResult] | None:
		"""Both results; None where the change cannot make a difference."""
		if self.may_skip:
			text = text_of(post)
			if self.before.scan(text) == self.after.scan(text):
				return None
		return self.before.triage(post), self.after.triage(post)


def _without_phrases(rules: RuleSet) -> list:
	return [replace(category, phrases=()) for category in rules.categories]
