"""Handing over a charge: everything that waits for one officer goes to another, in one transaction and few statements.

What moves: open cases, cases escalated to the officer, appeals to decide, the To Do of each, and (where wanted) the
postings. What must not move, because the case is about the new officer or would come to the one whose work is appealed
against, stays where it is and is listed as an Escalation Problem.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe import _

from grievance_helpdesk.jurisdiction import hierarchy, postings
from grievance_helpdesk.jurisdiction.scope import handlers
from grievance_helpdesk.redressal import assignment, bulk, clocks, history, moment, notices
from grievance_helpdesk.redressal.all_or_nothing import all_or_nothing
from grievance_helpdesk.redressal.escalation import appeals
from grievance_helpdesk.redressal.escalation import problems as escalation_problems
from grievance_helpdesk.redressal.history import events

WAITING, DONE, FAILED = "Waiting", "Done", "Failed"
# More cases than this are handed over by a background job.
AT_ONCE = 200
ROUTING_CODE = "HANDED_OVER"


@dataclass
class Charge:
	"""What one officer has, by what it is: names of grievances, and of appeals with their grievance."""

	own: dict[str, dict] = field(default_factory=dict)
	escalated: dict[str, dict] = field(default_factory=dict)
	appeals: dict[str, dict] = field(default_factory=dict)

	@property
	def cases(self) -> dict[str, dict]:
		return self.own | self.escalated | self.appeals


def size(officer: str) -> int:
	"""How many cases a handover of this officer's charge touches at most."""
	active = {"status": ["in", clocks.RUNNING]}
	return (
		frappe.db.count("Grievance", {"officer": officer, **active})
		+ frappe.db.count("Grievance", {"escalated_to": officer, **active})
		+ frappe.db.count("Grievance Appeal", {"authority": officer, "status": appeals.PENDING})
	)


def start(doc) -> None:
	"""Carry the handover out now, or by a background job when it is large."""
	if size(doc.from_officer) <= AT_ONCE:
		carry_out(doc)
		return
	frappe.enqueue(
		"grievance_helpdesk.redressal.escalation.handover.run_job",
		queue="long",
		job_id=f"charge-handover-{doc.name}",
		deduplicate=True,
		enqueue_after_commit=True,
		name=doc.name,
	)


def run_due() -> None:
	"""Daily: the handovers whose day has come, each in a transaction of its own. Commits."""
	due = {"status": WAITING, "effective_on": ["<=", moment.now().date()]}
	for name in frappe.get_all(
		"Charge Handover", filters=due, order_by="effective_on, creation", pluck="name"
	):
		run_job(name)


def run_job(name: str) -> None:
	"""Carry out a handover that waits; a failure leaves all as it was and stands on the record. Commits."""
	doc = frappe.get_doc("Charge Handover", name, for_update=True)
	if doc.status == DONE:
		return
	try:
		with all_or_nothing("charge_handover"):
			carry_out(doc, progress=True)
	except frappe.QueryDeadlockError:
		raise
	except Exception as error:  # noqa: BLE001 (kept on the record, which people read)
		frappe.clear_messages()
		frappe.log_error(f"Charge Handover {name}", reference_doctype=doc.doctype, reference_name=name)
		words = frappe.utils.strip_html(str(error)) or type(error).__name__
		doc.db_set({"status": FAILED, "error": words[:1000]})
	frappe.db.commit()


def carry_out(doc, progress: bool = False) -> None:
	"""Move everything; the caller commits, or rolls all of it back."""
	charge = _load(doc.from_officer)
	left = _leave_behind(doc, charge)
	steps = (_move_grievances, _move_appeals, _write_history, _move_todos, _keep_visible)
	for number, step in enumerate(steps, 1):
		step(doc, charge)
		if progress:
			percent = number * 100 / len(steps)
			frappe.publish_progress(percent, title=_("Handing over"), doctype=doc.doctype, docname=doc.name)
	if doc.move_postings:
		postings.move(doc.from_officer, doc.to_officer, frappe.utils.getdate(doc.effective_on))
	_finish(doc, charge, left)


