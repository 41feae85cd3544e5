"""Uninstallation: what Frappe's own ``remove_app`` leaves behind.

Frappe drops our DocTypes and what belongs to our modules. Before that, everything that points to one of our
records goes (assignments, comments, versions, files, secrets, saved filters, an admin's own workflows and
charts). A citizen's e-mail belongs to the site's mail box: it stays and only loses its link. Afterwards our roles
go from users and profiles, unless an admin gave the role rights in another app's DocType.
"""

from __future__ import annotations

import frappe
from frappe.utils import now_datetime

from grievance_helpdesk.install import FINGERPRINT_KEY, REDRESSAL_KEY
from grievance_helpdesk.redressal.workflow import board
from grievance_helpdesk.redressal.workflow import fixtures as workflow_fixtures

APP = "grievance_helpdesk"
ROLES = (
	"Grievance Administrator",
	"State Nodal Officer",
	"District Nodal Officer",
	"Department Officer",
	"Grievance Cell",
	"Grievance Auditor",
)
# These rows belong to the site; only the link to our DocType is emptied, with its partner field.
KEPT = {
	"Communication": "reference_name",
	"Email Queue": "reference_name",
	"Email Account": None,
	"Error Log": None,
	"Event": None,
}
# Tables that name a DocType in a plain column, so the search through Link fields does not find them.
PLAIN_COLUMNS = (
	("Deleted Document", "deleted_doctype"),
	("Custom DocPerm", "parent"),
	("__Auth", "doctype"),
	("__UserSettings", "doctype"),
	("__global_search", "doctype"),
)


def before_uninstall() -> None:
	doctypes = our_doctypes()
	frappe.flags.uninstall_began = now_datetime()
	frappe.flags.sequences = _sequences()
	frappe.flags.workflow_records = workflow_fixtures.before_removal()
	_remove_workflow_actions()
	_remove_set_up_steps()
	for table, fieldname in _links_to_doctype(doctypes):
		_remove_links(table, fieldname, doctypes)
	for table, column in PLAIN_COLUMNS:
		frappe.db.delete(table, {column: ["in", doctypes]})
	_remove_jobs()
	frappe.db.delete("Patch Log", {"patch": ["like", f"{APP}.%"]})
	frappe.db.delete("Block Module", {"module": ["in", _our_modules()]})
	for key in (FINGERPRINT_KEY, REDRESSAL_KEY, workflow_fixtures.BROUGHT_KEY, board.KEY):
		frappe.db.delete("DefaultValue", {"defkey": key})
	for series in ("GRV-____-", "TM-"):
		frappe.db.delete("Series", {"name": ["like", series]})


def after_uninstall() -> None:
	# Frappe keeps a copy of each module, report and setting that it deletes, in case somebody wants it back.
	began = {"creation": [">=", frappe.flags.uninstall_began], "owner": frappe.session.user}
	frappe.db.delete("Deleted Document", began)
	for sequence in frappe.flags.sequences:
		frappe.db.sql_ddl(f"drop sequence if exists {sequence}")
	workflow_fixtures.remove(frappe.flags.workflow_records)
	for role in ROLES:
		if not _is_used_elsewhere(role):
			frappe.db.delete("Has Role", {"role": role})
			frappe.delete_doc("Role", role, force=True, ignore_missing=True, delete_permanently=True)
	frappe.db.commit()  # nosemgrep: remove_app commits before it calls this hook, and not after


def our_doctypes() -> list[str]:
	return frappe.get_all("DocType", filters={"module": ["in", _our_modules()]}, pluck="name")


def _sequences() -> list[str]:
	"""The database's counters of our DocTypes that are numbered by it; Frappe drops the tables but not these."""
	numbered = {"module": ["in", _our_modules()], "autoname": "autoincrement"}
	return [
		frappe.scrub(f"{doctype}_id_seq") for doctype in frappe.get_all("DocType", numbered, pluck="name")
	]


def _our_modules() -> list[str]:
	return frappe.get_all("Module Def", filters={"app_name": APP}, pluck="name")


def _links_to_doctype(doctypes: list[str]) -> list[tuple[str, str]]:
	"""(DocType, fieldname) of each stored field, of whatever app, that links to a DocType."""
	field, doctype = frappe.qb.DocType("DocField"), frappe.qb.DocType("DocType")
	return (
		frappe.qb.from_(field)
		.join(doctype)
		.on(doctype.name == field.parent)
		.select(field.parent, field.fieldname)
		.where(
			(field.fieldtype == "Link")
			& (field.options == "DocType")
			& (doctype.issingle == 0)
			& (doctype.is_virtual == 0)
			& field.parent.notin(doctypes)
		)
		.run()
	)


def _remove_links(table: str, fieldname: str, doctypes: list[str]) -> None:
	filters = {fieldname: ["in", doctypes]}
	if table in KEPT:
		emptied = {fieldname: None} | ({KEPT[table]: None} if KEPT[table] else {})
		frappe.db.set_value(table, filters, emptied, update_modified=False)
	elif table == "File" or frappe.get_meta(table).get_table_fields():
		# Files leave the disk, and records with rows of their own take them along.
		for name in frappe.get_all(table, filters=filters, pluck="name"):
			frappe.delete_doc(table, name, force=True, ignore_permissions=True, delete_permanently=True)
	else:
		frappe.db.delete(table, filters)


def _remove_workflow_actions() -> None:
	"""One for each state of each grievance: too many to delete one by one."""
	action, role = frappe.qb.DocType("Workflow Action"), frappe.qb.DocType("Workflow Action Permitted Role")
	ours = frappe.qb.from_(action).select(action.name).where(action.reference_doctype == "Grievance")
	frappe.qb.from_(role).delete().where(role.parent.isin(ours)).run()
	frappe.db.delete("Workflow Action", {"reference_doctype": "Grievance"})


def _remove_set_up_steps() -> None:
	"""Frappe deletes what belongs to a module; the steps of a set-up name none, and a tile of the desktop names the app."""
	set_ups = frappe.get_all("Module Onboarding", {"module": ["in", _our_modules()]}, pluck="name")
	steps = frappe.get_all("Onboarding Step Map", {"parent": ["in", set_ups]}, pluck="step")
	frappe.db.delete("Onboarding Step", {"name": ["in", steps]})
	if "app" in frappe.db.get_table_columns("Desktop Icon"):
		frappe.db.delete("Desktop Icon", {"app": APP})


def _remove_jobs() -> None:
	jobs = frappe.get_all("Scheduled Job Type", filters={"method": ["like", f"{APP}.%"]}, pluck="name")
	if jobs:
		frappe.db.delete("Scheduled Job Log", {"scheduled_job_type": ["in", jobs]})
		frappe.db.delete("Scheduled Job Type", {"name": ["in", jobs]})


def _is_used_elsewhere(role: str) -> bool:
	return any(frappe.db.exists(table, {"role": role}) for table in ("DocPerm", "Custom DocPerm"))
