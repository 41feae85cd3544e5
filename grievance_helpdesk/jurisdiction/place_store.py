"""Writes many places at once: a document a place would renumber the whole tree each time.

New places are numbered behind their last sibling, so no existing scope path ever changes, and the nested set is
computed once for the whole tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import frappe
from frappe.utils import now_datetime
from pypika import Case

from . import tree
from .state_data import GROUP_LEVELS
from .tree import Place

PLACE_FIELDS = (
	"jurisdiction_name",
	"name_hi",
	"level",
	"parent_jurisdiction",
	"old_parent",
	"district",
	"lgd_code",
	"census_code",
	"pin_codes",
	"source",
	"valid_from",
	"is_group",
	"disabled",
	"scope_path",
	"lft",
	"rgt",
)
RECORD_FIELDS = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")
ALIAS_FIELDS = ("parent", "parenttype", "parentfield", "alias", "language")
# Rows in one UPDATE: long enough to save round trips, short enough for the statement limits of SQLite.
UPDATE_CHUNK = 200


def insert_places(places: list[Place], rebuild: bool = True) -> None:
	"""Insert places (parents before children) with their aliases, then renumber the nested set.

	``name``, ``parent``, ``district`` and ``values`` must be filled as :func:`state_data.places` does; the parent
	is an existing place or an earlier one of the list. Nothing is validated again: the caller did. A caller with
	more to change passes ``rebuild=False`` and calls :func:`rebuild_bounds` at the end.
	"""
	if not places:
		return
	_number(places)
	frappe.db.bulk_insert(
		"Jurisdiction", [*RECORD_FIELDS, *PLACE_FIELDS], (_place_row(place) for place in places)
	)
	add_aliases({place.name: place.values.get("aliases") or () for place in places})
	_mark_groups({place.parent for place in places if place.parent})
	if rebuild:
		rebuild_bounds()


def move_below(moves: list[tuple[str, str]]) -> list[tuple[str, str]]:
	"""Move places, given as (place, new parent); returns their (old path, new path). Bounds follow later."""
	if not moves:
		return []
	paths, last_child = _paths()
	changes, moved = {}, []
	for name, parent in moves:
		above = paths[parent]
		path = last_child[above] = tree.next_path(above, last_child.get(above))
		moved.append((paths[name], path))
		changes[name] = {"parent_jurisdiction": parent, "old_parent": parent, "scope_path": path}
	update_many(changes)
	_mark_groups({parent for _name, parent in moves})
	return moved


def add_aliases(aliases: dict[str, Iterable[str]], first_index: dict[str, int] | None = None) -> None:
	"""Append spellings to places; ``first_index`` tells how many a place already has."""
	first_index = first_index or {}
	rows = [
		(
			*_record(frappe.generate_hash(length=10), index),
			name,
			"Jurisdiction",
			"aliases",
			alias,
			language_of(alias),
		)
		for name, spellings in aliases.items()
		for index, alias in enumerate(spellings, first_index.get(name, 0) + 1)
	]
	if rows:
		frappe.db.bulk_insert("Jurisdiction Alias", [*RECORD_FIELDS, *ALIAS_FIELDS], rows)


def rebuild_bounds() -> None:
	"""Nested-set bounds of the whole tree from its scope paths; writes only the rows that changed."""
	rows = frappe.get_all(
		"Jurisdiction", fields=["name", "scope_path", "lft", "rgt"], order_by="scope_path", limit=0
	)
	bounds = tree.bounds([row.scope_path for row in rows])
	changed = {
		row.name: {"lft": left, "rgt": right}
		for row, (left, right) in zip(rows, bounds, strict=True)
		if (row.lft, row.rgt) != (left, right)
	}
	update_many(changed)


def update_many(changes: dict[str, dict]) -> None:
	"""Set fields of many places in few statements; every change must name the same fields."""
	table = frappe.qb.DocType("Jurisdiction")
	for names in _chunks(list(changes), UPDATE_CHUNK):
		query = frappe.qb.update(table)
		for fieldname in changes[names[0]]:
			value = Case()
			for name in names:
				value = value.when(table.name == name, changes[name][fieldname])
			query = query.set(table[fieldname], value.else_(table[fieldname]))
		query.where(table.name.isin(names)).run()


def language_of(alias: str) -> str:
	"""Devanagari spellings are Hindi; Latin ones may be English or Hindi in Latin letters."""
	return "hi" if any("\u0900" <= letter <= "\u097f" for letter in alias) else ""


def _number(places: list[Place]) -> None:
	"""Scope paths of new places behind their siblings; bounds follow later."""
	paths, last_child = _paths()
	for place in places:
		above = paths[place.parent] if place.parent else ""
		place.scope_path = tree.next_path(above, last_child.get(above))
		place.lft = place.rgt = 0
		paths[place.name] = last_child[above] = place.scope_path


def _paths() -> tuple[dict[str, str], dict[str, str]]:
	"""Scope path by place, and the highest path in use below each path."""
	paths, last_child = {}, {}
	for row in frappe.get_all("Jurisdiction", fields=["name", "scope_path"], limit=0):
		paths[row.name] = row.scope_path
		above = row.scope_path[: -tree.STEP]
		last_child[above] = max(last_child.get(above, ""), row.scope_path)
	return paths, last_child


def _mark_groups(parents: set[str]) -> None:
	leaves = frappe.get_all(
		"Jurisdiction", filters={"name": ["in", list(parents)], "is_group": 0}, pluck="name"
	)
	update_many({name: {"is_group": 1} for name in leaves})


def _place_row(place: Place) -> tuple:
	values = place.values
	return (
		*_record(place.name, 0),
		place.title,
		values.get("name_hi") or None,
		place.level,
		place.parent,
		place.parent,
		place.district,
		values.get("lgd_code") or None,
		values.get("census_code") or None,
		values.get("pin_codes") or None,
		values.get("source") or None,
		values.get("valid_from"),
		int(place.level in GROUP_LEVELS),
		0,
		place.scope_path,
		place.lft,
		place.rgt,
	)


def _record(name: str, index: int) -> tuple:
	now, user = now_datetime(), frappe.session.user
	return name, user, now, now, user, 0, index


def _chunks(items: list, size: int) -> Iterator[list]:
	for start in range(0, len(items), size):
		yield items[start : start + size]
