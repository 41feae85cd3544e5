"""Grievances of a version that kept no history get their first event: what they are on the day of the update."""

from __future__ import annotations

import frappe
from frappe.utils import update_progress_bar

from grievance_helpdesk.redressal import history
from grievance_helpdesk.redressal.history import events
from grievance_helpdesk.redressal.workflow import fixtures as workflow_fixtures

CHUNK = 1000


def execute() -> None:
	# First the state in the workflow, so that it is part of what the case was on this day.
	workflow_fixtures.insert_missing()
	total, done, last = frappe.db.count("Grievance"), 0, ""
	while rows := _rows_after(last):
		begin([row for row in rows if not row.history_count])
		done, last = done + len(rows), rows[-1].name
		update_progress_bar("Beginning the histories of grievances", done - 1, total)


def _rows_after(last: str) -> list[frappe._dict]:
	return frappe.get_all(
		"Grievance",
		filters={"name": [">", last]},
		fields=["name", "history_count", "channel", *history.AUDITED],
		order_by="name asc",
		limit=CHUNK,
	)


def begin(rows: list[frappe._dict]) -> None:
	"""Only where no event is: one whose count alone is gone was tampered with, and shall be found."""
	known = set(
		frappe.get_all(
			"Grievance Event",
			filters={"grievance": ["in", [row.name for row in rows] or [""]]},
			pluck="grievance",
			distinct=True,
			limit=0,
		)
	)
	history.record_many(
		history.Entry(
			row.name,
			events.REGISTERED,
			note="Registered before histories were kept.",
			changes={field: [None, row[field]] for field in (*history.AUDITED, "channel")},
			public=True,
		)
		for row in rows
		if row.name not in known
	)
