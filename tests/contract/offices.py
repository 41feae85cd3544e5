"""A small staff for the tests of case work: two districts, two departments, the state, and the cell."""

from __future__ import annotations

from dataclasses import dataclass

import frappe

from grievance_helpdesk.redressal import workflow
from tests.contract import records

DONE = "The dogs were caught and taken to the shelter."
REASON = "The road belongs to the other office."


@dataclass(frozen=True)
class Staff:
	"""Users by their office. The officer of ``hisar`` is ``CW-HISAR``, and so on."""

	state: str = "cw-state@example.com"
	hisar: str = "cw-hisar@example.com"
	sirsa: str = "cw-sirsa@example.com"
	ulb: str = "cw-ulb@example.com"
	junior: str = "cw-junior@example.com"
	phed: str = "cw-phed@example.com"
	cell: str = "cw-cell@example.com"


def make() -> Staff:
	"""Nobody but these has a posting. In Hisar: the magistrate, below whom ULB's officer and that one's junior; PHED's."""
	frappe.db.delete("Officer Posting")
	state = frappe.get_cached_doc("Grievance Settings").state
	officer("CW-STATE", "State Nodal Officer", jurisdiction=state)
	officer("CW-HISAR", "District Nodal Officer", reports_to="CW-STATE", jurisdiction="Hisar")
	officer("CW-SIRSA", "District Nodal Officer", reports_to="CW-STATE", jurisdiction="Sirsa")
	ulb = {"jurisdiction": "Hisar", "department": "ULB"}
	officer("CW-ULB", "Department Officer", reports_to="CW-HISAR", **ulb)
	officer("CW-JUNIOR", "Department Officer", reports_to="CW-ULB", **ulb)
	officer("CW-PHED", "Department Officer", jurisdiction="Hisar", department="PHED")
	records.user(Staff.cell, "Grievance Cell")
	return Staff()


def officer(official_id: str, role: str, reports_to: str | None = None, **posting) -> str:
	"""An officer with a user of its own and one posting since 2020. Returns the user."""
	email = f"{official_id.lower()}@example.com"
	records.user(email, role)
	frappe.get_doc(
		{
			"doctype": "Nodal Officer",
			"official_id": official_id,
			"officer_name": official_id.title(),
			"designation": role,
			"user": email,
			"reports_to": reports_to,
			"postings": [{"from_date": "2020-01-01", **posting}],
		}
	).insert(ignore_permissions=True)
	return email


def case(**values):
	"""Stray dogs in Hisar: a case of ULB that needs no evidence."""
	words = {"subject": "Stray dogs", "description": "A pack of dogs runs behind the school"}
	fields = {"doctype": "Grievance", "category": "ANI", "jurisdiction": "Hisar", "channel": "Counter"}
	return frappe.get_doc(fields | words | values).insert(ignore_permissions=True)


def at_work(**values):
	"""A case that its officer has taken up."""
	doc = case(**values)
	user = frappe.session.user
	frappe.set_user(Staff.hisar)
	doc = workflow.move(doc.name, "Start Work")
	frappe.set_user(user)
	return doc


def fresh(name: str):
	return frappe.get_doc("Grievance", name)


def open_todos(name: str) -> list[str]:
	filters = {"reference_type": "Grievance", "reference_name": name, "status": "Open"}
	return frappe.get_all("ToDo", filters=filters, pluck="allocated_to", order_by="allocated_to")


def events_of(name: str) -> list[str]:
	return frappe.get_all(
		"Grievance Event", filters={"grievance": name}, pluck="event_type", order_by="sequence"
	)


def settings(**values):
	doc = frappe.get_doc("Grievance Settings")
	doc.update(values)
	doc.save(ignore_permissions=True)


def event_of(name: str, event_type: str):
	return frappe.get_doc("Grievance Event", {"grievance": name, "event_type": event_type})
