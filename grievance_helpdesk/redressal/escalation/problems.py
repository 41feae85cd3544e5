"""What could not be done by itself stands in the list "Escalation Problem" until somebody, or a later try, settles it.

One open row for each grievance, kind and level: a try that fails again renews it instead of adding another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe import _

from grievance_helpdesk.redressal import bulk, moment

NOBODY_ASSIGNED, NO_AUTHORITY, STEP_FAILED, LEFT_BEHIND = (
	"Nobody Assigned",
	"No Authority",
	"Step Failed",
	"Left Behind",
)
COLUMNS = (
	*("name", "owner", "modified_by", "creation", "modified", "docstatus", "idx"),
	*("grievance", "problem_type", "level", "occurred_at", "resolved", "detail"),
)


@dataclass(frozen=True, slots=True)
class Problem:
	grievance: str
	problem_type: str
	detail: str
	level: int = 0

	@property
	def key(self) -> tuple[str, str, int]:
		return self.grievance, self.problem_type, self.level


def unassigned(grievance: str) -> Problem:
	detail = _("Nobody answers for this case: find its place and department, or choose an officer.")
	return Problem(grievance, NOBODY_ASSIGNED, detail)


def note(grievance: str, problem_type: str, detail: str, level: int = 0) -> bool:
	"""Put a problem on the list; False when it stood there already."""
	return bool(note_many([Problem(grievance, problem_type, detail, level)]))


def note_many(problems: Iterable[Problem]) -> list[Problem]:
	"""Put problems on the list in three statements; returns those that are new."""
	wanted = {problem.key: problem for problem in problems}
	if not wanted:
		return []
	standing = _standing({problem.grievance for problem in wanted.values()})
	again = {
		standing[key]: {"occurred_at": moment.now(), "detail": wanted[key].detail}
		for key in wanted
		if key in standing
	}
	if again:
		frappe.db.bulk_update("Escalation Problem", again, update_modified=False)
	new = [problem for key, problem in wanted.items() if key not in standing]
	if new:
		bulk.insert("Escalation Problem", COLUMNS, [_row(problem) for problem in new])
	return new


def _row(problem: Problem) -> tuple:
	now, user = frappe.utils.now(), frappe.session.user
	system = (frappe.generate_hash(length=10), user, user, now, now, 0, 0)
	return (
		*system,
		*(problem.grievance, problem.problem_type, problem.level, moment.now(), 0, problem.detail),
	)


def _standing(grievances: set[str]) -> dict[tuple[str, str, int], str]:
	rows = frappe.get_all(
		"Escalation Problem",
		filters={"grievance": ["in", sorted(grievances)], "resolved": 0},
		fields=["name", "grievance", "problem_type", "level"],
		limit=0,
	)
	return {(row.grievance, row.problem_type, row.level or 0): row.name for row in rows}


def settle(grievances: Iterable[str], *problem_types: str, below: int | None = None) -> None:
	"""These problems are over; with ``below`` only those of levels up to it."""
	names = sorted(set(grievances))
	if not names:
		return
	filters = {"grievance": ["in", names], "problem_type": ["in", problem_types], "resolved": 0}
	if below is not None:
		filters["level"] = ["<=", below]
	frappe.db.set_value("Escalation Problem", filters, "resolved", 1, update_modified=False)
