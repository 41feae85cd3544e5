"""What the public may know of a case: facts without personal data, in plain words of the citizen's language."""

from __future__ import annotations

from datetime import datetime

import frappe

from grievance_helpdesk.redressal import history, moment
from grievance_helpdesk.redressal.citizen_side import tracking
from grievance_helpdesk.redressal.citizen_side.words import (
	HINDI,
	WORDS,
	language_for,
	say,
	spoken_date,
	status_key,
)
from grievance_helpdesk.redressal.history import events

STEPS = ("step_received", "step_acknowledged", "step_action", "step_closed")
# A joined case shows how the other one stands.
FINISHED = ("Closed", "Rejected")


def facts(key: str, language: str | None = None) -> dict:
	"""The case behind ``key``. Of a confidential case: its number, how it stands and what the citizen may do."""
	doc = tracking.find(key, language)
	language = language_for(language, doc.language)
	shown = {
		"number": doc.name,
		"language": language,
		"status": doc.status,
		"status_text": status_text(doc, language),
		"confidential": bool(doc.confidential),
		"may": _may(doc, language),
	}
	if doc.confidential:
		return shown
	return {**shown, **_open_facts(doc, language)}


def status_text(doc, language: str) -> str:
	return say(status_key(doc.status, bool(doc.acknowledged_at), bool(doc.reopened_count)), language)


def _open_facts(doc, language: str) -> dict:
	decided = doc.status in tracking.DECIDED
	return {
		"category": title_of("Grievance Category", doc.category, "category_name", language),
		"department": title_of("Grievance Department", doc.department, "department_name", language),
		"district": title_of("Jurisdiction", doc.district, "jurisdiction_name", language),
		"officer": officer_of(doc.officer, language),
		"received_at": doc.received_at,
		"acknowledge_by": doc.acknowledge_by,
		"acknowledged_at": doc.acknowledged_at,
		"resolve_by": doc.resolve_by,
		"paused": bool(doc.paused_since),
		"expected_by": None if decided else doc.expected_by,
		"resolved_at": doc.resolved_at if doc.status in ("Resolved", "Closed") else None,
		"closed_at": doc.closed_at,
		"action_taken": doc.action_taken if doc.status in ("Resolved", "Closed") else None,
		"reply": doc.rejection_reply if doc.status == "Rejected" else None,
		"joined_with": _joined_with(doc, language),
		"answer": {"outcome": doc.feedback_outcome, "rating": doc.rating} if doc.feedback_at else None,
		"steps": steps(doc, language),
		"timeline": timeline(doc.name, language),
	}


def timeline(grievance: str, language: str) -> list[dict]:
	"""``[{"at", "title", "text"}]``, newest first, in the citizen's language; texts as the officer wrote them."""
	return [
		{"at": row["at"], "title": _title(row, language), "text": row["text"]}
		for row in history.public_timeline(grievance)
	]


def _title(row: dict, language: str) -> str:
	"""A move is told by the status that it led to, everything else by its kind."""
	kind = row["type"]
	if kind == events.MOVED:
		kind = row["status"] or "Acknowledged"
	key = f"event_{kind}"
	return say(key if key in WORDS else "event_other", language)


def steps(doc, language: str) -> list[dict]:
	"""The case as four steps: ``[{"title", "at", "state"}]``, each state ``done``, ``now`` or ``open``."""
	moments = [doc.received_at, doc.acknowledged_at, None, None]
	if doc.status in tracking.DECIDED:
		moments[2:] = [doc.resolved_at or doc.closed_at, doc.closed_at]
	done = [bool(at) for at in moments]
	# Something later may have happened without the step before it: a case that was closed at once.
	done = [any(done[number:]) for number in range(len(done))]
	current = sum(done) - 1
	return [
		{
			"title": say(title, language),
			"at": at,
			"state": "now" if number == current else "done" if done[number] else "open",
		}
		for number, (title, at) in enumerate(zip(STEPS, moments, strict=True))
	]


def title_of(doctype: str, name: str | None, fieldname: str, language: str) -> str:
	"""The title of a master record in the citizen's language."""
	if not name:
		return ""
	hindi = "name_hi" if doctype == "Jurisdiction" else f"{fieldname}_hi"
	english, translated = frappe.db.get_value(doctype, name, [fieldname, hindi]) or (name, "")
	return (translated if language == HINDI else "") or english or name


def officer_of(officer: str | None, language: str) -> str:
	"""Designation and official ID, never the name."""
	if not officer:
		return ""
	row = frappe.db.get_value(
		"Nodal Officer", officer, ["designation", "designation_hi", "official_id"], as_dict=True
	)
	designation = (row.designation_hi if language == HINDI else "") or row.designation
	return say("official_id", language, designation=designation, official_id=row.official_id)


def _joined_with(doc, language: str) -> dict | None:
	"""Number and state of the case that this one was joined with; of a confidential one the number only."""
	if doc.status != "Merged" or not doc.merged_into:
		return None
	target = frappe.get_doc("Grievance", doc.merged_into)
	return {
		"number": target.name,
		"status_text": "" if target.confidential else status_text(target, language),
	}


def _may(doc, language: str) -> dict:
	"""What the citizen may do now, with last dates as moments and in words."""
	chances = tracking.chances(doc, moment.now())
	return {
		"feedback": chances.feedback,
		"not_solved": chances.may_dispute,
		"not_solved_until": _if(chances.may_dispute, chances.dispute_until),
		"not_solved_until_text": _if(chances.may_dispute, spoken_date(chances.dispute_until, language)),
		"appeal": chances.may_appeal,
		"appeal_until": _if(chances.may_appeal, chances.appeal_until),
		"appeal_until_text": _if(chances.may_appeal, spoken_date(chances.appeal_until, language)),
		"appeal_decision_by": chances.pending_appeal and chances.pending_appeal.due_by,
		"appeal_pending": bool(chances.pending_appeal),
	}


def _if(possible: bool, value: datetime | str | None) -> datetime | str | None:
	return value if possible else None
