"""Keeps histories true when a record that grievances link to gets another name, or is merged into another one."""

from __future__ import annotations

import frappe
from frappe import _

from grievance_helpdesk.redressal import history
from grievance_helpdesk.redressal.history import chain, events

CHUNK = 1000


def follow(doc, method: str, old: str, new: str, merge: bool = False) -> None:
	"""``after_rename`` of such a record: Frappe has changed the link in every grievance; each notes it as an event.

	After a merge grievances that had the other record all along are among them; what a history said last decides.
	"""
	links = frappe.get_meta("Grievance").get_link_fields()
	for field in [
		df.fieldname for df in links if df.options == doc.doctype and df.fieldname in history.AUDITED
	]:
		last = ""
		while names := _names_after(last, field, new):
			_note(names, field, old, new)
			last = names[-1]


def _names_after(last: str, field: str, value: str) -> list[str]:
	filters = {field: value, "name": [">", last]}
	return frappe.get_all("Grievance", filters=filters, pluck="name", order_by="name asc", limit=CHUNK)


def _note(names: list[str], field: str, old: str, new: str) -> None:
	rows = frappe.get_all(
		"Grievance Event",
		filters={"grievance": ["in", names]},
		fields=["grievance", "changes"],
		order_by="sequence asc",
		limit=0,
	)
	said: dict[str, object] = {}
	for row in rows:
		said[row.grievance] = chain.changes_of(row).get(field, (None, said.get(row.grievance)))[1]
	history.record_many(
		history.Entry(
			name, events.CORRECTED, note=_("The record got another name."), changes={field: [old, new]}
		)
		for name in names
		if said.get(name) == old
	)
