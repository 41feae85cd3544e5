"""Random posts for the cases of :mod:`report_world`, corrections of what triage named, and who sees which post."""

from __future__ import annotations

import random
from datetime import timedelta

import frappe

from tests.contract import report_world, scope_world

STATES = (
	"New",
	"Grievance",
	"Thread",
	"Support",
	"For Review",
	"Not a Grievance",
	"Ignored",
	"Parked",
	"Removed",
)
WITH_CASE = ("Grievance", "Thread", "Support")
KINDS = ("grievance", "grievance", "suggestion", "thanks", "spam", None)
LANGUAGES = ("en", "hi", "hi-Latn", "mixed", None)
POST_COLUMNS = (
	*("name", "received_at", "creation", "channel", "state", "decided_by_person", "grievance"),
	*("kind", "language", "confidence", "category", "department", "jurisdiction"),
)
CORRECTION_COLUMNS = ("name", "creation", "citizen_post", "field_name", "predicted", "corrected")


class PostWorld:
	"""``posts`` by name, and ``corrections``: post → field → the last correction."""

	def __init__(self, seed: int, posts: int = 400):
		dice = random.Random(seed)
		self.cases = report_world.build(seed)
		self.now = self.cases.now
		self.posts = {f"POST-{number:04d}": self._post(dice) for number in range(posts)}
		for name, post in self.posts.items():
			post.name = name
		frappe.db.bulk_insert(
			"Citizen Post",
			POST_COLUMNS,
			[tuple(post[c] for c in POST_COLUMNS) for post in self.posts.values()],
		)
		self.corrections: dict[str, dict[str, str | None]] = {}
		self._correct(dice)

	def _post(self, dice: random.Random) -> frappe._dict:
		state = dice.choice(STATES)
		came = self.now - timedelta(minutes=dice.randint(1, 100 * 24 * 60))
		return frappe._dict(
			received_at=came,
			creation=came,
			channel=dice.choice(("X", "Facebook", "Email")),
			state=state,
			decided_by_person=dice.choice((0, 0, 1)),
			grievance=dice.choice(list(self.cases.rows)) if state in WITH_CASE else dice.choice((None, "")),
			kind=dice.choice(KINDS),
			language=dice.choice(LANGUAGES),
			confidence=dice.randint(20, 99),
			category=dice.choice((None, *report_world.CATEGORIES)),
			department=dice.choice((None, *scope_world.DEPARTMENTS)),
			jurisdiction=dice.choice((None, *list(self.cases.scope.parents)[:5])),
		)

	def _correct(self, dice: random.Random) -> None:
		rows = []
		choices = {
			"category": report_world.CATEGORIES,
			"department": scope_world.DEPARTMENTS,
			"jurisdiction": list(self.cases.scope.parents)[:5],
		}
		for post in self.posts.values():
			for field, values in choices.items():
				for number in range(dice.choice((0, 0, 0, 1, 2))):
					corrected = dice.choice((None, *values, *values))
					at = post.received_at + timedelta(hours=number + 1)
					name = f"{post.name}-{field}-{number}"
					rows.append((name, at, post.name, field, post[field], corrected))
					self.corrections.setdefault(post.name, {})[field] = corrected
		frappe.db.bulk_insert("Triage Correction", CORRECTION_COLUMNS, rows)

	def seen(self, user: str, days: int, **chosen) -> list[frappe._dict]:
		"""The posts of the last days that ``user`` may see. ``chosen`` are fields of the post, or ``district`` of its case."""
		last = self.now.date()
		first = last - timedelta(days=days - 1)
		visible = self.cases.scope.visible(user)
		state_wide = self.cases.scope.people[user].roles & scope_world.STATE_WIDE
		district = chosen.pop("district", None)
		return [
			post
			for post in self.posts.values()
			if (post.grievance in visible if post.grievance else state_wide and not district)
			and (not district or self.cases.rows[post.grievance].district == district)
			and first <= post.received_at.date() <= last
			and all(post[field] == value for field, value in chosen.items())
		]
