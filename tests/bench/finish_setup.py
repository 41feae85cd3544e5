"""Marks a new site's setup wizard as done, so that the Desk opens. Run in ``sites`` with the bench's Python: finish_setup.py SITE"""

from __future__ import annotations

import sys

import frappe

if __name__ == "__main__":
	frappe.init(sys.argv[1])
	frappe.connect()
	frappe.db.set_single_value("System Settings", "setup_complete", 1)
	if frappe.db.has_column("Installed Application", "is_setup_complete"):
		frappe.db.set_value("Installed Application", {"name": ["is", "set"]}, "is_setup_complete", 1)
	frappe.db.set_default("desktop:home_page", "workspace")
	frappe.db.commit()
