"""The citizen's side of a closure: solved or not, a rating, an appeal; and what silence means.

"Not solved" within the window opens the case again and counts as a disputed closure; afterwards the way is an
appeal. Windows are counted to the second from ``resolved_at``; the last moment given to the citizen is already late.
"""

from __future__ import annotations

from datetime import datetime

import frappe
from frappe import _

from grievance_helpdesk.redressal import assignment, moment, notices, plain_text, workflow
from grievance_helpdesk.redressal.citizen_side import personal_data, tracking
from grievance_helpdesk.redressal.citizen_side.words import language_for, say, spoken_date
from grievance_helpdesk.redressal.escalation import appeals
from grievance_helpdesk.redressal.history import events

RATINGS = ("Excellent", "Very Good", "Good", "Average", "Poor")
COMMENT_LENGTH = 1000


def give(
	key: str,
	solved: bool,
	rating: str = "",
	comment: str = "",
	appeal: bool = False,
	language: str | None = None,
) -> str:
	"""The citizen answers a closure; returns the sentence that thanks. A refusal is a ValidationError.

	``appeal`` counts with the rating "Poor" of a solved case: it is filed with the comment as its reason, and the case
	stays open for the authority instead of being closed.
	"""
	doc = tracking.find(key, language, for_update=True)
	language = language_for(language, doc.language)
	now = moment.now()
	_check_answer(doc, solved, now, language)
	_check_rating(rating, language)
	comment = words_of(comment, language)
	appeal = bool(appeal and solved and rating == "Poor")
	if appeal:
		_check_reason(comment, language)
	answer = {"rating": rating, "feedback_at": now, "feedback_comment": comment}
	# The history can never be rewritten, so nobody's phone number may stand in it.
	note = personal_data.redact(comment)
	if not solved:
		_dispute(doc, answer, note)
		return say("thanks_not_solved", language)
	answer["feedback_outcome"] = "Solved"
	if appeal or doc.status == "Closed":
		doc.update(answer)
		_noting(doc, events.FEEDBACK, note).save(ignore_permissions=True)
	else:
		workflow.move_to_status(_noting(doc, events.FEEDBACK, note), "Closed", values=answer)
	if appeal:
		appeals.file(doc, filed_by="Citizen", reason=note)
	return say("thanks_appeal" if appeal else "thanks_solved", language)


def file_appeal(key: str, reason: str, language: str | None = None) -> str:
	"""The citizen appeals to the next authority; returns the sentence that confirms it."""
	doc = tracking.find(key, language, for_update=True)
	language = language_for(language, doc.language)
	_check_appeal(doc, moment.now(), language)
	reason = words_of(reason, language)
	_check_reason(reason, language)
	appeals.file(doc, filed_by="Citizen", reason=personal_data.redact(reason))
	return say("thanks_appeal", language)


def close_in_silence(doc, now: datetime) -> bool:
	"""Close a resolved case whose citizen said nothing in time. Returns whether it was closed; the caller commits.

	An appeal that waits for its decision keeps the case open.
	"""
	chances = tracking.chances(doc, now)
	over = chances.dispute_until and now >= chances.dispute_until
	if doc.status != "Resolved" or not over or chances.pending_appeal:
		return False
	if doc.feedback_outcome in tracking.ANSWERS:
		# Answered, but an appeal kept it open until now.
		workflow.move_to_status(doc, "Closed")
		return True
	_noting(doc, events.CLOSED_IN_SILENCE, "")
	workflow.move_to_status(doc, "Closed", values={"feedback_outcome": "No Answer"})
	return True


def words_of(text: str, language: str, limit: int = COMMENT_LENGTH) -> str:
	"""The citizen's words as plain text, at most ``limit`` characters."""
	text = plain_text.written(text)
	if len(text) > limit:
		frappe.throw(say("too_long", language, limit=limit, count=len(text)))
	return text


def _check_answer(doc, solved: bool, now: datetime, language: str) -> None:
	chances = tracking.chances(doc, now)
	until = spoken_date(chances.dispute_until, language)
	if doc.status == "Merged":
		frappe.throw(say("merged_no_feedback", language, number=doc.merged_into))
	if doc.status == "Rejected":
		frappe.throw(say("rejected_no_feedback", language))
	if doc.status not in ("Resolved", "Closed"):
		frappe.throw(say("not_resolved_yet", language))
	if doc.feedback_outcome in tracking.ANSWERS:
		frappe.throw(say("answered_already", language))
	if not solved and chances.in_time and not chances.may_dispute:
		frappe.throw(say("no_way_back", language))
	if not solved and not chances.may_dispute:
		frappe.throw(say("window_over", language, until=until))
	if not chances.feedback:
		frappe.throw(say("closed_for_answers", language, until=until))


def _check_rating(rating: str, language: str) -> None:
	if rating and rating not in RATINGS:
		names = ", ".join(say(f"rating_{name}", language) for name in RATINGS)
		frappe.throw(say("unknown_rating", language, ratings=names))


def _check_reason(reason: str, language: str) -> None:
	if not reason:
		frappe.throw(say("reason_missing", language))


def _check_appeal(doc, now: datetime, language: str) -> None:
	if doc.status == "Merged":
		frappe.throw(say("merged_no_feedback", language, number=doc.merged_into))
	chances = tracking.chances(doc, now)
	if chances.pending_appeal:
		due = spoken_date(chances.pending_appeal.due_by, language) or say("not_set", language)
		frappe.throw(say("appeal_pending", language, due=due))
	if not chances.appeal_until:
		frappe.throw(say("appeal_too_early", language))
	if not chances.may_appeal:
		until = spoken_date(chances.appeal_until, language)
		frappe.throw(say("appeal_too_late", language, until=until))


def _noting(doc, event: str, note: str):
	"""The next save of ``doc`` stands in the public history as ``event``."""
	doc.flags.history_event, doc.flags.history_note, doc.flags.history_public = event, note, True
	return doc


def _dispute(doc, answer: dict, note: str) -> None:
	"""Back to the officer's desk; officer, superior and the authority that had it learn why."""
	answer |= {"feedback_outcome": "Not Solved", "disputed_count": (doc.disputed_count or 0) + 1}
	workflow.move_to_status(_noting(doc, events.DISPUTED, note), "Open", values=answer)
	officers = {doc.officer, superior_of(doc.officer), doc.escalated_to}
	users = {assignment.officer_user(officer) for officer in officers if officer}
	text = _("{0}: the citizen says that the problem is not solved; the case is open again. {1}")
	said = text.format(doc.name, doc.subject or "")
	notices.send(notices.Notice(user, said, doc.name) for user in sorted(filter(None, users)))


def superior_of(officer: str | None) -> str | None:
	return frappe.db.get_value("Nodal Officer", officer, "reports_to") if officer else None
