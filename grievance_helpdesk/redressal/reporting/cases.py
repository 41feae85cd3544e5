"""Where each query of a report begins: the viewer's scope, the chosen filters, and one range of one index.

``active`` are the cases that somebody still has to do something about, ``received`` those that came in the period,
``finished`` those whose clock stopped in it (solved or rejected). Merged cases are in none of them.
"""

from __future__ import annotations

from datetime import datetime

import frappe
from frappe.query_builder import Case, Criterion
from frappe.query_builder.functions import Count, Sum

from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.redressal import clocks
from grievance_helpdesk.redressal.doctype.grievance.grievance import COVERING_INDEXES
from grievance_helpdesk.redressal.reporting.filters import Filters

ACTIVE = clocks.RUNNING
DONE = ("Resolved", "Closed")
FINISHED = (*DONE, "Rejected")
COUNTED = (*ACTIVE, *FINISHED)
CHOSEN = ("district", "department", "category", "officer", "channel")


def table():
	return frappe.qb.DocType("Grievance")


def active(filters: Filters):
	"""Open and On Hold, whenever they came."""
	return _begin(frappe.qb.from_(table()), filters, table().status.isin(ACTIVE))


def received(filters: Filters):
	"""Came within the period. Naming each status lets one index, (status, received_at, …), answer it."""
	grievance = table()
	came = grievance.status.isin(COUNTED) & within(grievance.received_at, filters)
	return _begin(read_by("cases_received"), filters, came)


def finished(filters: Filters):
	"""Solved or rejected within the period, and not opened again since."""
	grievance = table()
	ended = within(grievance.resolved_at, filters) & grievance.status.isin(FINISHED)
	return _begin(read_by("cases_finished"), filters, ended)


def within(moment, filters: Filters) -> Criterion:
	return (moment >= filters.begin) & (moment < filters.end)


def read_by(index: str, doctype: str = "Grievance"):
	"""Names the index: MariaDB would rather take that of an officer's district, and then fetch each case of three years."""
	query = frappe.qb.from_(frappe.qb.DocType(doctype))
	return query.force_index(index) if frappe.db.db_type == "mariadb" else query


def in_scope():
	"""The cases by name with what :func:`scoped` and :func:`chosen` ask, to be joined in place of the table itself."""
	grievance = table()
	fields = COVERING_INDEXES["cases_in_scope"]
	return (
		read_by("cases_in_scope")
		.select(*(grievance[field] for field in fields))
		.as_(grievance.get_table_name())
	)


def _begin(query, filters: Filters, criterion: Criterion):
	return scoped(chosen(query.where(criterion), filters))


def scoped(query):
	"""The query with the rule of who may see which case."""
	rule = scope.criterion_for("Grievance")
	return query if rule is None else query.where(rule)


def chosen(query, filters: Filters):
	"""The query with what was chosen beside the period: district, department, category, officer, channel."""
	for field in CHOSEN:
		if (value := getattr(filters, field)) is not None:
			query = query.where(table()[field] == value)
	return query


def number_where(criterion: Criterion, alias: str):
	"""How many rows of the group fulfil the criterion. MariaDB counts in half the time in which it sums up ones."""
	return Count(Case().when(criterion, 1)).as_(alias)


def total(field, alias: str):
	"""The sum of a number of the group's rows."""
	return Sum(field).as_(alias)


def overdue(now: datetime) -> Criterion:
	"""Past the limit and not yet solved. A paused case is not overdue while it waits for its citizen."""
	grievance = table()
	return (grievance.status == "Open") & (grievance.resolve_by < now)
