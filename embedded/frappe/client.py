"""``frappe.client``: reading and writing over HTTP, always with the caller's permissions."""

from __future__ import annotations

import frappe
from frappe import _


@frappe.whitelist()
def get_list(
	doctype,
	fields=None,
	filters=None,
	group_by=None,
	order_by=None,
	limit_start=None,
	limit_page_length=20,
	parent=None,
	debug: bool = False,
	as_dict: bool = True,
	or_filters=None,
):
	"""Rows that the caller may see."""
	if frappe.is_table(doctype):
		frappe.has_permission(parent, "read", throw=True)
	return frappe.get_list(
		doctype,
		fields=frappe.parse_json(fields) if fields else None,
		filters=frappe.parse_json(filters),
		or_filters=frappe.parse_json(or_filters),
		group_by=group_by,
		order_by=order_by,
		limit_start=frappe.utils.cint(limit_start),
		limit_page_length=frappe.utils.cint(limit_page_length),
		parent_doctype=parent,
		as_list=not as_dict,
	)


def _filters(filters):
	return frappe.parse_json(filters) if isinstance(filters, str) and filters[:1] in "[{" else filters


@frappe.whitelist()
def get(doctype, name=None, filters=None, parent=None):
	doc = frappe.get_doc(doctype, name if name is not None else _filters(filters) or doctype)
	doc.check_permission()
	doc.apply_fieldlevel_read_permissions()
	return doc.as_dict()


@frappe.whitelist()
def get_value(doctype, fieldname, filters=None, as_dict=True, debug=False, parent=None):
	"""The fields of the first row that fits and that the caller may see."""
	filters = _filters(filters)
	filters = {"name": filters} if isinstance(filters, (str, int)) else filters
	fields = (
		fieldname
		if isinstance(fieldname, list)
		else frappe.parse_json(fieldname)
		if "[" in fieldname
		else [fieldname]
	)
	rows = frappe.get_list(
		doctype, filters=filters, fields=fields, limit_page_length=1, parent_doctype=parent
	)
	if not rows:
		return None
	return rows[0] if as_dict else list(rows[0].values())


@frappe.whitelist(methods=["POST", "PUT"])
def set_value(doctype, name, fieldname, value=None):
	values = fieldname if isinstance(fieldname, dict) else {fieldname: value}
	doc = frappe.get_doc(doctype, name)
	doc.update(values)
	doc.save()
	return doc.as_dict()


@frappe.whitelist(methods=["POST", "PUT"])
def insert(doc=None):
	return frappe.get_doc(frappe.parse_json(doc)).insert().as_dict()


@frappe.whitelist(methods=["POST", "PUT"])
def save(doc):
	doc = frappe.get_doc(frappe.parse_json(doc))
	doc.save()
	return doc.as_dict()


@frappe.whitelist(methods=["DELETE", "POST"])
def delete(doctype, name):
	frappe.delete_doc(doctype, name, ignore_missing=False)


@frappe.whitelist()
def has_permission(doctype: str, docname: str, perm_type: str = "read"):
	return {"has_permission": frappe.has_permission(doctype, perm_type.lower(), docname)}


@frappe.whitelist()
def get_count(doctype, filters=None, debug=False, cache=False):
	"""Frappe asks no permission here; the app overrides it for its own DocTypes."""
	return frappe.db.count(doctype, _filters(filters))


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields=None):
	"""The name as it is written in the table, and the fields of a record that the caller may see."""
	if not frappe.has_permission(doctype, "select") and not frappe.has_permission(doctype, "read"):
		frappe.throw(
			_("You do not have Read or Select Permissions for {}").format(doctype), frappe.PermissionError
		)
	values = frappe._dict(name=frappe.db.get_value(doctype, docname))
	wanted = frappe.parse_json(fields)
	if values.name and wanted:
		values.update(get_value(doctype, wanted, docname) or {})
	return values
