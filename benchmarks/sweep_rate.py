"""What a sweep with a thousand due cases costs beside ten thousand, a hundred thousand and a million open ones.

Run on a throw-away bench site: ``env/bin/python apps/grievance_helpdesk/benchmarks/sweep_rate.py SITE`` from the bench's
folder. The site is filled step by step (:mod:`million_grievances`), and every case of it is opened, so use a site that
nothing else measures. Nine in ten due cases reach a warning; one in ten missed its limit and climbs the ladder.
Target: the cost at a million is within 20 % of the cost at ten thousand.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import frappe

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import million_grievances
from grievance_helpdesk.redressal.escalation import sweep

DUE, CLIMBING = 1000, 100
ROUNDS = 3
# A limit of 20 days: the one has used 55 %, the other missed it a day ago.
LIMIT_DAYS, WARNED_AFTER, LATE_AFTER = 20, 11, 21


def open_everything(now: datetime) -> None:
	frappe.db.sql(
		"update `tabGrievance` set status = 'Open', workflow_state = 'In Progress', resolved_at = null, closed_at = null,"
		" next_check_at = %s + interval (1 + crc32(name) mod 1440) hour where workflow_state != 'In Progress' or status != 'Open'",
		now,
	)
	frappe.db.commit()


def make_due(now: datetime, number: int) -> None:
	"""A thousand cases that no round before has taken."""
	names = frappe.db.sql_list(
		"select name from `tabGrievance` where resolution_step = 0 and escalation_level = 0"
		" and next_check_at > %s order by tracking_key limit %s",
		(now, DUE),
	)
	calendar = frappe.get_cached_doc("Grievance Settings").service_calendar
	for part, days in ((names[:CLIMBING], LATE_AFTER), (names[CLIMBING:], WARNED_AFTER)):
		received = now - timedelta(days=days)
		values = {
			"service_calendar": calendar,
			"received_at": received,
			"acknowledged_at": received,
			"resolution_limit": LIMIT_DAYS,
			"resolution_unit": "Days",
			"resolve_by": received + timedelta(days=LIMIT_DAYS),
			"next_check_at": now - timedelta(minutes=1 + number),
		}
		frappe.db.set_value("Grievance", {"name": ["in", part]}, values, update_modified=False)
	frappe.db.commit()


def measure(rows: int) -> dict:
	now = frappe.utils.now_datetime().replace(microsecond=0)
	million_grievances.fill(rows, now)
	with million_grievances.Bulk(rows):
		open_everything(now)
	frappe.db.sql("analyze table `tabGrievance`")
	seconds, done = [], {}
	for number in range(ROUNDS):
		make_due(now, number)
		began = time.perf_counter()
		done = sweep.run(now)
		seconds.append(time.perf_counter() - began)
		assert done["cases"] == DUE and not done.get("failed"), done
	return {"open": rows, "seconds": round(statistics.median(seconds), 2), "done": done}


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("site")
	parser.add_argument("--sites-path", default=os.environ.get("BENCH_SITES_PATH", "."))
	parser.add_argument("--rows", default="10000,1000000", help="open cases, smallest first")
	parser.add_argument("--json", type=Path)
	options = parser.parse_args()
	target = options.json and options.json.resolve()
	os.chdir(options.sites_path)
	frappe.init(site=options.site, sites_path=".")
	frappe.connect()
	results: list[dict] = []
	print(f"{'open':>9} {'due':>5} {'climbing':>8} {'seconds':>8} {'ratio':>6}")
	for rows in map(int, options.rows.split(",")):
		result = measure(rows)
		result["ratio"] = round(result["seconds"] / (results or [result])[0]["seconds"], 2)
		results.append(result)
		print(
			f"{rows:>9} {DUE:>5} {CLIMBING:>8} {result['seconds']:>8.2f} {result['ratio']:>6.2f}", flush=True
		)
	if target:
		target.write_text(json.dumps({"sweep_rate": results}, indent=1) + "\n")
	frappe.destroy()


if __name__ == "__main__":
	main()
