"""Departments that were merged into others."""

from __future__ import annotations

import frappe


def department_in_force(code: str) -> str:
	"""The department that answers today for ``code``: mergers are followed."""
	seen = set()
	while code not in seen:
		seen.add(code)
		merged_into = frappe.db.get_value("Grievance Department", code, "merged_into", cache=True)
		if not merged_into:
			return code
		code = merged_into
	return code
