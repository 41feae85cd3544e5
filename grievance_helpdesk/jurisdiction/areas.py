"""Areas of responsibility: a place's subtree, for one department or for all. Pure Python.

:func:`simplify` drops what another area covers already. :func:`anything_outside` tells from a few facts about a set of
cases (for each department the lowest and the highest scope path) whether one may lie outside the areas, so that a
query need not ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .tree import is_inside, path_range


@dataclass(frozen=True, slots=True)
class Area:
	"""``district`` is the district that holds the whole area, ``is_district`` says that the area is all of it."""

	path: str
	department: str | None = None
	district: str | None = None
	is_district: bool = False

	def covers(self, other: Area) -> bool:
		return is_inside(other.path, self.path) and self.department in (None, other.department)

	def holds(self, path: str | None, department: str | None) -> bool:
		return is_inside(path, self.path) and self.department in (None, department)


def simplify(areas: Iterable[Area]) -> tuple[Area, ...]:
	kept: list[Area] = []
	for area in sorted(set(areas), key=lambda area: (len(area.path), area.department or "")):
		if not any(other.covers(area) for other in kept):
			kept.append(area)
	return tuple(kept)


def anything_outside(groups: Iterable[tuple], areas: Iterable[Area]) -> bool | list[tuple[str, str, str]]:
	"""Whether a case lies outside. ``groups``: (department, lowest path, highest path) of the cases in question.

	Where the two ends of a department lie in different areas the facts do not tell; then the answer is a list of
	(department, from path, to path) to look into, each a half-open range between two areas.
	"""
	areas = tuple(areas)
	gaps = []
	for department, lowest, highest in groups:
		mine = [area for area in areas if area.department in (None, department)]
		if not (_holds(mine, lowest) and _holds(mine, highest)):
			return True
		if not any(is_inside(lowest, area.path) and is_inside(highest, area.path) for area in mine):
			gaps += [(department, *gap) for gap in _gaps(mine, lowest, highest)]
	return gaps or False


def _holds(areas: list[Area], path: str | None) -> bool:
	return any(is_inside(path, area.path) for area in areas)


def _gaps(areas: list[Area], lowest: str, highest: str) -> list[tuple[str, str]]:
	"""What lies between the areas, from the lowest to the highest path."""
	found, end = [], lowest
	for low, high in sorted(path_range(area.path) for area in areas):
		if low > end and low <= highest:
			found.append((end, low))
		end = max(end, high)
	return found
