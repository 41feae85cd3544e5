"""By which action of the workflow the present user may bring a case to a status. The person's roles decide."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.workflow import get_transitions

from grievance_helpdesk.redressal import workflow


def action_to(doc, status: str, what: str) -> str:
	"""The first action that leads from where ``doc`` stands to ``status``; refused where the user has none.

	``what`` is the verb of the refusal: "merge", "reject".
	"""
	for step in get_transitions(doc):
		if workflow.status_of(step["next_state"]) == status:
			return step["action"]
	message = _(
		"You may not {0} {1} while it is at the step {2}. Take it to a later step first, or ask an officer whose role may."
	)
	frappe.throw(
		message.format(what, doc.name, frappe.utils.escape_html(_(doc.workflow_state or doc.status))),
		exc=frappe.PermissionError,
	)


def check_action(doc, action: str) -> str:
	"""``action``, if the user may take it now."""
	if action not in [step["action"] for step in get_transitions(doc)]:
		message = _("{0} is no step that you may take for {1} now.")
		frappe.throw(
			message.format(frappe.utils.escape_html(_(action)), doc.name), exc=frappe.PermissionError
		)
	return action
