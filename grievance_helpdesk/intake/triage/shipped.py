"""Rules and places from a state's folder of master data: triage without a site."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from grievance_helpdesk.jurisdiction import state_data

from .engine import Triage
from .gazetteer import Gazetteer, PlaceRow
from .rules import Category, DepartmentRow, OutcomePhrase, Phrase, RuleSet

URBAN_LEVELS = {"Urban Body": True, "Ward": True, "Village": None}


def place_rows(folder: Path = state_data.DEFAULT_FOLDER) -> list[PlaceRow]:
	"""Every place of the folder as the gazetteer takes it."""
	rows = []
	for place in state_data.places(folder):
		values = place.values
		rows.append(
			PlaceRow(
				name=place.name,
				title=place.title,
				level=place.level,
				district=place.district,
				parent=place.parent,
				scope_path=place.scope_path,
				title_hi=values.get("name_hi") or values.get("jurisdiction_name_hi") or "",
				aliases=tuple(values.get("aliases") or ()),
				pin_codes=tuple(_split(values.get("pin_codes"))),
				urban=URBAN_LEVELS.get(place.level),
			)
		)
	return rows


def rule_set(folder: Path = state_data.DEFAULT_FOLDER, paths: dict[str, str] | None = None) -> RuleSet:
	"""The folder's categories and phrases. ``paths``: scope path by place document name, read when not given."""
	if paths is None:
		paths = {place.name: place.scope_path for place in state_data.places(folder)}
	phrases = state_data.phrases(folder)
	return RuleSet(
		tuple(_category(row, paths) for row in state_data.categories(folder)),
		_outcomes(phrases, "Kind"),
		_outcomes(phrases, "Urgency"),
	)


def triage(folder: Path = state_data.DEFAULT_FOLDER) -> Triage:
	"""A triage engine that knows the folder's rules and places and nothing else."""
	rows = place_rows(folder)
	paths = {row.name: row.scope_path for row in rows}
	return Triage(rule_set(folder, paths), Gazetteer(rows), paths=paths)


def _split(value: Any) -> list[str]:
	if isinstance(value, str):
		return value.replace(",", " ").replace("|", " ").split()
	return list(value or ())


def _category(row: dict[str, Any], paths: dict[str, str]) -> Category:
	return Category(
		code=row["category_code"],
		title=row["category_name"],
		type=row.get("grievance_type") or "Grievance",
		department=row.get("department") or None,
		departments=tuple(_department_row(one, paths) for one in row.get("departments") or ()),
		phrases=tuple(_phrase(one) for one in row.get("phrases") or ()),
		confidential=bool(row.get("confidential")),
		emergency=bool(row.get("emergency")),
		priority=row.get("priority") or "Medium",
		disabled=bool(row.get("disabled")),
	)


def _department_row(row: dict[str, Any], paths: dict[str, str]) -> DepartmentRow:
	place = row.get("jurisdiction") or ""
	if place and place not in paths:
		raise state_data.StateDataError(
			f"categories.json: the place {place} of a department row is not in the list"
		)
	return DepartmentRow(row["department"], row.get("area") or "", paths.get(place, ""))


def _phrase(row: dict[str, Any]) -> Phrase:
	return Phrase(
		phrase=row["phrase"],
		language=row.get("language") or "",
		weight=float(row.get("weight") or 1.0),
		exclude=bool(row.get("exclude")),
		district=row.get("district") or None,
		valid_from=_date(row.get("valid_from")),
		valid_to=_date(row.get("valid_to")),
	)


def _date(value: Any) -> date | None:
	return date.fromisoformat(str(value)) if value else None


def _outcomes(rows: list[dict[str, Any]], purpose: str) -> tuple[OutcomePhrase, ...]:
	return tuple(
		OutcomePhrase(
			row["outcome"], row["phrase"], float(row.get("weight") or 1.0), row.get("language") or ""
		)
		for row in rows
		if row["purpose"] == purpose and not row.get("disabled")
	)
