"""Loads the site's records into the triage engine, once in a process.

Categories, phrases and places change rarely and take most of a second to load, so the engine is kept. Each batch asks
a few small questions (newest change, number of records) and loads again when an answer differs.
"""

from __future__ import annotations

import gc
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import frappe
from frappe.query_builder.functions import Count, Max
from frappe.utils import flt, getdate

from grievance_helpdesk.compatibility import file_bytes
from grievance_helpdesk.intake.triage.calibration import Calibration
from grievance_helpdesk.intake.triage.engine import Thresholds, Triage
from grievance_helpdesk.intake.triage.gazetteer import Gazetteer, PlaceRow
from grievance_helpdesk.intake.triage.model import LinearModel
from grievance_helpdesk.intake.triage.rules import Category, DepartmentRow, OutcomePhrase, Phrase, RuleSet

SOURCES = ("Jurisdiction", "Grievance Category", "Triage Phrase", "Triage Model")


@dataclass(frozen=True, slots=True)
class Knowledge:
	"""The engine, and each place by name. ``fingerprint`` tells whether it is still what the site says."""

	fingerprint: tuple
	engine: Triage
	places: dict[str, PlaceRow]

	def level(self, place: str | None) -> str | None:
		row = self.places.get(place) if place else None
		return row.level if row else None


_kept: dict[str, Knowledge] = {}


def load() -> Knowledge:
	"""The engine with the site's present rules, places and model."""
	site, fingerprint = frappe.local.site, _fingerprint()
	kept = _kept.get(site)
	if kept is None or kept.fingerprint != fingerprint:
		kept = _kept[site] = _load(fingerprint)
	return kept


def _fingerprint() -> tuple:
	answers = []
	for doctype in SOURCES:
		table = frappe.qb.DocType(doctype)
		answers.append(frappe.qb.from_(table).select(Max(table.modified), Count(table.name)).run()[0])
	return (*answers, frappe.get_cached_doc("Grievance Settings").modified)


def _load(fingerprint: tuple) -> Knowledge:
	places = _places()
	model, calibration = active_model()
	engine = Triage(
		RuleSet(_categories(), outcome_phrases("Kind"), outcome_phrases("Urgency")),
		Gazetteer(places),
		model=model,
		calibration=calibration,
		settings=_thresholds(calibration),
	)
	# A hundred thousand small objects that stay: the garbage collector need not walk them in every batch.
	gc.freeze()
	return Knowledge(fingerprint, engine, {place.name: place for place in places})


def _thresholds(calibration: dict[str, Calibration]) -> Thresholds:
	"""The settings' thresholds; where a field is calibrated, the one that reaches the target accuracy."""
	settings = frappe.get_cached_doc("Grievance Settings")
	chosen = {
		"kind": settings.kind_threshold,
		"category": settings.category_threshold,
		"district": settings.place_threshold,
	}
	values = {name: percent / 100 for name, percent in chosen.items() if percent}
	if settings.target_accuracy:
		target = settings.target_accuracy / 100
		values |= {name: calibration[name].threshold(target) for name in values if name in calibration}
	return Thresholds(**values, audit=(settings.audit_share or 0) / 100)


def _places() -> list[PlaceRow]:
	aliases = defaultdict(list)
	for row in frappe.get_all("Jurisdiction Alias", fields=["parent", "alias"], as_list=True, limit=0):
		aliases[row[0]].append(row[1])
	rows = frappe.get_all(
		"Jurisdiction",
		filters={"disabled": 0},
		fields=[
			"name",
			"jurisdiction_name",
			"level",
			"district",
			"parent_jurisdiction",
			"scope_path",
			"name_hi",
			"pin_codes",
		],
		order_by="scope_path",
		as_list=True,
		limit=0,
	)
	return [
		PlaceRow(
			name=name,
			title=title,
			level=level,
			district=district,
			parent=parent,
			scope_path=path or "",
			title_hi=title_hi or "",
			aliases=tuple(aliases.get(name, ())),
			pin_codes=tuple((pin_codes or "").split()),
		)
		for name, title, level, district, parent, path, title_hi, pin_codes in rows
	]


