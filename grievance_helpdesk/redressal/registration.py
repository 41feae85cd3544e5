"""Registers grievances: the one door through which intake makes a case.

Each Grievance goes through Frappe's document API, so that an admin's hooks, notifications and custom fields
work; only the assignment of a whole batch is written at once (:func:`assignment.assign_many`).
"""

from __future__ import annotations

import frappe

from grievance_helpdesk.jurisdiction import routing

from . import assignment


class Registrar:
	"""Registers the grievances of one run; call :meth:`finish` in the same transaction."""

	def __init__(self):
		self.roster = routing.load_roster()
		self.pending: list[assignment.Assignment] = []

	def register(self, values: dict):
		"""Insert a Grievance from ``values`` (its fields), routed to an officer. Returns the document."""
		grievance = frappe.get_doc({"doctype": "Grievance", **values})
		grievance.flags.roster = self.roster
		grievance.flags.assign_later = True
		grievance.insert(ignore_permissions=True)
		if grievance.flags.officer_user:
			self.pending.append(
				assignment.Assignment(
					grievance.name, grievance.flags.officer_user, grievance.subject, grievance.priority
				)
			)
		return grievance

	def forget(self, grievance: str) -> None:
		"""The savepoint of this grievance was rolled back: do not assign what does not exist."""
		self.pending = [pending for pending in self.pending if pending.grievance != grievance]

	def finish(self) -> None:
		assignment.assign_many(self.pending)
		self.pending = []


def add_support(grievance: str, citizens: int = 1) -> None:
	"""One more citizen has the same problem: count, and raise the priority at the limits of the settings."""
	settings = frappe.get_cached_doc("Grievance Settings")
	row = frappe.db.get_value("Grievance", grievance, ["support_count", "priority"], as_dict=True)
	count = (row.support_count or 0) + citizens
	values = {"support_count": count}
	if settings.priority_urgent_at and count + 1 >= settings.priority_urgent_at:
		values["priority"] = "Urgent"
	elif settings.priority_high_at and count + 1 >= settings.priority_high_at and row.priority in ("Low", "Medium"):
		values["priority"] = "High"
	frappe.db.set_value("Grievance", grievance, values)
