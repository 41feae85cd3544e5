"""Appeals: a citizen, or a missed limit, asks the next authority above to decide over a case.

An appeal is decided by its authority within the limit of the settings; one that is overdue climbs to the next authority.
"""

from datetime import datetime, time

import frappe
from frappe import _
from frappe.desk.form import assign_to

from grievance_helpdesk.redressal import clocks, history, moment, plain_text, sla, workflow
from grievance_helpdesk.redressal.citizen_side import replies
from grievance_helpdesk.redressal.clocks import service_time
from grievance_helpdesk.redressal.escalation import agenda, authorities, ladder
from grievance_helpdesk.redressal.escalation import problems as escalation_problems
from grievance_helpdesk.redressal.escalation.authorities import Authorities
from grievance_helpdesk.redressal.history import events

PENDING, ALLOWED, DISMISSED = "Pending", "Allowed", "Dismissed"
CITIZEN, AUTOMATIC = "Citizen", "Automatic"
ROUND_THE_CLOCK = sla.Calendar({weekday: ((time(0), time(0)),) for weekday in range(7)})
# These may decide any appeal.
DECIDING_ROLES = frozenset(("State Nodal Officer", "Grievance Administrator"))


def pending(grievance: str) -> str | None:
	"""The appeal that waits for its decision."""
	return frappe.db.get_value("Grievance Appeal", {"grievance": grievance, "status": PENDING})


def file(doc, filed_by: str, reason: str):
	"""File an appeal to the authority above whoever has the case; returns the Grievance Appeal.

	The reason stands in the history, so the caller has taken personal data out of it.
	"""
	if waiting := pending(doc.name):
		frappe.throw(
			_("The appeal {0} is still waiting for its decision: wait for it before filing another.").format(
				frappe.bold(waiting)
			)
		)
	run = Authorities(moment.now().date())
	return _file(doc, filed_by, reason, run.next_above(doc))


def file_automatic(doc, found: ladder.Found, run: Authorities):
	"""The missed limit files the appeal for the citizen, with the authority that the ladder found. None when one waits."""
	if pending(doc.name):
		return None
	reason = _("The time limit was missed; the appeal was filed automatically.")
	return _file(doc, AUTOMATIC, reason, found)


def _file(doc, filed_by: str, reason: str, found: ladder.Found):
	reason = plain_text.written(reason)
	now, number = moment.now(), (doc.appeal_count or 0) + 1
	officer = found.officer
	appeal = frappe.get_doc(
		{
			"doctype": "Grievance Appeal",
			"grievance": doc.name,
			"appeal_level": number,
			"filed_by": filed_by,
			"reason": reason,
			"authority": officer and officer.name,
			"filed_at": now,
			"due_by": limit_end(doc, now),
			"status": PENDING,
		}
	).insert(ignore_permissions=True)
	note = [reason]
	note.append(
		authorities.authority_sentence(found) if officer else _("The authority is still to be found.")
	)
	_write(doc, {"appeal_count": number})
	history.record(
		doc.name,
		events.APPEAL_FILED,
		note=" ".join(note),
		changes={"appeal_count": [number - 1, number]},
		public=True,
		officer=officer and officer.name,
		at=now,
	)
	_tell_authority(appeal, doc, found)
	reschedule(doc)
	return appeal


def limit_end(doc, now: datetime) -> datetime | None:
	"""When an appeal that comes to an authority at ``now`` must be decided; the case's own pauses do not count."""
	settings = frappe.get_cached_doc("Grievance Settings")
	if not (settings.appeal_limit and settings.appeal_unit):
		return None
	calendar = doc.service_calendar or service_time.calendar_of(doc.department)
	hours = service_time.working_time(calendar) if calendar else ROUND_THE_CLOCK
	return sla.Clock(now, sla.Limit(settings.appeal_limit, settings.appeal_unit), hours).due()


def _write(doc, values: dict) -> None:
	"""System fields of the grievance; an officer's open form stays current."""
	doc.update(values)
	frappe.db.set_value("Grievance", doc.name, values, update_modified=False)


def reschedule(doc) -> None:
	doc.flags.pop("appeal_due", None)
	agenda.schedule(doc)
	_write(doc, {"next_check_at": doc.next_check_at})


def _tell_authority(appeal, doc, found: ladder.Found) -> None:
	from grievance_helpdesk.redressal.escalation import put_on_desk

	if found.officer:
		put_on_desk(appeal, found.officer.user, _("Appeal {0}").format(appeal.name), grievance=doc)
		return
	escalation_problems.note(
		doc.name,
		escalation_problems.NO_AUTHORITY,
		_(
			"Appeal {0} has no authority. {1} Post an officer; the State Nodal Officer may decide it meanwhile."
		).format(appeal.name, authorities.hand_ons_text(found)),
	)


