"""What the form shows of a case beside its fields: both clocks, the moves that are open to the viewer, the notices.

Numbers and moments only; the words are made in the Desk (``public/js/case_words.js``), in the viewer's language and
time zone.
"""

from datetime import datetime, timedelta

import frappe
from frappe.model.workflow import get_transitions
from frappe.utils import get_datetime

from grievance_helpdesk.redressal import clocks, moment, workflow
from grievance_helpdesk.redressal.history import access, events

OFFICER_FIELDS = ("officer", "escalated_to", "complaint_against")


@frappe.whitelist(methods=["GET"])
def read(name: str) -> dict:
	"""``{clocks, moves, officers, max_transfers, evidence_required, feedback_until, appeal, dispute}`` of a grievance.

	``clocks``: the rows of :func:`clock`, first *response*, then *resolution*. ``moves``: ``[{action, status}]`` that
	this user may take now, in the workflow's order.
	"""
	doc = frappe.get_doc("Grievance", name)
	doc.check_permission("read")
	settings = frappe.get_cached_doc("Grievance Settings")
	now = moment.now()
	return {
		"clocks": [clock(doc, which, now, settings) for which in clocks.FIELDS],
		"moves": moves(doc),
		"officers": officer_titles(doc),
		"max_transfers": settings.max_transfers,
		"evidence_required": evidence_required(doc.category),
		"may_see_opened": bool(doc.confidential) and bool(set(access.MAY_ASK) & set(frappe.get_roles())),
		"feedback_until": feedback_until(doc, settings.reopen_days),
		"appeal": pending_appeal(doc.name),
		"dispute": last_dispute(doc),
	}


def clock(doc, which: str, now: datetime, settings) -> dict:
	"""``{kind, state, used, left, limit, unit, due, started_at, ended_at, paused_since, was_late, warnings}``.

	``state``: "running", "late", "paused", "done", "stopped" (ended before its work was done), "off" (no limit is
	set). ``used`` is a share (1.0: the whole limit), ``left`` counts in ``unit`` and is negative when late.
	"""
	names = clocks.FIELDS[which]
	ticking = clocks.clock_of(doc, which)
	ended_at = doc.get(names.done) or (None if clocks.is_running(doc, which) else doc.resolved_at)
	state = clock_state(doc, names, ticking, now)
	at = get_datetime(ended_at) if ended_at else now
	return {
		"kind": which,
		"state": state,
		"used": round(ticking.used(at), 4) if ticking else 0,
		"left": round(ticking.remaining(at), 4) if ticking else 0,
		"limit": doc.get(names.limit),
		"unit": doc.get(names.unit) if ticking else None,
		"due": doc.get(names.due),
		"started_at": doc.received_at,
		"calendar": doc.service_calendar if ticking and "Working" in doc.get(names.unit) else "",
		"ended_at": ended_at,
		"paused_since": doc.paused_since,
		"was_late": bool(doc.get(names.late)),
		"warnings": [settings.first_warning or 0, settings.second_warning or 0],
	}


def clock_state(doc, names: clocks.Names, ticking, now: datetime) -> str:
	if doc.get(names.done):
		return "done" if ticking else "off"
	if doc.status not in clocks.RUNNING:
		return "stopped"
	if not ticking:
		return "off"
	if doc.paused_since:
		return "paused"
	due = doc.get(names.due)
	return "late" if due and now > get_datetime(due) else "running"


def moves(doc) -> list[dict[str, str]]:
	"""The actions of the workflow that the user may take, each once."""
	steps = get_transitions(doc) if doc.workflow_state else []
	return [
		{"action": action, "status": status}
		for action, status in {
			step["action"]: workflow.status_of(step["next_state"]) for step in steps
		}.items()
	]


def officer_titles(doc) -> dict[str, str]:
	"""The case's officers as people call them: ``{field: "Anita Rani, City Magistrate (PKL-CM)"}``."""
	wanted = {field: doc.get(field) for field in OFFICER_FIELDS if doc.get(field)}
	rows = frappe.get_all(
		"Nodal Officer",
		filters={"name": ["in", sorted(set(wanted.values())) or [""]]},
		fields=["name", "officer_name", "designation"],
		limit=0,
	)
	titles = {row.name: f"{row.officer_name}, {row.designation} ({row.name})" for row in rows}
	return {field: titles.get(name, name) for field, name in wanted.items()}


def evidence_required(category: str | None) -> bool:
	return bool(category and frappe.get_cached_doc("Grievance Category", category).evidence_required)


def feedback_until(doc, days: int | None) -> datetime | None:
	"""Until when the citizen may say that it is not solved; the case closes by itself afterwards."""
	if doc.status != "Resolved" or not doc.resolved_at:
		return None
	return get_datetime(doc.resolved_at) + timedelta(days=days or 0)


def pending_appeal(name: str) -> dict | None:
	rows = frappe.get_all(
		"Grievance Appeal",
		filters={"grievance": name, "status": "Pending"},
		fields=["name", "appeal_level", "filed_by", "authority", "due_by"],
		order_by="appeal_level desc",
		limit=1,
	)
	return rows[0] if rows else None


def last_dispute(doc) -> str:
	"""What the citizen wrote when saying that it is not solved; the case's own feedback is empty again by then."""
	if not doc.disputed_count:
		return ""
	notes = frappe.get_all(
		"Grievance Event",
		filters={"grievance": doc.name, "event_type": events.DISPUTED},
		pluck="note",
		order_by="sequence desc",
		limit=1,
	)
	return (notes and notes[0]) or ""
