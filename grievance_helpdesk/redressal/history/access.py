"""Who opened a confidential grievance: each opening leaves a row in Frappe's own View Log.

The controller calls :func:`note_opened` where Frappe hands a document to a person: the form, the REST API, ``frappe.client``
and prints. Lists and reports show single columns and are not openings.
"""

from datetime import timedelta

import frappe
from frappe import _

MAY_ASK = ("State Nodal Officer", "Grievance Administrator")
# Somebody who reloads a form has opened it once.
APART = timedelta(minutes=10)
NEWEST = 200


def note_opened(doc) -> None:
	"""A person of this session reads the grievance ``doc``; noted once in ten minutes, if it is confidential."""
	if not doc.get("confidential") or doc.is_new():
		return
	known = {
		"reference_doctype": doc.doctype,
		"reference_name": doc.name,
		"viewed_by": frappe.session.user,
		"creation": [">", frappe.utils.now_datetime() - APART],
	}
	if not frappe.db.exists("View Log", known):
		# Frappe's own way: it commits although the request only reads, and waits where the database is read-only.
		doc.add_viewed(force=True)


def require(roles: tuple[str, ...]) -> None:
	"""Refuse everybody without one of these roles (``frappe.only_for`` lets everybody pass while tests run)."""
	if not set(roles) & set(frappe.get_roles()):
		allowed = ", ".join(_(role) for role in roles)
		frappe.throw(_("Only these roles may do this: {0}.").format(allowed), frappe.PermissionError)


def note_written(doc) -> None:
	"""Whoever saves over HTTP gets the whole document back; a job does not."""
	if getattr(frappe.local, "request", None):
		note_opened(doc)


@frappe.whitelist(methods=["GET"])
def opened_by(name: str) -> list[dict]:
	"""Rows ``{user, full_name, designation, official_id, at}``, the newest 200 first; for those who answer for secrecy."""
	require(MAY_ASK)
	frappe.has_permission("Grievance", "read", name, throw=True)
	views = frappe.get_all(
		"View Log",
		filters={"reference_doctype": "Grievance", "reference_name": name},
		fields=["viewed_by", "creation"],
		order_by="creation desc",
		limit=NEWEST,
	)
	users = sorted({view.viewed_by for view in views})
	officers = _by_user("Nodal Officer", "user", ["designation", "official_id"], users)
	people = _by_user("User", "name", ["full_name"], users)
	nobody = frappe._dict()
	return [
		{
			"user": view.viewed_by,
			"full_name": people.get(view.viewed_by, nobody).full_name or view.viewed_by,
			"designation": officers.get(view.viewed_by, nobody).designation or "",
			"official_id": officers.get(view.viewed_by, nobody).official_id or "",
			"at": view.creation,
		}
		for view in views
	]


def _by_user(doctype: str, key: str, fields: list[str], users: list[str]) -> dict[str, frappe._dict]:
	if not users:
		return {}
	rows = frappe.get_all(doctype, filters={key: ["in", users]}, fields=[*fields, f"{key} as user"], limit=0)
	return {row.user: row for row in rows}
