"""Puts a grievance on its officer's desk: Frappe's own assignment, so that the Desk's To Do and lists show it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.desk.form import assign_to

from grievance_helpdesk.redressal import bulk

TODO_PRIORITY = {"Low": "Low", "Medium": "Medium", "High": "High", "Urgent": "High"}


@dataclass(frozen=True, slots=True)
class Assignment:
	grievance: str
	user: str
	subject: str
	priority: str


def reassign(grievance, previous_user: str | None, user: str | None) -> None:
	"""Move one grievance from one officer's To Do to another's. The officer is told by Frappe's notification."""
	if previous_user and previous_user != user:
		assign_to.remove(grievance.doctype, grievance.name, previous_user, ignore_permissions=True)
	if user:
		assign_to.add(
			{
				"assign_to": [user],
				"doctype": grievance.doctype,
				"name": grievance.name,
				"description": grievance.subject,
				"priority": TODO_PRIORITY[grievance.priority],
			},
			ignore_permissions=True,
		)


def close(grievance) -> None:
	"""The case is done: it leaves every desk, and the To Do of each officer says so."""
	assign_to.close_all_assignments(grievance.doctype, grievance.name, ignore_permissions=True)


def assign_many(assignments: Iterable[Assignment]) -> None:
	"""What :func:`reassign` does for new grievances of one import batch, in two statements instead of ten each."""
	assignments = list(assignments)
	if not assignments:
		return
	now, today, owner = frappe.utils.now(), frappe.utils.nowdate(), frappe.session.user
	fields = (
		"name",
		"owner",
		"creation",
		"modified",
		"modified_by",
		"docstatus",
		"idx",
		"status",
		"priority",
		"date",
		"allocated_to",
		"assigned_by",
		"description",
		"reference_type",
		"reference_name",
	)
	bulk.insert(
		"ToDo",
		fields,
		[
			(
				frappe.generate_hash(length=10),
				owner,
				now,
				now,
				owner,
				0,
				0,
				"Open",
				TODO_PRIORITY[a.priority],
				today,
				a.user,
				owner,
				frappe.utils.escape_html(a.subject),
				"Grievance",
				a.grievance,
			)
			for a in assignments
		],
	)
	bulk.update("Grievance", {a.grievance: {"_assign": json.dumps([a.user])} for a in assignments})


def officer_user(officer: str | None) -> str | None:
	return frappe.db.get_value("Nodal Officer", officer, "user", cache=True) if officer else None
