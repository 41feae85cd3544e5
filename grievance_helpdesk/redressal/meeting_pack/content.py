"""What stands in the pack, counted under the scope of the present user."""

from __future__ import annotations

from datetime import datetime, timedelta

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import get_datetime

from grievance_helpdesk.redressal.citizen_side.words import HINDI
from grievance_helpdesk.redressal.meeting_pack.words import say
from grievance_helpdesk.redressal.reporting import cases, pendency
from grievance_helpdesk.redressal.reporting.filters import Filters

LISTED = 20
NUMBERS = ("pending", *pendency.AGES, "overdue", "untouched")
COLUMNS = ("name", "subject", "confidential", "department", "district", "officer", "received_at")


def collect(filters: Filters, now: datetime, language: str) -> dict:
	"""Plain values for :mod:`paper`; every table is in the order in which a meeting goes through it."""
	departments = pendency.by("department", filters, now)
	late_start = _late_start(filters, now)
	missing, disputed = _missing(filters, now), _disputed(filters)
	found = {
		"now": now,
		"state": _state(language),
		"user": frappe.session.user,
		"totals": {name: sum(row[name] for row in departments) for name in NUMBERS},
		"departments": _titled(departments, "department", language),
		"districts": _titled(pendency.by("district", filters, now), "district", language),
		"letters": _titled(late_start, "department", language),
		"missing": {"count": _count(missing), "rows": _oldest(missing)},
		"disputed": {"count": _count(disputed), "rows": _oldest(disputed)},
		"oldest": _oldest(cases.active(filters)),
	}
	lists = [found["missing"]["rows"], found["disputed"]["rows"], found["oldest"]]
	_describe([row for rows in lists for row in rows], now, language)
	return found


def _missing(filters: Filters, now: datetime):
	"""Too old or too late, and nothing written of what was done."""
	table = cases.table()
	too_old = table.received_at < now - timedelta(days=pendency.LIMITS[-1])
	nothing = table.action_taken.isnull() | (table.action_taken == "")
	return cases.active(filters).where(nothing & (too_old | cases.overdue(now)))


def _disputed(filters: Filters):
	return cases.active(filters).where(cases.table().disputed_count > 0)


def _late_start(filters: Filters, now: datetime) -> list[dict]:
	"""Departments with cases that nobody took up in the time for it, most first."""
	table = cases.table()
	query = cases.active(filters).where(table.acknowledged_at.isnull() & (table.acknowledge_by < now))
	query = query.select(table.department, Count("*").as_("untouched")).groupby(table.department)
	return sorted(query.run(as_dict=True), key=lambda row: (-row["untouched"], row["department"] or ""))


def _count(query) -> int:
	return query.select(Count("*")).run()[0][0]


def _oldest(query) -> list[dict]:
	table = cases.table()
	chosen = query.select(*(table[field] for field in COLUMNS))
	return chosen.orderby(table.received_at, table.name).limit(LISTED).run(as_dict=True)


def _titled(rows: list[dict], field: str, language: str) -> list[dict]:
	titles = _titles(field, [row[field] for row in rows], language)
	return [{**row, "title": titles.get(row[field]) or say("not_known", language)} for row in rows]


def _describe(rows: list[dict], now: datetime, language: str) -> None:
	"""Give the cases titles instead of names, and their age; a confidential one keeps its words to itself."""
	titles = {field: _titles(field, [row[field] for row in rows], language) for field in SOURCES}
	for row in rows:
		row |= {field: titles[field].get(row[field], "") for field in SOURCES}
		row["days"] = (now - get_datetime(row["received_at"])).days
		row["subject"] = say("confidential", language) if row["confidential"] else row["subject"]


# field: (DocType, its title, the title in Hindi)
SOURCES = {
	"department": ("Grievance Department", "department_name", "department_name_hi"),
	"district": ("Jurisdiction", "jurisdiction_name", "name_hi"),
	"officer": ("Nodal Officer", "designation", "designation_hi"),
}


def _titles(field: str, names: list[str | None], language: str) -> dict[str, str]:
	doctype, english, hindi = SOURCES[field]
	more = ["official_id"] if field == "officer" else []
	wanted = {"name": ["in", sorted({name for name in names if name}) or [""]]}
	rows = frappe.get_all(doctype, wanted, ["name", english, hindi, *more], limit=0)
	titles = {row.name: (row[hindi] if language == HINDI else "") or row[english] for row in rows}
	if more:
		ids = {row.name: row.official_id for row in rows}
		titles = {
			name: say("id", language, designation=title, official_id=ids[name])
			for name, title in titles.items()
		}
	return titles


def _state(language: str) -> str:
	state = frappe.get_cached_doc("Grievance Settings").state
	return _titles("district", [state], language).get(state, "")
