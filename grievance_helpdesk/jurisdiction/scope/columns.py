"""Columns of linked records in a list: Frappe joins the linked table and asks nobody about its rows or its levels.

``fields=["possible_duplicate_of.subject"]`` would show the subject of a case in another district. Refused before any
request runs, except for the title that the Desk itself asks for beside a link.
"""

from __future__ import annotations

import re

import frappe
from frappe import _

from grievance_helpdesk.jurisdiction.scope.surfaces import OURS

ARGUMENTS = ("fields", "fieldname")
COLUMN = re.compile(r"(\w+)`?\.`?(\w+)")


def refuse_columns_of_linked_cases() -> None:
	"""before_request"""
	arguments = frappe.form_dict or {}
	wanted = " ".join(str(arguments[key]) for key in ARGUMENTS if arguments.get(key))
	if "." in wanted:
		doctype = arguments.get("doctype") or _doctype_of_path(frappe.local.request.path)
		if doctype and frappe.db.exists("DocType", doctype):
			check_columns(doctype, wanted)


def check_columns(doctype: str, wanted: str) -> None:
	"""``wanted``: the fields as a request names them, whatever their form."""
	meta = frappe.get_meta(doctype)
	for fieldname, column in COLUMN.findall(wanted):
		link = meta.get_field(fieldname)
		if link and link.fieldtype == "Link" and link.options in OURS and not _is_title(link.options, column):
			frappe.throw(
				_("{0} cannot be read through {1}: open the linked record.").format(
					frappe.bold(frappe.utils.escape_html(column)), frappe.bold(_(link.label))
				),
				frappe.PermissionError,
			)


def _is_title(doctype: str, column: str) -> bool:
	meta = frappe.get_meta(doctype)
	return bool(meta.show_title_field_in_link and column == meta.title_field)


def _doctype_of_path(path: str) -> str | None:
	"""``/api/resource/<DocType>``, ``/api/v1/resource/<DocType>``, ``/api/v2/document/<DocType>``"""
	parts = path.strip("/").split("/")
	for room in ("resource", "document"):
		if parts[0] == "api" and room in parts[:-1]:
			return parts[parts.index(room) + 1]
	return None
