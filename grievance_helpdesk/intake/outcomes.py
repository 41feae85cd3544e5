"""Field values of what a post leads to: the Grievance, and the record of the decision on the Citizen Post."""

from __future__ import annotations

import json

import frappe
from frappe.utils import cint

from grievance_helpdesk.intake import signatures
from grievance_helpdesk.intake.decisions import Decision, Reading
from grievance_helpdesk.intake.triage.result import TriageResult
from grievance_helpdesk.redressal.citizens import Author
from grievance_helpdesk.redressal.plain_text import fit, harmless

LANGUAGES = frozenset(("en", "hi", "hi-Latn", "mixed"))
SUBJECT_LENGTH = 140
SUGGESTION = "suggestion"
# Less than this, and a person says whether a post is a grievance at all.
PROBABLY = 0.5


def author_of(row: frappe._dict) -> Author:
	"""The author of a stored post; the id of a mail's author is the address."""
	return Author(
		channel=row.channel,
		external_id=row.author_id or "",
		handle=row.author_handle or "",
		name=row.author_name or "",
		email=row.author_id if row.channel == "Email" else "",
	)


def is_case(result: TriageResult) -> bool:
	"""Whether the post is something to answer: a grievance, or a suggestion, which is a type of its own."""
	return result.is_grievance or result.kind.value == SUGGESTION


def is_sure(result: TriageResult) -> bool:
	"""Whether no person needs to say if this is a case. A post of pictures alone always needs one."""
	if not result.text.words:
		return False
	if is_case(result):
		return result.kind.confidence >= PROBABLY
	# Triage's own doubts, and its random audit, put a post before a person instead of aside.
	return not result.needs_review


def grievance_values(
	row: frappe._dict, result: TriageResult, decision: Decision, citizen: str | None
) -> dict:
	"""Fields of the Grievance that a post becomes."""
	places = result.places
	contacts = result.contacts
	language = result.language.value
	return {
		"subject": subject_of(bool(row.subject), harmless(result.public_text)),
		"description": row.text,
		"public_text": harmless(result.public_text),
		"grievance_type": "Suggestion" if result.kind.value == SUGGESTION else "Grievance",
		"category": result.category.value,
		"also_about": fit(", ".join(result.also), 140),
		"department": result.department.value,
		"jurisdiction": places.jurisdiction.value or places.district.value,
		"place_text": fit(places.place_text, 140),
		"place_offer": fit(places.offer, 140),
		"ward": fit(places.ward, 140),
		"pin_code": fit(places.pin, 140),
		"urgent": cint(bool(result.urgent.value)),
		"needs_review": cint(result.needs_review),
		"review_reasons": "\n".join(result.review_reasons),
		"confidence": result.confidence * 100,
		"possible_duplicate_of": decision.same_problem_as,
		"triage_evidence": evidence_of(result),
		"citizen": citizen,
		"citizen_name": fit(row.author_name or row.author_handle, 140),
		"language": language if language in LANGUAGES else "",
		"contact_phone": contacts.phones[0] if contacts.phones else None,
		"contact_email": row.author_id if row.channel == "Email" else next(iter(contacts.emails), None),
		"channel": row.channel,
		"channel_account": row.channel_account,
		"permalink": row.permalink,
		"source_post": row.name,
	}


def evidence_of(result: TriageResult) -> str:
	"""The reasons as JSON, for the post and for its grievance."""
	return json.dumps(result.as_evidence(), ensure_ascii=False, separators=(",", ":"))


def subject_of(has_subject: bool, public_text: str) -> str:
	"""One line for lists, without personal data: a mail's subject (triage reads it as the first line) or the first words."""
	lines = (public_text or "").strip().splitlines() or [""]
	words = " ".join((lines[0] if has_subject else " ".join(lines)).split())
	if not words:
		return "(no text)"
	return words if len(words) <= SUBJECT_LENGTH else words[: SUBJECT_LENGTH - 1].rstrip() + "…"


def post_values(
	result: TriageResult | None, reading: Reading, decision: Decision, citizen: str | None
) -> dict[str, object]:
	"""Fields of the Citizen Post once it is decided; ``result`` is None for posts that triage never saw."""
	values = {
		"state": decision.state,
		"grievance": decision.grievance,
		"citizen": citizen,
		"duplicate_of": decision.duplicate_of,
		"same_problem_as": decision.same_problem_as,
		"needs_review": cint(decision.state == "For Review"),
		"review_reasons": decision.reason,
		"decided_by_person": 0,
		"next_attempt_at": None,
		"error": None,
		**dict.fromkeys(_FROM_TRIAGE),
		"urgent": 0,
		"confidence": 0,
	}
	if result is None:
		return values
	return values | _triage_values(result, reading, decision)


_FROM_TRIAGE = (
	"kind",
	"category",
	"department",
	"jurisdiction",
	"district",
	"place_text",
	"place_offer",
	"language",
	"signature",
	"engine_version",
	"ruleset_hash",
	"triage_evidence",
	"public_text",
)


def _triage_values(result: TriageResult, reading: Reading, decision: Decision) -> dict[str, object]:
	places = result.places
	return {
		"needs_review": cint(
			decision.state == "For Review" or (decision.state == "Grievance" and result.needs_review)
		),
		"review_reasons": "\n".join([decision.reason, *result.review_reasons]),
		"kind": result.kind.value,
		"category": result.category.value,
		"department": result.department.value,
		"jurisdiction": places.jurisdiction.value or places.district.value,
		"district": places.district.value,
		"place_text": fit(places.place_text, 255),
		"place_offer": fit(places.offer, 255),
		"language": result.language.value,
		"urgent": cint(bool(result.urgent.value)),
		"confidence": result.confidence * 100,
		"signature": signatures.write(reading.signature, reading.numbers),
		"engine_version": result.engine_version,
		"ruleset_hash": result.ruleset_hash,
		"triage_evidence": evidence_of(result),
		"public_text": harmless(result.public_text),
	}
