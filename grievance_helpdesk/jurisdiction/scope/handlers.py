"""Who has had a hand in a case: a case stays visible to everybody who handled it (:mod:`scope`).

A row is one user's part in one grievance. It carries copies of the grievance's department and scope path, so that
:mod:`scope` can ask the index "has this officer handled anything outside the own area?" without reading grievances.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import frappe

NOT_PEOPLE = ("", "Administrator", "Guest")
LONGEST_NAME = 140
COLUMNS = (
	*("name", "owner", "modified_by", "creation", "modified", "docstatus", "idx"),
	*("grievance", "user", "reason", "department", "scope_path"),
)


def row_name(grievance: str, user: str) -> str:
	"""One row for each grievance and user, so that a second "add" changes nothing."""
	name = f"{grievance}-{user}"
	if len(name) <= LONGEST_NAME:
		return name
	return f"{grievance}-{hashlib.sha256(user.encode()).hexdigest()}"


def add(grievance, user: str | None, reason: str) -> None:
	"""``user`` had a part in ``grievance`` (its name, or a row or document with name, department, scope_path)."""
	add_many([(grievance, user, reason)])


def add_many(rows: Iterable[tuple]) -> None:
	"""Rows ``(grievance, user, reason)`` in one statement; who is known already keeps the first reason."""
	rows = [(grievance, user, reason) for grievance, user, reason in rows if (user or "") not in NOT_PEOPLE]
	if not rows:
		return
	places = _places({grievance for grievance, _, _ in rows if isinstance(grievance, str)})
	now, owner = frappe.utils.now(), frappe.session.user
	values = {}
	for grievance, user, reason in rows:
		case = places.get(grievance) if isinstance(grievance, str) else grievance
		if case:
			name = row_name(case.name, user)
			system = (name, owner, owner, now, now, 0, 0)
			values.setdefault(name, (*system, case.name, user, reason, case.department, case.scope_path))
	frappe.db.bulk_insert("Grievance Handler", COLUMNS, list(values.values()), ignore_duplicates=True)


def _places(names: set[str]) -> dict:
	if not names:
		return {}
	found = frappe.get_all(
		"Grievance",
		filters={"name": ["in", list(names)]},
		fields=["name", "department", "scope_path"],
		limit=0,
	)
	return {row.name: row for row in found}


def follow(grievance) -> None:
	"""Keep the copies current after a case moved to another department or place. Call it when either changed."""
	frappe.db.set_value(
		"Grievance Handler",
		{"grievance": grievance.name},
		{"department": grievance.department, "scope_path": grievance.scope_path},
		update_modified=False,
	)
