"""The sweep: every five minutes it looks at the cases whose ``next_check_at`` has come, and at nothing else.

What only tells people (warnings, breaches) is written for a hundred cases at once; what moves a case (a level of the
ladder, an overdue appeal, closing after silence) runs through its document, behind a savepoint of its own. A case that
fails is put on the list "Escalation Problem" and tried again in an hour; the others go on. Each hundred is one
transaction, so a crash leaves every case as it was before or after its step.

Two sweeps at once are harmless: a case is locked while it is worked on, and who comes second leaves it out.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import get_datetime

from grievance_helpdesk.redressal import bulk, clocks, history, moment, notices
from grievance_helpdesk.redressal.all_or_nothing import all_or_nothing
from grievance_helpdesk.redressal.escalation import agenda
from grievance_helpdesk.redressal.escalation import problems as escalation_problems
from grievance_helpdesk.redressal.escalation.authorities import Authorities
from grievance_helpdesk.redressal.escalation.sweep_plan import FIELDS, Plan, plan_of

BATCH = 100
LIMIT = 5000
AFTER_FAILURE = timedelta(hours=1)
# What was tried and found nobody is tried again the next day.
AFTER_NOBODY = timedelta(days=1)


def run(now: datetime | None = None, limit: int = LIMIT) -> dict[str, int]:
	"""Work off the cases that are due at ``now``, at most ``limit``; returns what was done, by kind. Commits."""
	now = now or moment.now()
	done: Counter = Counter()
	with moment.fixed(now):
		authorities = Authorities(now.date())
		while done["cases"] < limit:
			rows = take(now, min(BATCH, limit - done["cases"]))
			if not rows:
				break
			done["cases"] += len(rows)
			work(rows, now, authorities, done)
			frappe.db.commit()
	return dict(done)


def take(now: datetime, count: int) -> list:
	"""The next due cases that nobody else is working on, locked until the transaction ends."""
	table = frappe.qb.DocType("Grievance")
	due = table.next_check_at <= now
	names = (
		frappe.qb.from_(table)
		.select(table.name)
		.where(due)
		.orderby(table.next_check_at)
		.limit(count)
		.run(pluck=True)
	)
	if not names:
		return []
	# What is read from here on is as new as the lock.
	frappe.db.commit()
	query = frappe.qb.from_(table).select(*(table[field] for field in FIELDS))
	query = query.where(table.name.isin(names) & due).orderby(table.next_check_at)
	return complete(query.for_update(skip_locked=True).run(as_dict=True))


def complete(rows: list) -> list:
	"""Give the rows their pauses and the day their appeal is due, in two queries for all."""
	by_name = {row.name: row for row in rows}
	for row in rows:
		row.pauses, row.flags, row.doctype = [], frappe._dict(appeal_due=None), "Grievance"
	paused = frappe.get_all(
		"Grievance Pause",
		filters={"parent": ["in", list(by_name) or [""]], "parenttype": "Grievance"},
		fields=["parent", "paused_at", "resumed_at"],
		limit=0,
	)
	for pause in paused:
		by_name[pause.parent].pauses.append(pause)
	under_appeal = [row.name for row in rows if row.appeal_count]
	appeals = frappe.get_all(
		"Grievance Appeal",
		filters={"grievance": ["in", under_appeal or [""]], "status": "Pending"},
		fields=["grievance", "due_by"],
		limit=0,
	)
	for appeal in appeals:
		by_name[appeal.grievance].flags.appeal_due = appeal.due_by and get_datetime(appeal.due_by)
	return rows


def work(rows: list, now: datetime, authorities: Authorities, done: Counter) -> None:
	"""One batch: tell people in bulk, then move the cases that have to move."""
	plans = []
	for row in rows:
		try:
			plans.append(plan_of(row, now, authorities))
		except Exception as error:  # noqa: BLE001 (whatever is wrong with one case: it is listed, the others go on)
			_note_failure(row.name, error, now, done)
	for plan in _tell(plans, now, done):
		if plan.moves:
			_move(plan, now, authorities, done)


def _tell(plans: list[Plan], now: datetime, done: Counter) -> list[Plan]:
	"""Write what the plans say to tell; returns those that went through."""
	try:
		with all_or_nothing("sweep_tell"):
			_write(plans, now)
		told = plans
	except frappe.QueryDeadlockError:
		raise
	except Exception:  # noqa: BLE001 (one case spoils the batch: each alone finds out which)
		told = [plan for plan in plans if _tell_alone(plan, now, done)]
	for plan in told:
		done.update(plan.counts)
	return told


def _tell_alone(plan: Plan, now: datetime, done: Counter) -> bool:
	try:
		with all_or_nothing("sweep_tell"):
			_write([plan], now)
	except frappe.QueryDeadlockError:
		raise
	except Exception as error:  # noqa: BLE001 (listed as an Escalation Problem)
		_note_failure(plan.row.name, error, now, done)
		return False
	return True


def _write(plans: list[Plan], now: datetime) -> None:
	for plan in plans:
		plan.row.update(plan.changes)
		if not plan.moves:
			plan.changes["next_check_at"] = next_check(plan.row, now)
	bulk.update("Grievance", {plan.row.name: plan.changes for plan in plans if plan.changes}, touch=False)
	history.record_many([entry for plan in plans for entry in plan.entries])
	notices.send([notice for plan in plans for notice in plan.notices])
	escalation_problems.note_many([problem for plan in plans for problem in plan.problems])


def _move(plan: Plan, now: datetime, authorities: Authorities, done: Counter) -> None:
	name = plan.row.name
	try:
		with all_or_nothing("sweep_move"):
			doc = frappe.get_doc("Grievance", name)
			# A case without an officer is routed again by each save.
			doc.flags.roster = None if doc.officer else authorities.routing_roster
			counts = Counter()
			for move in plan.moves:
				counts.update(move(doc, now, authorities))
			check = {"next_check_at": next_check(doc, now)}
			frappe.db.set_value("Grievance", name, check, update_modified=False)
			escalation_problems.settle([name], escalation_problems.STEP_FAILED)
		done.update(counts)
	except frappe.QueryDeadlockError:
		raise
	except Exception as error:  # noqa: BLE001 (listed as an Escalation Problem)
		_note_failure(name, error, now, done)


def next_check(row, now: datetime) -> datetime | None:
	"""The next moment to look at the case. What should have happened by now and did not is tried again tomorrow."""
	moments = [at if at > now else now + AFTER_NOBODY for at in agenda.moments(row)]
	return min(moments, default=None)


def _note_failure(name: str, error: Exception, now: datetime, done: Counter) -> None:
	"""The case comes back in an hour, and people see why it failed."""
	frappe.clear_messages()
	frappe.log_error(f"Sweep: {name}", reference_doctype="Grievance", reference_name=name)
	frappe.db.set_value("Grievance", name, {"next_check_at": now + AFTER_FAILURE}, update_modified=False)
	words = frappe.utils.strip_html(str(error)) or type(error).__name__
	detail = _("This step failed and is tried again each hour: {0}. The Error Log has the details.")
	escalation_problems.note(name, escalation_problems.STEP_FAILED, detail.format(words[:500]))
	done["failed"] += 1


def find_unassigned() -> int:
	"""Hourly: open cases without an officer are listed, and those that have one by now leave the list. Returns the new."""
	grievance, problem = frappe.qb.DocType("Grievance"), frappe.qb.DocType("Escalation Problem")
	kind = escalation_problems.NOBODY_ASSIGNED
	listed = (
		frappe.qb.from_(problem)
		.select(problem.grievance)
		.where((problem.problem_type == kind) & (problem.resolved == 0))
	)
	waiting = grievance.status.isin(clocks.RUNNING) & (grievance.officer.isnull() | (grievance.officer == ""))
	open_names = frappe.qb.from_(grievance).select(grievance.name).where(waiting).run(pluck=True)
	known = set(listed.run(pluck=True))
	escalation_problems.settle(known - set(open_names), kind)
	new = [name for name in open_names if name not in known]
	escalation_problems.note_many([escalation_problems.unassigned(name) for name in new])
	return len(new)
