"""Nightly retraining of the category model from what officers corrected and what they let stand.

The training itself (:mod:`triage.training`) is pure and deterministic: the same examples give the same model. A new
model becomes active only when, together with the phrases, it is no worse than the present one on the latest fifth;
otherwise it is kept as Rejected, with its figures. Without scikit-learn nothing is trained and triage works from
phrases alone.
"""

from __future__ import annotations

import json
from dataclasses import replace

import frappe

from grievance_helpdesk.intake import knowledge
from grievance_helpdesk.intake.triage.engine import PostText
from grievance_helpdesk.intake.triage.model import LinearModel
from grievance_helpdesk.intake.triage.training import Example, Training, TrainingError, train

MOST_EXAMPLES = 50_000
DECIDED = ("Resolved", "Closed")
NOTE = "grievance_helpdesk_learning_note"


def retrain() -> str | None:
	"""Daily job. Returns the name of the new Triage Model; None, with a note for people, when none was trained."""
	found = examples()
	active, _calibration = knowledge.active_model()
	try:
		training = train(found, score=scorer(), active=active)
	except TrainingError as error:
		# Too few examples, or no scikit-learn on this bench: nothing is broken, triage works from phrases.
		frappe.db.set_default(NOTE, str(error))
		return None
	frappe.db.set_default(NOTE, "")
	return keep(training, len(found))


@frappe.whitelist(methods=["GET"])
def note() -> str:
	"""Why the last night trained nothing; "" when it did."""
	frappe.has_permission("Triage Model", "read", throw=True)
	return frappe.db.get_default(NOTE) or ""


def examples() -> list[Example]:
	"""Each corrected text, and each grievance that was settled under its category."""
	corrected = frappe.get_all(
		"Triage Correction",
		filters={"field_name": "category", "corrected": ["is", "set"], "text": ["is", "set"]},
		fields=["text", "corrected", "creation", "grievance"],
		order_by="creation desc, name",
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
	found = [Example(row.text, row.corrected, str(row.creation)) for row in corrected]
	return found + [
		Example(row.description, row.category, str(row.creation)) for row in settled if row.name not in known
	]


def scorer():
	"""Judges as the engine decides: phrases and model together."""
	engine = knowledge.load().engine

	def score(text: str, model: LinearModel | None) -> dict[str, float]:
		result = replace_model(engine, model).triage(PostText(text))
		return dict(result.categories)

	return score


def replace_model(engine, model: LinearModel | None):
	"""The same rules and places with another model, uncalibrated."""
	if engine.model is model and not engine.calibration:
		return engine
	return replace(engine, model=model, calibration={})


def keep(training: Training, count: int) -> str:
	"""Store a trained model; it becomes active when it is no worse. Returns its name."""
	report = training.report
	model = frappe.get_doc(
		{
			"doctype": "Triage Model",
			"status": "Kept" if training.may_become_active else "Rejected",
			"trained_on": frappe.utils.now_datetime(),
			"examples": count,
			"macro_f1": report.get("macro_f1"),
			"previous_macro_f1": report.get("previous_macro_f1"),
			"accuracy": report.get("accuracy"),
			"report": json.dumps(report, ensure_ascii=False, default=str, indent=1),
			"calibration": json.dumps({"category": training.calibration.as_rows()}),
		}
	).insert(ignore_permissions=True)
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{model.name}.bin",
			"content": training.model.to_bytes(),
			"attached_to_doctype": "Triage Model",
			"attached_to_name": model.name,
			"is_private": 1,
		}
	).insert(ignore_permissions=True)
	frappe.db.set_value("Triage Model", model.name, "weights", file.file_url)
	if training.may_become_active:
		activate(model.name)
	return model.name


def activate(name: str) -> None:
	"""Use this model from now on; the one in use until now is kept. Workers notice at their next batch."""
	for other in frappe.get_all(
		"Triage Model", filters={"status": "Active", "name": ["!=", name]}, pluck="name"
	):
		frappe.db.set_value("Triage Model", other, "status", "Kept")
	frappe.db.set_value("Triage Model", name, "status", "Active")
