"""Loads the roster of officers from the site. The rule itself is in :mod:`roster`."""

from __future__ import annotations

from datetime import date

import frappe

from . import hierarchy
from .roster import Officer, Posting, Roster, Routing

ROUTED, UNROUTED = "Routed", "Unrouted"


def load_roster(with_counts: bool = True) -> Roster:
	"""Every officer, posting and open count in three queries; keep it for one run, not longer.

	Counting reads the index of all open grievances; who only asks for authorities does ``with_counts=False``.
	"""
	officers = [
		Officer(
			name=row.name,
			user=row.user,
			title=f"{row.designation}, {row.officer_name}",
			acting_officer=row.acting_officer,
			away_from=row.away_from,
			away_to=row.away_to,
			disabled=bool(row.disabled),
			reports_to=row.reports_to,
		)
		for row in frappe.get_all(
			"Nodal Officer",
			fields=[
				"name",
				"user",
				"designation",
				"officer_name",
				"acting_officer",
				"away_from",
				"away_to",
				"disabled",
				"reports_to",
			],
		)
	]
	return Roster(officers, _postings(), _open_counts() if with_counts else None)


def _postings() -> list[Posting]:
	posting = frappe.qb.DocType("Officer Posting")
	place = frappe.qb.DocType("Jurisdiction")
	rows = (
		frappe.qb.from_(posting)
		.join(place)
		.on(place.name == posting.jurisdiction)
		.select(
			posting.parent,
			place.scope_path,
			place.jurisdiction_name,
			posting.department,
			posting.from_date,
			posting.to_date,
			place.level,
		)
		.where(posting.parenttype == "Nodal Officer")
		.run(as_dict=True)
	)
	return [
		Posting(
			officer=row.parent,
			path=row.scope_path,
			place=row.jurisdiction_name,
			department=row.department or None,
			from_date=row.from_date,
			to_date=row.to_date,
			level=row.level,
		)
		for row in rows
	]


def _open_counts() -> dict[str, int]:
	from frappe.query_builder.functions import Count

	grievance = frappe.qb.DocType("Grievance")
	rows = (
		frappe.qb.from_(grievance)
		.select(grievance.officer, Count(grievance.name))
		.where(grievance.status.isin(("Open", "On Hold")) & grievance.officer.isnotnull())
		.groupby(grievance.officer)
		.run()
	)
	return dict(rows)


def has_left(officer: str | None) -> bool:
	"""Whether every posting of the officer has ended, or the office is not in use any more."""
	if not officer:
		return False
	if frappe.db.get_value("Nodal Officer", officer, "disabled"):
		return True
	filters = {"parent": officer, "parenttype": "Nodal Officer"}
	ends = frappe.get_all("Officer Posting", filters=filters, pluck="to_date", limit=0)
	return bool(ends) and all(end and end < frappe.utils.getdate() for end in ends)


def route(doc, roster: Roster | None = None, day: date | None = None) -> Routing:
	"""Route a Grievance: sets officer, routing fields; the caller saves. ``day`` defaults to today."""
	roster = roster or load_roster()
	excluded = hierarchy.excluded_officers(doc.complaint_against)
	routing = roster.route(doc.scope_path or "", doc.department, day or frappe.utils.getdate(), excluded)
	doc.officer = routing.officer
	doc.routing_status = ROUTED if routing.officer else UNROUTED
	doc.routing_code = routing.code
	doc.routing_reason = routing.reason
	doc.assigned_on = frappe.utils.now_datetime() if routing.officer else None
	if routing.officer:
		roster.open_counts[routing.officer] += 1
	return routing
