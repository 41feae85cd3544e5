"""The offices that a person holds, told to the Desk when it starts, so that "my open cases" can name them in a filter."""

from __future__ import annotations

import frappe


def held_by(user: str) -> list[str]:
	return frappe.get_all("Nodal Officer", {"user": user, "disabled": 0}, pluck="name", order_by="name")


def add_to_boot(bootinfo) -> None:
	"""Nobody's officer is called as a user is: whoever holds no office gets a filter that finds nothing (an empty one
	would find the cases without an officer)."""
	user = frappe.session.user
	bootinfo.grievance_offices = held_by(user) or [user]
