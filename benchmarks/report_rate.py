"""What each report's first view costs, against the cheapest query that could count the same cases.

Run on a throw-away bench site: ``env/bin/python apps/grievance_helpdesk/benchmarks/report_rate.py SITE`` from the bench's
folder. The site is filled step by step (:mod:`million_grievances`, :mod:`million_posts`). Every report found in the app is
run without any filter as the State Nodal Officer and as a district officer; in turn with it runs a bare count over the same
ranges, by the index that the report is meant to use, in the same scope. Times are MariaDB's own (its profiler) and, for the report,
the whole time in Python too; medians. Targets at a million: at most twice the bare count, and under a second.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import frappe
from frappe.query_builder.functions import Count

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import million_grievances, million_posts, scope_rate
from grievance_helpdesk.intake import post_counts
from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.reporting import cases
from grievance_helpdesk.redressal.reporting.report import CaseReport

ROOT = Path(__file__).resolve().parents[1]
PEOPLE = ("state nodal officer", "district officer")
INDEXES = {"active": "cases_received", "received": "cases_received", "finished": "cases_finished"}
# What a report counts: ranges of cases or posts, the field by which it groups them, and over how many periods (the trends
# compare with the period before).
RANGES = {
	"Pendency by Department and Age": [("active", "department", 1)],
	"District Performance": [("received", "district", 1)],
	"Officer Scorecard": [("finished", "officer", 1), ("active", "officer", 1)],
	"Monthly Grievance Report": [
		("received", "category", 1),
		("finished", "channel", 1),
		("active", "status", 1),
	],
	"Channel Intake": [("posts", "state", 1), ("received", "channel", 1)],
	"Category Trends": [("received", "category", 2), ("received", "district", 1)],
	"SLA and Escalation": [("received", "department", 1), ("active", "department", 1)],
	"Triage Quality": [("posts", "state", 1), ("corrected", "field_name", 1)],
}


def reports() -> dict[str, Callable]:
	"""``{name: execute}`` of every report in the app's folders."""
	found = {}
	for file in sorted((ROOT / "grievance_helpdesk").glob("*/report/*/*.json")):
		module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
		name = json.loads(file.read_text(encoding="utf-8"))["report_name"]
		found[name] = importlib.import_module(module).execute
	return found


def bare_queries(name: str, execute: Callable) -> list[str]:
	"""The same ranges, counted by one field in the person's scope, and nothing else."""
	chosen = first_view(execute)
	return [
		bare_posts(which, field, chosen)
		if which in ("posts", "corrected")
		else bare_cases(which, field, periods, chosen)
		for which, field, periods in RANGES[name]
	]


def bare_cases(which: str, field: str, periods: int, chosen) -> str:
	rule = scope.grievance_conditions(frappe.session.user)
	return (
		f"select `{field}`, count(*) from `tabGrievance` force index ({INDEXES[which]})"
		f" where {condition_of(which, periods, chosen)}{f' and {rule}' if rule else ''} group by `{field}`"
	)


def bare_posts(which: str, field: str, chosen) -> str:
	"""Posts received in the period; of ``corrected`` ones each correction."""
	query = post_counts.received(chosen)
	counted = post_counts.table()
	if which == "corrected":
		counted = frappe.qb.DocType("Triage Correction")
		query = query.join(counted).on(counted.citizen_post == post_counts.table().name)
		query = query.where(counted.creation >= chosen.begin)
	return query.select(counted[field], Count("*")).groupby(counted[field]).get_sql()


def first_view(execute: Callable):
	"""The filters that the report itself takes without any chosen one."""
	report = next(
		value
		for value in vars(sys.modules[execute.__module__]).values()
		if isinstance(value, type) and issubclass(value, CaseReport) and value is not CaseReport
	)
	return report({}).filters


