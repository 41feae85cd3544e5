"""The quick filters above the list of grievances: the only place that says what each one asks.

The Desk shows them (``public/js/quick_filters.js``) and asks for their numbers at each refresh of the list, so all are
counted in one query over the active cases of the viewer's scope.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import frappe
from frappe import _
from frappe.query_builder import Case, Criterion
from frappe.query_builder.functions import Count
from frappe.utils import getdate

from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.redressal import clocks, moment

DOCTYPE = "Grievance"
ONE_DAY = timedelta(days=1)
OPEN = ("status", "=", "Open")
Row = tuple[str, str, object]


@dataclass(frozen=True, slots=True)
class Quick:
	"""One button: ``rows`` are filters as Frappe's lists take them, ``tone`` is the colour of its number."""

	key: str
	label: str
	tone: str
	rows: tuple[Row, ...]


@frappe.whitelist(methods=["GET"])
def read() -> list[dict]:
	"""``[{key, label, tone, filters, count}]`` in the order of the buttons, as the viewer's own list would count."""
	frappe.has_permission(DOCTYPE, "read", throw=True)
	quick = quick_filters(own_offices(), moment.now())
	numbers = count(quick)
	return [
		{
			"key": each.key,
			"label": each.label,
			"tone": each.tone,
			"filters": [list(row) for row in each.rows],
			"count": numbers[each.key],
		}
		for each in quick
	]


def quick_filters(offices: list[str], now: datetime) -> list[Quick]:
	"""Every quick filter for somebody who holds ``offices``. Each one asks for active cases only."""
	return [
		*([Quick("mine", _("My open cases"), "blue", (OPEN, _held_by(offices)))] if offices else []),
		Quick("due_today", _("Due today"), "orange", (OPEN, ("resolve_by", "Timespan", "today"))),
		Quick("overdue", _("Overdue"), "red", (OPEN, ("resolution_breached", "=", 1))),
		Quick("awaiting", _("Awaiting citizen"), "blue", (("status", "=", "On Hold"),)),
		Quick("new", _("New in my area"), "blue", (OPEN, ("received_at", "Between", _since_yesterday(now)))),
		Quick("open", _("Open"), "blue", (OPEN,)),
		Quick("emergencies", _("Emergencies"), "red", (OPEN, ("urgent", "=", 1))),
		Quick("to_take_up", _("To take up"), "orange", (OPEN, ("acknowledged_at", "is", "not set"))),
		Quick("disputed", _("Disputed"), "red", (OPEN, ("disputed_count", ">", 0))),
		Quick("escalated", _("Escalated"), "orange", (OPEN, ("escalation_level", ">", 0))),
		Quick("wrote_again", _("Citizen wrote again"), "blue", (OPEN, ("citizen_wrote_again", "=", 1))),
		Quick("unrouted", _("Unrouted"), "orange", (OPEN, ("routing_status", "=", "Unrouted"))),
		Quick("needs_review", _("Needs review"), "yellow", (OPEN, ("needs_review", "=", 1))),
	]


def own_offices(user: str | None = None) -> list[str]:
	"""The offices that a person holds."""
	holder = {"user": user or frappe.session.user, "disabled": 0}
	return frappe.get_all("Nodal Officer", filters=holder, pluck="name", order_by="name asc", limit=0)


def _held_by(offices: list[str]) -> Row:
	return ("officer", "=", offices[0]) if len(offices) == 1 else ("officer", "in", offices)


def _since_yesterday(now: datetime) -> tuple[str, str]:
	"""Whole days: Frappe's filter for a moment cannot be drawn on a site whose times have no seconds."""
	return str((now - ONE_DAY).date()), str(now.date())


def count(quick: list[Quick]) -> dict[str, int]:
	"""How many active cases of the viewer's scope each filter finds, by key."""
	grievance = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(grievance).where(grievance.status.isin(clocks.RUNNING))
	for each in quick:
		asked = Criterion.all([_criterion(grievance, row) for row in each.rows])
		query = query.select(Count(Case().when(asked, 1)).as_(each.key))
	if (rule := scope.criterion_for(DOCTYPE)) is not None:
		query = query.where(rule)
	numbers = query.run(as_dict=True)[0]
	return {each.key: numbers[each.key] for each in quick}


# The operators that the filters use; "is" asks for "not set" here, "Timespan" for today.
ASKED: dict[str, Callable] = {
	"=": lambda field, value: field == value,
	">": lambda field, value: field > value,
	">=": lambda field, value: field >= value,
	"in": lambda field, value: field.isin(value),
	"is": lambda field, value: field.isnull(),
	"Between": lambda field, value: _within_days(field, *map(getdate, value)),
	"Timespan": lambda field, value: _within_days(field, moment.now().date(), moment.now().date()),
}


def _criterion(table, row: Row) -> Criterion:
	fieldname, operator, value = row
	return ASKED[operator](table[fieldname], value)


def _within_days(field, first: date, last: date) -> Criterion:
	return (field >= datetime.combine(first, time.min)) & (field < datetime.combine(last + ONE_DAY, time.min))
