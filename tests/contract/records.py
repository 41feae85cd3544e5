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
	"""An enabled user with these roles of the Desk, or one of the website without any.

	Written as plain rows: saving a User makes seven more records and empties caches, a quarter of a second each time.
	"""
	values = {
		"name": email,
		"email": email,
		"first_name": email.partition("@")[0],
		"full_name": email.partition("@")[0],
		"enabled": 1,
		"user_type": "System User" if roles else "Website User",
	}
	frappe.get_doc({"doctype": "User", **values}).db_insert()
	for role in roles:
		parent = {"parent": email, "parenttype": "User", "parentfield": "roles"}
		frappe.get_doc({"doctype": "Has Role", "role": role, **parent}).db_insert()
	frappe.clear_cache(user=email)
	return frappe.get_doc("User", email)


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
