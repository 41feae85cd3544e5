"""Sharing one document with one user."""

from __future__ import annotations

import frappe


def add(
	doctype: str,
	name: str,
	user: str | None = None,
	read=1,
	write=0,
	submit=0,
	share=0,
	everyone=0,
	flags=None,
	notify=0,
):
	"""Let ``user`` read (write, share) a document although no role lets them."""
	user = user or frappe.session.user
	known = frappe.db.exists("DocShare", {"user": user, "share_doctype": doctype, "share_name": name})
	doc = frappe.get_doc("DocShare", known) if known else frappe.new_doc("DocShare")
	doc.update(
		{
			"user": user,
			"share_doctype": doctype,
			"share_name": name,
			"read": read,
			"write": write,
			"share": share,
		}
	)
	return doc.save(ignore_permissions=True)


def remove(doctype: str, name: str, user: str, flags=None) -> None:
	frappe.db.delete("DocShare", {"user": user, "share_doctype": doctype, "share_name": name})


def get_shared(doctype: str, user: str | None = None, rights=None, *, filters=None, limit=None) -> list[str]:
	right = (rights or ["read"])[0]
	return frappe.permissions.get_shared(doctype, user or frappe.session.user, right)
