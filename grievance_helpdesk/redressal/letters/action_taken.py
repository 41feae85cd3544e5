"""The Action Taken Report as plain values; the print format of that name sets them on paper.

It says what the public part of the case holds. A citizen's name stands there in full only for a reader of
permission level 1, and never in a confidential case: paper travels.
"""

from __future__ import annotations

from datetime import datetime

import frappe
from frappe.utils import get_datetime

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.citizen_side import page, personal_data, view
from grievance_helpdesk.redressal.citizen_side.words import spoken_date
from grievance_helpdesk.redressal.letters.words import language_of, masked, say

LEVEL_OF_NAMES = "contact_phone"
FINAL = ("Resolved", "Closed", "Rejected", "Merged")
# (name of the step, due, done)
CLOCKS = (("acknowledge", "acknowledge_by", "acknowledged_at"), ("resolve", "resolve_by", "resolved_at"))


def action_taken_letter(doc) -> dict:
	"""The letter about this Grievance in the language of the print view, escaped for HTML.

	Frappe has asked whether the reader may print the case. The print view sends the form as the browser holds it: the
	letter tells what is stored.
	"""
	asked = frappe.form_dict.get("_lang") or frappe.local.lang
	return page.safe(letter(frappe.get_doc("Grievance", doc.name), language_of(asked)))


def letter(doc, language: str) -> dict:
	now = moment.now()
	return {
		"language": language,
		"title": say("title" if doc.status in FINAL else "interim_title", language),
		"government": _government(language),
		"department": view.title_of("Grievance Department", doc.department, "department_name", language),
		"confidential": bool(doc.confidential),
		"number": doc.name,
		"date": spoken_date(now.date(), language),
		"citizen": _citizen(doc, language),
		"subject": say(
			"subject_line", language, number=doc.name, received=spoken_date(_day(doc.received_at), language)
		),
		"facts": _facts(doc, language),
		"reported": doc.public_text or _own_words(doc),
		"action": _action(doc, language),
		"evidence": (doc.evidence or "").rpartition("/")[2] or say("no_evidence", language),
		"limits": [_limit(doc, now, language, *clock) for clock in CLOCKS],
		"history": _history(doc.name, language),
		"officer": view.officer_of(doc.officer, language) or say("nobody", language),
		"decided": doc.status in FINAL,
		"printed": say("printed", language, moment=spoken_date(now, language)),
		"words": {key: say(key, language) for key in SHOWN},
	}


SHOWN = (
	*("system", "confidential", "number", "date", "to", "subject", "reported", "evidence"),
	*("limits", "limit", "due", "done", "result", "history", "nothing_public", "unsatisfied", "signature"),
)


def _government(language: str) -> str:
	state = view.title_of(
		"Jurisdiction", frappe.get_cached_doc("Grievance Settings").state, "jurisdiction_name", language
	)
	return say("government_of", language, state=state) if state else ""


def _citizen(doc, language: str) -> str:
	if not doc.citizen_name:
		return say("withheld", language)
	if doc.confidential or not _may_read_names(doc):
		return masked(doc.citizen_name)
	return doc.citizen_name


def _own_words(doc) -> str:
	"""A case from the counter has no public text: the citizen's words without contacts, or what the list shows."""
	return personal_data.redact(doc.description or "") if _may_read_names(doc) else doc.subject or ""


def _may_read_names(doc) -> bool:
	return doc.meta.get_field(LEVEL_OF_NAMES).permlevel in doc.get_permlevel_access("read")


def _facts(doc, language: str) -> list[dict]:
	"""``[{"label", "value"}]``; what is not known is left out."""
	place = view.title_of("Jurisdiction", doc.jurisdiction, "jurisdiction_name", language)
	facts = {
		"received": spoken_date(_moment(doc.received_at), language),
		"channel": say(f"channel_{doc.channel}", language) if doc.channel else "",
		"place": ", ".join(part for part in (doc.place_text, place) if part),
		"district": view.title_of("Jurisdiction", doc.district, "jurisdiction_name", language),
		"category": view.title_of("Grievance Category", doc.category, "category_name", language),
		"department": view.title_of("Grievance Department", doc.department, "department_name", language),
		"officer": view.officer_of(doc.officer, language),
		"status": view.status_text(doc, language),
	}
	return [{"label": say(key, language), "value": value} for key, value in facts.items() if value]


def _action(doc, language: str) -> dict:
	"""What was done, or why nothing was: ``{"heading", "text"}``."""
	if doc.status == "Rejected":
		ground = view.title_of("Non-grievance Ground", doc.non_grievance_ground, "ground_title", language)
		text = "\n".join(part for part in (ground, doc.rejection_reply) if part)
		return {"heading": say("rejected_why", language), "text": text}
	if doc.status == "Merged":
		text = say("joined", language, number=doc.merged_into)
	else:
		text = doc.action_taken or say("no_action", language)
	return {"heading": say("action_taken", language), "text": text}


def _limit(doc, now: datetime, language: str, step: str, due_field: str, done_field: str) -> dict:
	due, done = _moment(doc.get(due_field)), _moment(doc.get(done_field))
	if step == "resolve" and not done and doc.status in FINAL:
		done = _moment(doc.closed_at)
	verdict = _result(due, done, now, bool(doc.paused_since))
	return {
		"step": say(step, language),
		"due": spoken_date(due, language),
		"done": spoken_date(done, language) or say("not_done", language),
		"result": say(verdict, language),
		"missed": verdict == "missed",
	}


def _result(due: datetime | None, done: datetime | None, now: datetime, paused: bool) -> str:
	"""Key of the verdict on a limit; its last second is still in time."""
	if not due:
		return "none"
	if done or not paused:
		return "missed" if (done or now) > due else "kept" if done else "running"
	return "paused"


def _history(name: str, language: str) -> list[dict]:
	"""The public part, oldest first, as a letter tells it."""
	rows = view.timeline(name, language)
	return [{**row, "at": spoken_date(row["at"], language), "text": row["text"] or ""} for row in rows[::-1]]


def _moment(value) -> datetime | None:
	return get_datetime(value) if value else None


def _day(value):
	return get_datetime(value).date() if value else None
