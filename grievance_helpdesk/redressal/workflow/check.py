"""Refuses a workflow that grievances could not live with, and says what is missing.

Hooks of Frappe's DocType Workflow (``doc_events``): they look at workflows of Grievance only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from grievance_helpdesk.redressal.workflow import rules as workflow_rules
from grievance_helpdesk.redressal.workflow.rules import Problem, StateRow, Step

if TYPE_CHECKING:
	from frappe.model.document import Document

DOCTYPE = "Grievance"


def check_workflow(doc: Document, method: str | None = None) -> None:
	"""``validate`` of Workflow."""
	if doc.document_type != DOCTYPE or not doc.is_active:
		if _was_the_active_one(doc):
			refuse_to_lose(doc)
		return
	problems = workflow_rules.problems(
		doc.workflow_state_field,
		[
			# The Workflow Builder sends numbers where the form sends text.
			StateRow(row.state, row.update_field, row.update_value, str(row.doc_status or 0))
			for row in doc.states
		],
		[Step(row.state, row.next_state) for row in doc.transitions],
		_standing(),
	)
	if problems:
		texts = [frappe.utils.escape_html(message(problem)) for problem in problems]
		frappe.throw("<br>".join(texts), title=_("This workflow does not fit grievances"))


def check_deletion(doc: Document, method: str | None = None) -> None:
	"""``on_trash`` of Workflow."""
	if _was_the_active_one(doc) and not frappe.flags.in_uninstall:
		refuse_to_lose(doc)


def refuse_to_lose(doc: Document) -> None:
	frappe.throw(
		_(
			"{0} is the only active workflow of Grievance; without it no grievance could move on."
			" Activate another one instead: this one is switched off by that."
		).format(frappe.bold(frappe.utils.escape_html(doc.name)))
	)


def _was_the_active_one(doc: Document) -> bool:
	stored = frappe.db.get_value("Workflow", doc.name, ["document_type", "is_active"], as_dict=True)
	return bool(stored and stored.document_type == DOCTYPE and stored.is_active)


def _standing() -> dict[str, int]:
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.workflow_state, Count(table.name))
		.where(table.workflow_state.isnotnull() & (table.workflow_state != ""))
		.groupby(table.workflow_state)
		.run()
	)
	return dict(rows)


def message(problem: Problem) -> str:
	"""What is wrong, and what to do."""
	texts = {
		"no_states": _(
			"The workflow has no states. Add at least those for an open and a resolved grievance."
		),
		"state_field": _(
			"The Workflow State Field is {field}; grievances keep their state in workflow_state."
		),
		"no_status": _(
			"Row {row}, state {state}: it must set the status. Choose Update Field “status” and as Update Value one of"
			" Open, On Hold, Resolved, Closed, Rejected, Merged."
		),
		"doc_status": _("Row {row}, state {state}: grievances are never submitted. Choose Doc Status 0."),
		"rows_disagree": _(
			"Row {row}, state {state}: an earlier row of this state sets the status {first}, this one {second}."
			" Give all rows of a state the same Update Value."
		),
		"first_not_open": _(
			"New grievances begin in the first state, {state}: its Update Value must be Open. Move another state up."
		),
		"no_way_out": _("No transition leads out of the first state, {state}. Add one."),
		"never_resolved": _(
			"From {state} no way leads to a state of status Resolved. Add a transition, or remove the state."
		),
		"no_reopening": _(
			"A citizen may say that nothing was solved: add a transition from {state} to a state of status Open."
		),
		"no_closing": _(
			"When the citizen says nothing, {state} is closed by itself: add a transition from there to a state of"
			" status Closed."
		),
		"status_out_of_reach": _(
			"No way leads from the first state to a state of status {status}. Add such a state and a transition to it."
		),
		"state_in_use": _(
			"{count} grievances stand in the state {state}. Keep the state until they have moved on; to hold new ones"
			" back, remove the transitions that lead to it."
		),
	}
	return texts[problem.rule].format(**problem.values)
