"""What people chose in a report's filters, checked; each mistake is answered with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.redressal import moment

MOST_DAYS = 3 * 366
# Filters that name a record: what people call it, and the DocType
RECORDS = {
	"district": "Jurisdiction",
	"department": "Grievance Department",
	"category": "Grievance Category",
	"officer": "Nodal Officer",
}


@dataclass(frozen=True, slots=True)
class Filters:
	"""``from_date`` and ``to_date`` are whole days, both included; the rest is a record's name, or None for all."""

	from_date: date
	to_date: date
	district: str | None = None
	department: str | None = None
	category: str | None = None
	officer: str | None = None
	channel: str | None = None

	@property
	def begin(self) -> datetime:
		return datetime.combine(self.from_date, time())

	@property
	def end(self) -> datetime:
		"""The first moment after the period."""
		return datetime.combine(self.to_date + timedelta(days=1), time())


def read(values: Mapping | None, *, days: int = 30) -> Filters:
	"""The chosen filters; without dates the last ``days`` days, today included."""
	values = values or {}
	from_date, to_date = period(values, days)
	chosen = {field: _record(doctype, values.get(field)) for field, doctype in RECORDS.items()}
	_check_district(chosen["district"])
	return Filters(from_date, to_date, **chosen, channel=values.get("channel") or None)


def period(values: Mapping, days: int) -> tuple[date, date]:
	today = moment.now().date()
	to_date = _day(values.get("to_date"), _("To Date")) or today
	from_date = _day(values.get("from_date"), _("From Date")) or to_date - timedelta(days=days - 1)
	if from_date > today:
		frappe.throw(
			_("The period begins on {0}, which is still to come. Choose a day up to today.").format(
				formatdate(from_date)
			)
		)
	if to_date < from_date:
		frappe.throw(
			_(
				"The period ends on {0}, before it begins on {1}. Choose a later end or an earlier beginning."
			).format(formatdate(to_date), formatdate(from_date))
		)
	if (to_date - from_date).days >= MOST_DAYS:
		frappe.throw(_("The period is longer than three years. Choose a shorter one."))
	return from_date, to_date


def _day(value: object, label: str) -> date | None:
	if not value:
		return None
	try:
		return getdate(value)
	except (ValueError, TypeError, OverflowError, frappe.ValidationError):
		return frappe.throw(
			_("{0} is not a date: {1}. Write it as year-month-day.").format(
				label, frappe.bold(frappe.utils.escape_html(str(value)))
			)
		)


def _record(doctype: str, name: object) -> str | None:
	if not name:
		return None
	if not isinstance(name, str) or not frappe.db.exists(doctype, name):
		frappe.throw(
			_("{0} {1} does not exist (any more). Choose another one, or leave the filter empty.").format(
				_(doctype), frappe.bold(frappe.utils.escape_html(str(name)))
			)
		)
	return name


def _check_district(district: str | None) -> None:
	"""An empty report would look as if nothing were wrong in a district that the viewer may not see."""
	if not district or _sees_some_of(district):
		return
	frappe.throw(
		_(
			"{0} lies outside your area. Leave the district empty to see all the grievances that are yours."
		).format(frappe.bold(frappe.utils.escape_html(district))),
		frappe.PermissionError,
	)


def _sees_some_of(district: str) -> bool:
	rule = scope.criterion_for("Grievance")
	if rule is None or scope.covers(district):
		return True
	grievance = frappe.qb.DocType("Grievance")
	query = frappe.qb.from_(grievance).select(grievance.name).where(grievance.district == district)
	return bool(query.where(rule).limit(1).run())
