"""The charts of the workspace. Each counts in the database, inside the viewer's scope.

Frappe's own chart over time fetches one row for each second in which a case came; a state has some forty thousand a
month. Its chart by group shows codes, and nothing for what is empty. So the charts name this module as their source.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count, Date
from frappe.utils import getdate

from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.redressal import moment

STATUSES = ("Open", "On Hold", "Resolved", "Closed", "Rejected", "Merged")
DAYS = 30
WEEKS = 5
MOST_BARS = 12


@frappe.whitelist(methods=["GET", "POST"])
def get(
	chart_name: str,
	filters: str | dict | list | None = None,
	refresh: str | int | None = None,
	time_interval: str | None = None,
	timespan: str | None = None,
	from_date: str | None = None,
	to_date: str | None = None,
	heatmap_year: str | int | None = None,
) -> dict:
	"""The figures of one chart. Frappe sends what the person chose for other charts too; these have no choices."""
	frappe.has_permission("Grievance", "read", throw=True)
	if chart_name not in CHARTS:
		raise frappe.DoesNotExistError(_("There is no chart {0}").format(chart_name))
	return CHARTS[chart_name]()


def received_and_resolved_per_day() -> dict:
	first = moment.now().date() - timedelta(days=DAYS - 1)
	days = [first + timedelta(days=number) for number in range(DAYS)]
	grievance = frappe.qb.DocType("Grievance")
	received = _count_days(grievance.received_at, _received_since(first))
	resolved = _count_days(grievance.resolved_at, _resolved_since(first))
	return _chart(
		[_label(day) for day in days],
		(_("Received"), [received[day] for day in days]),
		(_("Resolved"), [resolved[day] for day in days]),
	)


def open_by_department() -> dict:
	return _bars(_open_by("department"))


def open_by_place() -> dict:
	"""By district; whoever sees one district only, by the places inside it."""
	counts = _open_by("district")
	if len(counts) <= 1:
		counts = _open_by("jurisdiction")
	return _bars(counts, _names_of_places(counts))


def last_days_by_status() -> dict:
	first = moment.now().date() - timedelta(days=DAYS - 1)
	counts = _count(frappe.qb.DocType("Grievance").status, _received_since(first))
	present = [status for status in STATUSES if counts[status]]
	return _chart([_(status) for status in present], (_("Grievances"), [counts[name] for name in present]))


def in_time_and_late_per_week() -> dict:
	monday = _monday(moment.now().date()) - timedelta(weeks=WEEKS - 1)
	in_time, late = _resolved_by_week(monday, breached=0), _resolved_by_week(monday, breached=1)
	weeks = [monday + timedelta(weeks=number) for number in range(WEEKS)]
	return _chart(
		[_label(week) for week in weeks],
		(_("In time"), [in_time[week] for week in weeks]),
		(_("Late"), [late[week] for week in weeks]),
	)


CHARTS: dict[str, Callable[[], dict]] = {
	"Grievances Received and Resolved per Day": received_and_resolved_per_day,
	"Open Grievances by Department": open_by_department,
	"Open Grievances by Place": open_by_place,
	"Grievances of the Last 30 Days by Status": last_days_by_status,
	"Grievances Resolved in Time and Late per Week": in_time_and_late_per_week,
}


# Counting


def _open_by(fieldname: str) -> Counter:
	grievance = frappe.qb.DocType("Grievance")
	return _count(grievance[fieldname], grievance.status == "Open")


def _received_since(first: date) -> Criterion:
	"""Each status is named so that the index (status, received_at) answers."""
	grievance = frappe.qb.DocType("Grievance")
	return grievance.status.isin(STATUSES) & (grievance.received_at >= datetime.combine(first, time.min))


def _resolved_since(first: date) -> Criterion:
	return frappe.qb.DocType("Grievance").resolved_at >= datetime.combine(first, time.min)


def _resolved_by_week(monday: date, breached: int) -> Counter:
	grievance = frappe.qb.DocType("Grievance")
	late = grievance.resolution_breached == breached
	weeks: Counter[date] = Counter()
	for day, number in _count_days(grievance.resolved_at, _resolved_since(monday) & late).items():
		weeks[_monday(day)] += number
	return weeks


def _count_days(column, criterion: Criterion) -> Counter:
	return Counter({getdate(day): number for day, number in _count(Date(column), criterion).items()})


def _count(group, criterion: Criterion) -> Counter:
	grievance = frappe.qb.DocType("Grievance")
	query = frappe.qb.from_(grievance).select(group, Count("*")).where(criterion).groupby(group)
	if (rule := scope.criterion_for("Grievance")) is not None:
		query = query.where(rule)
	return Counter(dict(query.run()))


# Drawing


def _monday(day: date) -> date:
	return day - timedelta(days=day.weekday())


def _label(day: date) -> str:
	"""Short, because thirty stand side by side, and the same in every language."""
	return f"{day:%d/%m}"


def _names_of_places(names: Iterable[str | None]) -> dict[str, str]:
	wanted = [name for name in names if name]
	rows = frappe.get_all("Jurisdiction", {"name": ["in", wanted]}, ["name", "jurisdiction_name"], limit=0)
	return {row.name: row.jurisdiction_name for row in rows}


def _bars(counts: Counter, names: dict[str, str] | None = None) -> dict:
	"""The largest first; what does not fit stands together at the end."""
	ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))
	shown, rest = ranked[:MOST_BARS], ranked[MOST_BARS:]
	labels = [(names or {}).get(key, key) if key else _("Not known") for key, _number in shown]
	values = [number for _key, number in shown]
	if rest:
		labels.append(_("Others"))
		values.append(sum(number for _key, number in rest))
	return _chart(labels, (_("Open"), values))


def _chart(labels: list[str], *datasets: tuple[str, list[int]]) -> dict:
	"""In the form that Frappe's charts take; without a single case the Desk says that there is no data."""
	if not any(value for _name, values in datasets for value in values):
		return {}
	return {"labels": labels, "datasets": [{"name": name, "values": values} for name, values in datasets]}
