"""The workflow that the app brings: inserted where grievances have none yet, and taken away with the app.

It does not stand among Frappe's own fixture files, because those are written over what an admin changed at each migrate.
"""

from __future__ import annotations

import json
from pathlib import Path

import frappe

from grievance_helpdesk.redressal import history
from grievance_helpdesk.redressal.history import events

FOLDER = Path(__file__).parents[2] / "fixtures" / "workflow"
DOCTYPE = "Grievance"
CHUNK = 1000
NAMES = ("Workflow State", "Workflow Action Master")
# What of NAMES the site did not have before us, so that uninstalling takes no more than that.
BROUGHT_KEY = "grievance_helpdesk_workflow_records"


def insert_missing() -> None:
	"""Insert states, actions and workflow, unless an admin's workflow of Grievance (active or not) is there."""
	if frappe.db.exists("Workflow", {"document_type": DOCTYPE}):
		return
	brought = {doctype: _insert_names(doctype) for doctype in NAMES}
	frappe.db.set_default(BROUGHT_KEY, json.dumps(brought))
	for values in _records("Workflow"):
		_give_states(values["states"])
		frappe.get_doc(values).insert(ignore_permissions=True)


def _records(doctype: str) -> list[dict]:
	return json.loads((FOLDER / f"{frappe.scrub(doctype)}.json").read_text(encoding="utf-8"))


def _insert_names(doctype: str) -> list[str]:
	records = _records(doctype)
	wanted = [record["name"] for record in records]
	known = set(frappe.get_all(doctype, filters={"name": ["in", wanted]}, pluck="name"))
	for record in records:
		if record["name"] not in known:
			frappe.get_doc(record).insert(ignore_permissions=True)
	return [name for name in wanted if name not in known]


def _give_states(rows: list[dict]) -> None:
	"""Grievances from before the workflow stand in the first state of their status."""
	done: set[str] = set()
	for row in rows:
		status = row["update_value"]
		if status not in done:
			done.add(status)
			waiting = {"status": status, "workflow_state": ["is", "not set"]}
			known = frappe.get_all(DOCTYPE, {**waiting, "history_count": [">", 0]}, pluck="name", limit=0)
			frappe.db.set_value(DOCTYPE, waiting, "workflow_state", row["state"], update_modified=False)
			_tell_histories(known, row["state"])


def _tell_histories(names: list[str], state: str) -> None:
	for start in range(0, len(names), CHUNK):
		history.record_many(
			history.Entry(name, events.CORRECTED, changes={"workflow_state": [None, state]})
			for name in names[start : start + CHUNK]
		)


def before_removal() -> dict[str, list[str]]:
	"""What the app brought, by DocType. Called before uninstalling deletes the workflows of Grievance."""
	workflows = frappe.get_all("Workflow", filters={"document_type": DOCTYPE}, pluck="name")
	# Frappe keeps the versions of a document that is deleted.
	frappe.db.delete("Version", {"ref_doctype": "Workflow", "docname": ["in", workflows or [""]]})
	return json.loads(frappe.db.get_default(BROUGHT_KEY) or "{}")


def remove(records: dict[str, list[str]]) -> None:
	"""After uninstalling: delete those records that nobody else uses by now."""
	for doctype, names in records.items():
		for name in names:
			try:
				frappe.delete_doc(doctype, name, ignore_permissions=True, delete_permanently=True)
			except frappe.LinkExistsError:
				frappe.clear_last_message()
