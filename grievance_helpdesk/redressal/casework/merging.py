"""Two grievances about one problem become one case, and two again.

The source keeps its posts and its citizen, and points to the target with ``merged_into``; its later posts go to
the target (:mod:`grievance_helpdesk.redressal.casework.merge_chain`). The target counts the source's citizens. Both stand or
fall together: a failure in the middle leaves each case as it was.
"""

from __future__ import annotations

import frappe
from frappe import _

from grievance_helpdesk.redressal import history, registration, workflow
from grievance_helpdesk.redressal.all_or_nothing import all_or_nothing
from grievance_helpdesk.redressal.casework import guards, merge_chain
from grievance_helpdesk.redressal.history import events
from grievance_helpdesk.redressal.workflow import permitted

CANNOT_BE_MERGED = ("Closed", "Rejected", "Merged")
CANNOT_TAKE_MORE = ("Closed", "Rejected")


def merge(source: str, target: str, reason: str):
	"""Merge ``source`` into ``target``, or into what that one is merged into. Returns the source, saved."""
	reason = (reason or "").strip()
	if not reason:
		frappe.throw(_("Say why these grievances are one case."), title=_("Reason Is Missing"))
	doc, into = _both(source, target)
	_check_source(doc)
	_check_fits(doc, into)
	action = permitted.action_to(doc, "Merged", _("merge"))
	with all_or_nothing("merge"):
		doc.flags.history_event = events.MERGED
		doc.flags.history_note = reason
		doc = workflow.move(doc, action, {"merged_into": into.name})
		_add_people(into, people_of(doc, into), note=f"{doc.name}: {reason}")
		registration.tell_officer(into.name, _("{0} was merged into this grievance.").format(doc.name))
	return doc


def undo(source: str):
	"""Open a merged grievance again; its citizens are taken off every grievance that counted them. Returns it saved."""
	doc = frappe.get_doc("Grievance", source, for_update=True)
	doc.check_permission("write")
	if doc.status != "Merged" or not doc.merged_into:
		frappe.throw(
			_("{0} is not merged into another grievance; there is nothing to undo.").format(doc.name)
		)
	action = permitted.action_to(doc, "Open", _("undo the merge of"))
	target = doc.merged_into
	counted_by = merge_chain.chain(target, merge_chain.load([target], for_update=True))
	with all_or_nothing("undo_merge"):
		people = people_of(doc, frappe.get_doc("Grievance", target))
		doc.flags.history_event = events.MERGE_UNDONE
		doc.flags.history_note = target
		doc = workflow.move(doc, action, {"merged_into": None})
		_take_back(counted_by, people)
		history.record_many(history.Entry(name, events.MERGE_UNDONE, note=doc.name) for name in counted_by)
	return doc


def people_of(source, target) -> int:
	"""How many citizens ``source`` brings to ``target``: who supports it, and who wrote it unless the same one wrote both."""
	same_citizen = bool(source.citizen) and source.citizen == target.citizen
	return (source.support_count or 0) + (0 if same_citizen else 1)


def _both(source: str, target: str) -> tuple:
	"""The source and the final target, locked, as the person may write and read them."""
	for name in (source, target):
		if not frappe.db.exists("Grievance", name):
			frappe.throw(_("There is no grievance {0}.").format(frappe.utils.escape_html(name)))
	links = merge_chain.load([source, target], for_update=True)
	doc = frappe.get_doc("Grievance", source, for_update=True)
	doc.check_permission("write")
	frappe.get_doc("Grievance", target).check_permission("read")
	guards.check_no_loop(source, target)
	into = frappe.get_doc("Grievance", merge_chain.chain(target, links)[-1], for_update=True)
	into.check_permission("read")
	return doc, into


def _check_source(doc) -> None:
	if doc.status == "Merged":
		message = _("{0} is merged into {1} already. Undo that merge first.")
		frappe.throw(message.format(doc.name, doc.merged_into))
	if doc.status in CANNOT_BE_MERGED:
		message = _("{0} is {1} and needs no merge. Reopen it first, or merge the other grievance into it.")
		frappe.throw(message.format(doc.name, _(doc.status)))


def _check_fits(doc, into) -> None:
	"""A citizen's case never ends in a finished one, and a protected one never in a case that more people see."""
	if into.status in CANNOT_TAKE_MORE:
		frappe.throw(
			_("{0} is {1}: nobody would work on the merged case. Reopen it first.").format(
				into.name, _(into.status)
			)
		)
	if doc.confidential and not into.confidential:
		message = _("{0} is confidential and {1} is not. Make {1} confidential first, or keep them apart.")
		frappe.throw(message.format(doc.name, into.name))
	if doc.complaint_against and doc.complaint_against != into.complaint_against:
		message = _(
			"{0} is a complaint about an officer; only a complaint about the same officer can take it."
		)
		frappe.throw(message.format(doc.name))


def _add_people(into, people: int, note: str) -> None:
	"""More citizens have the target's problem: count them, and raise the priority at the settings' limits."""
	settings = frappe.get_cached_doc("Grievance Settings")
	into.support_count = (into.support_count or 0) + people
	into.priority = registration.raised_priority(
		into.priority, into.support_count + 1, settings.priority_high_at, settings.priority_urgent_at
	)
	into.flags.history_event = events.MERGE_RECEIVED
	into.flags.history_note = note
	into.save(ignore_permissions=True)


def _take_back(names: list[str], people: int) -> None:
	"""The priority stays: it never falls by itself."""
	rows = frappe.get_all("Grievance", filters={"name": ["in", names]}, fields=["name", "support_count"])
	changes = {row.name: {"support_count": max(0, (row.support_count or 0) - people)} for row in rows}
	frappe.db.bulk_update("Grievance", changes, update_modified=False)
