"""Areas of responsibility: a place's subtree, for one department or for all. Pure Python.

:func:`simplify` drops what another area covers already. :func:`outside` gives the few ranges of paths that no area
covers, so that an index tells in a few steps whether an officer has any case there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from grievance_helpdesk.jurisdiction.tree import is_inside, path_range


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


def outside(areas: Iterable[Area]) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
	"""What no area covers: rows (from path, to path, departments), each a half-open range of paths.

	A case there lies outside unless it belongs to one of the departments; None is an open end.
	"""
	areas = tuple(areas)
	ranges = {area: path_range(area.path) for area in areas}
	ends = [None, *sorted({end for pair in ranges.values() for end in pair}), None]
	found = []
	for low, high in pairwise(ends):
		here = [area for area in areas if low and high and ranges[area][0] <= low and high <= ranges[area][1]]
		if all(area.department for area in here):
			found.append((low, high, tuple(sorted(area.department for area in here))))
	return found
