"""The workflow of grievances: states and actions are an admin's data, code knows only the status that a state sets.

Every move goes through Frappe's own ``apply_workflow``, those of the system too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow, get_workflow_name, is_transition_condition_satisfied

from grievance_helpdesk.redressal import bulk

if TYPE_CHECKING:
	from frappe.model.document import Document

DOCTYPE = "Grievance"
SYSTEM = "Administrator"
MOVE_COLUMNS = (
	"name",
	"creation",
	"modified",
	"modified_by",
	"owner",
	"reference_doctype",
	"reference_name",
	"workflow_state",
	"status",
	"completed_by",
)


def active() -> Document | None:
	"""The workflow that is active for grievances, from Frappe's cache; None before it is installed."""
	name = get_workflow_name(DOCTYPE)
	return frappe.get_cached_doc("Workflow", name) if name else None


def first_state() -> str | None:
	workflow = active()
	return workflow.states[0].state if workflow else None


def status_of(state: str | None) -> str | None:
	"""The status that a state sets; None for a state that the workflow does not have."""
	workflow = active()
	if not workflow or not state:
		return None
	return next((row.update_value for row in workflow.states if row.state == state), None)


def check_status(doc: Document, before: Document | None) -> None:
	"""Called by the controller's ``validate``: the status is always what the state says, never written by hand.

	Whether this user may go to this state Frappe asks afterwards.
	"""
	if not active():
		return
	doc.workflow_state = doc.workflow_state or first_state()
	status = status_of(doc.workflow_state)
	if not status:
		frappe.throw(
			_("The workflow has no state {0}. Choose a step under Actions.").format(
				frappe.bold(frappe.utils.escape_html(doc.workflow_state))
			)
		)
	if doc.status and doc.status not in (status, before.status if before else "Open"):
		frappe.throw(
			_(
				"The status follows the workflow and is not written by hand. Choose a step under Actions instead."
			)
		)
	doc.status = status


def actions_to(doc: Document, status: str) -> list[str]:
	"""The actions, in the workflow's order, that lead from the document's state to a state of ``status``."""
	return list(dict.fromkeys(step.action for step in _steps_to(doc, status)))


def move(grievance: Document | str, action: str, values: dict | None = None) -> Document:
	"""Take a step of the workflow as the present user. ``values`` are written in the same save.

	A document that is passed is read again first, as ``apply_workflow`` does; its flags stay.
	"""
	doc = frappe.get_doc(DOCTYPE, grievance) if isinstance(grievance, str) else grievance
	doc.flags.move_values = values
	try:
		return apply_workflow(doc, action)
	finally:
		doc.flags.move_values = None


def move_to_status(
	grievance: Document | str, status: str, *, prefer: str | None = None, values: dict | None = None
) -> Document:
	"""Move as the system to the first state of ``status`` that one step leads to.

	``prefer`` names a state or an action to take where there is a choice. Who asked for the move stands in
	``doc.flags.moved_for`` meanwhile, and in the history. A grievance that has the status already stays as it is.
	"""
	doc = frappe.get_doc(DOCTYPE, grievance) if isinstance(grievance, str) else grievance
	with as_system() as user:
		doc.load_from_db()
		if doc.status == status:
			return doc
		steps = _steps_to(doc, status)
		if not steps:
			_say_what_is_missing(doc, status)
		step = next((step for step in steps if prefer in (step.next_state, step.action)), steps[0])
		doc.flags.moved_for = user
		try:
			return move(doc, step.action, values)
		finally:
			doc.flags.moved_for = None


@contextmanager
def as_system() -> Iterator[str]:
	"""Within the block the system acts; yields the user before. Lighter than ``set_user``, which ends a request's data."""
	user = frappe.session.user
	frappe.session.user = SYSTEM
	try:
		yield user
	finally:
		frappe.session.user = user


def _steps_to(doc: Document, status: str) -> list:
	workflow = active()
	if not workflow:
		return []
	return [
		step
		for step in workflow.transitions
		if step.state == doc.workflow_state
		and status_of(step.next_state) == status
		and is_transition_condition_satisfied(step, doc)
	]


def _say_what_is_missing(doc: Document, status: str) -> None:
	frappe.throw(
		_(
			"No step of the workflow leads from {0} to a state of status {1} ({2} stands there)."
			" Add such a transition to the Workflow of Grievance."
		).format(
			frappe.bold(_(doc.workflow_state or doc.status)), frappe.bold(_(status)), frappe.bold(doc.name)
		)
	)


def set_move_values(doc: Document) -> None:
	"""Called by the controller's ``before_validate``: what :func:`move` was told to write with the step."""
	if doc.flags.move_values:
		doc.update(doc.flags.move_values)


def note_move_done(doc: Document) -> None:
	"""Called by the controller's ``on_update``, which runs before Frappe's own hook: see :func:`note_moves_done`."""
	if doc.workflow_state and not doc.flags.move_noted:
		note_moves_done(doc.name, state=doc.workflow_state)


def note_moves_done(*names: str, state: str | None = None) -> None:
	"""Tell Frappe that nobody waits for these grievances in ``state`` (the first one when left out), in one statement.

	Without this note Frappe writes an open Workflow Action for each state of each grievance, with a row for each role that
	may go on: a dozen queries for a case, and a list that shows every district's cases to every role. Our officers have a
	ToDo instead. The row's name says what it is about, so noting twice is noting once.
	"""
	state = state or first_state()
	if not state or not names:
		return
	now, user = frappe.utils.now(), frappe.session.user
	bulk.insert(
		"Workflow Action",
		MOVE_COLUMNS,
		[
			(_move_name(name, state), now, now, user, user, DOCTYPE, name, state, "Completed", user)
			for name in names
		],
		ignore_duplicates=True,
	)


def forget_moves(*names: str) -> None:
	"""Take back the notes of numbers that were reserved and not used."""
	if names:
		frappe.db.delete("Workflow Action", {"reference_doctype": DOCTYPE, "reference_name": ["in", names]})


def _move_name(grievance: str, state: str) -> str:
	return hashlib.sha256(f"{grievance}\n{state}".encode()).hexdigest()[:20]
