"""What presses, counted for many officers at once, and for one leader's area under that leader's own scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import frappe
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count
from pypika.analytics import RowNumber

from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.redressal.reporting import cases

PRESSING = ("overdue", "due_today", "disputed", "waiting", "new")
FIGURES = ("open", *PRESSING)
MOST_CASES = 8
MOST_OFFICERS = 5
ONE_DAY = timedelta(days=1)
COLUMNS = ("name", "officer", "subject", "confidential", "resolve_by")


@dataclass(frozen=True, slots=True)
class Question:
	"""The moment that the figures speak of, and after how many days a waiting case is named."""

	now: datetime
	waiting_days: int

	def criteria(self) -> dict[str, Criterion]:
		table, now = cases.table(), self.now
		tomorrow = datetime.combine(now.date() + ONE_DAY, time())
		return {
			"open": table.status.isin(cases.ACTIVE),
			"overdue": cases.overdue(now),
			"due_today": (table.status == "Open") & (table.resolve_by >= now) & (table.resolve_by < tomorrow),
			"disputed": (table.status == "Open") & (table.disputed_count > 0),
			"waiting": (table.status == "On Hold")
			& (table.paused_since < now - timedelta(days=self.waiting_days)),
			"new": table.assigned_on >= now - ONE_DAY,
		}


def own(officers: Sequence[str], question: Question) -> dict[str, dict]:
	"""``{officer: {"counts", "cases"}}`` for those who have active cases: two queries for all of them.

	The scope of each is the simplest one, the officer's own cases; what it would hide of them is left out for everybody.
	"""
	table, criteria = cases.table(), question.criteria()
	mine = criteria["open"] & table.officer.isin(list(officers) or [""]) & _about_nobody()
	found = {
		row.officer: {"counts": _counts(row), "cases": []}
		for row in _counted(frappe.qb.from_(table).where(mine), criteria).run(as_dict=True)
	}
	pressing = mine & Criterion.any([criteria[name] for name in PRESSING])
	for row in _first_of_each(pressing):
		found[row.officer]["cases"].append(row)
	return found


def area(user: str, question: Question) -> dict:
	"""``{"counts", "officers"}``: everything active that ``user`` may see, and who has most overdue cases there."""
	table, criteria = cases.table(), question.criteria()
	rule = scope.criterion_for("Grievance", user)
	seen = [criteria["open"], _about_nobody(), *([] if rule is None else [rule])]
	rows = _counted(frappe.qb.from_(table).where(Criterion.all(seen)), criteria).run(as_dict=True)
	by_officer = [{"officer": row.officer, **_counts(row)} for row in rows]
	late = sorted(
		(row for row in by_officer if row["overdue"]), key=lambda row: (-row["overdue"], row["officer"] or "")
	)
	return {
		"counts": {name: sum(row[name] for row in by_officer) for name in FIGURES},
		"officers": late[:MOST_OFFICERS],
	}


def _about_nobody() -> Criterion:
	against = cases.table().complaint_against
	return against.isnull() | (against == "")


def _counted(query, criteria: dict[str, Criterion]):
	table = cases.table()
	sums = (cases.number_where(criteria[name], name) for name in PRESSING)
	return query.select(table.officer, Count("*").as_("open"), *sums).groupby(table.officer)


def _counts(row) -> dict[str, int]:
	return {name: int(row[name] or 0) for name in FIGURES}


def _first_of_each(pressing: Criterion) -> list:
	"""The cases of each officer whose limit comes first, a few for each."""
	table = cases.table()
	place = RowNumber().over(table.officer).orderby(table.resolve_by, table.name).as_("place")
	ranked = frappe.qb.from_(table).select(*(table[field] for field in COLUMNS), place).where(pressing)
	query = frappe.qb.from_(ranked).select(*(ranked[field] for field in COLUMNS))
	query = query.where(ranked.place <= MOST_CASES).orderby(ranked.officer, ranked.place)
	return query.run(as_dict=True)
