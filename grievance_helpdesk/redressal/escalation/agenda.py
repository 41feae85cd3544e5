"""When somebody has to look at a grievance again: ``next_check_at``, the index that the sweep reads.

``schedule`` is called last in the validate of a Grievance, and by the sweep after each step. A moment in the past
means: at the next sweep.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import frappe
from frappe.utils import get_datetime

from grievance_helpdesk.redressal import clocks, escalation

# A limit is kept at its very last second, so it is missed one second later.
MISSED = timedelta(seconds=1)


def schedule(doc) -> None:
	"""Set ``doc.next_check_at``; None when nothing is to come."""
	doc.next_check_at = min(moments(doc), default=None)


def moments(doc) -> Iterator[datetime]:
	"""Every moment at which time alone changes something about the grievance."""
	due_appeal = _appeal_due(doc)
	if due_appeal:
		yield due_appeal
	if doc.status in clocks.RUNNING:
		yield from _clock_moments(doc)
		yield from _escalation(doc)
	elif doc.status == "Resolved" and doc.resolved_at and not due_appeal:
		# A case under appeal is not closed by silence.
		yield silence_ends(doc)


def silence_ends(doc) -> datetime:
	"""When a resolved grievance is closed if the citizen says nothing."""
	days = frappe.get_cached_doc("Grievance Settings").reopen_days or 0
	return get_datetime(doc.resolved_at) + timedelta(days=days)


def _clock_moments(doc) -> Iterator[datetime]:
	"""The next warning or the breach of each clock that still runs."""
	steps = clocks.warnings()
	for which, names in clocks.FIELDS.items():
		given = doc.get(names.step) or 0
		clock = clocks.clock_of(doc, which) if clocks.is_running(doc, which) else None
		if not clock or given >= clocks.BREACH:
			continue
		warning = next((step for step in steps if step > given), clocks.BREACH)
		moment = clock.at(warning)
		if moment:
			yield moment + MISSED if warning == clocks.BREACH else moment


def _escalation(doc) -> Iterator[datetime]:
	moment = escalation.next_level_at(doc)
	if moment:
		yield moment


def _appeal_due(doc) -> datetime | None:
	if not doc.appeal_count:
		return None
	# The sweep has asked for all its rows at once.
	if "appeal_due" in doc.flags:
		return doc.flags.appeal_due
	due = frappe.get_all(
		"Grievance Appeal",
		filters={"grievance": doc.name, "status": "Pending"},
		pluck="due_by",
		order_by="due_by",
		limit=1,
	)
	return get_datetime(due[0]) if due and due[0] else None
