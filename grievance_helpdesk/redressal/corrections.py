"""Keeps what people correct as examples: the field, what triage guessed, how sure it was, and what is right."""

from __future__ import annotations

import json

import frappe

FIELDS = ("category", "department", "jurisdiction")


def keep(
	*,
	field: str,
	predicted: str | None,
	corrected: str | None,
	text: str,
	confidence: float = 0.0,
	grievance: str | None = None,
	citizen_post: str | None = None,
) -> None:
	"""Store one Triage Correction by the present user; ``confidence`` in percent."""
	frappe.get_doc(
		{
			"doctype": "Triage Correction",
			"field_name": field,
			"predicted": predicted,
			"corrected": corrected,
			"confidence": confidence,
			"text": text,
			"grievance": grievance,
			"citizen_post": citizen_post,
			"corrected_by": frappe.session.user,
		}
	).insert(ignore_permissions=True, ignore_links=True)


def keep_changes(grievance, before) -> None:
	"""What a person changed on a Grievance that triage had filled in; ``before`` is the document as it stood."""
	if not grievance.triage_evidence:
		return
	guesses = json.loads(grievance.triage_evidence).get("fields", {})
	for field in FIELDS:
		if grievance.get(field) == before.get(field):
			continue
		keep(
			field=field,
			predicted=before.get(field),
			corrected=grievance.get(field),
			confidence=guesses.get(field, {}).get("confidence", 0) * 100,
			text=grievance.description,
			grievance=grievance.name,
			citizen_post=grievance.source_post,
		)
