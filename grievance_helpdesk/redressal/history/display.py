"""A grievance's history as people read it: for the officers' form, and for the citizen's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import frappe
from frappe import _

from grievance_helpdesk.redressal import history
from grievance_helpdesk.redressal.history import chain, events

FIELDS = ("sequence", "event_type", "is_public", "at", "actor", "officer", "note", "changes")
# What the names behind an audited link are read from: field -> (DocType, the column that people know).
TITLES = {
	"category": ("Grievance Category", "category_name"),
	"department": ("Grievance Department", "department_name"),
	"jurisdiction": ("Jurisdiction", "jurisdiction_name"),
	"non_grievance_ground": ("Non-grievance Ground", "ground_title"),
}
OFFICERS = ("officer", "escalated_to", "complaint_against")
YES_OR_NO = ("confidential", "response_breached", "resolution_breached")


def of_grievance(name: str) -> list[dict]:
	"""Rows, newest first. The texts are plain and not escaped.

	``{sequence, type, at, is_public, who: {name, designation, official_id}, what, note, changes}``; ``what`` is a whole
	sentence that names who acted; ``changes`` ``[{label, old, new}]``.
	"""
	rows = _events({"grievance": name})
	names = Names(rows)
	return [
		{
			"sequence": row.sequence,
			"type": row.event_type,
			"at": row.at,
			"is_public": row.is_public,
			"who": names.card(row),
			"what": events.describe(row, names),
			"note": row.note or "",
			"changes": names.changes(row),
		}
		for row in rows
	]


def for_citizen(name: str) -> list[dict]:
	"""Rows ``{at, type, status, title, text}``, newest first, of the public events; ``status`` is where a move led to.

	No officer's name and no inner note is in them.
	"""
	rows = _events({"grievance": name, "is_public": 1})
	return [
		{
			"at": row.at,
			"type": row.event_type,
			"status": chain.changes_of(row).get("status", (None, None))[1],
			"title": _public_title(row),
			"text": (row.note or "") if row.event_type in events.PUBLIC_NOTES else "",
		}
		for row in rows
	]


def _events(filters: dict) -> list[frappe._dict]:
	return frappe.get_all(
		"Grievance Event", filters=filters, fields=list(FIELDS), order_by="sequence desc", limit=0
	)


def _public_title(event: Mapping) -> str:
	changes = chain.changes_of(event)
	new_status = changes.get("status", (None, None))[1]
	if event["event_type"] == events.MOVED:
		return _public_move(new_status, changes)
	return {
		events.REGISTERED: _("Your grievance was registered."),
		events.TRANSFERRED: _("It was sent to the office that is responsible."),
		events.MERGED: _("It was joined with another grievance about the same problem."),
		events.MERGE_UNDONE: _("It is handled as a grievance of its own again."),
		events.REJECTED: _("It cannot be handled as a grievance."),
		events.ESCALATED: _("It was brought before a higher authority."),
		events.HANDED_ON: _("It was handed on to another authority."),
		events.APPEAL_FILED: _("An appeal was filed."),
		events.APPEAL_DECIDED: _("The appeal was decided."),
		events.FEEDBACK: _("You answered whether the problem is solved."),
		events.DISPUTED: _("You said that the problem is not solved."),
		events.CLOSED_IN_SILENCE: _("It was closed, because no answer came."),
		events.MESSAGE_TO_CITIZEN: _("A message for you."),
		events.INTERIM_REPLY: _("An interim reply for you."),
		events.CITIZEN_WROTE: _("You wrote again."),
		events.SUPPORTED: _("Other citizens have the same problem."),
	}.get(event["event_type"], _("There was progress."))


def _public_move(status: str | None, changes: Mapping) -> str:
	if status == "Open" and changes["status"][0]:
		return _("Work on it goes on.")
	return {
		"On Hold": _("It waits for an answer."),
		"Resolved": _("The office reports that it is solved."),
		"Closed": _("It was closed."),
	}.get(status) or (
		_("An officer took it up.") if "acknowledged_at" in changes else _("There was progress.")
	)


class Names:
	"""Names of everybody and everything in some events, looked up together (:class:`events.Names`)."""

	def __init__(self, rows: Iterable[Mapping]):
		rows = list(rows)
		self.meta = frappe.get_meta("Grievance")
		pairs = [
			(field, value) for row in rows for field, pair in chain.changes_of(row).items() for value in pair
		]
		self.titles = {
			field: _titles(*source, {value for name, value in pairs if name == field and value})
			for field, source in TITLES.items()
		}
		officers = {value for field, value in pairs if field in OFFICERS and value}
		officers |= {row["officer"] for row in rows if row["officer"]}
		users = {row["actor"] for row in rows if row["actor"]}
		self.officers, self.officer_of = _officers(officers, users)
		self.full_names = _titles("User", "full_name", users)

	def card(self, event: Mapping) -> dict:
		"""Who acted: ``{name, designation, official_id}``; the last two are empty for whoever holds no office."""
		user = event["actor"]
		officer = self.officer_of.get(user)
		if officer:
			return {
				"name": officer.officer_name,
				"designation": officer.designation or "",
				"official_id": officer.official_id,
			}
		name = _("The citizen") if user == "Guest" else self.full_names.get(user) or user or _("The system")
		return {"name": name, "designation": "", "official_id": ""}

	def person(self, event: Mapping) -> str:
		card = self.card(event)
		return _with_office(card["name"], card["designation"], card["official_id"])

	def label(self, field: str) -> str:
		df = self.meta.get_field(field)
		return _(df.label) if df and df.label else field

	def value(self, field: str, value: object) -> str:
		if not value:
			return _("No") if field in YES_OR_NO else ""
		if field in OFFICERS:
			officer = self.officers.get(value)
			return (
				_with_office(officer.officer_name, officer.designation, officer.official_id)
				if officer
				else str(value)
			)
		if field in self.titles:
			return _(self.titles[field].get(value) or str(value))
		if field in YES_OR_NO:
			return _("Yes")
		if history.AUDITED.get(field) == history.MOMENT:
			return str(value)[:16]
		return str(value) if field in events.LONG_TEXTS or not isinstance(value, str) else _(value)

	def changes(self, event: Mapping) -> list[dict]:
		return [
			{"label": self.label(field), "old": self.value(field, old), "new": self.value(field, new)}
			for field, (old, new) in chain.changes_of(event).items()
		]


def _with_office(name: str, designation: str | None, official_id: str | None) -> str:
	words = f"{name}, {designation}" if designation else name
	return f"{words} ({official_id})" if official_id else words


def _titles(doctype: str, column: str, names: set[str]) -> dict[str, str]:
	if not names:
		return {}
	rows = frappe.get_all(
		doctype, filters={"name": ["in", sorted(names)]}, fields=["name", column], as_list=True, limit=0
	)
	return dict(rows)


def _officers(names: set[str], users: set[str]) -> tuple[dict, dict]:
	"""The officers by name, and by the user who holds the office."""
	if not names and not users:
		return {}, {}
	rows = frappe.get_all(
		"Nodal Officer",
		or_filters={"name": ["in", sorted(names) or [""]], "user": ["in", sorted(users) or [""]]},
		fields=["name", "user", "officer_name", "designation", "official_id"],
		limit=0,
	)
	return {row.name: row for row in rows}, {row.user: row for row in rows if row.user in users}
