"""The map of cases: one marker a place, with the numbers of the viewer's own list.

A village seldom has coordinates of its own, so a place without any stands at the nearest one above that has them,
often the headquarters of its district.
"""

from collections import defaultdict
from collections.abc import Iterable

import frappe

from grievance_helpdesk.compatibility import aggregate

DOCTYPE = "Grievance"
STEP = 4  # digits of a scope path for each level


@frappe.whitelist(methods=["GET"])
def read(filters: str | list | dict | None = None) -> dict:
	"""``{features: GeoJSON points, unplaced: number of cases that no place with coordinates holds}``.

	``filters`` are those of the list. Each point tells ``{place, title, cases, late, places}``; ``places`` are the
	names of every place that is counted there.
	"""
	frappe.has_permission(DOCTYPE, "read", throw=True)
	counted = frappe.get_list(
		DOCTYPE,
		filters=frappe.parse_json(filters) or [],
		fields=[
			"jurisdiction",
			aggregate("COUNT", "name", "cases"),
			aggregate("SUM", "resolution_breached", "late"),
		],
		group_by="jurisdiction",
		order_by=None,
		limit_page_length=0,
	)
	found = points([row.jurisdiction for row in counted if row.jurisdiction])
	groups: dict[str, list] = defaultdict(list)
	for row in counted:
		groups[found[row.jurisdiction].name if row.jurisdiction in found else ""].append(row)
	unplaced = sum(row.cases for row in groups.pop("", []))
	by_name = {point.name: point for point in found.values()}
	return {
		"features": [_feature(by_name[name], rows) for name, rows in groups.items()],
		"unplaced": unplaced,
	}


def points(names: Iterable[str]) -> dict[str, frappe._dict]:
	"""For each place the nearest one at or above it that has coordinates; those without one are left out."""
	paths = dict(
		frappe.get_all(
			"Jurisdiction",
			filters={"name": ["in", sorted(set(names)) or [""]]},
			fields=["name", "scope_path"],
			as_list=True,
			limit=0,
		)
	)
	above = {path[:end] for path in paths.values() for end in range(STEP, len(path) + 1, STEP)}
	rows = frappe.get_all(
		"Jurisdiction",
		filters={"scope_path": ["in", sorted(above) or [""]]},
		or_filters={"latitude": ["!=", 0], "longitude": ["!=", 0]},
		fields=["name", "jurisdiction_name", "scope_path", "latitude", "longitude"],
		limit=0,
	)
	known = {row.scope_path: row for row in rows}
	nearest = {}
	for name, path in paths.items():
		for end in range(len(path), 0, -STEP):
			if path[:end] in known:
				nearest[name] = known[path[:end]]
				break
	return nearest


def _feature(point: frappe._dict, rows: list) -> dict:
	return {
		"type": "Feature",
		"geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
		"properties": {
			"place": point.name,
			"title": point.jurisdiction_name,
			"cases": sum(row.cases for row in rows),
			"late": sum(int(row.late or 0) for row in rows),
			"places": sorted(row.jurisdiction for row in rows),
		},
	}
