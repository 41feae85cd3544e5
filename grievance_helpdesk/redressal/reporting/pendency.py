"""How long active cases have been waiting, by department or any other field: the report, the digest and the meeting pack."""

from __future__ import annotations

from datetime import datetime, timedelta

from frappe.query_builder.functions import Count, Min

from grievance_helpdesk.redressal.reporting import cases
from grievance_helpdesk.redressal.reporting.filters import Filters

# Days after which a review asks why: Haryana's monthly review stops at 120 (Punjab News Line, June 2025).
LIMITS = (7, 15, 30, 60, 120)
AGES = tuple(f"over_{limit}" for limit in LIMITS)


def by(field: str, filters: Filters, now: datetime) -> list[dict]:
	"""A row for each value of ``field`` that has active cases, most overdue first.

	``pending`` all active cases; ``over_7`` … ``over_120`` those received more than so many days ago (each holds the next);
	``overdue`` past their limit; ``untouched`` nobody took up yet; ``oldest`` when the oldest came.
	"""
	grievance = cases.table()
	query = cases.active(filters).select(
		grievance[field],
		Count("*").as_("pending"),
		*(
			cases.number_where(grievance.received_at < now - timedelta(days=limit), f"over_{limit}")
			for limit in LIMITS
		),
		cases.number_where(cases.overdue(now), "overdue"),
		cases.number_where(grievance.acknowledged_at.isnull(), "untouched"),
		Min(grievance.received_at).as_("oldest"),
	)
	rows = query.groupby(grievance[field]).run(as_dict=True)
	return sorted(rows, key=lambda row: (-row["overdue"], -row["pending"], row[field] or ""))
