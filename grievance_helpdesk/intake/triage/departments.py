"""Who answers for a category at a place: a table, never learned."""

from __future__ import annotations

from collections.abc import Mapping

from .places import Places
from .result import Field, Reason
from .rules import Category, DepartmentRow

SURE, LIKELY, UNSURE = 0.95, 0.8, 0.55


def decide(category: Category | None, places: Places, paths: Mapping[str, str]) -> Field:
	"""The department of ``category`` at ``places``. ``paths``: scope path by Jurisdiction name.

	The row of the nearest place around wins, then the row of the area (Urban, Rural), then the category's own
	department. Without a place the answer is only a likely one when the category's rows differ.
	"""
	if category is None:
		return Field(None, 0.0, [Reason("department.no-category", "no category, so no department")])
	path = paths.get(places.jurisdiction.value or places.district.value or "", "")
	row = best_row(category, path, places.area)
	if row is not None:
		area = f"in {row.area.lower()} places" if row.area else "everywhere"
		where = "at this place" if row.jurisdiction_path else area
		text = f"{row.department} answers for {category.code} {where}"
		return Field(row.department, SURE, [Reason("department.row", text)])
	if category.department is None:
		return Field(None, SURE, [Reason("department.none", f"{category.code} goes to no department")])
	sure = SURE if not category.departments else LIKELY if path else UNSURE
	text = f"{category.department} answers for {category.code} in general"
	return Field(category.department, sure, [Reason("department.category", text)])


def best_row(category: Category, path: str, area: str) -> DepartmentRow | None:
	"""The most specific row that fits a scope path and an area; a row with an area needs that area known."""
	fitting = [
		row
		for row in category.departments
		if path.startswith(row.jurisdiction_path) and row.area in ("", area) and (path or row.area)
	]
	return max(fitting, key=lambda row: (len(row.jurisdiction_path), bool(row.area)), default=None)
