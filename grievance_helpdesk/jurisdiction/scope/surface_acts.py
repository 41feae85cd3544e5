"""Methods of Frappe that act on a record by its name without asking for it (see :mod:`surfaces`)."""

from __future__ import annotations

import json

import frappe
from frappe import _

from grievance_helpdesk.jurisdiction.scope.surfaces import OURS, frappes_own, refuse_unless_readable


@frappe.whitelist(methods=["POST"])
def add_tag(tag: str, dt: str, dn: str, color: str | None = None) -> str:
	"""frappe.desk.doctype.tag.tag.add_tag"""
	_check_tagged(dt, [dn])
	return frappes_own("frappe.desk.doctype.tag.tag.add_tag")(tag, dt, dn, color)


@frappe.whitelist(methods=["POST"])
def add_tags(tags: str | list, dt: str, docs: str | list, color: str | None = None) -> None:
	"""frappe.desk.doctype.tag.tag.add_tags"""
	_check_tagged(dt, frappe.parse_json(docs))
	frappes_own("frappe.desk.doctype.tag.tag.add_tags")(tags, dt, docs, color)


@frappe.whitelist(methods=["POST"])
def remove_tag(tag: str, dt: str, dn: str) -> None:
	"""frappe.desk.doctype.tag.tag.remove_tag"""
	_check_tagged(dt, [dn])
	frappes_own("frappe.desk.doctype.tag.tag.remove_tag")(tag, dt, dn)


def _check_tagged(doctype: str, names: list[str]) -> None:
	if doctype in OURS:
		for name in names:
			frappe.get_doc(doctype, name).check_permission("write")


@frappe.whitelist(methods=["POST"])
def toggle_like(doctype: str, name: str, add: str | bool = False) -> None:
	"""frappe.desk.like.toggle_like"""
	refuse_unless_readable(doctype, name)
	frappes_own("frappe.desk.like.toggle_like")(doctype, name, add)


@frappe.whitelist(methods=["POST"])
def relink(name: str, reference_doctype: str | None = None, reference_name: str | None = None) -> None:
	"""frappe.email.relink moves an e-mail from one record to another."""
	before = frappe.db.get_value("Communication", name, ["reference_doctype", "reference_name"])
	for kind, record in filter(all, (before or (), (reference_doctype, reference_name))):
		if kind in OURS:
			frappe.get_doc(kind, record).check_permission("write")
	frappes_own("frappe.email.relink")(name, reference_doctype, reference_name)


@frappe.whitelist(methods=["POST"])
def assign(args: dict | str | None = None) -> list:
	"""frappe.desk.form.assign_to.add"""
	args = frappe.parse_json(args) if args else frappe.local.form_dict
	_check_assignees(args["doctype"], [args["name"]], args.get("assign_to"))
	return frappes_own("frappe.desk.form.assign_to.add")(args)


@frappe.whitelist(methods=["POST"])
def assign_multiple(args: dict | str | None = None) -> None:
	"""frappe.desk.form.assign_to.add_multiple"""
	args = frappe.parse_json(args) if args else frappe.local.form_dict
	_check_assignees(args["doctype"], json.loads(args["name"]), args.get("assign_to"))
	frappes_own("frappe.desk.form.assign_to.add_multiple")(args)


def _check_assignees(doctype: str, names: list[str], users: str | list) -> None:
	"""Frappe shares a record with an assignee who may not read it. That is a transfer, and is done as one."""
	if doctype not in OURS:
		return
	for name in names:
		doc = frappe.get_doc(doctype, name)
		doc.check_permission("read")
		may_share = frappe.has_permission(doctype, "share", doc)
		for user in frappe.parse_json(users):
			if not may_share and not frappe.has_permission(doctype, "read", doc, user=user):
				frappe.throw(
					_("{0} may not see {1}. Use Transfer to hand the case to another office.").format(
						frappe.bold(frappe.utils.escape_html(user)), frappe.utils.escape_html(name)
					),
					frappe.PermissionError,
					title=_("Not in this officer's area"),
				)