def _load(officer: str) -> Charge:
	"""The charge of ``officer``, every row locked until the transaction ends."""
	table, appeal = frappe.qb.DocType("Grievance"), frappe.qb.DocType("Grievance Appeal")
	fields = (
		"name",
		"officer",
		"escalated_to",
		"complaint_against",
		"department",
		"scope_path",
		"subject",
		"priority",
	)
	columns = [table[name] for name in (*fields, "_assign")]
	active = table.status.isin(clocks.RUNNING)
	own = frappe.qb.from_(table).select(*columns).where((table.officer == officer) & active).for_update()
	above = (
		frappe.qb.from_(table).select(*columns).where((table.escalated_to == officer) & active).for_update()
	)
	waiting = (
		frappe.qb.from_(appeal)
		.join(table)
		.on(table.name == appeal.grievance)
		.select(*columns, appeal.name.as_("appeal"), appeal._assign.as_("appeal_assign"))
		.where((appeal.authority == officer) & (appeal.status == appeals.PENDING))
		.for_update()
	)
	found = [query.run(as_dict=True) for query in (own, above, waiting)]
	return Charge(*({row.name: row for row in rows} for rows in found))


def _leave_behind(doc, charge: Charge) -> list[str]:
	"""Take out what the new officer must not get, and list it; returns the grievances."""
	to = doc.to_officer
	accused = {row.complaint_against for row in charge.cases.values()} - {None, ""}
	superiors = {row.name: row.reports_to for row in _officers(("name", "reports_to"))} if accused else {}
	about = {officer for officer in accused if to in hierarchy.below(officer, superiors)}
	reasons: dict[str, str] = {}
	for part, text in (
		(charge.own, ""),
		(charge.escalated, _("{0} answers for this case already and cannot be its authority as well.")),
		(charge.appeals, _("{0} answers for this case and cannot decide the appeal against it.")),
	):
		for name, row in list(part.items()):
			if row.complaint_against in about:
				reasons[name] = _("The case is about {0} or a superior of theirs.").format(to)
			elif text and row.officer == to:
				reasons[name] = text.format(to)
			else:
				continue
			del part[name]
	advice = _("Not handed over from {0}: {1} Choose another officer for it.")
	escalation_problems.note_many(
		escalation_problems.Problem(
			name, escalation_problems.LEFT_BEHIND, advice.format(doc.from_officer, reason)
		)
		for name, reason in reasons.items()
	)
	return sorted(reasons)


def _officers(fields: Iterable[str], **filters) -> list:
	return frappe.get_all("Nodal Officer", filters=filters, fields=list(fields), order_by="name", limit=0)


def _move_grievances(doc, charge: Charge) -> None:
	now = moment.now()
	reason = _("Handed over from {0} by {1}.").format(doc.from_officer, frappe.utils.get_fullname(doc.owner))
	own = {
		"officer": doc.to_officer,
		"assigned_on": now,
		"routing_code": ROUTING_CODE,
		"routing_reason": reason,
	}
	bulk.update("Grievance", {name: own for name in charge.own})
	bulk.update("Grievance", {name: {"escalated_to": doc.to_officer} for name in charge.escalated})


def _move_appeals(doc, charge: Charge) -> None:
	names = {row.appeal: {"authority": doc.to_officer} for row in charge.appeals.values()}
	bulk.update("Grievance Appeal", names)


def _write_history(doc, charge: Charge) -> None:
	"""One event for each case, whatever of it moved."""
	pair, entries = [doc.from_officer, doc.to_officer], []
	for name in charge.cases:
		changes = {}
		if name in charge.own:
			changes["officer"] = pair
		if name in charge.escalated:
			changes["escalated_to"] = pair
		note = _("Charge Handover {0}: {1}").format(doc.name, doc.reason)
		if name in charge.appeals:
			note += " " + _("Appeal {0} goes along.").format(charge.appeals[name].appeal)
		entries.append(
			history.Entry(name, events.HANDOVER, note=note, changes=changes, officer=doc.to_officer)
		)
	history.record_many(entries)


