"""Climbs the ladder: a missed limit takes a case to the next authority, and nothing is passed over in silence.

The officer stays responsible; the authority gets the case on its desk as well. A level that finds nobody leaves a row in
the list "Escalation Problem" and is tried again the next day.
"""

from __future__ import annotations

from datetime import datetime

import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.utils import get_datetime

from grievance_helpdesk.jurisdiction.scope import handlers
from grievance_helpdesk.redressal import assignment, clocks, history, moment
from grievance_helpdesk.redressal.escalation import appeals, authorities, ladder
from grievance_helpdesk.redressal.escalation import problems as escalation_problems
from grievance_helpdesk.redressal.escalation.authorities import Authorities
from grievance_helpdesk.redressal.history import events


def schedule(doc) -> list[tuple[datetime, ladder.Level]]:
	"""The levels that the case has still to climb, with the moment each is due; nothing while it does not run."""
	if doc.status != "Open":
		return []
	chosen = ladder.choose(authorities.ladders(), doc.department, doc.category)
	if not chosen:
		return []
	missed = {
		ladder.ACKNOWLEDGEMENT: None if doc.acknowledged_at else clocks.clock_of(doc, "response"),
		ladder.RESOLUTION: clocks.clock_of(doc, "resolution"),
	}
	return ladder.schedule(chosen, doc.escalation_level or 0, missed)


def next_level_at(doc) -> datetime | None:
	"""When the case must be looked at for its next level.

	A limit that is not missed yet stands on the agenda by itself, and no level comes before it: so a case in time
	costs nothing here.
	"""
	if not is_late(doc, moment.now()):
		return None
	levels = schedule(doc)
	return levels[0][0] if levels else None


def is_late(doc, now: datetime) -> bool:
	ends = (None if doc.acknowledged_at else doc.acknowledge_by, doc.resolve_by)
	return any(end and get_datetime(end) < now for end in ends)


def climb(doc, now: datetime, run: Authorities | None = None) -> int:
	"""Take every level that is due at ``now``; returns how many found an authority. Saves the Grievance."""
	run = run or Authorities(now.date())
	taken = 0
	for at, level in schedule(doc):
		if at <= now and level.level > (doc.escalation_level or 0):
			taken += escalate(doc, level, now, run)
	return taken


def climb_by_hand(doc, reason: str) -> str:
	"""An officer asks the next authority before any limit is missed; returns that officer. The ladder goes on from there."""
	chosen = ladder.choose(authorities.ladders(), doc.department, doc.category)
	above = [
		level for level in (chosen.levels if chosen else ()) if level.level > (doc.escalation_level or 0)
	]
	if doc.status not in clocks.RUNNING or not above:
		message = _("There is no authority above to ask for {0}: it is done, or at the top of its ladder.")
		frappe.throw(message.format(doc.name), title=_("No Further Level"))
	if not escalate(doc, above[0], moment.now(), reason=reason):
		message = _("Nobody above can take {0} now; it stands on the list Escalation Problem.")
		frappe.msgprint(message.format(doc.name), indicator="orange")
	return doc.escalated_to


def escalate(
	doc, level: ladder.Level, now: datetime, run: Authorities | None = None, reason: str = ""
) -> bool:
	"""Take the case to the authority of one level; False when nobody can take it.

	With a ``reason`` a person asks the authority; else a limit was missed, which may file the citizen's appeal.
	"""
	run = run or Authorities(now.date())
	found = run.find(level, doc)
	if not found.officer:
		_nobody(doc, level, found, now)
		return False
	if found.hand_ons:
		history.record(doc.name, events.HANDED_ON, note=authorities.hand_ons_text(found), at=now)
	doc.escalation_level = level.level
	doc.escalated_to = found.officer.name
	doc.escalated_at = now
	doc.flags.history_event = events.ESCALATED
	doc.flags.history_note = _note(level, found, reason)
	save(doc)
	escalation_problems.settle([doc.name], escalation_problems.NO_AUTHORITY, below=level.level)
	put_on_desk(doc, found.officer.user, _("Escalated, level {0}").format(level.level))
	if level.files_appeal and not reason:
		appeals.file_automatic(doc, found, run)
	return True


def save(doc) -> None:
	"""Save as the system: what the record links to may have been retired since, and the case must move all the same."""
	doc.flags.ignore_links = True
	doc.flags.ignore_mandatory = True
	doc.save(ignore_permissions=True)


def _note(level: ladder.Level, found: ladder.Found, reason: str) -> str:
	why = (
		reason
		or {
			ladder.ACKNOWLEDGEMENT: _("Not acknowledged in time."),
			ladder.RESOLUTION: _("Not resolved in time."),
		}[level.counts_from]
	)
	who = authorities.authority_sentence(found)
	return _("{0} Level {1}: {2}").format(why, level.level, who)


def _nobody(doc, level: ladder.Level, found: ladder.Found, now: datetime) -> None:
	why = authorities.hand_ons_text(found)
	detail = _(
		"Level {0} found no authority; it is tried again each day. {1} Post an officer, or change the ladder."
	)
	is_new = escalation_problems.note(
		doc.name, escalation_problems.NO_AUTHORITY, detail.format(level.level, why), level.level
	)
	if is_new:
		history.record(doc.name, events.HANDED_ON, note=why, at=now)


def put_on_desk(doc, user: str, words: str, grievance=None) -> None:
	"""A To Do on ``doc`` (a grievance, or an appeal of ``grievance``) for an authority, who sees the case from now on."""
	case = grievance or doc
	handlers.add(case, user, words)
	assign_to.add(
		{
			"assign_to": [user],
			"doctype": doc.doctype,
			"name": doc.name,
			"description": f"{words}: {frappe.utils.escape_html(case.subject or '')}",
			"priority": assignment.TODO_PRIORITY.get(case.priority, "Medium"),
		},
		ignore_permissions=True,
	)
