"""Cases that reach the citizen's side: an officer with a superior, and the steps to a closure at a fixed moment."""

from __future__ import annotations

from datetime import datetime, timedelta

import frappe

from grievance_helpdesk.redressal import moment, workflow
from tests.contract import records

RECEIVED = datetime(2026, 3, 2, 10, 0)
RESOLVED = datetime(2026, 3, 5, 15, 30)
WINDOW_END = RESOLVED + timedelta(days=7)
APPEAL_END = RESOLVED + timedelta(days=30)
SECOND = timedelta(seconds=1)
ACTION = "The lamp was replaced and was burning at 7 pm."


class World:
	"""A department, a category and two officers; ``tag`` keeps the names of different tests apart."""

	def __init__(self, tag: str):
		self.tag = tag
		frappe.db.set_single_value("Grievance Settings", {"reopen_days": 7, "appeal_days": 30})
		frappe.clear_document_cache("Grievance Settings", "Grievance Settings")
		self.department = records.department(f"{tag}-DEP", department_name_hi="विद्युत विभाग").insert().name
		self.category = (
			records.category(f"{tag}-CAT", department=self.department, category_name_hi="स्ट्रीट लाइट")
			.insert()
			.name
		)
		self.superior = self.officer("SUP", "Executive Engineer")
		self.junior = self.officer("JUN", "Junior Engineer", reports_to=self.superior)

	def remove(self) -> None:
		"""For tests that commit: everything goes, and so do the cases."""
		frappe.db.rollback()
		for name in frappe.get_all("Grievance", {"category": self.category}, pluck="name"):
			frappe.delete_doc("Grievance", name, force=True, ignore_permissions=True)
		for doctype, name in (
			("Nodal Officer", self.junior),
			("Nodal Officer", self.superior),
			("Grievance Category", self.category),
			("Grievance Department", self.department),
			("User", self.user("JUN")),
			("User", self.user("SUP")),
		):
			frappe.delete_doc(doctype, name, force=True, ignore_permissions=True)
		frappe.db.commit()

	def user(self, code: str) -> str:
		return f"{self.tag}-{code}@example.com".lower()

	def officer(self, code: str, designation: str, **values) -> str:
		records.user(self.user(code), "Department Officer")
		return (
			frappe.get_doc(
				{
					"doctype": "Nodal Officer",
					"official_id": f"{self.tag}-{code}",
					"officer_name": f"Contract Secretname {code}",
					"designation": designation,
					"designation_hi": "कनिष्ठ अभियंता" if code == "JUN" else "कार्यकारी अभियंता",
					"user": self.user(code),
					**values,
				}
			)
			.insert()
			.name
		)

	def case(self, **values):
		"""A case that was received on a Monday."""
		words = {
			"category": self.category,
			"department": self.department,
			"officer": self.junior,
			"citizen_name": "Contract Citizenname",
			"contact_phone": "+91 9812345678",
			"language": "en",
		}
		with moment.fixed(RECEIVED):
			return records.grievance(**{**words, **values}).insert()

	def resolved(self, at: datetime = RESOLVED, **values):
		return self.resolve(self.case(**values), at)

	@staticmethod
	def resolve(doc, at: datetime = RESOLVED):
		with moment.fixed(at):
			doc = workflow.move(doc, "Start Work")
			doc.action_taken = ACTION
			doc.save()
			return workflow.move(doc, "Resolve")

	def closed(self, at: datetime = RESOLVED, **values):
		"""Closed by an officer at the moment at which it was resolved."""
		doc = self.resolved(at, **values)
		with moment.fixed(at):
			return workflow.move_to_status(doc, "Closed")

	def rejected(self, at: datetime = RESOLVED, **values):
		ground = frappe.get_all("Non-grievance Ground", pluck="name", order_by="name", limit=1)[0]
		doc = self.case(**values)
		with moment.fixed(at):
			doc.non_grievance_ground = ground
			doc.save()
			return workflow.move(doc, "Reject")


def events_of(name: str, **filters) -> list:
	"""(event_type, is_public, note), oldest first."""
	rows = frappe.get_all(
		"Grievance Event",
		filters={"grievance": name, **filters},
		fields=["event_type", "is_public", "note"],
		order_by="sequence asc",
		as_list=True,
	)
	return [tuple(row) for row in rows]
