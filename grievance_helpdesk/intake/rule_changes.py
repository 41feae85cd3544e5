"""The engine as it would be with a category or a phrase that nobody has saved yet. Nothing is written."""

from __future__ import annotations

from dataclasses import replace

import frappe
from frappe import _

from grievance_helpdesk.intake import knowledge
from grievance_helpdesk.intake.triage.engine import Triage
from grievance_helpdesk.intake.triage.rules import Category, RuleSet

CATEGORY, PHRASE = "Grievance Category", "Triage Phrase"


def engine_with(engine: Triage, change: str | dict | None) -> Triage:
	"""``engine`` with ``change``: a Grievance Category or Triage Phrase as its form holds it. None: as it is."""
	if not change:
		return engine
	doc = checked(change)
	rules = (
		_with_category(engine.ruleset, doc) if doc.doctype == CATEGORY else _with_phrase(engine.ruleset, doc)
	)
	return replace(engine, ruleset=rules)


def checked(change: str | dict):
	"""The unsaved document of a change; refused with words when it cannot be tried."""
	values = frappe.parse_json(change)
	if not isinstance(values, dict) or values.get("doctype") not in (CATEGORY, PHRASE):
		frappe.throw(_("Only a changed category or a changed phrase can be tried."))
	doc = frappe.get_doc(values)
	frappe.has_permission(doc.doctype, "read", throw=True)
	if doc.doctype == CATEGORY:
		if not frappe.db.exists(CATEGORY, doc.name):
			doc.name = doc.category_code
		doc.validate_phrases()
	missing = [
		row for row in (doc.phrases if doc.doctype == CATEGORY else [doc]) if not (row.phrase or "").strip()
	]
	if missing or not doc.name:
		frappe.throw(_("Fill in each phrase first: an empty one says nothing."))
	return doc


def _with_category(rules: RuleSet, doc) -> RuleSet:
	changed = knowledge.category_of(doc, doc.departments, doc.phrases, knowledge.scope_paths())
	categories: list[Category] = list(rules.categories)
	places = [index for index, category in enumerate(categories) if category.code == changed.code]
	if places:
		categories[places[0]] = changed
	else:
		categories.append(changed)
	return RuleSet(categories, rules.kind_phrases, rules.urgency_phrases)


def _with_phrase(rules: RuleSet, doc) -> RuleSet:
	return RuleSet(
		rules.categories,
		knowledge.outcome_phrases("Kind", doc),
		knowledge.outcome_phrases("Urgency", doc),
	)