@frappe.whitelist(methods=["POST"])
def dispose(appeal: str, decision: str, order_text: str) -> dict[str, str]:
	"""Decide an appeal. Allowed: the grievance goes back to work; dismissed: it stays as it is. The citizen is told."""
	doc = frappe.get_doc("Grievance Appeal", appeal, for_update=True)
	doc.check_permission("read")
	_check_decision(doc, decision, order_text)
	order = replies.public_text(order_text)
	grievance = frappe.get_doc("Grievance", doc.grievance)
	check_may_decide(doc, grievance)
	now = moment.now()
	doc.update(
		{
			"status": decision,
			"order_text": order,
			"disposed_at": now,
			"disposed_by": frappe.session.user,
		}
	)
	doc.save(ignore_permissions=True)
	if decision == ALLOWED and grievance.status not in clocks.RUNNING:
		grievance = workflow.move_to_status(grievance, "Open")
	note = {ALLOWED: _("Appeal {0} is allowed: {1}"), DISMISSED: _("Appeal {0} is dismissed: {1}")}[decision]
	history.record(
		grievance.name,
		events.APPEAL_DECIDED,
		note=note.format(doc.name, doc.order_text),
		public=True,
		officer=doc.authority,
		at=now,
	)
	assign_to.close_all_assignments(doc.doctype, doc.name, ignore_permissions=True)
	reschedule(grievance)
	return {"status": doc.status, "grievance_status": grievance.status}


def _check_decision(doc, decision: str, order_text: str) -> None:
	if doc.status != PENDING:
		frappe.throw(
			_(
				"{0} was decided on {1}: {2}. A decision is not changed; the citizen may file another appeal."
			).format(frappe.bold(doc.name), frappe.utils.format_datetime(doc.disposed_at), _(doc.status))
		)
	if decision not in (ALLOWED, DISMISSED):
		frappe.throw(_("Decide with Allowed or Dismissed."))
	if not (order_text or "").strip():
		frappe.throw(_("Write the order: what was decided and why. The citizen reads it."))


def check_may_decide(doc, grievance) -> None:
	"""Only the authority (or who acts for it), the State Nodal Officer and the administrator; never whom it is about."""
	user = frappe.session.user
	run = Authorities(moment.now().date())
	mine = {officer.name for officer in run.roster.officers.values() if officer.user == user}
	if mine & run.excluded(grievance.complaint_against):
		frappe.throw(
			_("This case is about you or an officer above you: others decide it."), frappe.PermissionError
		)
	if user == "Administrator" or DECIDING_ROLES & set(frappe.get_roles(user)):
		return
	if user not in run.stands_for(doc.authority):
		authority = run.roster.officers.get(doc.authority or "")
		frappe.throw(
			_("Only {0} decides this appeal, or whoever acts for that officer.").format(
				frappe.bold(frappe.utils.escape_html(authority.title)) if authority else _("its authority")
			),
			frappe.PermissionError,
		)


def climb(doc, now: datetime, run: Authorities | None = None) -> bool:
	"""An overdue appeal of ``doc`` goes to the next authority; False when none is overdue, or nobody stands above."""
	row = frappe.db.get_value(
		"Grievance Appeal",
		{"grievance": doc.name, "status": PENDING, "due_by": ["<=", now]},
		["name", "authority"],
		as_dict=True,
	)
	if not row:
		return False
	run = run or Authorities(now.date())
	found = run.next_above(doc, present=row.authority)
	if not found.officer:
		_nobody_above(doc, row, found)
		return False
	_pass_on(doc, frappe.get_doc("Grievance Appeal", row.name), found, run, now)
	return True


def _nobody_above(doc, row, found: ladder.Found) -> None:
	detail = _("Appeal {0} is overdue and nobody above can take it. {1} Decide it, or post an officer.")
	escalation_problems.note(
		doc.name,
		escalation_problems.NO_AUTHORITY,
		detail.format(row.name, authorities.hand_ons_text(found)),
	)


def _pass_on(doc, appeal, found: ladder.Found, run: Authorities, now: datetime) -> None:
	before = run.roster.officers.get(appeal.authority or "")
	if before:
		assign_to.remove(appeal.doctype, appeal.name, before.user, ignore_permissions=True)
	appeal.update({"authority": found.officer.name, "due_by": limit_end(doc, now)})
	appeal.save(ignore_permissions=True)
	sentences = [
		_("Appeal {0} was not decided in time.").format(appeal.name),
		authorities.hand_ons_text(found),
		authorities.authority_sentence(found),
	]
	history.record(
		doc.name,
		events.HANDED_ON,
		note=" ".join(filter(None, sentences)),
		officer=found.officer.name,
		at=now,
	)
	escalation_problems.settle([doc.name], escalation_problems.NO_AUTHORITY, below=0)
	_tell_authority(appeal, doc, found)
