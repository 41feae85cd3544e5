"""Small records for the behaviour contracts; every name begins with ``Contract`` so that it collides with nothing."""

from __future__ import annotations

import frappe


def department(code: str, **values):
	return frappe.get_doc(
		{
			"doctype": "Grievance Department",
			"department_code": code,
			"department_name": f"Contract {code}",
			**values,
		}
	)


def category(code: str, **values):
	return frappe.get_doc(
		{
			"doctype": "Grievance Category",
			"category_code": code,
			"category_name": f"Contract {code}",
			"grievance_type": "Grievance",
			"basis": "Default",
			**values,
		}
	)


def user(email: str, *roles: str):
	"""An enabled user with these roles."""
	doc = frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": email.partition("@")[0],
			"send_welcome_email": 0,
			"roles": [{"role": role} for role in roles],
		}
	)
	return doc.insert(ignore_permissions=True)


def grievance(**values):
	"""A grievance without place or category; only what the form asks for."""
	words = {
		"subject": "Contract: no water",
		"description": "No water since three days",
		"channel": "Counter",
	}
	return frappe.get_doc({"doctype": "Grievance", **words, **values})


def place(title: str, level: str, parent: str | None):
	return frappe.get_doc(
		{
			"doctype": "Jurisdiction",
			"jurisdiction_name": title,
			"level": level,
			"parent_jurisdiction": parent,
			"is_group": 1,
		}
	)
