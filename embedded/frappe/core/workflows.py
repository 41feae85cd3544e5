"""Frappe's Workflow: one active workflow a DocType, and a state for documents that have none yet."""

from __future__ import annotations

import frappe

from ..model.document import Document


class Workflow(Document):
	def validate(self) -> None:
		if self.is_active:
			frappe.db.set_value("Workflow", {"document_type": self.document_type}, "is_active", 0)
		self.validate_docstatus()

	def validate_docstatus(self) -> None:
		states = {row.state for row in self.states}
		for step in self.transitions:
			for state in (step.state, step.next_state):
				if state not in states:
					frappe.throw(frappe._("{0} not a valid State").format(state))

	def on_update(self) -> None:
		frappe.clear_cache(doctype=self.document_type)
		if not frappe.get_meta(self.document_type).get_field(self.workflow_state_field):
			raise NotImplementedError("embedded site: a custom field for the state of a workflow")
		if self.states:
			frappe.db.set_value(
				self.document_type,
				{self.workflow_state_field: ["is", "not set"]},
				self.workflow_state_field,
				self.states[0].state,
				update_modified=False,
			)

	def after_delete(self) -> None:
		frappe.clear_cache(doctype=self.document_type)