def _categories() -> list[Category]:
	phrases, departments = _children("Category Phrase"), _children("Category Department")
	paths = scope_paths()
	rows = frappe.get_all(
		"Grievance Category",
		fields=[
			"name",
			"category_name",
			"grievance_type",
			"department",
			"priority",
			"confidential",
			"emergency",
			"disabled",
		],
		order_by="name",
		limit=0,
	)
	return [category_of(row, departments.get(row.name, ()), phrases.get(row.name, ()), paths) for row in rows]


def category_of(row, departments: Iterable, phrases: Iterable, paths: Mapping[str, str]) -> Category:
	"""A category as the engine reads it, from rows of the site or from a document that nobody has saved yet."""
	return Category(
		code=row.name,
		title=row.category_name,
		type=row.grievance_type,
		department=row.department or None,
		departments=tuple(
			DepartmentRow(
				department=child.department,
				area=child.area or "",
				jurisdiction_path=paths.get(child.jurisdiction) or "",
			)
			for child in departments
		),
		phrases=tuple(_phrase(child) for child in phrases),
		confidential=bool(row.confidential),
		emergency=bool(row.emergency),
		priority=row.priority,
		disabled=bool(row.disabled),
	)


def scope_paths() -> dict[str, str]:
	return dict(frappe.get_all("Jurisdiction", fields=["name", "scope_path"], as_list=True, limit=0))


def _children(doctype: str) -> dict[str, list]:
	children = defaultdict(list)
	rows = frappe.get_all(
		doctype, filters={"parenttype": "Grievance Category"}, fields=["*"], order_by="parent, idx", limit=0
	)
	for row in rows:
		children[row.parent].append(row)
	return children


def _phrase(row) -> Phrase:
	return Phrase(
		phrase=row.phrase,
		language=row.language or "",
		weight=flt(row.weight),
		exclude=bool(row.exclude),
		district=row.district or None,
		valid_from=getdate(row.valid_from) if row.valid_from else None,
		valid_to=getdate(row.valid_to) if row.valid_to else None,
	)


def outcome_phrases(purpose: str, changed=None) -> list[OutcomePhrase]:
	"""The phrases in use for a purpose; ``changed`` is a Triage Phrase that stands in for the stored one."""
	rows = frappe.get_all(
		"Triage Phrase",
		filters={"purpose": purpose, "disabled": 0},
		fields=["name", "outcome", "phrase", "weight", "language"],
		order_by="outcome, phrase, name",
		limit=0,
	)
	if changed:
		rows = [row for row in rows if row.name != changed.name]
		rows += [changed] if changed.purpose == purpose and not changed.disabled else []
	return [OutcomePhrase(row.outcome, row.phrase, flt(row.weight), row.language or "") for row in rows]


def active_model() -> tuple[LinearModel | None, dict[str, Calibration]]:
	"""The model in use and its calibration; ``(None, {})`` where none was trained yet."""
	rows = frappe.get_all(
		"Triage Model",
		filters={"status": "Active"},
		fields=["name", "weights", "calibration"],
		order_by="creation desc",
		limit=1,
	)
	if not rows:
		return None, {}
	content = weights_of(rows[0].weights)
	calibration = json.loads(rows[0].calibration or "{}")
	return (
		LinearModel.from_bytes(content) if content else None,
		{name: Calibration.from_rows(found) for name, found in calibration.items()},
	)


def weights_of(file_url: str | None) -> bytes | None:
	"""Content of the private file with a model's weights; None when it is gone (phrases then work alone)."""
	name = file_url and frappe.db.get_value("File", {"file_url": file_url})
	if not name:
		return None
	return file_bytes(frappe.get_doc("File", name))
