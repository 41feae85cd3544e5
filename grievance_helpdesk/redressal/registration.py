"""Registers grievances: the one door through which intake makes a case.

Each Grievance goes through Frappe's document API, so that an admin's hooks, notifications and custom fields
work; only the assignment of a whole batch is written at once (:func:`assignment.assign_many`).
"""

from __future__ import annotations

import frappe
from frappe import _

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
		# The values come from the site's own records a moment ago; asking for each link again costs a third of it all.
		grievance.insert(ignore_permissions=True, ignore_links=True)
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


def add_supports(supports: dict[str, int]) -> None:
	"""``{grievance: citizens}`` have the same problem: count them, and raise the priority at the settings' limits."""
	if not supports:
		return
	settings = frappe.get_cached_doc("Grievance Settings")
	rows = frappe.get_all(
		"Grievance",
		filters={"name": ["in", sorted(supports)]},
		fields=["name", "support_count", "priority"],
		limit=0,
	)
	changes = {}
	for row in rows:
		count = (row.support_count or 0) + supports[row.name]
		# The citizen who wrote first counts too.
		priority = raised_priority(
			row.priority, count + 1, settings.priority_high_at, settings.priority_urgent_at
		)
		changes[row.name] = {"support_count": count, "priority": priority}
	frappe.db.bulk_update("Grievance", changes)


def raised_priority(priority: str, people: int, high_at: int, urgent_at: int) -> str:
	"""The priority of a problem that ``people`` citizens have; it never falls. A limit of 0 is switched off."""
	if urgent_at and people >= urgent_at:
		return "Urgent"
	if high_at and people >= high_at and priority in ("Low", "Medium"):
		return "High"
	return priority


def add_message(grievance: str, author: str, text: str, reason: str) -> None:
	"""The citizen wrote again: the words stand in the timeline, the grievance is flagged, and its officer is told.

	``text`` is plain text without personal data; it is escaped here.
	"""
	escape = frappe.utils.escape_html
	frappe.get_doc(
		{
			"doctype": "Comment",
			"comment_type": "Comment",
			"reference_doctype": "Grievance",
			"reference_name": grievance,
			"comment_email": frappe.session.user,
			"comment_by": (author or _("Citizen"))[:140],
			"content": f"<p><em>{escape(reason)}</em></p><p>{escape(text)}</p>",
		}
	).insert(ignore_permissions=True)
	frappe.db.set_value(
		"Grievance", grievance, {"citizen_wrote_again": 1, "last_message_at": frappe.utils.now_datetime()}
	)
	tell_officer(grievance, reason)


def tell_officer(grievance: str, reason: str) -> None:
	officer, subject = frappe.db.get_value("Grievance", grievance, ["officer", "subject"])
	user = assignment.officer_user(officer)
	if not user:
		return
	escape = frappe.utils.escape_html
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"for_user": user,
			"type": "Alert",
			"document_type": "Grievance",
			"document_name": grievance,
			"subject": f"{escape(grievance)}: {escape(reason)} {escape(subject or '')}",
		}
	).insert(ignore_permissions=True)
