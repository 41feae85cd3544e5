"""Columns of linked records in a list: Frappe joins the linked table and asks nobody about its rows or its levels.

``fields=["possible_duplicate_of.subject"]`` would show the subject of a case in another district. Refused before any
request runs, except for the title that the Desk itself asks for beside a link.
"""

from __future__ import annotations

import re

import frappe
from frappe import _

from .surfaces import OURS

COLUMN = re.compile(r"^[\s(`]*(?:\w+\()?`?(\w+)`?\.`?(\w+)`?")


def refuse_columns_of_linked_cases() -> None:
	"""before_request"""
	fields = frappe.form_dict.get("fields") if frappe.form_dict else None
	if not fields or "." not in str(fields):
		return
	request = frappe.local.request
	doctype = frappe.form_dict.get("doctype") or _doctype_of_path(request.path)
	if doctype:
		check_columns(doctype, frappe.parse_json(fields) if isinstance(fields, str) else fields)


def check_columns(doctype: str, fields: str | list) -> None:
	meta = frappe.get_meta(doctype)
	for field in fields if isinstance(fields, list) else [fields]:
		found = COLUMN.match(field) if isinstance(field, str) else None
		link = found and meta.get_field(found.group(1))
		if link and link.fieldtype == "Link" and link.options in OURS:
			linked = frappe.get_meta(link.options)
			if not (linked.show_title_field_in_link and found.group(2) == linked.title_field):
				frappe.throw(
					_("{0} cannot be read through {1}: open the linked record.").format(
						frappe.bold(frappe.utils.escape_html(found.group(2))), frappe.bold(_(link.label))
					),
					frappe.PermissionError,
				)


def _doctype_of_path(path: str) -> str | None:
	"""``/api/resource/<DocType>``, ``/api/v1/resource/<DocType>``, ``/api/v2/document/<DocType>``"""
	parts = path.strip("/").split("/")
	for room in ("resource", "document"):
		if parts[0] == "api" and room in parts[:-1]:
			return parts[parts.index(room) + 1]
	return None
