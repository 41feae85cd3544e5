"""Another office, or another officer of the same office, takes a case.

A *transfer* takes it to another department or district: with a reason, and only so many times in a grievance's life, so
that no citizen is sent from door to door. An *assignment* gives it to another officer who answers for the same place
and department. Neither starts a clock again.
"""

from __future__ import annotations

import frappe
from frappe import _

from grievance_helpdesk.jurisdiction import hierarchy, routing
from grievance_helpdesk.jurisdiction.departments import department_in_force
from grievance_helpdesk.jurisdiction.scope import handlers
from grievance_helpdesk.redressal import clocks
from grievance_helpdesk.redressal.history import events

SHORTEST_REASON = 10


def transfer(
	name: str,
	*,
	department: str | None = None,
	jurisdiction: str | None = None,
	officer: str | None = None,
	reason: str,
):
	"""Take the grievance to another department or district; without ``officer`` the routing rule finds one.

	Returns the saved Grievance. Where nobody answers for the new place it stands in the Unrouted queue.
	"""
	doc = _writable(name)
	_check_active(doc, _("transferred"))
	reason = checked_reason(reason)
	_check_count(doc)
	department = department and department_in_force(_existing("Grievance Department", department))
	jurisdiction = jurisdiction and _existing("Jurisdiction", jurisdiction)
	_check_is_elsewhere(doc, department, jurisdiction)
	doc.department = department or doc.department
	doc.jurisdiction = jurisdiction or doc.jurisdiction
	if officer:
		path = frappe.db.get_value("Jurisdiction", doc.jurisdiction, "scope_path")
		doc.officer = _checked_officer(doc, officer, path)
	doc.transfer_count = (doc.transfer_count or 0) + 1
	doc.flags.transfer = True
	doc.flags.history_event = events.TRANSFERRED
	doc.flags.history_note = reason
	# The person's right was checked; the count is a field that no role may write.
	doc.save(ignore_permissions=True)
	handlers.add(doc, frappe.session.user, "Transferred the case")
	return doc


def assign(name: str, officer: str, reason: str = ""):
	"""Give the grievance to another officer who answers for its place and department. Returns it saved."""
	doc = _writable(name)
	_check_active(doc, _("assigned"))
	if officer == doc.officer:
		frappe.throw(_("{0} has this grievance already. Choose another officer.").format(_title(officer)))
	doc.officer = _checked_officer(doc, officer, doc.scope_path)
	doc.flags.history_event = events.ASSIGNED
	doc.flags.history_note = (reason or "").strip()
	doc.save(ignore_permissions=True)
	return doc


def _writable(name: str):
	doc = frappe.get_doc("Grievance", name, for_update=True)
	doc.check_permission("write")
	return doc


def _check_active(doc, done: str) -> None:
	if doc.status not in clocks.RUNNING:
		message = _("{0} is {1}. Only an open grievance can be {2}; reopen it first.")
		frappe.throw(message.format(doc.name, _(doc.status), done))


def checked_reason(reason: str | None) -> str:
	reason = (reason or "").strip()
	if len(reason) < SHORTEST_REASON:
		message = _("Say why, in at least {0} characters: the next office reads it.")
		frappe.throw(message.format(SHORTEST_REASON), title=_("Reason Is Missing"))
	return reason


def _check_count(doc) -> None:
	limit = frappe.get_cached_doc("Grievance Settings").max_transfers or 0
	if (doc.transfer_count or 0) >= limit:
		message = _(
			"{0} was transferred {1} times, and {2} are allowed. Ask the next authority to decide who answers for it:"
			" use Actions > Escalate."
		)
		frappe.throw(message.format(doc.name, doc.transfer_count or 0, limit), title=_("No Further Transfer"))


def _existing(doctype: str, name: str) -> str:
	if not frappe.db.exists(doctype, name):
		frappe.throw(_("There is no {0} {1}.").format(_(doctype), frappe.utils.escape_html(name)))
	return name


def _check_is_elsewhere(doc, department: str | None, jurisdiction: str | None) -> None:
	"""Refuse what is no transfer: the same department in the same district."""
	if not department and not jurisdiction:
		frappe.throw(_("Choose the department or the district that answers for this grievance."))
	district = doc.district
	if jurisdiction:
		district = frappe.db.get_value("Jurisdiction", jurisdiction, "district")
	if (department or doc.department) == doc.department and (district or None) == (doc.district or None):
		frappe.throw(
			_(
				"{0} is with this department and district already. To change the officer use Actions > Assign;"
				" to correct the place inside the district edit it and save."
			).format(doc.name),
			title=_("Use Assign"),
		)


def _checked_officer(doc, officer: str, path: str | None) -> str:
	"""``officer``, if that officer may have the case and answers for its department at ``path`` today."""
	_existing("Nodal Officer", officer)
	if officer in hierarchy.excluded_officers(doc.complaint_against):
		message = _(
			"This is a complaint about {0}. Choose an officer who is not {0} and does not report to {0}."
		)
		frappe.throw(message.format(_title(doc.complaint_against)))
	roster, today = routing.load_roster(), frappe.utils.getdate()
	if officer in roster.answering(path or "", doc.department, today):
		return officer
	known = roster.officers[officer]
	if known.disabled:
		frappe.throw(_("{0} is not in office any more. Choose another officer.").format(_title(officer)))
	if known.is_away(today):
		message = _("{0} is away today. Choose the acting officer, or somebody else.")
		frappe.throw(message.format(_title(officer)))
	message = _("{0} has no posting that covers this place and department today: transfer it instead.")
	frappe.throw(message.format(_title(officer)), title=_("Use Transfer"))


def _title(officer: str) -> str:
	name = frappe.db.get_value("Nodal Officer", officer, "officer_name") or officer
	return f"{frappe.utils.escape_html(name)} ({frappe.utils.escape_html(officer)})"
