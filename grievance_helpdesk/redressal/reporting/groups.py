"""What the rows of a report stand for: departments, districts or categories, under the names that people know them by."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe import _

from grievance_helpdesk.redressal.reporting.columns import column

# Field of the grievance: the DocType it links to, and the field with the name that people know
NAMED = {
	"department": ("Grievance Department", "department_name"),
	"district": ("Jurisdiction", "jurisdiction_name"),
	"category": ("Grievance Category", "category_name"),
}


def columns(field: str, label: str) -> list[dict]:
	"""The name that people read, and hidden the record's own, which the lists behind the numbers are filtered by."""
	doctype, _title = NAMED[field]
	return [
		column("title", label, "Data", width=240),
		column(field, label, "Link", options=doctype, key=field, hidden=1),
	]


def titles(field: str, names: Iterable[str | None]) -> dict[str | None, str]:
	"""The name of each record; also for the cases without one."""
	doctype, title = NAMED[field]
	rows = frappe.get_all(
		doctype, {"name": ["in", [name for name in names if name]]}, ["name", title], limit=0
	)
	return {None: _("Not Known"), "": _("Not Known")} | {row.name: row[title] for row in rows}


def total(rows: list[dict], numbers: Iterable[str]) -> dict:
	"""The last row. Frappe's own would average the percentages of big and small departments alike."""
	return {"title": _("Total"), "bold": 1} | {
		name: sum(row.get(name) or 0 for row in rows) for name in numbers
	}
