"""Nightly retraining of the category model from what officers corrected and what they let stand.

The training itself (:mod:`triage.training`) is pure and deterministic: the same examples give the same model. A new
model becomes active only when it is no worse than the present one on the latest fifth; otherwise it is kept as
Rejected, with its figures. Without scikit-learn nothing is trained and triage works from phrases alone.
"""

from __future__ import annotations

import importlib.util
import json

import frappe
from frappe import _
from frappe.utils.file_manager import save_file

FEWEST_EXAMPLES = 50
MOST_EXAMPLES = 50_000
DECIDED = ("Resolved", "Closed")


def retrain() -> str | None:
	"""Daily job. Returns the name of the new Triage Model, or None when there was nothing to train."""
	if importlib.util.find_spec("sklearn") is None:
		frappe.logger("grievance_helpdesk").info(
			"No retraining: scikit-learn is not installed on this bench."
		)
		return None
	from grievance_helpdesk.intake.triage import training

	found = examples()
	if len(found) < FEWEST_EXAMPLES:
		return None
	present = frappe.db.get_value(
		"Triage Model", {"status": "Active"}, ["name", "macro_f1", "weights"], as_dict=True
	)
	return keep(training.train(found), present)


def status() -> str:
	"""One sentence for people: why there is or is no learned model."""
	if importlib.util.find_spec("sklearn") is None:
		return _("Triage works from phrases. To learn from corrections, install scikit-learn on the bench.")
	return _("Triage learns from corrections each night.")


def examples() -> list[tuple[str, str]]:
	"""(text, category), oldest first: each corrected text, and each grievance that was settled under its category."""
	corrected = frappe.get_all(
		"Triage Correction",
		filters={"field_name": "category", "corrected": ["is", "set"], "text": ["is", "set"]},
		fields=["text", "corrected", "creation", "grievance"],
		order_by="creation, name",
		limit=MOST_EXAMPLES,
	)
	known = {row.grievance for row in corrected if row.grievance}
	settled = frappe.get_all(
		"Grievance",
		filters={"status": ["in", DECIDED], "category": ["is", "set"], "channel": ["!=", "Counter"]},
		fields=["name", "description", "category", "creation"],
		order_by="creation desc, name",
		limit=MOST_EXAMPLES,
	)
	rows = [(row.creation, row.text, row.corrected) for row in corrected]
	rows += [(row.creation, row.description, row.category) for row in settled if row.name not in known]
	return [(text, category) for _creation, text, category in sorted(rows)]


def keep(trained, present: frappe._dict | None) -> str:
	"""Store a trained model; it becomes active when it is no worse than ``present``. Returns its name."""
	better = not present or trained.macro_f1 >= (present.macro_f1 or 0)
	model = frappe.get_doc(
		{
			"doctype": "Triage Model",
			"status": "Kept" if better else "Rejected",
			"trained_on": frappe.utils.now_datetime(),
			"examples": trained.examples,
			"macro_f1": trained.macro_f1,
			"previous_macro_f1": present.macro_f1 if present else 0,
			"accuracy": trained.accuracy,
			"report": trained.report,
			"calibration": json.dumps(trained.calibration),
		}
	).insert(ignore_permissions=True)
	file = save_file(f"{model.name}.bin", trained.weights, "Triage Model", model.name, is_private=1)
	model.db_set("weights", file.file_url)
	if better:
		activate(model.name)
	return model.name


def activate(name: str) -> None:
	"""Use this model from now on; the one in use until now is kept. Workers notice at their next batch."""
	for other in frappe.get_all(
		"Triage Model", filters={"status": "Active", "name": ["!=", name]}, pluck="name"
	):
		frappe.db.set_value("Triage Model", other, "status", "Kept")
	frappe.db.set_value("Triage Model", name, "status", "Active")
