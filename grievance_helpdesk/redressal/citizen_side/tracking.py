"""Finds a case by the citizen's key, and says what the citizen may still do about it.

The key is random, 20 hexadecimal digits. A key of another shape, a mistyped one and one that never existed get the
same answer along the same way, so that nothing can be learnt by trying.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

import frappe

from grievance_helpdesk.redressal import workflow
from grievance_helpdesk.redressal.citizen_side.words import language_for, say

_KEY = re.compile(r"[0-9a-zA-Z]{20}")
NO_KEY = "-" * 20
ANSWERS = ("Solved", "Not Solved")
DECIDED = ("Resolved", "Closed", "Rejected")


def find(key: str, language: str | None = None, for_update: bool = False):
	"""The Grievance with this tracking key; an unknown one is a DoesNotExistError (HTTP 404)."""
	asked = key if isinstance(key, str) and _KEY.fullmatch(key) else NO_KEY
	row = frappe.db.get_value("Grievance", {"tracking_key": asked}, ["name", "tracking_key"], as_dict=True)
	# The database may take letters of either case for the same.
	if not compare_digest(row.tracking_key if row else NO_KEY[1:], asked):
		frappe.throw(say("unknown_key", language_for(language)), frappe.DoesNotExistError)
	return frappe.get_doc("Grievance", row.name, for_update=for_update)


@dataclass(frozen=True, slots=True)
class Chances:
	"""What the citizen may do now. A moment is the first one at which it is too late."""

	feedback: bool
	dispute_until: datetime | None
	in_time: bool
	may_dispute: bool
	appeal_until: datetime | None
	may_appeal: bool
	pending_appeal: frappe._dict | None


def chances(doc, now: datetime) -> Chances:
	settings = frappe.get_cached_doc("Grievance Settings")
	dispute_until = _after(doc.resolved_at, settings.reopen_days)
	in_time = bool(dispute_until and now < dispute_until)
	feedback = doc.feedback_outcome not in ANSWERS and (
		doc.status == "Resolved" or (doc.status == "Closed" and in_time)
	)
	appeal_until = _after(decided_at(doc), settings.appeal_days)
	pending = pending_appeal(doc.name)
	return Chances(
		feedback=feedback,
		dispute_until=dispute_until,
		in_time=in_time,
		# An admin's workflow may let nothing come back from Closed; from Resolved it must.
		may_dispute=feedback
		and in_time
		and (doc.status == "Resolved" or bool(workflow.actions_to(doc, "Open"))),
		appeal_until=appeal_until,
		may_appeal=bool(appeal_until and now < appeal_until and not pending),
		pending_appeal=pending,
	)


def decided_at(doc) -> datetime | None:
	"""When the case was decided last: resolved, closed or rejected; None while it is open or joined with another."""
	if doc.status not in DECIDED:
		return None
	moments = [frappe.utils.get_datetime(moment) for moment in (doc.resolved_at, doc.closed_at) if moment]
	return max(moments, default=None)


def pending_appeal(grievance: str) -> frappe._dict | None:
	rows = frappe.get_all(
		"Grievance Appeal",
		filters={"grievance": grievance, "status": "Pending"},
		fields=["name", "appeal_level", "due_by"],
		order_by="appeal_level desc",
		limit=1,
	)
	return rows[0] if rows else None


def _after(moment, days: int) -> datetime | None:
	return frappe.utils.get_datetime(moment) + timedelta(days=days or 0) if moment else None
