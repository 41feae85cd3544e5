"""How the time limits were kept, and what the ladder of authorities had to do, by department, district or category."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import frappe
from frappe.query_builder.functions import Count

from grievance_helpdesk.redressal.reporting import cases
from grievance_helpdesk.redressal.reporting.filters import Filters

SOON = timedelta(hours=24)
RECEIVED = ("received", "acknowledged_late", "finished", "finished_late", "level_1", "level_2", "level_3")
STANDING = ("overdue", "due_soon")
APPEALS = ("appeals_automatic", "appeals_citizen", "appeals_allowed", "appeals_dismissed", "appeals_pending")
NUMBERS = (*RECEIVED, *STANDING, *APPEALS, "appeals_late", "problems")


def by(field: str, filters: Filters, now: datetime) -> list[dict]:
	"""A row with all :data:`NUMBERS` for each value of ``field``, most overdue first.

	The period holds for what was received and for appeals filed; what is overdue, due soon or a problem stands today.
	"""
	parts = (
		_received(field, filters),
		_standing(field, filters, now),
		_appeals(field, filters),
		_late_appeals(field, filters, now),
		_problems(field, filters),
	)
	found: dict[str | None, dict] = {}
	for query in parts:
		for row in query.run(as_dict=True):
			group = found.setdefault(row.pop("value") or None, dict.fromkeys(NUMBERS, 0))
			for name, number in row.items():
				group[name] += int(number or 0)
	rows = [{field: value, **numbers} for value, numbers in found.items() if any(numbers.values())]
	return sorted(rows, key=lambda row: (-row["overdue"], -row["received"], row[field] or ""))


def _received(field: str, filters: Filters):
	grievance = cases.table()
	finished = grievance.status.isin(cases.FINISHED)
	return _grouped(
		cases.received(filters),
		field,
		Count("*").as_("received"),
		cases.number_where(grievance.response_breached == 1, "acknowledged_late"),
		cases.number_where(finished, "finished"),
		cases.number_where(finished & (grievance.resolution_breached == 1), "finished_late"),
		cases.number_where(grievance.escalation_level == 1, "level_1"),
		cases.number_where(grievance.escalation_level == 2, "level_2"),
		cases.number_where(grievance.escalation_level >= 3, "level_3"),
	)


def _standing(field: str, filters: Filters, now: datetime):
	grievance = cases.table()
	due_soon = (grievance.resolve_by >= now) & (grievance.resolve_by < now + SOON)
	return _grouped(
		cases.active(filters),
		field,
		cases.number_where(cases.overdue(now), "overdue"),
		cases.number_where((grievance.status == "Open") & due_soon, "due_soon"),
	)


def _appeals(field: str, filters: Filters):
	appeal = frappe.qb.DocType("Grievance Appeal")
	return _grouped(
		_joined("Grievance Appeal", filters, lambda table: cases.within(table.filed_at, filters)),
		field,
		cases.number_where(appeal.filed_by == "Automatic", "appeals_automatic"),
		cases.number_where(appeal.filed_by == "Citizen", "appeals_citizen"),
		cases.number_where(appeal.status == "Allowed", "appeals_allowed"),
		cases.number_where(appeal.status == "Dismissed", "appeals_dismissed"),
		cases.number_where(appeal.status == "Pending", "appeals_pending"),
	)


def _late_appeals(field: str, filters: Filters, now: datetime):
	late = _joined(
		"Grievance Appeal", filters, lambda table: (table.status == "Pending") & (table.due_by < now)
	)
	return _grouped(late, field, Count("*").as_("appeals_late"))


def _problems(field: str, filters: Filters):
	standing = _joined("Escalation Problem", filters, lambda table: table.resolved == 0)
	return _grouped(standing, field, Count("*").as_("problems"))


def _joined(doctype: str, filters: Filters, criterion: Callable):
	"""Records of the cases that the viewer may see and the filters name; those of merged cases are in no figure."""
	grievance, table = cases.table(), frappe.qb.DocType(doctype)
	query = (
		frappe.qb.from_(table)
		.join(grievance)
		.on(grievance.name == table.grievance)
		.where(criterion(table) & grievance.status.isin(cases.COUNTED))
	)
	return cases.scoped(cases.chosen(query, filters))


def _grouped(query, field: str, *numbers):
	value = cases.table()[field]
	return query.select(value.as_("value"), *numbers).groupby(value)
