"""What opening the workspace costs: each card, chart and shortcut of it, as three officers ask for them.

Run on a throw-away bench site: ``env/bin/python apps/grievance_helpdesk/benchmarks/workspace_rate.py SITE`` from the
bench's folder. The site is filled step by step (:mod:`million_grievances`), and of the open cases some are overdue,
pressing, disputed, due today or without an officer. Times are MariaDB's own, medians of each request's slowest query
and of all its queries. Target: no query over 100 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

import frappe
from frappe.desk.doctype.number_card import number_card

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import million_grievances, scope_rate
from grievance_helpdesk.jurisdiction.scope import surfaces
from grievance_helpdesk.redressal import charts
from tests.contract import desk_filters

TARGET = 100


def people() -> dict[str, str]:
	"""The State Nodal Officer holds an office too, so that complaints about that office are left out by each query."""
	everybody = scope_rate.people()
	state = frappe.get_cached_doc("Grievance Settings").state
	scope_rate.officer("BENCH STATE", everybody["state nodal officer"], state)
	frappe.db.commit()
	return {
		title: everybody[title] for title in ("state nodal officer", "grievance cell", "district officer")
	}


def make_urgent() -> None:
	"""Every fifth open case is late, every tenth pressing, every fiftieth disputed, without officer or due today."""
	number = "cast(substr(name, -7) as unsigned)"
	frappe.db.sql(
		f"""update `tabGrievance` set resolution_breached = {number} mod 5 = 0, urgent = {number} mod 10 = 1,
		disputed_count = {number} mod 50 = 2, routing_status = if({number} mod 50 = 3, 'Unrouted', 'Routed'),
		resolve_by = if({number} mod 50 = 4, curdate() + interval 17 hour, resolve_by) where status = 'Open'"""
	)
	frappe.db.commit()
	frappe.db.sql("analyze table `tabGrievance`")


def requests() -> dict[str, Callable[[], object]]:
	"""Everything that the Desk asks for when the workspace opens, as the user of the moment."""
	now = frappe.utils.now_datetime().replace(microsecond=0)
	asked: dict[str, Callable[[], object]] = {}
	for name, card in desk_filters.shipped("number_card").items():
		asked[f"card {name}"] = lambda card=card: number_card.get_result(
			json.dumps(card), json.dumps(desk_filters.of_card(card))
		)
	for name in desk_filters.shipped("dashboard_chart"):
		asked[f"chart {name}"] = lambda name=name: charts.get(name)
	for label, shortcut in desk_filters.shortcuts().items():
		asked[f"shortcut {label}"] = lambda shortcut=shortcut: surfaces.get_count(
			shortcut["link_to"], desk_filters.of_shortcut(shortcut, now)
		)
	return asked


def measure(rows: int, repeats: int) -> list[dict]:
	million_grievances.fill(rows)
	make_urgent()
	return [
		result for title, email in people().items() for result in measure_person(rows, title, email, repeats)
	]


def measure_person(rows: int, title: str, email: str, repeats: int) -> list[dict]:
	frappe.set_user(email)
	results = []
	for name, request in requests().items():
		if not _may(name):
			continue
		profiles = [_profiled(request) for _round in range(repeats)]
		result = {
			"rows": rows,
			"officer": title,
			"request": name,
			"slowest_query_ms": round(statistics.median(profile.slowest for profile in profiles), 2),
			"all_queries_ms": round(statistics.median(profile.milliseconds for profile in profiles), 2),
			"queries": profiles[-1].statements,
		}
		results.append(result)
		print(
			f"{rows:>9} {title:<20} {name:<55} {result['slowest_query_ms']:>8.1f} {result['all_queries_ms']:>8.1f}"
			f" {result['queries']:>4}{'  over the target' if result['slowest_query_ms'] > TARGET else ''}",
			flush=True,
		)
	frappe.set_user("Administrator")
	return results


def _may(name: str) -> bool:
	"""The Desk leaves out what a person may not read."""
	kind, _space, rest = name.partition(" ")
	if kind == "chart":
		return True
	records = desk_filters.shipped("number_card") if kind == "card" else desk_filters.shortcuts()
	return bool(frappe.has_permission(records[rest].get("document_type") or records[rest]["link_to"], "read"))


def _profiled(request: Callable[[], object]) -> scope_rate.Profile:
	with scope_rate.Profile() as profile:
		request()
	return profile


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("site")
	parser.add_argument("--sites-path", default=os.environ.get("BENCH_SITES_PATH", "."))
	parser.add_argument("--rows", default="10000,100000,1000000", help="sizes, smallest first")
	parser.add_argument("--repeats", type=int, default=7)
	parser.add_argument("--json", type=Path)
	options = parser.parse_args()
	target = options.json and options.json.resolve()
	os.chdir(options.sites_path)
	frappe.init(site=options.site, sites_path=".")
	frappe.connect()
	print(f"{'rows':>9} {'officer':<20} {'request':<55} {'slowest':>8} {'all ms':>8} queries")
	results = [row for rows in map(int, options.rows.split(",")) for row in measure(rows, options.repeats)]
	print(f"Slowest query: {max(row['slowest_query_ms'] for row in results)} ms")
	if target:
		target.write_text(json.dumps({"workspace_rate": results}, indent=1) + "\n")
	frappe.destroy()


if __name__ == "__main__":
	main()
