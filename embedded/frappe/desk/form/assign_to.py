"""Assigning a document to users: one open ToDo each, and the document's ``_assign``."""

from __future__ import annotations

import frappe
from frappe import _, share


def get(args=None) -> list:
	"""Who has the document on the desk."""
	args = args or frappe.form_dict
	return frappe.get_all(
		"ToDo",
		fields=["allocated_to as owner", "name"],
		filters={
			"reference_type": args.get("doctype"),
			"reference_name": args.get("name"),
			"status": ("not in", ("Cancelled", "Closed")),
		},
		limit=5,
	)


@frappe.whitelist()
def add(args=None, *, ignore_permissions: bool = False) -> list:
	"""Assign ``args["doctype"]``, ``args["name"]`` to each user of ``args["assign_to"]`` who does not have it yet."""
	args = args or frappe.form_dict
	doc = frappe.get_doc(args["doctype"], args["name"])
	for user in frappe.parse_json(args.get("assign_to")):
		if not ignore_permissions:
			doc.check_permission()
		reference = {"reference_type": doc.doctype, "reference_name": str(doc.name)}
		if frappe.get_all("ToDo", filters={**reference, "status": "Open", "allocated_to": user}):
			frappe.msgprint(_("Already in the following Users ToDo list:{0}").format(user))
			continue
		frappe.get_doc(
			{
				"doctype": "ToDo",
				"allocated_to": user,
				**reference,
				"description": args.get("description")
				or _("Assignment for {0} {1}").format(doc.doctype, doc.name),
				"priority": args.get("priority", "Medium"),
				"status": "Open",
				"date": args.get("date", frappe.utils.nowdate()),
				"assigned_by": args.get("assigned_by", frappe.session.user),
				"assignment_rule": args.get("assignment_rule"),
			}
		).insert(ignore_permissions=True)
		if not frappe.has_permission(doc=frappe.get_doc(doc.doctype, doc.name), user=user):
			share.add(doc.doctype, doc.name, user)
			frappe.msgprint(_("Shared with the following Users with Read access:{0}").format(user))
		_notify(args, user)
	return get(args)


def _notify(args, user: str) -> None:
	if user != frappe.session.user and frappe.db.exists("User", user):
		frappe.get_doc(
			{
				"doctype": "Notification Log",
				"type": "Assignment",
				"for_user": user,
				"from_user": frappe.session.user,
				"document_type": args["doctype"],
				"document_name": args["name"],
				"subject": _("{0} assigned a new task {1} {2} to you").format(
					frappe.session.user, args["doctype"], args["name"]
				),
			}
		).insert(ignore_permissions=True)


@frappe.whitelist()
def remove(doctype: str, name: str, assign_to: str, ignore_permissions: bool = False):
	return set_status(doctype, name, "", assign_to, status="Cancelled", ignore_permissions=ignore_permissions)


@frappe.whitelist()
def close(doctype: str, name: str, assign_to: str, ignore_permissions: bool = False):
	if assign_to != frappe.session.user:
		frappe.throw(_("Only the assignee can complete this to-do."))
	return set_status(doctype, name, "", assign_to, status="Closed", ignore_permissions=ignore_permissions)


def close_all_assignments(doctype: str, name: str, ignore_permissions: bool = False) -> bool:
	return _set_all(doctype, name, "Closed", ignore_permissions)


def clear(doctype: str, name: str, ignore_permissions: bool = False) -> bool:
	return _set_all(doctype, name, "Cancelled", ignore_permissions)


def _set_all(doctype: str, name: str, status: str, ignore_permissions: bool) -> bool:
	found = get({"doctype": doctype, "name": name})
	for row in found:
		set_status(doctype, name, row.name, status=status, ignore_permissions=ignore_permissions)
	return bool(found)


def set_status(
	doctype, name, todo=None, assign_to=None, status="Cancelled", ignore_permissions: bool = False
):
	if not ignore_permissions:
		frappe.get_doc(doctype, name).check_permission()
	todo = todo or frappe.db.get_value(
		"ToDo",
		{
			"reference_type": doctype,
			"reference_name": name,
			"allocated_to": assign_to,
			"status": ("not in", ("Closed", "Cancelled")),
		},
	)
	if todo:
		doc = frappe.get_doc("ToDo", todo)
		doc.status = status
		doc.save(ignore_permissions=True)
	return get({"doctype": doctype, "name": name})
