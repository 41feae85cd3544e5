"""What the officer's scope costs on a list page and on a form, as a ratio to the same query without scope.

Run on a throw-away bench site: ``env/bin/python apps/grievance_helpdesk/benchmarks/scope_rate.py SITE`` from the bench's
folder. The site is filled step by step (:mod:`million_grievances`). The page is what the Desk's list asks for: twenty
open grievances, newest first. Scoped and unscoped queries alternate; times are MariaDB's own (its profiler), medians.
Targets at a million: at most 1.3 times the query without scope and under 10 ms; a form check under 2 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import frappe
from frappe.model.db_query import DatabaseQuery

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import million_grievances
from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.jurisdiction.scope import handlers

PAGE = {
	"fields": [
		f"`tabGrievance`.`{field}`"
		for field in (
			*("name", "subject", "status", "priority", "category", "district", "officer", "workflow_state"),
			*("creation", "modified", "resolve_by", "_assign", "_comments", "urgent"),
		)
	],
	"filters": {"status": "Open"},
	"order_by": "`tabGrievance`.`creation` desc",
	"limit_page_length": 20,
}
OWN_DISTRICT, OTHER_DISTRICT = "Hisar", "Karnal"
HANDLED_INSIDE, HANDLED_OUTSIDE = 2000, 300


def user(name: str, role: str) -> str:
	email = f"bench.{name}@example.com"
	if not frappe.db.exists("User", email):
		frappe.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": name,
				"send_welcome_email": 0,
				"roles": [{"role": role}],
			}
		).insert()
	return email


def officer(name: str, email: str, place: str) -> None:
	if not frappe.db.exists("Nodal Officer", name):
		frappe.get_doc(
			{
				"doctype": "Nodal Officer",
				"official_id": name,
				"officer_name": name,
				"designation": "Bench",
				"user": email,
				"postings": [{"jurisdiction": place, "from_date": "2020-01-01"}],
			}
		).insert()


def people() -> dict[str, str]:
	"""The officers who are measured: ``{title: user}``."""
	found = {
		"district officer": user("district", "District Nodal Officer"),
		"district officer, handled outside": user("handler", "District Nodal Officer"),
		"department officer": user("department", "Department Officer"),
		"sub-division officer": user("subdivision", "District Nodal Officer"),
		"state nodal officer": user("state", "State Nodal Officer"),
		"grievance cell": user("cell", "Grievance Cell"),
	}
	for district, department, title in (
		(OWN_DISTRICT, None, "district officer"),
		(OTHER_DISTRICT, None, "district officer, handled outside"),
		(OWN_DISTRICT, "PHED", "department officer"),
	):
		name = million_grievances.officer(district, department)
		frappe.db.set_value("Nodal Officer", name, "user", found[title])
	place = frappe.db.get_value("Jurisdiction", {"district": "Ambala", "level": "Sub-division"})
	officer("BENCH SUBDIVISION", found["sub-division officer"], place)
	handled(found["district officer, handled outside"], OTHER_DISTRICT)
	frappe.db.commit()
	return found


def handled(email: str, district: str) -> None:
	"""Cases that went through this officer's hands, in the own district and in others."""
	for comparison, number in (("=", HANDLED_INSIDE), ("!=", HANDLED_OUTSIDE)):
		rows = frappe.get_all(
			"Grievance",
			{"district": [comparison, district]},
			["name", "department", "scope_path"],
			limit=number,
			order_by="name",
		)
		handlers.add_many((row, email, "Transferred it") for row in rows)


def page_query(email: str) -> str:
	frappe.set_user(email)
	return DatabaseQuery("Grievance").execute(**PAGE, run=False)


class Profile:
	"""Time that MariaDB itself spent on the statements of a block, in milliseconds."""

	def __enter__(self) -> Profile:
		frappe.db.sql("set profiling_history_size = 100, profiling = 1")
		self.first = max((row[0] for row in frappe.db.sql("show profiles")), default=0)
		return self

	def __exit__(self, *error) -> None:
		frappe.db.sql("set profiling = 0")
		rows = [row for row in frappe.db.sql("show profiles") if row[0] > self.first]
		rows = [row for row in rows if "profil" not in row[2].lower()]
		self.statements = len(rows)
		self.milliseconds = sum(row[1] for row in rows) * 1000
		self.slowest = max((row[1] for row in rows), default=0) * 1000


