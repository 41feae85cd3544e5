"""Arithmetic of the place tree: names, scope paths and nested-set bounds. Pure Python.

A *scope path* is four digits for each level from the state down, for example ``000100030012``. A place's
subtree is exactly one range of paths, and adding or renumbering a place never moves another place's path,
which is why a Grievance can carry a copy of it (a copied nested-set bound would go stale with each new ward).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

STEP = 4
LARGEST = 10**STEP - 1
NAMED_ALONE = ("State", "Division", "District")


class TreeFull(ValueError):
	"""A place has no free number left for one more place below it."""


@dataclass(slots=True)
class Place:
	"""One row of a place list. ``name`` is the document's name once :func:`lay_out` has run."""

	level: str
	title: str
	parent: str | None
	district: str | None = None
	name: str = ""
	scope_path: str = ""
	lft: int = 0
	rgt: int = 0
	values: dict = field(default_factory=dict)


def document_name(level: str, title: str, district: str | None) -> str:
	"""Name of a place's document: the bare title down to the district, below it with level and district."""
	if level in NAMED_ALONE or not district:
		return title
	return f"{title} {level}, {district}"


def next_path(parent_path: str, last_sibling: str | None) -> str:
	"""Path of the next place below ``parent_path``; ``last_sibling`` is the highest path in use there."""
	number = int(last_sibling[-STEP:]) + 1 if last_sibling else 1
	if number > LARGEST:
		raise TreeFull(f"There are already {LARGEST} places at this level")
	return f"{parent_path}{number:0{STEP}d}"


def path_range(path: str) -> tuple[str, str]:
	"""Lowest path of the subtree and the first path behind it, for ``low <= scope_path < high``."""
	return path, f"{int(path) + 1:0{len(path)}d}"


def is_inside(path: str | None, area: str) -> bool:
	"""Whether ``path`` lies in the subtree of ``area``, itself included."""
	return bool(path) and path.startswith(area)


def lay_out(places: Iterable[Place]) -> list[Place]:
	"""Give every place its scope path and nested-set bounds; parents are found by document name.

	Raises ``ValueError`` naming the place whose parent is not in the list.
	"""
	places = list(places)
	children: dict[str | None, list[Place]] = defaultdict(list)
	known = {place.name for place in places}
	for place in places:
		if place.parent and place.parent not in known:
			raise ValueError(f"{place.name}: its parent {place.parent} is not in the list")
		children[place.parent].append(place)
	counter = 0

	def visit(place: Place) -> None:
		nonlocal counter
		counter += 1
		place.lft = counter
		last = None
		for child in children.get(place.name, ()):
			child.scope_path = last = next_path(place.scope_path, last)
			visit(child)
		counter += 1
		place.rgt = counter

	last_root = None
	for root in children[None]:
		root.scope_path = last_root = next_path("", last_root)
		visit(root)
	return places


def bounds(paths: list[str]) -> list[tuple[int, int]]:
	"""Nested-set bounds (left, right) of places given by their scope paths in ascending order.

	Ascending paths are the tree's own order, each place before everything below it.
	"""
	left, right = [0] * len(paths), [0] * len(paths)
	counter, open_places = 0, []
	for index, path in enumerate(paths):
		while open_places and not is_inside(path, paths[open_places[-1]]):
			counter += 1
			right[open_places.pop()] = counter
		counter += 1
		left[index] = counter
		open_places.append(index)
	while open_places:
		counter += 1
		right[open_places.pop()] = counter
	return list(zip(left, right, strict=True))
