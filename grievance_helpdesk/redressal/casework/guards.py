"""What must hold for every Grievance whatever the workflow says. Each refusal tells what to do instead."""

from __future__ import annotations

import frappe
from frappe import _

from grievance_helpdesk.jurisdiction import hierarchy
from grievance_helpdesk.jurisdiction.departments import department_in_force
from grievance_helpdesk.redressal.casework import merge_chain, wording

DONE = ("Resolved", "Closed")
FILE_FOLDERS = ("/files/", "/private/files/")


def check(doc, before) -> None:
	"""Refuse what may not be saved; ``before`` is the Grievance as it stood, None for a new one.

	Two things are filled in: a complaint about an officer becomes confidential, and a rejection takes the reply of
	its ground when nobody wrote one.
	"""
	_check_complaint(doc, before)
	_check_merge(doc, before)
	if before and before.acknowledged_at and not doc.flags.transfer:
		_check_area(doc, before)
	if doc.evidence and _changed(doc, before, "evidence"):
		_check_evidence(doc)
	if doc.status in DONE and _is_claimed_anew(doc, before):
		_check_resolution(doc)
	if doc.status == "Rejected" and _changed(
		doc, before, "status", "non_grievance_ground", "rejection_reply"
	):
		_check_rejection(doc)


def _changed(doc, before, *fields: str) -> bool:
	return before is None or any((doc.get(field) or "") != (before.get(field) or "") for field in fields)


def _check_complaint(doc, before) -> None:
	"""A complaint about an officer stays away from that officer and everybody below."""
	if not doc.complaint_against:
		return
	doc.confidential = 1
	# A finished case keeps its officer, and must not come back to that officer's desk when it is reopened.
	if not doc.officer or not _changed(doc, before, "officer", "complaint_against", "status"):
		return
	if doc.officer not in hierarchy.excluded_officers(doc.complaint_against):
		return
	if before is None or _changed(doc, before, "officer"):
		message = _(
			"This is a complaint about {0}. Choose an officer who is not {0} and does not report to {0}."
		)
		frappe.throw(message.format(_officer(doc.complaint_against)), title=_("Choose Another Officer"))
	# The officer whom the complaint is about had the case: the controller routes it again.
	doc.flags.route_again = True


def _officer(name: str) -> str:
	return frappe.utils.escape_html(frappe.db.get_value("Nodal Officer", name, "officer_name") or name)


def _check_merge(doc, before) -> None:
	was_merged = bool(before) and before.status == "Merged"
	if doc.status == "Merged" and not was_merged and not doc.merged_into:
		frappe.throw(_("Say into which grievance this one is merged: use Actions > Merge."))
	if was_merged and doc.status != "Merged" and doc.merged_into:
		frappe.throw(
			_("{0} is merged into {1}. Use Actions > Undo Merge to open it again.").format(
				doc.name, doc.merged_into
			)
		)
	if doc.merged_into and _changed(doc, before, "merged_into"):
		check_no_loop(doc.name, doc.merged_into)


def check_no_loop(source: str, target: str) -> None:
	"""Refuse that ``source`` is merged into itself, or into what was merged into it."""
	if source == target:
		frappe.throw(_("{0} cannot be merged into itself. Choose another grievance.").format(source))
	try:
		leads_to = merge_chain.chain(target, merge_chain.load([target]))
	except merge_chain.Loop as loop:
		frappe.throw(
			_("These grievances are merged in a circle: {0}. Undo one of the merges first.").format(loop)
		)
	if source in leads_to:
		frappe.throw(
			_(
				"{0} was merged into {1} before. Undo that merge first, or merge into another grievance."
			).format(target, source)
		)


def _check_area(doc, before) -> None:
	"""Once the citizen was told that an office works on it, another office gets it by a transfer with its reason."""
	if before.department and doc.department != department_in_force(before.department):
		_refuse_move(_("department"))
	# A place that moved to another district takes its grievances along; that is nobody's transfer.
	if before.district and doc.jurisdiction != before.jurisdiction and doc.district != before.district:
		_refuse_move(_("district"))


def _refuse_move(what: str) -> None:
	message = _("The {0} of an acknowledged grievance changes with its reason only: use Actions > Transfer.")
	frappe.throw(message.format(what), title=_("Use Transfer"))


def _check_evidence(doc) -> None:
	"""The evidence is a file of this grievance, or one that this person has just uploaded; never a made-up address."""
	url = doc.evidence.partition("?")[0]
	rows = []
	if url.startswith(FILE_FOLDERS):
		rows = frappe.get_all(
			"File",
			filters={"file_url": url},
			fields=["attached_to_doctype", "attached_to_name", "owner"],
			limit=0,
		)
	if not any(_is_file_of(row, doc) for row in rows):
		frappe.throw(
			_("The evidence must be a file attached to this grievance. Attach the photo or document here."),
			title=_("Attach the Evidence"),
		)


def _is_file_of(row, doc) -> bool:
	own = row.owner == frappe.session.user
	if not row.attached_to_doctype and not row.attached_to_name:
		return own
	if row.attached_to_doctype != doc.doctype:
		return False
	# A form that was not saved yet uploads to a name of its own.
	on_new_form = doc.is_new() and own and (row.attached_to_name or "").startswith("new-")
	return row.attached_to_name == doc.name or on_new_form


def _is_claimed_anew(doc, before) -> bool:
	"""Whether this save says that the work is done, or changes what was said about it."""
	return before is None or before.status not in DONE or _changed(doc, before, "action_taken", "evidence")


def _check_resolution(doc) -> None:
	if not wording.plain(doc.action_taken):
		frappe.throw(
			_("Write in Action Taken what was done, in words the citizen understands."),
			title=_("Action Taken Is Missing"),
		)
	phrases = frappe.get_cached_doc("Grievance Settings").wrong_door_phrases
	phrase = wording.wrong_door(doc.action_taken, phrases)
	if phrase:
		message = _(
			'"{0}" does not close a grievance. If another office answers for it, use Actions > Transfer.'
		)
		frappe.throw(message.format(frappe.utils.escape_html(phrase)), title=_("Transfer It Instead"))
	if doc.category and not doc.evidence:
		category = frappe.get_cached_doc("Grievance Category", doc.category)
		if category.evidence_required:
			message = _("{0} needs a photo or a document of the work done: attach it as Evidence.")
			frappe.throw(
				message.format(frappe.utils.escape_html(category.category_name)),
				title=_("Evidence Is Missing"),
			)


def _check_rejection(doc) -> None:
	if not doc.non_grievance_ground:
		frappe.throw(
			_("A rejection names its ground: choose a Non-grievance Ground, or use Actions > Reject."),
			title=_("Ground Is Missing"),
		)
	ground = frappe.get_cached_doc("Non-grievance Ground", doc.non_grievance_ground)
	if ground.disabled:
		message = _("The ground {0} is not in use any more. Choose another one.")
		frappe.throw(message.format(frappe.utils.escape_html(ground.ground_title)))
	if not wording.plain(doc.rejection_reply):
		doc.rejection_reply = wording.in_language(doc.language, ground.reply_text, ground.reply_text_hi)
