"""Due dates of many open cases at once: after a calendar changed, or after support raised priorities.

Rows are locked while they are computed, written without touching ``modified`` (an officer's open form stays valid),
and each change stands in the case's history. The sweep then looks at each changed case again.
"""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe import _

from grievance_helpdesk.redressal import bulk, clocks, history, moment
from grievance_helpdesk.redressal.clocks import service_time
from grievance_helpdesk.redressal.history import events

CHUNK = 500
DATES = ("acknowledge_by", "resolve_by")
FIELDS = (
	"name",
	"status",
	"category",
	"priority",
	"service_calendar",
	"received_at",
	*(field for names in clocks.FIELDS.values() for field in names),
)


def calendar_changed(calendar, method: str | None = None) -> None:
	"""on_update of a Service Calendar: other hours or holidays move the due dates of its open cases."""
	before = calendar.get_doc_before_save()
	if before and service_time.to_calendar(before) != service_time.to_calendar(calendar):
		frappe.enqueue(
			"grievance_helpdesk.redressal.clocks.recompute.of_calendar",
			queue="long",
			calendar=calendar.name,
			enqueue_after_commit=True,
		)


def of_calendar(calendar: str) -> int:
	"""Compute the open cases of a calendar again; returns how many dates moved. May be run again after a crash."""
	filters = {"service_calendar": calendar, "status": ["in", clocks.RUNNING]}
	total, done, moved = frappe.db.count("Grievance", filters), 0, 0
	for names in _chunks(filters):
		moved += _recompute(names, _("The calendar {0} changed.").format(calendar))
		done += len(names)
		frappe.publish_progress(
			min(100, 100 * done / total) if total else 100,
			title=_("Moving Due Dates"),
			doctype="Service Calendar",
			docname=calendar,
		)
		if not frappe.flags.in_test:
			# A crash costs this chunk, never the ones before.
			frappe.db.commit()
	return moved


def of_priorities(names: list[str]) -> int:
	"""After the priority of these cases was written into the table: their limits are those of the new priority."""
	return _recompute(names, _("The priority changed."), new_limits=True)


def _chunks(filters: dict) -> Iterator[list[str]]:
	after = ""
	while names := frappe.get_all(
		"Grievance", filters={**filters, "name": [">", after]}, pluck="name", order_by="name", limit=CHUNK
	):
		yield names
		after = names[-1]


def _recompute(names: list[str], reason: str, new_limits: bool = False) -> int:
	changes: dict[str, dict] = {}
	entries: list[history.Entry] = []
	for row in _rows(names):
		limits = service_time.limits_of(row.category, row.priority) if new_limits else {}
		values = limits | clocks.due_values(row | limits)
		changed = {field: value for field, value in values.items() if (row[field] or None) != (value or None)}
		if not changed:
			continue
		changes[row.name] = {**values, "next_check_at": moment.now()}
		dates = {field: [row[field], changed[field]] for field in DATES if field in changed}
		if dates:
			entries.append(history.Entry(row.name, events.CORRECTED, reason, dates))
	bulk.update("Grievance", changes, touch=False)
	history.record_many(entries)
	return len(changes)


def _rows(names: list[str]) -> list[frappe._dict]:
	"""The cases still open, locked, with their pauses."""
	table = frappe.qb.DocType("Grievance")
	query = frappe.qb.from_(table).select(*(table[field] for field in FIELDS))
	query = query.where(table.name.isin(names) & table.status.isin(clocks.RUNNING))
	rows = query.for_update().run(as_dict=True) if names else []
	pauses: dict[str, list] = {}
	for pause in frappe.get_all(
		"Grievance Pause",
		filters={"parent": ["in", names], "parenttype": "Grievance"},
		fields=["parent", "paused_at", "resumed_at"],
		limit=0,
	):
		pauses.setdefault(pause.parent, []).append(pause)
	for row in rows:
		row.pauses = pauses.get(row.name, [])
	return rows
