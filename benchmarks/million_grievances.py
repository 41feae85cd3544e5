"""Fills a throw-away bench site with very many grievances, in SQL statements of a hundred thousand rows.

``env/bin/python apps/grievance_helpdesk/benchmarks/million_grievances.py SITE --rows 1000000`` from the bench's folder.
Other benchmarks call :func:`fill`, which adds what is missing up to a number of rows, so that one site can be measured
at ten thousand, a hundred thousand and a million. Case ``i`` is the same whatever the number: its place, category,
status and dates come from a hash of ``i``. One in twenty is open, one in a hundred confidential; arrivals spread over
three years, the open ones mostly over the last three months. Every date of an open case that a job looks at lies ahead.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from datetime import datetime

import frappe
from frappe.utils import now_datetime

from grievance_helpdesk.redressal.doctype.grievance.grievance import on_doctype_update

CHUNK = 100_000
REBUILD_FROM = 300_000  # from so many new rows on, indexes are built afterwards, by sorting
YEARS = 3
SYSTEM = "'Administrator', 'Administrator', 0, 0"
# Upper ends, in thousandths of all cases. The last takes the rest.
STATUSES = (
	(50, "Open", "In Progress"),
	(60, "On Hold", "Awaiting Citizen"),
	(100, "Resolved", "Resolved"),
	(170, "Rejected", "Not a Grievance"),
	(190, "Merged", "Merged"),
	(1000, "Closed", "Closed"),
)
HELPERS = {
	"bench_place": "select row_number() over (order by name) - 1 as id, name, scope_path, district,"
	" jurisdiction_name from `tabJurisdiction` where district is not null",
	"bench_category": "select row_number() over (order by name) - 1 as id, name, category_name,"
	" department, ifnull(priority, 'Medium') as priority from `tabGrievance Category`"
	" where grievance_type = 'Grievance' and department is not null",
}


def fill(rows: int, now: datetime | None = None) -> float:
	"""Add cases until there are ``rows`` of ours; returns the seconds it took. Commits."""
	began = time.monotonic()
	present = frappe.db.count("Grievance", {"name": ["like", "GRV-____-B%"]})
	if present == 0:
		_make_officers()
	if present < rows:
		_make_helpers()
		with Bulk(rows - present):
			for first in range(present + 1, rows + 1, CHUNK):
				_insert_grievances(first, min(first + CHUNK - 1, rows), now or now_datetime())
				_insert_handlers(first, min(first + CHUNK - 1, rows))
				frappe.db.commit()
		frappe.db.sql("analyze table `tabGrievance`, `tabGrievance Handler`")
	return time.monotonic() - began


def officer(district: str, department: str | None = None) -> str:
	"""Official ID of the officer who has the cases of a district, or of one department there."""
	return f"BENCH {district} {department or 'all'}"


def _make_officers() -> None:
	"""One officer for each district, and one for each department with a category there."""
	for columns, query in (
		(
			"name, official_id, officer_name, designation",
			"select {id}, {id}, concat('Officer of ', d.name), 'Bench' from {who}",
		),
		(
			"name, parent, parenttype, parentfield, jurisdiction, department, charge, from_date",
			"select concat({id}, '-p'), {id}, 'Nodal Officer', 'postings', d.name, w.department, 'Regular',"
			" '2020-01-01' from {who}",
		),
	):
		table = "Nodal Officer" if "official_id" in columns else "Officer Posting"
		query = query.format(
			id="concat('BENCH ', d.name, ' ', ifnull(w.department, 'all'))",
			who="`tabJurisdiction` d, (select distinct department from `tabGrievance Category`"
			" where department is not null union select null) w where d.level = 'District'",
		)
		system = "owner, modified_by, docstatus, idx, creation, modified"
		query = query.replace("select ", f"select {SYSTEM}, now(6), now(6), ", 1)
		frappe.db.sql(f"insert ignore into `tab{table}` ({system}, {columns}) {query}")
	frappe.db.commit()


def _make_helpers() -> None:
	for name, query in HELPERS.items():
		frappe.db.sql_ddl(f"create or replace temporary table {name} (primary key (id)) as {query}")


def _case(condition_values: tuple, column: int) -> str:
	whens = " ".join(f"when dice < {row[0]} then '{row[column]}'" for row in condition_values)
	return f"case {whens} end"


def _hash(letter: str, number: str = "i.seq") -> str:
	"""A number that says nothing about the other letters' numbers of the same case (a CRC would)."""
	return f"cast(conv(substr(md5(concat('{letter}', {number})), 1, 8), 16, 10) as unsigned)"


def _source(first: int, last: int) -> str:
	"""Case number, what its hash gives, and when it came."""
	places, categories = (frappe.db.sql(f"select count(*) from {name}")[0][0] for name in HELPERS)
	minutes = YEARS * 365 * 24 * 60
	return f"""
		select i.seq as i, p.name as place, p.jurisdiction_name, p.scope_path, p.district, c.name as category,
			c.category_name, c.department, c.priority, {_hash("d")} mod 1000 as dice,
			{_hash("x")} mod 100 as percent,
			if({_hash("d")} mod 1000 < 60 and {_hash("o")} mod 10 > 0,
				{_hash("t")} mod (90 * 24 * 60), {_hash("t")} mod {minutes}) as age
		from seq_{first}_to_{last} i
		join bench_place p on p.id = {_hash("p")} mod {places}
		join bench_category c on c.id = {_hash("c")} mod {categories}"""


