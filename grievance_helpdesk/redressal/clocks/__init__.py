"""The two clocks of a grievance: acknowledge and resolve. The functions set fields and save nothing.

Who calls what (``doc`` is a Grievance, ``now`` comes from ``moment.now()``):

- ``start(doc)``            once, when it is new and category, priority, department and received_at are set
- ``refresh(doc)``          in validate of an old one: after a change of category, priority or department
- ``acknowledge(doc, now)`` an officer took it up; only the first time counts
- ``pause`` / ``resume``    the status became On Hold / is no longer On Hold
- ``stop(doc, now)``        the status became Resolved, Rejected, Merged or Closed; sets resolved_at once
- ``reopen(doc, now)``      the status is Open (or On Hold) again after that
- ``measure(doc)``          at last, in each save: how long both took

What changes many rows at once (a calendar, priorities raised by support) is in ``recompute.py``.
A case keeps the limits and the calendar that it was received under. Only its own change of category or priority
(or of department, for the calendar) brings others, and then counts from ``received_at`` again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import get_datetime

from grievance_helpdesk.redressal import moment, sla
from grievance_helpdesk.redressal.clocks import service_time

RUNNING = ("Open", "On Hold")
BREACH = 100


class Names(NamedTuple):
	"""The fields of one clock."""

	limit: str
	unit: str
	due: str
	done: str
	late: str
	step: str
	taken: str


FIELDS = {
	"response": Names(
		"response_limit",
		"response_unit",
		"acknowledge_by",
		"acknowledged_at",
		"response_breached",
		"response_step",
		"response_time",
	),
	"resolution": Names(
		"resolution_limit",
		"resolution_unit",
		"resolve_by",
		"resolved_at",
		"resolution_breached",
		"resolution_step",
		"resolution_time",
	),
}


def start(doc) -> None:
	"""Give a new grievance its calendar, its limits and its due dates."""
	_choose_calendar(doc)
	_choose_limits(doc)
	_set_due_dates(doc)


def refresh(doc) -> None:
	"""After a change of category, priority or department: new limits or another calendar, counted from the start."""
	if doc.has_value_changed("department") or not doc.service_calendar:
		_choose_calendar(doc)
	if doc.has_value_changed("category") or doc.has_value_changed("priority"):
		_choose_limits(doc)
	_set_due_dates(doc)


def acknowledge(doc, now: datetime) -> None:
	if doc.acknowledged_at:
		return
	doc.acknowledged_at = now
	_note_lateness(doc, "response", now)


def pause(doc, now: datetime, reason: str = "") -> None:
	"""Both clocks stand still from ``now`` on; a grievance that is paused stays as it is."""
	if doc.paused_since:
		return
	doc.paused_since = now
	doc.append("pauses", {"paused_at": now, "reason": (reason or "")[:140]})
	_set_due_dates(doc)


def resume(doc, now: datetime) -> None:
	doc.paused_since = None
	for row in doc.pauses:
		if not row.resumed_at:
			row.resumed_at = now
	_set_due_dates(doc)


def stop(doc, now: datetime) -> None:
	"""``resolved_at`` is when the clock stopped, for a rejected or merged case too. The first time counts."""
	if doc.paused_since:
		resume(doc, now)
	if doc.resolved_at:
		return
	doc.resolved_at = now
	_note_lateness(doc, "resolution", now)


def reopen(doc, now: datetime) -> None:
	"""The time since the clock stopped was no office's time: it counts as a pause, and the clock goes on."""
	if doc.resolved_at:
		stopped = get_datetime(doc.resolved_at)
		doc.append(
			"pauses", {"paused_at": stopped, "resumed_at": now, "reason": _("Resolved, then reopened")}
		)
	doc.resolved_at = doc.closed_at = None
	_set_due_dates(doc)


def measure(doc) -> None:
	"""Keep how long it took, in seconds of every hour of every day, so that no report subtracts times row by row."""
	for names in FIELDS.values():
		done = doc.get(names.done)
		taken = (get_datetime(done) - get_datetime(doc.received_at)).total_seconds() if done else None
		doc.set(names.taken, taken)


def clock_of(doc, which: str) -> sla.Clock | None:
	"""The clock "response" or "resolution" of a Grievance (or a row with its fields and pauses); None without a limit.

	Pauses that began after the clock had stopped are none of its own.
	"""
	return _clock(doc, FIELDS[which], service_time.working_time(doc.get("service_calendar")))


def _clock(doc, names: Names, calendar: sla.Calendar) -> sla.Clock | None:
	amount, unit, done = doc.get(names.limit), doc.get(names.unit), doc.get(names.done)
	if not (amount and unit):
		return None
	pauses = list(_pauses(doc, get_datetime(done) if done else None))
	return sla.Clock(get_datetime(doc.get("received_at")), sla.Limit(amount, unit), calendar, pauses)


def is_running(doc, which: str) -> bool:
	"""Is somebody still waiting for this one? A pause does not end it."""
	return doc.get("status") in RUNNING and not doc.get(FIELDS[which].done)


def step_reached(clock: sla.Clock, now: datetime) -> int:
	"""0, the percentage of the first or second warning, or 100 once the limit has passed."""
	due = clock.due()
	if due and now > due:
		return BREACH
	used = clock.used(now) * 100
	return max((step for step in warnings() if used >= step), default=0)


def warnings() -> list[int]:
	"""The percentages at which the officer is warned, ascending; 0 and 100 switch a warning off."""
	settings = frappe.get_cached_doc("Grievance Settings")
	steps = {int(settings.first_warning or 0), int(settings.second_warning or 0)}
	return sorted(step for step in steps if 0 < step < BREACH)


def due_values(doc) -> dict:
	"""Due dates by the limits, calendar and pauses at hand; a warning or breach that no longer holds is taken back."""
	values = {}
	calendar = service_time.working_time(doc.get("service_calendar"))
	for names in FIELDS.values():
		clock = _clock(doc, names, calendar)
		values[names.due] = due = clock.due() if clock else None
		done = doc.get(names.done)
		if done:
			values[names.late] = int(bool(due and get_datetime(done) > due))
		elif doc.get(names.step) or doc.get(names.late):
			reached = step_reached(clock, moment.now()) if clock else 0
			values[names.step] = min(doc.get(names.step) or 0, reached)
			values[names.late] = int(bool(doc.get(names.late) and reached == BREACH))
	return values


def _set_due_dates(doc) -> None:
	doc.update(due_values(doc))


def _choose_calendar(doc) -> None:
	doc.service_calendar = service_time.calendar_of(doc.department)


def _choose_limits(doc) -> None:
	doc.update(service_time.limits_of(doc.category, doc.priority))


def _note_lateness(doc, which: str, now: datetime) -> None:
	names = FIELDS[which]
	due = doc.get(names.due)
	doc.set(names.late, int(bool(due and now > get_datetime(due))))


def _pauses(doc, done: datetime | None) -> Iterator[sla.Pause]:
	for row in doc.get("pauses") or ():
		begin = get_datetime(row.paused_at)
		if not done or begin < done:
			yield begin, get_datetime(row.resumed_at) if row.resumed_at else None
