"""The history of a grievance: everything that was done, by whom, when; written once and never changed.

Each event is a Grievance Event, chained to the one before by a keyed hash (:mod:`chain`). The key is derived from the
site's ``encryption_key`` in site_config.json, so somebody who has the database alone cannot write a history that
passes :func:`verify`. A site that lost its encryption_key (or was restored under another one) cannot verify the
events written before: keep the key with the backups.

Whoever changes an audited field (:data:`AUDITED`) without saving the document must record the change here.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe import _
from frappe.utils.password import get_encryption_key

from grievance_helpdesk.redressal import bulk, moment
from grievance_helpdesk.redressal.history import access, chain, events

NUMBER, MOMENT, TEXT = "number", "moment", "text"
# The fields of a Grievance whose every change stands in its history. A field that is added here later starts empty:
# a patch must record what the rows hold.
AUDITED = {
	"workflow_state": TEXT,
	"status": TEXT,
	"officer": TEXT,
	"category": TEXT,
	"department": TEXT,
	"jurisdiction": TEXT,
	"priority": TEXT,
	"confidential": NUMBER,
	"complaint_against": TEXT,
	"action_taken": TEXT,
	"evidence": TEXT,
	"non_grievance_ground": TEXT,
	"merged_into": TEXT,
	"escalation_level": NUMBER,
	"escalated_to": TEXT,
	"transfer_count": NUMBER,
	"acknowledged_at": MOMENT,
	"resolved_at": MOMENT,
	"closed_at": MOMENT,
	"feedback_outcome": TEXT,
	"rating": TEXT,
	"reopened_count": NUMBER,
	"disputed_count": NUMBER,
	"appeal_count": NUMBER,
	"acknowledge_by": MOMENT,
	"resolve_by": MOMENT,
}
EVENT_COLUMNS = (*chain.COLUMNS, "entry_hash")
COUNT = EVENT_COLUMNS.index("sequence")
# The rows belong to the site, not to a person: renaming a User rewrites every owner. Who acted stands in ``actor``.
ROW_OWNER = "Administrator"


@dataclass(frozen=True, slots=True)
class Entry:
	"""One event to record. ``changes``: ``{field: [old, new]}``; ``actor`` is the present user when left out."""

	grievance: str
	event_type: str
	note: str = ""
	changes: Mapping | None = None
	public: bool = False
	officer: str | None = None
	at: datetime | None = None
	actor: str | None = None


def normal(field: str, value: object) -> object:
	"""A value as the events hold it: a number, a text (times too), or None for nothing."""
	kind = AUDITED.get(field)
	if kind == NUMBER or (kind is None and isinstance(value, int)):
		return int(value or 0)
	if not value:
		return None
	return str(frappe.utils.get_datetime(value)) if kind == MOMENT else str(value)


def record(
	name: str,
	event_type: str,
	*,
	note: str = "",
	changes: Mapping | None = None,
	public: bool = False,
	officer: str | None = None,
	at: datetime | None = None,
	actor: str | None = None,
) -> str:
	"""Append one event to the history of the grievance ``name``; returns the event's name.

	``at`` is the present moment of :mod:`moment`, ``actor`` the present user when left out. Locks the grievance's row
	until the transaction ends, so that two workers cannot write two events with one number.
	"""
	head = _append(Entry(name, event_type, note, changes, public, officer, at, actor))
	return f"{name}-{head['history_count']}"


def _append(entry: Entry) -> dict:
	"""Write one event; returns the new end of the history as the grievance's row holds it."""
	fields = ["history_count", "history_hash"]
	head = frappe.db.get_value("Grievance", entry.grievance, fields, for_update=True)
	if not head:
		_refuse_unknown(entry.grievance)
	row, end = _row(entry, *_next(*head), chain_key())
	bulk.insert("Grievance Event", EVENT_COLUMNS, [row])
	new_head = {"history_count": row[COUNT], "history_hash": end}
	frappe.db.set_value("Grievance", entry.grievance, new_head, update_modified=False)
	return new_head


def _refuse_unknown(names: str) -> None:
	frappe.throw(
		_("There is no grievance {0} to record an event for.").format(names), frappe.DoesNotExistError
	)


