"""Which grievance answers for a merged one: ``merged_into`` is followed to its end, however long the chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import frappe


class Loop(ValueError):
	"""A grievance is merged into itself, directly or through others."""


def chain(name: str, merged_into: Mapping[str, str | None]) -> list[str]:
	"""``name``, then what it is merged into, and so on; the last one is merged into nothing. Raises :class:`Loop`."""
	found = [name]
	while following := merged_into.get(found[-1]):
		if following in found:
			raise Loop(" > ".join([*found, following]))
		found.append(following)
	return found


def load(names: Iterable[str], *, for_update: bool = False) -> dict[str, str | None]:
	"""``{name: merged into}`` of these grievances and of all that they lead to: one query for each link of the chain."""
	links: dict[str, str | None] = {}
	waiting = set(names)
	while waiting:
		rows = frappe.db.get_values(
			"Grievance",
			{"name": ["in", sorted(waiting)]},
			["name", "merged_into"],
			as_dict=True,
			order_by=None,
			for_update=for_update,
		)
		links |= {row.name: row.merged_into or None for row in rows}
		waiting = {target for target in links.values() if target} - links.keys()
		if not rows:
			break
	return links


def final_targets(names: Iterable[str]) -> dict[str, str]:
	"""The grievance that answers for each of ``names``: itself unless it was merged."""
	names = set(names)
	links = load(names)
	return {name: chain(name, links)[-1] for name in names}


def final_target(name: str) -> str:
	return final_targets([name])[name]