def _insert_grievances(first: int, last: int, now: datetime) -> None:
	open_case, came = "dice < 60", "(%(now)s - interval age minute - interval i mod 60 second)"
	minute = f"timestampdiff(minute, '2000-01-01', {came})"  # a series goes with the time, so that late cases lie together
	ended = f"if(dice >= 60, {came} + interval (1 + percent) hour, null)"
	values = {
		"name": f"concat('GRV-', year({came}), '-B', lpad({minute}, 8, '0'), '-', lpad(i, 7, '0'))",
		"creation": came,
		"modified": f"ifnull({ended}, {came})",
		"owner": "'Administrator'",
		"modified_by": "'Administrator'",
		"docstatus": "0",
		"naming_series": "'GRV-.YYYY.-.######'",
		"subject": "concat(category_name, ', ', jurisdiction_name)",
		"description": "concat('Case ', i, ': ', category_name, ' in ', jurisdiction_name, ' since many days.')",
		"status": _case(STATUSES, 1),
		"workflow_state": _case(STATUSES, 2),
		"priority": "priority",
		"grievance_type": "'Grievance'",
		"channel": "elt(1 + i mod 4, 'X', 'Facebook', 'Email', 'Counter')",
		"category": "category",
		"department": "department",
		"jurisdiction": "place",
		"district": "district",
		"scope_path": "scope_path",
		"officer": "concat('BENCH ', district, ' ', if(i mod 3, department, 'all'))",
		"assigned_on": came,
		"routing_status": "'Routed'",
		"confidential": "percent = 0",
		"urgent": "priority = 'Urgent'",
		"received_at": came,
		"tracking_key": "substr(sha2(concat('key', i), 256), 1, 20)",
		"acknowledged_at": f"{came} + interval 1 hour",
		"acknowledge_by": f"if({open_case}, %(now)s + interval (1 + i mod 1440) hour, {came} + interval 1 day)",
		"resolve_by": f"if({open_case}, %(now)s + interval (2 + i mod 1440) hour, {came} + interval 30 day)",
		"next_check_at": f"if({open_case}, %(now)s + interval (1 + i mod 1440) hour, null)",
		"resolved_at": ended,
		"closed_at": f"if(dice >= 100, {ended}, null)",
		"response_time": "3600",
		"resolution_time": "if(dice >= 60, (1 + percent) * 3600, null)",
		"reopened_count": "percent in (3, 14)",
		"disputed_count": "percent = 3",
		"appeal_count": "percent in (14, 15)",
		"escalation_level": "if(percent < 80, 0, 1 + percent mod 3)",
		"resolution_breached": "dice >= 60 and percent > 92",
		"feedback_outcome": "if(dice < 190, '', elt(1 + i mod 3, 'Solved', 'No Answer', 'Solved'))",
	}
	frappe.db.sql(
		f"insert into `tabGrievance` ({', '.join(values)}) select {', '.join(values.values())}"
		f" from ({_source(first, last)}) s order by 1",
		{"now": now},
	)


def _insert_handlers(first: int, last: int) -> None:
	"""One case in ten was in other hands before."""
	user = "concat('bench.', " + _hash("h", "i") + " mod 500, '@example.com')"
	frappe.db.sql(
		"insert into `tabGrievance Handler` (name, owner, modified_by, docstatus, idx, creation, modified, grievance,"
		f" user, reason, department, scope_path) select concat(g.name, '-', {user}), {SYSTEM}, now(6), now(6), g.name,"
		f" {user}, 'Transferred it', g.department, g.scope_path from (select seq as i from seq_{first}_to_{last}"
		" where seq mod 10 = 0) s join `tabGrievance` g on g.tracking_key = substr(sha2(concat('key', i), 256), 1, 20)"
	)


class Bulk:
	"""Without the secondary indexes while very many rows are written; they are built again in one pass."""

	def __init__(self, rows: int):
		self.wanted = rows >= REBUILD_FROM

	def __enter__(self) -> None:
		self.dropped: dict[str, list[str]] = {}
		if not self.wanted:
			return
		for row in frappe.db.sql("show index from `tabGrievance`", as_dict=True):
			if row.Non_unique:
				self.dropped.setdefault(row.Key_name, []).append(row.Column_name)
		self._alter(f"drop index `{name}`" for name in self.dropped)

	def __exit__(self, *error) -> None:
		self._alter(
			f"add index `{name}` ({', '.join(f'`{column}`' for column in columns)})"
			for name, columns in self.dropped.items()
		)

	def _alter(self, changes: Iterator[str]) -> None:
		changes = list(changes)
		if changes:
			frappe.db.sql_ddl(f"alter table `tabGrievance` {', '.join(changes)}")


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("site")
	parser.add_argument("--sites-path", default=os.environ.get("BENCH_SITES_PATH", "."))
	parser.add_argument("--rows", type=int, default=1_000_000)
	options = parser.parse_args()
	os.chdir(options.sites_path)
	frappe.init(site=options.site, sites_path=".")
	frappe.connect()
	on_doctype_update()
	print(f"{options.rows} grievances in {fill(options.rows):.0f} s")
	frappe.destroy()


if __name__ == "__main__":
	main()