def condition_of(which: str, periods: int, chosen) -> str:
	quoted = {
		"active": cases.ACTIVE,
		"received": cases.COUNTED,
		"finished": cases.FINISHED,
	}[which]
	condition = f"status in ({', '.join(map(repr, quoted))})"
	field = {"received": "received_at", "finished": "resolved_at"}.get(which)
	begin = chosen.end - periods * (chosen.end - chosen.begin)
	return condition + (f" and {field} >= '{begin}' and {field} < '{chosen.end}'" if field else "")


def measure(rows: int, repeats: int) -> list[dict]:
	million_grievances.fill(rows)
	million_posts.fill()
	people = scope_rate.people()
	found = []
	for name, execute in reports().items():
		for title in PEOPLE:
			frappe.set_user(people[title])
			found.append({"rows": rows, "report": name, "person": title, **timed(name, execute, repeats)})
			say(found[-1])
	return found


def timed(name: str, execute: Callable, repeats: int) -> dict:
	bare = bare_queries(name, execute)
	times: dict[str, list[float]] = {"database_ms": [], "whole_ms": [], "bare_ms": []}
	for _round in range(repeats):
		began = time.perf_counter()
		answer = execute({})
		times["whole_ms"].append((time.perf_counter() - began) * 1000)
		times["database_ms"].append(scope_rate.in_database(lambda: execute({})))
		times["bare_ms"].append(scope_rate.in_database(lambda: [frappe.db.sql(query) for query in bare]))
	result = {key: round(statistics.median(values), 1) for key, values in times.items()}
	ratio = round(result["database_ms"] / result["bare_ms"], 2) if result["bare_ms"] else None
	return {**result, "ratio": ratio, "lines": len(answer[1])}


def say(row: dict) -> None:
	ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
	print(
		f"{row['rows']:>9} {row['report']:<32} {row['person']:<20} {row['bare_ms']:>8.1f} {row['database_ms']:>9.1f}"
		f" {ratio:>6} {row['whole_ms']:>9.1f} {row['lines']:>6}",
		flush=True,
	)


class Statements:
	"""The statements that run within a block, as MariaDB got them."""

	def __enter__(self) -> list[str]:
		self.sql, found = frappe.db.sql, []

		def note(query, *args, **kwargs):
			answer = self.sql(query, *args, **kwargs)
			found.append(str(frappe.db.last_query))
			return answer

		frappe.db.sql = note
		return found

	def __exit__(self, *error) -> None:
		frappe.db.sql = self.sql


def explain(titles: tuple[str, ...] = PEOPLE) -> None:
	"""Which index MariaDB takes for each statement of each report."""
	people = scope_rate.people()
	for name, execute in reports().items():
		for title in titles:
			frappe.set_user(people[title])
			with Statements() as statements:
				execute({})
			print(f"\n{name}, {title}")
			for query in statements:
				if "tabGrievance`" in query and query.lower().startswith("select"):
					row = frappe.db.sql(f"analyze {query}", as_dict=True)[0]
					print({key: row[key] for key in ("type", "key", "rows", "r_rows", "Extra")}, query[:160])


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("site")
	parser.add_argument("--sites-path", default=os.environ.get("BENCH_SITES_PATH", "."))
	parser.add_argument("--rows", default="10000,100000,1000000", help="sizes, smallest first")
	parser.add_argument("--repeats", type=int, default=7)
	parser.add_argument("--explain", action="store_true", help="print which index answers each query")
	parser.add_argument("--json", type=Path)
	options = parser.parse_args()
	target = options.json and options.json.resolve()
	os.chdir(options.sites_path)
	frappe.init(site=options.site, sites_path=".")
	frappe.connect()
	print(
		f"{'rows':>9} {'report':<32} {'person':<20} {'bare ms':>8} {'report ms':>9} {'ratio':>6} {'whole ms':>9} lines"
	)
	results = []
	with moment.fixed(moment.now()):
		for rows in map(int, options.rows.split(",")):
			results += measure(rows, options.repeats)
		if options.explain:
			explain()
	if target:
		target.write_text(json.dumps({"report_rate": results}, indent=1) + "\n")
	frappe.destroy()


if __name__ == "__main__":
	main()