def record_many(entries: Iterable[Entry]) -> None:
	"""Append many events, also several of one grievance (in the order given), in three statements."""
	entries = list(entries)
	if not entries:
		return
	table, names = frappe.qb.DocType("Grievance"), sorted({entry.grievance for entry in entries})
	query = frappe.qb.from_(table).select(table.name, table.history_count, table.history_hash)
	heads = {name: head for name, *head in query.where(table.name.isin(names)).for_update().run()}
	if missing := [name for name in names if name not in heads]:
		_refuse_unknown(", ".join(missing[:5]))
	rows, key, created = [], chain_key(), frappe.utils.now_datetime()
	for entry in entries:
		row, end = _row(entry, *_next(*heads[entry.grievance]), key, created)
		heads[entry.grievance] = (row[COUNT], end)
		rows.append(row)
	bulk.insert("Grievance Event", EVENT_COLUMNS, rows)
	ends = {name: {"history_count": count, "history_hash": end} for name, (count, end) in heads.items()}
	bulk.update("Grievance", ends, touch=False)


def _next(count: int | None, end: str | None) -> tuple[int, str]:
	return (count or 0) + 1, end or ""


def _row(entry: Entry, sequence: int, after: str, key: bytes, created=None) -> tuple[tuple, str]:
	"""The row of an event, in the order of EVENT_COLUMNS, and the new seal of the history's end."""
	created = created or frappe.utils.now_datetime()
	event = {
		"name": f"{entry.grievance}-{sequence}",
		"owner": ROW_OWNER,
		"creation": created,
		"modified": created,
		"modified_by": ROW_OWNER,
		"docstatus": 0,
		"idx": 0,
		"grievance": entry.grievance,
		"sequence": sequence,
		"event_type": entry.event_type,
		"is_public": int(entry.public),
		"at": (entry.at or moment.now()).replace(microsecond=0),
		"actor": entry.actor or frappe.session.user,
		"officer": entry.officer or None,
		"note": entry.note or None,
		"changes": _written(entry.changes),
	}
	own = chain.entry_hash(key, event, after)
	return (*event.values(), own), chain.seal(key, own)


def _written(changes: Mapping | None) -> str | None:
	"""The changes as JSON, audited values normalised; a pair that is no change is left out."""
	kept = {}
	for field, (old, new) in (changes or {}).items():
		old, new = normal(field, old), normal(field, new)
		if not chain.is_same(old, new):
			kept[field] = [old, new]
	return json.dumps(kept, ensure_ascii=False) if kept else None


def chain_key() -> bytes:
	return chain.derive_key(get_encryption_key())


# Called by the Grievance controller


def begin(doc) -> None:
	"""Called when a new Grievance is written: its row carries the end of the history from its first moment.

	The event itself is written by :func:`write_registered`, at once or for a whole batch.
	"""
	changes = {field: [None, value] for field in (*AUDITED, "channel") if (value := doc.get(field))}
	entry = Entry(doc.name, events.REGISTERED, changes=changes, public=True, officer=doc.get("officer"))
	doc.flags.registered_event, doc.history_hash = _row(
		entry, 1, "", chain_key(), datetime.fromisoformat(str(doc.creation))
	)
	doc.history_count = 1


def keep_head(doc) -> None:
	"""Called when a Grievance is about to be written: nothing brings an old end of the history back."""
	head = frappe.db.get_value("Grievance", doc.name, ["history_count", "history_hash"], for_update=True)
	doc.history_count, doc.history_hash = head or (0, None)


def record_changes(doc, before) -> None:
	"""Called after a Grievance was saved: one event with every audited field that changed, if any did.

	A new one (``before`` is None) was registered by :func:`begin`.
	``doc.flags.history_event`` names another kind of event than the one that the changes suggest (and is recorded
	without changes too), with ``history_note``, ``history_public``, ``history_officer`` and ``history_actor``.
	"""
	flags = doc.flags
	changes = changes_between(before, doc) if before else {}
	kind = flags.pop("history_event", None)
	options = {
		"note": flags.pop("history_note", None) or "",
		"officer": flags.pop("history_officer", None),
		"actor": flags.pop("history_actor", None) or flags.moved_for,
	}
	public = flags.pop("history_public", None)
	if not changes and not kind:
		return
	kind = kind or kind_of(changes)
	public = is_for_citizen(kind, changes) if public is None else public
	doc.update(_append(Entry(doc.name, kind, changes=changes, public=public, **options)))


