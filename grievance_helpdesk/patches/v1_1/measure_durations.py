"""Cases of a version that stored no durations get them: how long acknowledging and resolving took, for the reports."""

from __future__ import annotations

import frappe
from frappe.query_builder import CustomFunction
from frappe.utils import update_progress_bar
from pypika.terms import LiteralValue

from grievance_helpdesk.redressal import clocks

CHUNK = 20_000
# Both times are the site's own, without zone. UNIX_TIMESTAMP would read them in the database's zone and stumble over its
# change to summer time.
seconds_between = CustomFunction("TIMESTAMPDIFF", ["unit", "begin", "end"])


def execute() -> None:
	total, done, last = frappe.db.count("Grievance"), 0, ""
	while total:
		until = _end_of_chunk(last)
		_measure(last, until)
		done, last = min(done + CHUNK, total), until
		update_progress_bar("Measuring how long grievances took", done - 1, total)
		if until is None:
			break


def _end_of_chunk(last: str) -> str | None:
	"""The last name of the next chunk; None when no full one is left."""
	grievance = frappe.qb.DocType("Grievance")
	query = frappe.qb.from_(grievance).select(grievance.name).where(grievance.name > last)
	found = query.orderby(grievance.name).limit(1).offset(CHUNK - 1).run()
	return found[0][0] if found else None


def _measure(last: str, until: str | None) -> None:
	grievance = frappe.qb.DocType("Grievance")
	query = frappe.qb.update(grievance).where(grievance.name > last)
	if until is not None:
		query = query.where(grievance.name <= until)
	for names in clocks.FIELDS.values():
		taken = seconds_between(LiteralValue("SECOND"), grievance.received_at, grievance[names.done])
		query = query.set(grievance[names.taken], taken)
	query.run()
