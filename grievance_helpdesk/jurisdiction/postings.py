"""Moving postings from one officer to another on a day."""

from __future__ import annotations

from datetime import date, timedelta

import frappe
from frappe.utils import getdate


def move(from_officer: str, to_officer: str, day: date) -> int:
	"""End the postings of one officer the day before and begin them with the other; returns how many moved.

	A posting that would begin later moves as it stands; a post that the other holds already just ends.
	"""
	leaving = frappe.get_doc("Nodal Officer", from_officer)
	coming = frappe.get_doc("Nodal Officer", to_officer)
	moving = [row for row in leaving.postings if not row.to_date or getdate(row.to_date) >= day]
	for row in moving:
		begins = max(getdate(row.from_date), day)
		if not _holds(coming, row, begins):
			coming.append(
				"postings",
				{
					"jurisdiction": row.jurisdiction,
					"department": row.department,
					"charge": row.charge,
					"from_date": begins,
					"to_date": row.to_date,
				},
			)
		if getdate(row.from_date) < day:
			row.to_date = day - timedelta(days=1)
		else:
			leaving.remove(row)
	if moving:
		leaving.save(ignore_permissions=True)
		coming.save(ignore_permissions=True)
	return len(moving)


def _holds(officer, posting, begins: date) -> bool:
	"""Whether the officer holds this post at any time from ``begins`` to the posting's end."""
	ends = getdate(posting.to_date) if posting.to_date else date.max
	return any(
		row.jurisdiction == posting.jurisdiction
		and (row.department or None) == (posting.department or None)
		and getdate(row.from_date) <= ends
		and (not row.to_date or getdate(row.to_date) >= begins)
		for row in officer.postings
	)