def _move_todos(doc, charge: Charge) -> None:
	before, after = (assignment.officer_user(name) for name in (doc.from_officer, doc.to_officer))
	cases = charge.own | charge.escalated
	_reallocate("Grievance", {name: row._assign for name, row in cases.items()}, before, after)
	appealed = {row.appeal: row.appeal_assign for row in charge.appeals.values()}
	_reallocate("Grievance Appeal", appealed, before, after)
	missing = set(cases) - set(_open_todos("Grievance", cases, after))
	assignment.assign_many(
		assignment.Assignment(name, after, cases[name].subject, cases[name].priority)
		for name in sorted(missing)
	)


def _open_todos(doctype: str, names: Iterable[str], user: str) -> dict[str, str]:
	"""``{record: To Do}`` of the user's open To Dos on these records."""
	rows = frappe.get_all(
		"ToDo",
		filters={
			"reference_type": doctype,
			"reference_name": ["in", list(names) or [""]],
			"allocated_to": user,
			"status": "Open",
		},
		fields=["name", "reference_name"],
		limit=0,
	)
	return {row.reference_name: row.name for row in rows}


def _reallocate(doctype: str, assigned: dict[str, str | None], before: str, after: str) -> None:
	"""The To Dos of ``before`` become those of ``after``, who has each case once."""
	if before == after:
		return
	old, has = _open_todos(doctype, assigned, before), _open_todos(doctype, assigned, after)
	bulk.update(
		"ToDo",
		{
			todo: {"status": "Cancelled"} if name in has else {"allocated_to": after}
			for name, todo in old.items()
		},
	)
	desks = {}
	for name, desk in assigned.items():
		users = [after if user == before else user for user in json.loads(desk or "[]")]
		desks[name] = {"_assign": json.dumps(list(dict.fromkeys(users)))}
	bulk.update(doctype, desks, touch=False)


def _keep_visible(doc, charge: Charge) -> None:
	"""Who had the case goes on seeing it, and who gets it sees it wherever the postings stand."""
	before, after = (assignment.officer_user(name) for name in (doc.from_officer, doc.to_officer))
	rows = charge.cases.values()
	handlers.add_many((row, before, _("Handed over to {0}").format(doc.to_officer)) for row in rows)
	handlers.add_many((row, after, _("Taken over from {0}").format(doc.from_officer)) for row in rows)


def _finish(doc, charge: Charge, left: list[str]) -> None:
	count = len(charge.cases)
	doc.db_set({"status": DONE, "case_count": count, "done_at": moment.now(), "error": None})
	escape = frappe.utils.escape_html
	lines = [
		_("{0} cases handed over: {1} as their officer, {2} as the authority above, {3} appeals.").format(
			count, len(charge.own), len(charge.escalated), len(charge.appeals)
		)
	]
	if left:
		lines.append(_("Left behind (see the list Escalation Problem): {0}").format(", ".join(left[:50])))
	lines += _pointing_to(doc.from_officer)
	doc.add_comment("Info", "<br>".join(escape(line) for line in lines))
	if count:
		text = _("{0} cases were handed over to you by {1}.").format(count, doc.from_officer)
		user = assignment.officer_user(doc.to_officer)
		notices.send([notices.Notice(user, text, doc.name, doc.doctype)])


def _pointing_to(officer: str) -> list[str]:
	"""Who still names the officer that leaves: people decide whether that is right."""
	texts = {
		"acting_officer": _("Still act through {0} when away: {1}. Choose another acting officer."),
		"reports_to": _("Still report to {0}: {1}. Choose another superior, or escalations go there."),
	}
	lines = []
	for fieldname, text in texts.items():
		names = [row.name for row in _officers(("name",), **{fieldname: officer})]
		if names:
			lines.append(text.format(officer, ", ".join(names)))
	return lines


def check(doc) -> None:
	"""Refuse a handover that cannot be carried out, before anything moves."""
	if doc.from_officer == doc.to_officer:
		frappe.throw(
			_("Choose two different officers: {0} has this charge already.").format(doc.from_officer)
		)
	if frappe.db.get_value("Nodal Officer", doc.to_officer, "disabled"):
		frappe.throw(
			_("{0} is disabled: choose an officer in service to take over.").format(
				frappe.bold(doc.to_officer)
			)
		)
	if frappe.utils.getdate(doc.effective_on) < today():
		frappe.throw(
			_("A charge cannot be handed over on a day that has passed: choose today or a later day.")
		)


def today() -> date:
	return moment.now().date()
