"""Reports that read past the rule are refused when they are saved.

A Query Report is plain SQL: Frappe adds nothing to it. Script Reports add ``scope.criterion_for`` themselves.
"""

from __future__ import annotations

import frappe
from frappe import _

from grievance_helpdesk.jurisdiction.scope.references import reads_past_the_rule
from grievance_helpdesk.jurisdiction.scope.rule import GUARDED, ROWS_OF
from grievance_helpdesk.jurisdiction.scope.sight import CONFIDENTIAL_ROLES

MAY_READ_EVERYTHING = CONFIDENTIAL_ROLES | {"System Manager", "Administrator"}
TABLES = tuple(f"tab{doctype}".lower() for doctype in (*GUARDED, *ROWS_OF))


def check_report(doc, method: str | None = None) -> None:
	"""Report.validate"""
	if doc.report_type == "Query Report" and _reads_cases(doc):
		_check_roles(row.role for row in doc.roles)


def check_custom_roles(doc, method: str | None = None) -> None:
	"""Custom Role.validate: roles given to a report by hand replace its own."""
	report = doc.report and frappe.get_doc("Report", doc.report)
	if report and report.report_type == "Query Report" and _reads_cases(report):
		_check_roles(row.role for row in doc.roles)


def _reads_cases(report) -> bool:
	query = (report.query or "").lower()
	return report.ref_doctype in GUARDED or any(table in query for table in TABLES)


def _check_roles(roles) -> None:
	roles = set(roles)
	if not roles or roles - MAY_READ_EVERYTHING:
		frappe.throw(
			_(
				"A Query Report shows every grievance, whoever opens it. Give it only to the roles {0}, or write a"
				" Script Report that adds the officer's scope."
			).format(", ".join(sorted(CONFIDENTIAL_ROLES))),
			title=_("Report reads past the scope"),
		)


def check_auto_email(doc, method: str | None = None) -> None:
	"""Auto Email Report.validate: it runs as the user that it names and goes to any address."""
	about = frappe.db.get_value("Report", doc.report, "ref_doctype")
	if about in GUARDED and doc.user != frappe.session.user and not reads_past_the_rule():
		frappe.throw(
			_("A report on grievances is sent as you see it: choose yourself as {0}.").format(
				frappe.bold(_("Based on Permissions For User"))
			),
			frappe.PermissionError,
		)
