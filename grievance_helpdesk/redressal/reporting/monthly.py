"""The figures of the monthly report for each group (a month, a department or a district), from three ranges of cases.

How many were pending at the end of a past period stands nowhere. It is computed backwards from today: active now, plus
finished since, minus received since. So a case that was finished and opened again counts as never finished.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from frappe.query_builder.functions import Avg, Count, DateFormat, Sum
from frappe.utils import get_first_day, get_last_day

from grievance_helpdesk.redressal.reporting import cases
from grievance_helpdesk.redressal.reporting.columns import share
from grievance_helpdesk.redressal.reporting.filters import Filters
from grievance_helpdesk.redressal.reporting.times import DAY

MONTH = "month"


@dataclass
class Group:
	"""What one row counts."""

	active: int = 0
	received: int = 0
	acknowledged_in_time: int = 0
	classified: int = 0
	appeals: int = 0
	appealed: int = 0
	categories: Counter = field(default_factory=Counter)
	disposed: int = 0
	within_limit: int = 0
	confirmed: int = 0
	disputed: int = 0
	seconds: float | None = None  # that those disposed took on average
	pending: int = 0

	@property
	def brought_forward(self) -> int:
		return self.pending + self.disposed - self.received

	@property
	def feedback(self) -> int:
		"""Each closure that the citizen answered."""
		return self.confirmed + self.disputed

	@property
	def top_category(self) -> str | None:
		return min(self.categories, key=lambda name: (-self.categories[name], name), default=None)

	@property
	def average_days(self) -> float | None:
		return None if self.seconds is None else round(self.seconds / DAY, 1)

	def dimensions(self) -> dict[str, float | None]:
		"""0 to 100 each, None where nothing happened that could be judged."""
		return {
			"efficiency": share(self.within_limit, self.disposed),
			"satisfaction": _mean(
				share(self.confirmed, self.feedback),
				share(self.received - self.appealed, self.received) if self.feedback else None,
			),
			"domain": share(self.classified, self.received),
			"commitment": share(self.acknowledged_in_time, self.received),
		}

	def index(self) -> float | None:
		return _mean(*self.dimensions().values())


def _mean(*values: float | None) -> float | None:
	known = [value for value in values if value is not None]
	return round(sum(known) / len(known), 1) if known else None


def whole_months(filters: Filters, today: date) -> Filters:
	"""The months that the period touches, from their first day on; the last one ends today at the latest."""
	return replace(
		filters,
		from_date=get_first_day(filters.from_date),
		to_date=min(get_last_day(filters.to_date), today),
	)


def by_month(filters: Filters, today: date) -> dict[str, Group]:
	"""``{"2026-11": Group}`` for every month of the period, a month without cases too."""
	groups = {month: Group() for month in _months(filters)}
	_count(groups, filters, lambda grievance, moment: DateFormat(moment, "%Y-%m"))
	pending = _active(filters, None).get(None, 0) - _change_since(filters, today, None)[None]
	for month in reversed(groups):
		group = groups[month]
		group.pending = pending
		pending = group.brought_forward
	return groups


def by_field(fieldname: str, filters: Filters, today: date) -> dict[str | None, Group]:
	"""``{"Hisar": Group}`` over the whole period."""
	groups: dict[str | None, Group] = {}
	_count(groups, filters, lambda grievance, moment: grievance[fieldname])
	active, change = _active(filters, fieldname), _change_since(filters, today, fieldname)
	for name in {*groups, *active, *change}:
		groups.setdefault(name, Group()).pending = active.get(name, 0) - change[name]
	return {
		name: group for name, group in groups.items() if group.received or group.disposed or group.pending
	}


def _months(filters: Filters) -> list[str]:
	months, day = [], filters.from_date
	while day <= filters.to_date:
		months.append(day.strftime("%Y-%m"))
		day = get_last_day(day) + timedelta(days=1)
	return months


def _count(groups: dict, filters: Filters, group_of: Callable) -> None:
	grievance = cases.table()
	for name, *row in _received(filters, group_of(grievance, grievance.received_at)):
		group = groups.setdefault(name, Group())
		category, count, in_time, classified, appeals, appealed = row
		group.received += count
		group.acknowledged_in_time += int(in_time or 0)
		group.classified += int(classified or 0)
		group.appeals += int(appeals or 0)
		group.appealed += int(appealed or 0)
		if category:
			group.categories[category] += count
	for name, *row in _finished(filters, group_of(grievance, grievance.resolved_at)):
		group = groups.setdefault(name, Group())
		group.disposed, group.within_limit, group.confirmed, group.disputed = (
			int(value or 0) for value in row[:4]
		)
		group.seconds = None if row[4] is None else float(row[4])


def _received(filters: Filters, group) -> list[tuple]:
	grievance = cases.table()
	in_time = grievance.acknowledged_at.notnull() & (grievance.response_breached == 0)
	query = cases.received(filters).select(
		group,
		grievance.category,
		Count("*"),
		cases.number_where(in_time, "in_time"),
		cases.number_where(grievance.category.notnull() & grievance.department.notnull(), "classified"),
		Sum(grievance.appeal_count),
		cases.number_where(grievance.appeal_count > 0, "appealed"),
	)
	return query.groupby(group, grievance.category).run()


def _finished(filters: Filters, group) -> list[tuple]:
	grievance = cases.table()
	query = cases.finished(filters).select(
		group,
		Count("*"),
		cases.number_where(grievance.resolution_breached == 0, "within_limit"),
		cases.number_where(grievance.feedback_outcome == "Solved", "confirmed"),
		Sum(grievance.disputed_count),
		Avg(grievance.resolution_time),
	)
	return query.groupby(group).run()


def _active(filters: Filters, fieldname: str | None) -> dict[str | None, int]:
	return _numbers(cases.active(filters), fieldname)


def _change_since(filters: Filters, today: date, fieldname: str | None) -> Counter:
	"""Received since the period ended, minus finished since."""
	change: Counter = Counter()
	if filters.to_date < today:
		since = replace(filters, from_date=filters.to_date + timedelta(days=1), to_date=today)
		change.update(_numbers(cases.received(since), fieldname))
		change.subtract(_numbers(cases.finished(since), fieldname))
	return change


def _numbers(query, fieldname: str | None) -> dict[str | None, int]:
	if fieldname is None:
		return {None: query.select(Count("*")).run()[0][0]}
	group = cases.table()[fieldname]
	return dict(query.select(group, Count("*")).groupby(group).run())
