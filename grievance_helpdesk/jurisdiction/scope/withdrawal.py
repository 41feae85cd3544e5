"""Shares and followers of a case: who may be given one, and when it is taken away again.

Frappe opens a form to everybody with whom it is shared, past every other rule. So a share of a case is only made where
the rule allows it, and goes when the case moves out of sight: a complaint names the person or somebody above, or the
case becomes confidential or moves elsewhere.
"""

from __future__ import annotations

import frappe
from frappe import _

from grievance_helpdesk.jurisdiction.scope import is_visible
from grievance_helpdesk.jurisdiction.scope.rule import GUARDED
from grievance_helpdesk.jurisdiction.scope.sight import CONFIDENTIAL_ROLES, sights_of

CLOSED = ("Closed", "Cancelled")
DECIDES_WHO_SEES = ("scope_path", "department", "officer", "confidential", "complaint_against")


def check_share(doc, method: str | None = None) -> None:
	"""DocShare.validate"""
	if doc.share_doctype not in GUARDED:
		return
	if doc.share_doctype != "Grievance":
		frappe.throw(
			_("A {0} is seen with its grievance: share the grievance instead.").format(_(doc.share_doctype)),
			frappe.PermissionError,
		)
	if doc.everyone:
		frappe.throw(
			_("A grievance is not shared with everybody: choose the person who needs it."),
			frappe.PermissionError,
		)
	_check_person(doc)


def _check_person(doc) -> None:
	case = frappe.db.get_value(
		"Grievance", doc.share_name, ["complaint_against", "confidential", "officer"], as_dict=True
	)
	if not case:
		return
	if case.complaint_against and case.complaint_against in sights_of(doc.user)[0].hidden:
		frappe.throw(
			_(
				"{0} may not see this grievance: it is about this officer or a superior. Choose somebody else."
			).format(frappe.bold(frappe.utils.escape_html(doc.user))),
			frappe.PermissionError,
		)
	if case.confidential and not _may_open_confidential(doc):
		frappe.throw(
			_(
				"This grievance is confidential: only the State Nodal Officer shares it. Ask there, or transfer it."
			),
			frappe.PermissionError,
		)


def _may_open_confidential(doc) -> bool:
	"""The sharer may; or the person sees it anyway (the officer to whom it was just assigned)."""
	user = frappe.session.user
	if user == "Administrator" or set(frappe.get_roles(user)) & CONFIDENTIAL_ROLES:
		return True
	return is_visible("Grievance", doc.share_name, doc.user)


def take_share_of_closed_todo(doc, method: str | None = None) -> None:
	"""ToDo.on_update: Frappe shares a document with an assignee and leaves the share when the to-do is done."""
	if doc.reference_type != "Grievance" or doc.status not in CLOSED or not doc.allocated_to:
		return
	mine = {
		"reference_type": "Grievance",
		"reference_name": doc.reference_name,
		"allocated_to": doc.allocated_to,
	}
	if not frappe.db.exists("ToDo", {**mine, "status": "Open"}):
		_unshare({"share_name": doc.reference_name, "user": doc.allocated_to, "write": 0, "share": 0})


def take_share_of_deleted_todo(doc, method: str | None = None) -> None:
	"""ToDo.on_trash"""
	if doc.reference_type == "Grievance" and doc.allocated_to:
		_unshare({"share_name": doc.reference_name, "user": doc.allocated_to, "write": 0, "share": 0})


def _unshare(filters: dict) -> None:
	frappe.db.delete("DocShare", {"share_doctype": "Grievance", **filters})


def withdraw(grievance) -> None:
	"""Call it after a case moved, became confidential or names an officer: who no longer may see it loses it."""
	for user in frappe.get_all("DocShare", _about(grievance, "share_doctype", "share_name"), pluck="user"):
		if not _may_keep(grievance, user):
			_unshare({"share_name": grievance.name, "user": user})
	for user in frappe.get_all(
		"Document Follow", _about(grievance, "ref_doctype", "ref_docname"), pluck="user"
	):
		if not is_visible("Grievance", grievance.name, user):
			frappe.db.delete(
				"Document Follow", {**_about(grievance, "ref_doctype", "ref_docname"), "user": user}
			)


def _about(grievance, kind: str, name: str) -> dict:
	return {kind: "Grievance", name: grievance.name}


def _may_keep(grievance, user: str) -> bool:
	"""A share by itself lets somebody see a case; a complaint about this person or a superior ends it."""
	return not (grievance.complaint_against and grievance.complaint_against in sights_of(user)[0].hidden)


def check_follower(doc, method: str | None = None) -> None:
	"""Document Follow.validate: Frappe mails every change to a follower."""
	if doc.ref_doctype in GUARDED and not frappe.has_permission(
		doc.ref_doctype, "read", doc.ref_docname, user=doc.user
	):
		frappe.throw(
			_("{0} may not see this record and cannot follow it.").format(
				frappe.bold(frappe.utils.escape_html(doc.user))
			),
			frappe.PermissionError,
		)


def strip_notice(doc, method: str | None = None) -> None:
	"""Notification Log.before_insert: a mention or a share tells an outsider that there is a case, never what it says."""
	if doc.document_type not in GUARDED or not doc.for_user or doc.for_user == "Administrator":
		return
	if not frappe.has_permission(doc.document_type, "read", doc.document_name, user=doc.for_user):
		doc.subject = _("You were mentioned in {0} {1}, which you may not open.").format(
			_(doc.document_type), frappe.utils.escape_html(doc.document_name or "")
		)
		doc.email_content = None


def check_file(doc, method: str | None = None) -> None:
	"""File.validate: a public file is open to everybody who has its address."""
	if doc.attached_to_doctype in GUARDED and not doc.is_private and not doc.is_folder:
		frappe.throw(
			_("Files of a {0} are private: tick {1} and attach the file again.").format(
				_(doc.attached_to_doctype), frappe.bold(_("Is Private"))
			)
		)
