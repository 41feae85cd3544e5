"""Frappe's own records about a case (comments, files, versions, to-dos, logs …) follow the case.

Only rows that refer to one of our DocTypes are restricted; every other row stays what Frappe makes of it. The hooks can
only refuse: what Frappe's own check would not show stays hidden too.
"""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe.query_builder import Criterion

from grievance_helpdesk.compatibility import no_objection
from grievance_helpdesk.jurisdiction.scope import is_visible, rendered
from grievance_helpdesk.jurisdiction.scope.rule import GUARDED, Rule
from grievance_helpdesk.jurisdiction.scope.sight import CONFIDENTIAL_ROLES

# DocType: the field that names a DocType and the field that names the record
REFERENCES = {
	"Access Log": ("export_from", "reference_document"),
	"Activity Log": ("reference_doctype", "reference_name"),
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Communication Link": ("link_doctype", "link_name"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"DocShare": ("share_doctype", "share_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Document Share Key": ("reference_doctype", "reference_docname"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"Energy Point Log": ("reference_doctype", "reference_name"),
	"Event": ("reference_doctype", "reference_docname"),
	"Event Participants": ("reference_doctype", "reference_docname"),
	"File": ("attached_to_doctype", "attached_to_name"),
	"Milestone": ("reference_type", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"Reminder": ("reminder_doctype", "reminder_docname"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Version": ("ref_doctype", "docname"),
	"View Log": ("reference_doctype", "reference_name"),
	"Workflow Action": ("reference_doctype", "reference_name"),
}


def criterion(doctype: str, user: str) -> Criterion | None:
	if user == "Administrator":
		return None
	table = frappe.qb.DocType(doctype)
	kind, name = (table[fieldname] for fieldname in REFERENCES[doctype])
	rule = Rule(user, for_list=False)
	parts = [kind.isnull(), kind.notin(GUARDED)]
	for guarded in GUARDED:
		if frappe.has_permission(guarded, "read", user=user):
			sees = rule.sees(guarded, name)
			unnamed = name.isnull() | (name == "")
			parts.append(kind == guarded if sees is None else (kind == guarded) & (unnamed | sees))
	return Criterion.any(parts)


def conditions_of(doctype: str) -> Callable[..., str]:
	"""The function that ``permission_query_conditions`` names for this DocType."""

	def conditions(user: str | None = None) -> str:
		return rendered(criterion(doctype, user or frappe.session.user))

	return conditions


access_log_conditions = conditions_of("Access Log")
activity_log_conditions = conditions_of("Activity Log")
comment_conditions = conditions_of("Comment")
communication_conditions = conditions_of("Communication")
communication_link_conditions = conditions_of("Communication Link")
deleted_document_conditions = conditions_of("Deleted Document")
docshare_conditions = conditions_of("DocShare")
document_follow_conditions = conditions_of("Document Follow")
document_share_key_conditions = conditions_of("Document Share Key")
email_queue_conditions = conditions_of("Email Queue")
energy_point_log_conditions = conditions_of("Energy Point Log")
event_conditions = conditions_of("Event")
event_participants_conditions = conditions_of("Event Participants")
file_conditions = conditions_of("File")
milestone_conditions = conditions_of("Milestone")
notification_log_conditions = conditions_of("Notification Log")
reminder_conditions = conditions_of("Reminder")
tag_link_conditions = conditions_of("Tag Link")
todo_conditions = conditions_of("ToDo")
version_conditions = conditions_of("Version")
view_log_conditions = conditions_of("View Log")
workflow_action_conditions = conditions_of("Workflow Action")


def has_permission(doc, ptype: str | None = None, user: str | None = None, **kwargs) -> bool | None:
	"""Refuses what refers to a case that the user may not see; else leaves the answer to Frappe."""
	user = user or frappe.session.user
	kind, name = (doc.get(fieldname) for fieldname in REFERENCES[doc.doctype])
	if kind in GUARDED and user != "Administrator" and not _may_see(kind, name, user):
		return False
	return no_objection()


def _may_see(kind: str, name: str | None, user: str) -> bool:
	return frappe.has_permission(kind, "read", user=user) and (not name or is_visible(kind, name, user))


# A prepared report holds what its maker may see, and Frappe shows it to everybody who may open the report.


def prepared_report_conditions(user: str | None = None) -> str:
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	prepared, report = frappe.qb.DocType("Prepared Report"), frappe.qb.DocType("Report")
	about_cases = frappe.qb.from_(report).select(report.name).where(report.ref_doctype.isin(GUARDED))
	return rendered((prepared.owner == user) | prepared.report_name.notin(about_cases))


def prepared_report_permission(
	doc, ptype: str | None = None, user: str | None = None, **kwargs
) -> bool | None:
	user = user or frappe.session.user
	if user in (doc.owner, "Administrator") or doc.is_new():
		return no_objection()
	about = frappe.db.get_value("Report", doc.report_name, "ref_doctype")
	return False if about in GUARDED else no_objection()


def reads_past_the_rule(user: str | None = None) -> bool:
	"""Whether a user may see every case, confidential ones included, as far as roles go."""
	user = user or frappe.session.user
	return user == "Administrator" or bool(set(frappe.get_roles(user)) & CONFIDENTIAL_ROLES)