def write_registered(docs: Iterable) -> None:
	"""The REGISTERED events of new grievances, in one statement."""
	rows = [row for doc in docs if (row := doc.flags.pop("registered_event", None))]
	bulk.insert("Grievance Event", EVENT_COLUMNS, rows)


def changes_between(before, doc) -> dict[str, list]:
	"""``{field: [old, new]}`` of the audited fields."""
	changes = {}
	for field in AUDITED:
		old, new = normal(field, before.get(field)), normal(field, doc.get(field))
		if not chain.is_same(old, new):
			changes[field] = [old, new]
	return changes


def kind_of(changes: Mapping) -> str:
	"""The kind of event that changed fields suggest; the workflow's states need not be known for it."""
	if "status" in changes or "workflow_state" in changes:
		status = changes.get("status", (None, None))[1]
		return {"Rejected": events.REJECTED, "Merged": events.MERGED}.get(status, events.MOVED)
	return events.ASSIGNED if "officer" in changes else events.CORRECTED


def is_for_citizen(kind: str, changes: Mapping) -> bool:
	"""The citizen is told of a new status, and that an officer took the case up."""
	return kind in events.PUBLIC or (
		kind == events.MOVED and ("status" in changes or "acknowledged_at" in changes)
	)


def forget(name: str) -> None:
	"""Called when an administrator deletes a Grievance: its events go with it, into the site's Deleted Documents."""
	deleted = frappe.get_all(
		"Grievance Event", filters={"grievance": name}, fields=["*"], order_by="sequence", limit=0
	)
	now, user = frappe.utils.now(), frappe.session.user
	columns = (
		"name",
		"owner",
		"creation",
		"modified",
		"modified_by",
		"deleted_doctype",
		"deleted_name",
		"data",
	)
	rows = [
		(
			*(frappe.generate_hash(length=10), user, now, now, user),
			*("Grievance Event", event.name, frappe.as_json(event)),
		)
		for event in deleted
	]
	bulk.insert("Deleted Document", columns, rows)
	frappe.db.delete("Grievance Event", {"grievance": name})


# Reading and checking


def verify(names: Iterable[str] | None = None, progress: Callable[[int, int], None] | None = None):
	"""Check the histories of these grievances (None: of the whole site); returns a list of :class:`verification.Finding`.

	``progress`` is called with how many grievances are done, and of how many.
	"""
	from grievance_helpdesk.redressal.history.verification import verify_all, verify_named

	return verify_all(progress) if names is None else verify_named(names, progress)


@frappe.whitelist(methods=["POST"])
def verify_one(name: str) -> dict:
	"""For the form's button: ``{"events": number, "findings": [sentence]}``; for roles that see every grievance."""
	access.require(("Grievance Administrator", "State Nodal Officer", "Grievance Auditor"))
	frappe.has_permission("Grievance", "read", name, throw=True)
	findings = [finding.text for finding in verify([name])]
	return {"events": frappe.db.count("Grievance Event", {"grievance": name}), "findings": findings}


@frappe.whitelist(methods=["GET"])
def timeline(name: str) -> list[dict]:
	"""The history of a grievance for its form, newest first; see :func:`display.of_grievance` for the rows."""
	from grievance_helpdesk.redressal.history.display import of_grievance

	frappe.has_permission("Grievance", "read", name, throw=True)
	return of_grievance(name)


def public_timeline(name: str) -> list[dict]:
	"""What a citizen may know, newest first, without names of officers or inner notes (:func:`display.for_citizen`).

	The caller has checked that the citizen holds the grievance's tracking key.
	"""
	from grievance_helpdesk.redressal.history.display import for_citizen

	return for_citizen(name)
