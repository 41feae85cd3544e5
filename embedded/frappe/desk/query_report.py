"""Script Reports: read from the apps' ``report`` folders, run for the people whose roles they name."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import frappe
from frappe import _

from ..installer import scrub
from ..state import _dict, local


@frappe.whitelist()
def run(report_name: str, filters: dict | str | None = None, **desk) -> dict:
	"""Columns, rows, message, chart and summary, under the names that the Desk reads."""
	report = _report(report_name)
	if not {row["role"] for row in report.roles} & set(frappe.get_roles()):
		frappe.throw(_("You don't have access to Report: {0}").format(report.name), frappe.PermissionError)
	if not frappe.has_permission(report.ref_doctype, "report"):
		frappe.throw(
			_("You don't have permission to get a report on: {0}").format(report.ref_doctype),
			frappe.PermissionError,
		)
	execute = importlib.import_module(report.controller).execute
	answer = list(execute(_dict(frappe.parse_json(filters) or {})))
	names = ("columns", "result", "message", "chart", "report_summary", "skip_total_row")
	return dict(zip(names, [*answer, *[None] * (len(names) - len(answer))], strict=True))


def _report(name: str) -> _dict:
	for app in local.runtime.apps:
		root = Path(importlib.import_module(app).__file__).parent
		for file in root.glob(f"*/report/{scrub(name)}/{scrub(name)}.json"):
			module = ".".join((app, *file.relative_to(root).with_suffix("").parts))
			return _dict(json.loads(file.read_text(encoding="utf-8")), controller=module)
	return frappe.throw(_("Report {0} not found").format(name), frappe.DoesNotExistError)
