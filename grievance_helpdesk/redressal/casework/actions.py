"""What an officer does with one grievance from the form. Each method asks for the officer's own right first."""

import frappe
from frappe import _

from grievance_helpdesk.redressal import escalation, workflow
from grievance_helpdesk.redressal.casework import merging, transfers
from grievance_helpdesk.redressal.history import events
from grievance_helpdesk.redressal.workflow import permitted


@frappe.whitelist(methods=["POST"])
def transfer(
	name: str,
	reason: str,
	department: str | None = None,
	jurisdiction: str | None = None,
	officer: str | None = None,
) -> dict[str, str | None]:
	"""Take the grievance to another department or district. Returns where it is now, and why."""
	doc = transfers.transfer(
		name, department=department, jurisdiction=jurisdiction, officer=officer, reason=reason
	)
	return _where(doc)


@frappe.whitelist(methods=["POST"])
def assign(name: str, officer: str, reason: str = "") -> dict[str, str | None]:
	"""Give the grievance to another officer who answers for its place and department."""
	return _where(transfers.assign(name, officer, reason))


@frappe.whitelist(methods=["POST"])
def escalate(name: str, reason: str) -> dict[str, str | None]:
	"""Ask the next authority of the ladder before a limit is missed; the officer stays responsible."""
	doc = frappe.get_doc("Grievance", name, for_update=True)
	doc.check_permission("write")
	return {"escalated_to": escalation.climb_by_hand(doc, transfers.checked_reason(reason))}


def _where(doc) -> dict[str, str | None]:
	return {
		"department": doc.department,
		"jurisdiction": doc.jurisdiction,
		"officer": doc.officer,
		"routing_status": doc.routing_status,
		"reason": doc.routing_reason,
	}


@frappe.whitelist(methods=["POST"])
def merge(name: str, target: str, reason: str) -> dict[str, str | None]:
	"""Merge the grievance into ``target``, or into what that one is merged into."""
	return {"merged_into": merging.merge(name, target, reason).merged_into}


@frappe.whitelist(methods=["POST"])
def undo_merge(name: str) -> dict[str, str | None]:
	"""Open a merged grievance again. Returns its status."""
	return {"status": merging.undo(name).status}


@frappe.whitelist(methods=["POST"])
def reject(name: str, ground: str, reply_text: str | None = None) -> dict[str, str | None]:
	"""Say that this is no grievance, on a ground of the list; without a reply the citizen gets the ground's own text."""
	doc = frappe.get_doc("Grievance", name, for_update=True)
	doc.check_permission("write")
	action = permitted.action_to(doc, "Rejected", _("reject"))
	if not frappe.db.exists("Non-grievance Ground", ground):
		frappe.throw(
			_("There is no ground {0}. Choose one of the list.").format(frappe.utils.escape_html(ground))
		)
	doc.flags.history_event = events.REJECTED
	doc = workflow.move(
		doc, action, {"non_grievance_ground": ground, "rejection_reply": (reply_text or "").strip()}
	)
	return {"status": doc.status, "rejection_reply": doc.rejection_reply}


# What a dialog may write together with a move: words for the citizen, and the proof of the work.
MOVE_VALUES = ("action_taken", "evidence", "non_grievance_ground", "rejection_reply")


@frappe.whitelist(methods=["POST"])
def move(name: str, action: str, values: dict | str | None = None) -> dict[str, str | None]:
	"""Take a step of the workflow and write what its dialog asked for, both in one save or neither.

	``values``: fields of :data:`MOVE_VALUES`; others are refused.
	"""
	values = frappe.parse_json(values) or {}
	if unknown := sorted(set(values) - set(MOVE_VALUES)):
		frappe.throw(_("A move cannot write {0}.").format(frappe.utils.escape_html(", ".join(unknown))))
	doc = frappe.get_doc("Grievance", name, for_update=True)
	doc.check_permission("write")
	action = permitted.check_action(doc, action)
	doc = workflow.move(doc, action, values)
	return {"status": doc.status, "workflow_state": doc.workflow_state}
