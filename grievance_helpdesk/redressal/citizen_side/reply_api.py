"""Officers' replies over HTTP. Each call checks that the officer may write on this case (or read it, to see a text)."""

import frappe

from grievance_helpdesk.redressal.citizen_side import replies


@frappe.whitelist(methods=["POST"])
def send(name: str, text: str) -> None:
	replies.send(name, text)


@frappe.whitelist(methods=["POST"])
def interim(name: str, text: str, expected_by: str) -> None:
	replies.interim(name, text, expected_by)


@frappe.whitelist(methods=["POST"])
def note(name: str, text: str) -> str:
	return replies.note(name, text)


@frappe.whitelist(methods=["GET"])
def render(template: str, name: str, language: str = "") -> str:
	"""The template's text, filled in for the case: for the officer to read and change before it is sent."""
	frappe.has_permission("Grievance", "read", doc=name, throw=True)
	frappe.has_permission("Grievance Reply Template", "read", doc=template, throw=True)
	return replies.render(template, name, language)


@frappe.whitelist(methods=["GET"])
def templates(name: str, purpose: str = "") -> list[dict]:
	"""The templates that fit the case: ``[{"name", "purpose"}]``, those for its own category and department first."""
	frappe.has_permission("Grievance", "read", doc=name, throw=True)
	category, department = frappe.db.get_value("Grievance", name, ["category", "department"])
	filters = {"disabled": 0, **({"purpose": purpose} if purpose else {})}
	rows = frappe.get_list(
		"Grievance Reply Template",
		filters=filters,
		fields=["name", "purpose", "category", "department"],
		order_by="name asc",
		limit_page_length=0,
	)
	fitting = [
		row
		for row in rows
		if row.category in (None, "", category) and row.department in (None, "", department)
	]
	fitting.sort(key=lambda row: (not row.category, not row.department))
	return [{"name": row.name, "purpose": row.purpose} for row in fitting]
