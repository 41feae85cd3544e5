"""Places at which many citizens wrote about the same kind of problem within hours.

Two steps, so that a long period stays cheap: the places with enough cases in the whole period are counted first, and only
the cases of those are read.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import frappe
from frappe.query_builder.functions import Coalesce, Count

from grievance_helpdesk.redressal.reporting import cases, clusters
from grievance_helpdesk.redressal.reporting.filters import Filters

# What makes two cases one problem; the key tells apart spots within a town (redressal/problems.py).
SAME = ("category", "jurisdiction", "problem_key")


def find(filters: Filters, at_least: int, hours: int) -> list[dict]:
	"""A row for each cluster of at least so many cases within so many hours, the latest first."""
	groups = _groups(filters, at_least)
	if not groups:
		return []
	cases_of: dict[tuple, list] = {}
	for row in _cases(filters, groups):
		same = tuple(row[name] for name in SAME)
		if same in groups:
			cases_of.setdefault(same, []).append(row)
	found = [
		_spot(dict(zip(SAME, same, strict=True)), [rows[position] for position in positions])
		for same, rows in cases_of.items()
		for positions in clusters.find([row.received_at for row in rows], at_least, timedelta(hours=hours))
	]
	return sorted(found, key=lambda spot: (spot["last"], spot["cases"]), reverse=True)


def _spot(same: dict, rows: list) -> dict:
	words = Counter(row.place_text for row in rows if row.place_text)
	return {
		**same,
		"district": rows[0].district,
		"place_text": words.most_common(1)[0][0] if words else None,
		"cases": len(rows),
		"citizens": len(rows) + sum(row.support_count or 0 for row in rows),
		"first": rows[0].received_at,
		"last": rows[-1].received_at,
	}


def _key():
	return Coalesce(cases.table().problem_key, "")


def _known_place(filters: Filters):
	"""Without a district the place may be anywhere in the state, and two cases there are not near each other."""
	grievance = cases.table()
	return cases.received(filters).where(
		grievance.category.notnull() & grievance.jurisdiction.notnull() & grievance.district.notnull()
	)


def _groups(filters: Filters, at_least: int) -> set[tuple]:
	grievance = cases.table()
	same = (grievance.category, grievance.jurisdiction, _key())
	query = _known_place(filters).select(*same).groupby(*same).having(Count("*") >= at_least)
	return {tuple(row) for row in query.run()}


def _cases(filters: Filters, groups: set[tuple]) -> list[frappe._dict]:
	"""The cases of these groups, and a few more that share category and place with one."""
	grievance = cases.table()
	return (
		_known_place(filters)
		.where(grievance.category.isin(sorted({group[0] for group in groups})))
		.where(grievance.jurisdiction.isin(sorted({group[1] for group in groups})))
		.select(
			grievance.category,
			grievance.jurisdiction,
			_key().as_("problem_key"),
			grievance.district,
			grievance.place_text,
			grievance.support_count,
			grievance.received_at,
		)
		.orderby(grievance.received_at)
		.orderby(grievance.name)
		.run(as_dict=True)
	)
