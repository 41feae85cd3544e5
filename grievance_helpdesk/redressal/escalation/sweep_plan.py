"""What the sweep has to do with one case: whom to tell what, and which moves to make. Reads nothing, writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from frappe import _
from frappe.utils import format_datetime, get_datetime

from grievance_helpdesk.redressal import clocks, escalation
from grievance_helpdesk.redressal.citizen_side import feedback
from grievance_helpdesk.redressal.escalation import agenda, appeals, authorities, ladder
from grievance_helpdesk.redressal.escalation import problems as escalation_problems
from grievance_helpdesk.redressal.escalation.authorities import Authorities
from grievance_helpdesk.redressal.escalation.problems import Problem
from grievance_helpdesk.redressal.history import Entry, events
from grievance_helpdesk.redressal.notices import Notice

# Everything that a clock, the agenda and the search for an authority ask of a case.
FIELDS = (
	*("name", "subject", "status", "officer", "department", "category", "priority", "scope_path"),
	*("complaint_against", "service_calendar", "received_at", "paused_since"),
	*(fieldname for names in clocks.FIELDS.values() for fieldname in names),
	*("escalation_level", "escalated_to", "appeal_count", "next_check_at"),
)
Move = Callable[..., Counter]


@dataclass
class Plan:
	row: dict
	changes: dict = field(default_factory=dict)
	entries: list[Entry] = field(default_factory=list)
	notices: list[Notice] = field(default_factory=list)
	problems: list[Problem] = field(default_factory=list)
	moves: list[Move] = field(default_factory=list)
	counts: Counter = field(default_factory=Counter)


def plan_of(row, now: datetime, run: Authorities) -> Plan:
	"""The plan for ``row`` (the FIELDS of a grievance with its pauses) at ``now``."""
	plan = Plan(row)
	for which in clocks.FIELDS:
		if clocks.is_running(row, which):
			_plan_clock(plan, which, now, run)
	if row.status in clocks.RUNNING and not row.officer:
		plan.problems.append(escalation_problems.unassigned(row.name))
	if row.flags.appeal_due and row.flags.appeal_due <= now:
		plan.moves.append(climb_appeal)
	if any(at <= now for at, _level in escalation.schedule(row)):
		plan.moves.append(climb_ladder)
	if row.status == "Resolved" and not row.flags.appeal_due and agenda.silence_ends(row) <= now:
		plan.moves.append(close_in_silence)
	return plan


def _plan_clock(plan: Plan, which: str, now: datetime, run: Authorities) -> None:
	row, names = plan.row, clocks.FIELDS[which]
	clock = clocks.clock_of(row, which)
	reached = clocks.step_reached(clock, now) if clock else 0
	if reached <= (row.get(names.step) or 0):
		return
	plan.changes[names.step] = reached
	told = {names.step: [row.get(names.step) or 0, reached]}
	breached = reached == clocks.BREACH
	if breached:
		plan.changes[names.late] = 1
		told = {names.late: [0, 1]}
	text = _text(which, reached, row.get(names.due))
	kind = events.BREACHED if breached else events.WARNING
	plan.entries.append(Entry(row.name, kind, text, told, officer=row.officer, at=now))
	plan.counts["breached" if breached else "warned"] += 1
	_plan_notices(plan, text, run, superior=breached and which == "response")
	if breached and which == "resolution" and not _ladder_of(row):
		detail = _("No Escalation Ladder covers this missed limit: enable or add one.")
		plan.problems.append(Problem(row.name, escalation_problems.NO_AUTHORITY, detail))


def _ladder_of(row) -> ladder.Ladder | None:
	return ladder.choose(authorities.ladders(), row.department, row.category)


def _text(which: str, reached: int, due) -> str:
	until = format_datetime(get_datetime(due)) if due else ""
	if reached == clocks.BREACH:
		texts = {
			"response": _("Not acknowledged in time: the limit was {0}."),
			"resolution": _("Not resolved in time: the limit was {0}."),
		}
		return texts[which].format(until)
	texts = {
		"response": _("{0} % of the time to acknowledge is used; it ends on {1}."),
		"resolution": _("{0} % of the time to resolve is used; it ends on {1}."),
	}
	return texts[which].format(reached, until)


def _plan_notices(plan: Plan, text: str, run: Authorities, superior: bool) -> None:
	"""The officer is told; who reports to somebody and lets a citizen wait for a first word is told on."""
	row = plan.row
	told = [run.roster.officers.get(row.officer or "")]
	if superior:
		told.append(run.superior_of(row))
	words = f"{row.name}: {text} {row.subject or ''}".strip()
	plan.notices += [
		Notice(officer.user, words, row.name) for officer in told if officer and not officer.disabled
	]


def climb_ladder(doc, now: datetime, run: Authorities) -> Counter:
	before = doc.appeal_count or 0
	taken = escalation.climb(doc, now, run)
	return Counter(escalated=taken, appealed=(doc.appeal_count or 0) - before)


def climb_appeal(doc, now: datetime, run: Authorities) -> Counter:
	return Counter(appeals_passed_on=int(appeals.climb(doc, now, run)))


def close_in_silence(doc, now: datetime, run: Authorities) -> Counter:
	return Counter(closed=int(feedback.close_in_silence(doc, now)))
