"""Many notifications at once, for jobs: what Frappe's Notification Log does for one, in two statements for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import frappe

from grievance_helpdesk.redressal import bulk

COLUMNS = (
	*("name", "owner", "modified_by", "creation", "modified", "docstatus", "idx"),
	*("subject", "for_user", "type", "document_type", "document_name", "from_user", "read"),
)


@dataclass(frozen=True, slots=True)
class Notice:
	"""``text`` is plain text; it is escaped here."""

	user: str
	text: str
	grievance: str
	doctype: str = "Grievance"


def send(notices: Iterable[Notice]) -> None:
	"""Put each notice into its user's bell; the Desk of whoever is at work shows it after the commit."""
	notices = list(notices)
	if not notices:
		return
	bulk.insert("Notification Log", COLUMNS, [_row(notice) for notice in notices])
	users = sorted({notice.user for notice in notices})
	if frappe.db.table_exists("Notification Settings"):
		frappe.db.set_value(
			"Notification Settings", {"name": ["in", users]}, "seen", 0, update_modified=False
		)
	for user in users:
		frappe.publish_realtime("notification", user=user, after_commit=True)


def _row(notice: Notice) -> tuple:
	now, user = frappe.utils.now(), frappe.session.user
	system = (frappe.generate_hash(length=10), user, user, now, now, 0, 0)
	subject = frappe.utils.escape_html(notice.text)
	return (*system, subject, notice.user, "Alert", notice.doctype, notice.grievance, user, 0)