def in_database(action: Callable[[], object]) -> float:
	with Profile() as profile:
		action()
	return profile.milliseconds


def medians(actions: dict[str, Callable], repeats: int) -> dict[str, float]:
	"""Median time in the database of each action, all of them in turn."""
	times: dict[str, list[float]] = {name: [] for name in actions}
	for _round in range(repeats):
		for name, action in actions.items():
			times[name].append(in_database(action))
	return {name: statistics.median(values) for name, values in times.items()}


def wall(action: Callable[[], object], repeats: int) -> float:
	times = []
	for _round in range(repeats):
		began = time.perf_counter()
		action()
		times.append((time.perf_counter() - began) * 1000)
	return statistics.median(times)


def measure(rows: int, repeats: int) -> list[dict]:
	million_grievances.fill(rows)
	found = people()
	plain = page_query("Administrator")
	names = frappe.get_all("Grievance", {"district": OWN_DISTRICT}, pluck="name", limit=50)
	return [measure_officer(rows, title, email, plain, names, repeats) for title, email in found.items()]


def measure_officer(rows: int, title: str, email: str, plain: str, names: list[str], repeats: int) -> dict:
	query = page_query(email)
	check = iter(names * repeats)
	times = medians(
		{
			"plain": lambda: frappe.db.sql(plain),
			"page": lambda: frappe.db.sql(query),
			"look_ups": lambda: scope.grievance_conditions(email),
			"form": lambda: scope.is_visible("Grievance", next(check), email),
		},
		repeats,
	)
	with Profile() as look_ups:
		scope.grievance_conditions(email)
	result = {
		"rows": rows,
		"officer": title,
		"page_without_scope_ms": round(times["plain"], 3),
		"page_ms": round(times["page"], 3),
		"ratio": round(times["page"] / times["plain"], 2),
		"look_ups_ms": round(times["look_ups"], 3),
		"look_ups": look_ups.statements,
		"form_check_ms": round(times["form"], 3),
		"form_check_whole_ms": round(
			wall(lambda: scope.is_visible("Grievance", names[0], email), repeats), 3
		),
		"page_rows": len(frappe.db.sql(query)),
	}
	print(
		f"{rows:>9} {title:<34} {result['page_without_scope_ms']:>8.2f} {result['page_ms']:>8.2f}"
		f" {result['ratio']:>6.2f} {result['look_ups_ms']:>9.2f} {result['form_check_ms']:>8.2f}"
		f" {result['form_check_whole_ms']:>8.2f}",
		flush=True,
	)
	return result


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("site")
	parser.add_argument("--sites-path", default=os.environ.get("BENCH_SITES_PATH", "."))
	parser.add_argument("--rows", default="10000,100000,1000000", help="sizes, smallest first")
	parser.add_argument("--repeats", type=int, default=41)
	parser.add_argument(
		"--explain", action="store_true", help="print the queries and how MariaDB answers them"
	)
	parser.add_argument("--json", type=Path)
	options = parser.parse_args()
	target = options.json and options.json.resolve()
	os.chdir(options.sites_path)
	frappe.init(site=options.site, sites_path=".")
	frappe.connect()
	results = []
	print(
		f"{'rows':>9} {'officer':<34} {'plain ms':>8} {'page ms':>8} {'ratio':>6} {'+look-ups':>9} {'form ms':>8} whole"
	)
	for rows in map(int, options.rows.split(",")):
		results += measure(rows, options.repeats)
	if options.explain:
		explain()
	if target:
		target.write_text(json.dumps({"scope_rate": results}, indent=1) + "\n")
	frappe.destroy()


def explain() -> None:
	for title, email in people().items():
		query = page_query(email)
		print(f"\n{title}\n{query[query.index('where') :]}")
		for row in frappe.db.sql(f"analyze {query}", as_dict=True):
			print(
				{key: row[key] for key in ("table", "type", "key", "rows", "r_rows", "r_filtered", "Extra")}
			)


if __name__ == "__main__":
	main()
