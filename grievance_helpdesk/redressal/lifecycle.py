"""What a change of status does to a case, whatever the workflow's states are called.

:func:`before_save` sets the clocks (nothing is written yet), :func:`after_save` moves the officers' To Do and keeps the
case visible to those who had a part in it. The six statuses are all that this module knows; which state sets
which status is the workflow's business.
"""

from __future__ import annotations

import frappe

from grievance_helpdesk.jurisdiction.scope import handlers, withdrawal
from grievance_helpdesk.redressal import assignment, clocks, moment

ACTIVE = clocks.RUNNING
FINISHED = ("Resolved", "Closed", "Rejected", "Merged")
# What decides the limits; a change of one of them sets new ones.
LIMITED_BY = ("category", "priority", "department", "received_at")
# What a citizen said about one closure does not speak about the next.
FEEDBACK = ("feedback_outcome", "rating", "feedback_at", "feedback_comment")
SYSTEM_USERS = ("Administrator", "Guest")


def before_save(doc, before) -> None:
	"""Set the clocks of a Grievance for what changed since ``before`` (None: it is new)."""
	if before is None:
		clocks.start(doc)
	else:
		_follow_changes(doc, before, moment.now())
	clocks.measure(doc)


def _follow_changes(doc, before, now) -> None:
	if any(doc.has_value_changed(field) for field in LIMITED_BY):
		clocks.refresh(doc)
	if not doc.acknowledged_at and is_acknowledged_by(doc, before):
		clocks.acknowledge(doc, now)
	if doc.status != before.status:
		change_status(doc, before.status, now)


def is_acknowledged_by(doc, before) -> bool:
	"""Whether a person took the case up with this save: a move of the workflow, or a message to the citizen."""
	if doc.flags.acknowledge:
		return True
	moved = doc.workflow_state != before.workflow_state
	return moved and frappe.session.user not in SYSTEM_USERS and doc.status != "Merged"


def change_status(doc, old: str, now) -> None:
	"""Pause, resume, stop or reopen the clocks for a case that goes from status ``old`` to its present one."""
	new = doc.status
	if old in FINISHED and new in ACTIVE:
		_reopen(doc, old, now)
	elif old == "On Hold":
		clocks.resume(doc, now)
	if new == "On Hold":
		clocks.pause(doc, now, doc.workflow_state)
	if new in FINISHED and old in ACTIVE:
		clocks.stop(doc, now)
		_forget_feedback(doc)
	if new == "Closed":
		doc.closed_at = now


def _reopen(doc, old: str, now) -> None:
	clocks.reopen(doc, now)
	# Undoing a merge opens the case again, but nobody was dissatisfied.
	if old != "Merged":
		doc.reopened_count = (doc.reopened_count or 0) + 1


def _forget_feedback(doc) -> None:
	"""Until then the officer still reads why the citizen was not content."""
	for field in FEEDBACK:
		doc.set(field, None)


def after_save(doc, before) -> None:
	"""The officers' desks after a save. A new grievance of an import is assigned with its batch."""
	if before is None or doc.status == before.status:
		_change_officer(doc, before)
	elif doc.status in FINISHED:
		if before.status in ACTIVE:
			assignment.close(doc)
	elif before.status in FINISHED:
		assignment.reassign(doc, None, assignment.officer_user(doc.officer))
	else:
		_change_officer(doc, before)
	if before is not None:
		_keep_visible(doc, before)


def _change_officer(doc, before) -> None:
	if doc.flags.assign_later or not doc.has_value_changed("officer") or doc.status in FINISHED:
		return
	assignment.reassign(
		doc,
		previous_user=assignment.officer_user(before and before.officer),
		user=assignment.officer_user(doc.officer),
	)


def _keep_visible(doc, before) -> None:
	"""Whoever had the case, or moved it, goes on seeing it."""
	if before.officer and before.officer != doc.officer:
		user = assignment.officer_user(before.officer)
		if user:
			handlers.add(doc, user, "Assigned before")
	if doc.workflow_state != before.workflow_state and frappe.session.user not in SYSTEM_USERS:
		handlers.add(doc, frappe.session.user, "Moved the case")
	if doc.has_value_changed("scope_path") or doc.has_value_changed("department"):
		handlers.follow(doc)
	if any(doc.has_value_changed(fieldname) for fieldname in withdrawal.DECIDES_WHO_SEES):
		withdrawal.withdraw(doc)
