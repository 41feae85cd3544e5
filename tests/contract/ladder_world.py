"""Officers from a village to the State, a calendar, a ladder and a case: what the tests of escalation share."""

from __future__ import annotations

from datetime import datetime

import frappe

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.escalation import authorities, sweep

# A Wednesday; offices are open from 9 to 17, Monday to Friday.
START = datetime(2026, 1, 7, 9)
# One working day to acknowledge, five working days to resolve.
ACKNOWLEDGE_BY, RESOLVE_BY = datetime(2026, 1, 7, 17), datetime(2026, 1, 13, 17)
DEPARTMENT, CATEGORY = "WORLD-DEPT", "WORLD-CAT"
JUNIOR, ENGINEER, NODAL, HEAD, STATE = "W-JUNIOR", "W-ENGINEER", "W-NODAL", "W-HEAD", "W-STATE"
ROLES = {
	JUNIOR: "Department Officer",
	ENGINEER: "Department Officer",
	NODAL: "District Nodal Officer",
	HEAD: "Department Officer",
	STATE: "State Nodal Officer",
}
POSTINGS = {
	JUNIOR: ("Kalka Sub-division, Panchkula", DEPARTMENT),
	ENGINEER: ("Panchkula", DEPARTMENT),
	NODAL: ("Panchkula", None),
	HEAD: ("Haryana", DEPARTMENT),
	STATE: ("Haryana", None),
}
LADDER = [
	{"counts_from": "Missed Acknowledgement", "escalate_to": "Superior"},
	{"counts_from": "Missed Resolution", "escalate_to": "District Nodal Officer", "files_appeal": 1},
	{"escalate_to": "Head of Department", "after": 3, "after_unit": "Working Days"},
	{"escalate_to": "State Nodal Officer", "after": 10, "after_unit": "Working Days"},
]


def email(name: str) -> str:
	return f"{name.lower()}@example.com"


def user(name: str) -> None:
	"""A user with the role of the officer; written plainly, because Frappe takes a third of a second for a whole one."""
	doc = frappe.get_doc(
		{
			"doctype": "User",
			"name": email(name),
			"email": email(name),
			"first_name": name,
			"full_name": name,
			"enabled": 1,
			"user_type": "System User",
			"roles": [
				{"name": f"{name}-role", "role": ROLES.get(name, "Department Officer"), "parent": email(name)}
			],
		}
	)
	doc.set_parent_in_children()
	for row in (doc, *doc.roles):
		row.db_insert()


def officer(name: str, **values):
	user(name)
	fields = {
		"doctype": "Nodal Officer",
		"official_id": name,
		"officer_name": name.removeprefix("W-").title(),
		"designation": "Officer",
		"user": email(name),
	}
	if name in POSTINGS:
		place, department = POSTINGS[name]
		fields["postings"] = [{"jurisdiction": place, "department": department, "from_date": "2020-01-01"}]
	return frappe.get_doc(fields | values).insert(ignore_permissions=True)


def calendar() -> None:
	days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
	hours = [{"weekday": day, "from_time": "09:00:00", "to_time": "17:00:00"} for day in days]
	frappe.get_doc({"doctype": "Service Calendar", "calendar_name": "World", "hours": hours}).insert()


SETTINGS = {
	"service_calendar": "World",
	"response_limit": 1,
	"response_unit": "Working Days",
	"resolution_limit": 5,
	"resolution_unit": "Working Days",
	"first_warning": 50,
	"second_warning": 80,
	"priority_limits": [],
	"reopen_days": 7,
	"appeal_limit": 10,
	"appeal_unit": "Working Days",
}


def settings(**values) -> None:
	doc = frappe.get_single("Grievance Settings")
	doc.update(SETTINGS | values)
	doc.save(ignore_permissions=True)


def ladder(levels=LADDER, name: str = "World Ladder", **values):
	rows = [
		{"counts_from": "Missed Resolution", **level, "level": number}
		for number, level in enumerate(levels, 1)
	]
	return frappe.get_doc(
		{"doctype": "Escalation Ladder", "ladder_name": name, "levels": rows, **values}
	).insert(ignore_permissions=True)


def build() -> None:
	"""The whole world, in the present transaction; other ladders and postings are out of the way."""
	frappe.db.delete("Officer Posting")
	frappe.db.delete("Escalation Ladder")
	frappe.db.delete("Escalation Level")
	authorities.forget_ladders()
	calendar()
	settings()
	frappe.get_doc(
		{"doctype": "Grievance Department", "department_code": DEPARTMENT, "department_name": "World"}
	).insert()
	frappe.get_doc(
		{
			"doctype": "Grievance Category",
			"category_code": CATEGORY,
			"category_name": "World",
			"grievance_type": "Grievance",
			"department": DEPARTMENT,
			"basis": "Default",
		}
	).insert()
	for name in (STATE, HEAD, NODAL, ENGINEER, JUNIOR):
		officer(name, reports_to={ENGINEER: HEAD, JUNIOR: ENGINEER}.get(name))
	ladder()


def case(at: datetime = START, **values):
	fields = {
		"doctype": "Grievance",
		"subject": "Pipe leaks",
		"description": "The pipe leaks since three days",
		"category": CATEGORY,
		"jurisdiction": "Kalka Sub-division, Panchkula",
		"channel": "Counter",
		"received_at": at,
	}
	with moment.fixed(at):
		return frappe.get_doc(fields | values).insert(ignore_permissions=True)


def run(now: datetime, **options) -> dict[str, int]:
	return sweep.run(now, **options)


def history(name: str, event_type: str | None = None) -> list:
	filters = {"grievance": name} | ({"event_type": event_type} if event_type else {})
	return frappe.get_all(
		"Grievance Event",
		filters=filters,
		fields=["event_type", "note", "is_public", "officer", "at", "changes"],
		order_by="sequence",
	)


def problems(name: str) -> list:
	return frappe.get_all(
		"Escalation Problem",
		filters={"grievance": name, "resolved": 0},
		fields=["problem_type", "level", "detail", "occurred_at"],
		order_by="level",
	)


def notes_to(name: str, user: str) -> list[str]:
	"""Subjects of the notifications about a case."""
	return frappe.get_all(
		"Notification Log", filters={"document_name": name, "for_user": email(user)}, pluck="subject"
	)


def todos(name: str, doctype: str = "Grievance") -> set[str]:
	filters = {"reference_type": doctype, "reference_name": name, "status": "Open"}
	return set(frappe.get_all("ToDo", filters=filters, pluck="allocated_to"))
