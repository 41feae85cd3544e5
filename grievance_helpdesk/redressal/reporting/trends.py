"""How many grievances of each category came: in the period, in the one before, and in each of the last weeks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from frappe.query_builder.functions import Count, Date
from frappe.utils import getdate

from grievance_helpdesk.redressal.reporting import cases
from grievance_helpdesk.redressal.reporting.columns import share
from grievance_helpdesk.redressal.reporting.filters import Filters

WEEKS = 8


def period_before(filters: Filters) -> Filters:
	"""The days just before the period, as many as it has."""
	days = filters.to_date - filters.from_date + timedelta(days=1)
	return replace(filters, from_date=filters.from_date - days, to_date=filters.to_date - days)


def by_category(filters: Filters) -> list[dict]:
	"""A row for each category that came in the period, the one before or the last weeks; most frequent first.

	``weeks`` are the numbers of eight times seven days, the last of which ends with the period.
	"""
	before = period_before(filters)
	first_week = filters.to_date - timedelta(days=7 * WEEKS - 1)
	found: dict[str | None, dict] = {}
	for category, day, number in _by_day(replace(filters, from_date=min(before.from_date, first_week))):
		row = found.setdefault(category or None, {"now": 0, "before": 0, "weeks": [0] * WEEKS})
		if day >= filters.from_date:
			row["now"] += number
		elif day >= before.from_date:
			row["before"] += number
		if day >= first_week:
			row["weeks"][(day - first_week).days // 7] += number
	places = _districts(filters)
	whole = sum(row["now"] for row in found.values())
	rows = [_row(category, row, places.get(category), whole) for category, row in found.items()]
	return sorted(rows, key=lambda row: (-row["now"], -row["before"], row["category"] or ""))


def _row(category: str | None, row: dict, places: Counter | None, whole: int) -> dict:
	district, most = max(places.items(), key=lambda item: (item[1], item[0])) if places else (None, 0)
	change = row["now"] - row["before"]
	return {
		"category": category,
		**row,
		"change": change,
		"change_percent": share(change, row["before"]),
		"share": share(row["now"], whole),
		"most_in": district,
		"most_in_share": share(most, row["now"]),
	}


def _by_day(filters: Filters) -> list[tuple]:
	grievance = cases.table()
	day = Date(grievance.received_at)
	query = cases.received(filters).select(grievance.category, day, Count("*"))
	return [
		(category, getdate(on), int(number))
		for category, on, number in query.groupby(grievance.category, day).run()
	]


def _districts(filters: Filters) -> dict[str | None, Counter]:
	"""Category: how many came from each district that is known."""
	grievance = cases.table()
	query = cases.received(filters).select(grievance.category, grievance.district, Count("*"))
	found: dict[str | None, Counter] = {}
	for category, district, number in query.groupby(grievance.category, grievance.district).run():
		if district:
			found.setdefault(category or None, Counter())[district] += int(number)
	return found
