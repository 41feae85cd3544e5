"""Prints what a site holds outside the app, as JSON: before installing and after uninstalling it must be the same.

Run with the bench's Python in its folder ``sites``: footprint.py SITE
"""

from __future__ import annotations

import hashlib
import json
import sys

import frappe

# Written by any use of a site, not by the app; a migration gives rows of child tables new names.
IGNORED_COLUMNS = ("name", "modified", "modified_by", "creation", "idx")
KEPT_RECORDS = ("DocType", "DocField", "DocPerm", "Custom DocPerm", "Custom Field", "Property Setter", "Role")
MORE_RECORDS = (
	"Module Def",
	"Has Role",
	"Workspace",
	"Number Card",
	"Dashboard Chart",
	"Dashboard Chart Source",
	"Module Onboarding",
	"Onboarding Step",
	"Report",
	"Workflow",
	"Workflow State",
	"Workflow Action Master",
	"Workflow Action",
	"Server Script",
)


def rows_digest(doctype: str) -> str:
	columns = [column for column in frappe.db.get_table_columns(doctype) if column not in IGNORED_COLUMNS]
	rows = frappe.get_all(doctype, fields=columns, limit_page_length=0)
	text = json.dumps(sorted(json.dumps(list(row.values()), default=str) for row in rows))
	return f"{len(rows)} rows, {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def footprint() -> dict[str, str | list[str]]:
	found: dict[str, str | list[str]] = {
		doctype: rows_digest(doctype)
		for doctype in (*KEPT_RECORDS, *MORE_RECORDS)
		if frappe.db.table_exists(doctype)
	}
	found["tables"] = sorted(frappe.db.get_tables(cached=False))
	found["apps"] = sorted(frappe.get_installed_apps())
	return found


if __name__ == "__main__":
	frappe.init(sys.argv[1])
	frappe.connect()
	sys.stdout.write("FOOTPRINT " + json.dumps(footprint()) + "\n")
