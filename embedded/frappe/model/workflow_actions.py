"""Frappe's Workflow Action: an open row for each document that somebody may move on, with the roles that may."""

from __future__ import annotations

from ..records import get_all, get_doc
from ..state import db, local
from .workflow import get_workflow_name, get_workflow_state_field, is_transition_condition_satisfied


def process_workflow_actions(doc, event: str) -> None:
	name = get_workflow_name(doc.doctype)
	if not name:
		return
	about = {"reference_doctype": doc.doctype, "reference_name": doc.name}
	if event == "on_trash":
		db.delete("Workflow Action", about)
		return
	state = doc.get(get_workflow_state_field(name))
	if db.exists("Workflow Action", {**about, "workflow_state": state}):
		return
	_complete(name, about, state)
	workflow = get_doc("Workflow", name)
	optional = {row.state for row in workflow.states if row.is_optional_state}
	roles = {
		row.allowed
		for row in workflow.transitions
		if row.state == state
		and row.next_state not in optional
		and is_transition_condition_satisfied(row, doc)
	}
	if roles:
		action = get_doc({"doctype": "Workflow Action", **about, "workflow_state": state, "status": "Open"})
		for role in sorted(roles):
			action.append("permitted_roles", {"role": role})
		action.insert(ignore_permissions=True)


def _complete(workflow: str, about: dict, state: str) -> None:
	"""The step that led here was somebody's open action."""
	from ..permissions import get_roles

	leading = get_all("Workflow Transition", {"parent": workflow, "next_state": state}, pluck="allowed")
	roles = sorted(set(leading) & set(get_roles()))
	for name in get_all("Workflow Action", {**about, "status": "Open"}, pluck="name") if roles else ():
		role = {"parent": name, "role": ["in", roles]}
		if found := get_all("Workflow Action Permitted Role", role, pluck="role", order_by="role asc"):
			done = {"status": "Completed", "completed_by": local.session.user, "completed_by_role": found[0]}
			db.set_value("Workflow Action", name, done)
