"""Fills a throw-away bench site, which has many grievances, with the posts that they came from and with others.

``env/bin/python apps/grievance_helpdesk/benchmarks/million_posts.py SITE`` from the bench's folder, after
``million_grievances.py``; ``report_rate.py`` calls :func:`fill` at each size. Each case of the last ninety days that did not come over the counter has the post that it was made
of, and half of them a second one that joined it, waits for a person, was set aside, was ignored or was parked: at most 200,000
in all. One in twelve was decided by a person, and one in sixteen was given another category later.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import frappe

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.million_grievances import SYSTEM, _hash
from grievance_helpdesk.intake.doctype.citizen_post.citizen_post import on_doctype_update

DAYS = 90
MOST = 200_000
# Upper ends, in hundredths of the second posts. The last takes the rest.
STATES = (
	(35, "Thread"),
	(55, "Support"),
	(85, "Not a Grievance"),
	(92, "For Review"),
	(98, "Ignored"),
	(100, "Parked"),
)
KIND = "if(state = 'Not a Grievance', elt(1 + dice mod 4, 'thanks', 'politics', 'spam', 'greeting'), 'grievance')"


def fill() -> float:
	"""Add the posts that are missing; returns the seconds it took. Commits."""
	began = time.monotonic()
	on_doctype_update()
	_insert_posts()
	_insert_corrections()
	frappe.db.commit()
	frappe.db.sql("analyze table `tabCitizen Post`, `tabTriage Correction`")
	return time.monotonic() - began


def _source() -> str:
	"""A row for each post: its case, which of the case's posts it is, and what the hash of both gives."""
	states = " ".join(f"when {_hash('s', 'id')} mod 100 < {upper} then '{state}'" for upper, state in STATES)
	return f"""
		select *, {_hash("q", "id")} mod 100 as dice, if(number = 0, 'Grievance', case {states} end) as state
		from (
			select g.*, k.seq as number, concat(g.name, '-', k.seq) as id from `tabGrievance` g join seq_0_to_1 k
			where g.received_at >= now() - interval {DAYS} day and g.channel <> 'Counter' and g.name like 'GRV-____-B%%'
				and (k.seq = 0 or {_hash("k", "g.name")} mod 2 = 0)
			order by g.received_at desc limit {MOST}
		) numbered"""


def _insert_posts() -> None:
	has_case = "state in ('Grievance', 'Thread', 'Support')"
	values = {
		"name": "sha2(id, 256)",
		"creation": "received_at",
		"modified": "received_at",
		"channel": "channel",
		"source": "'Poll'",
		"state": "state",
		"grievance": f"if({has_case}, name, null)",
		"decided_by_person": f"state <> 'Ignored' and state <> 'For Review' and {_hash('w', 'id')} mod 12 = 0",
		"received_at": "received_at",
		"posted_at": "received_at - interval dice minute",
		"external_id": "concat('bench-', id)",
		"kind": KIND,
		"language": f"elt(1 + {_hash('l', 'id')} mod 4, 'en', 'hi', 'hi-Latn', 'mixed')",
		"confidence": f"55 + {_hash('c', 'id')} mod 45",
		"category": f"if({has_case}, category, null)",
		"department": f"if({has_case}, department, null)",
		"jurisdiction": f"if({has_case}, jurisdiction, null)",
		"text": "repeat(description, 4)",
		"raw": "repeat(description, 20)",
	}
	frappe.db.sql(
		f"insert ignore into `tabCitizen Post` (owner, modified_by, docstatus, idx, {', '.join(values)})"
		f" select {SYSTEM}, {', '.join(values.values())} from ({_source()}) s"
		f" order by {values['name']}"  # as the table lies, or each row would touch a page of its own
	)


def _insert_corrections() -> None:
	frappe.db.sql(
		"insert ignore into `tabTriage Correction` (owner, modified_by, docstatus, idx, name, creation, modified, citizen_post,"
		f" grievance, field_name, predicted, corrected, confidence) select {SYSTEM}, sha2(concat('c', p.name), 256),"
		" p.received_at + interval 1 hour, p.received_at + interval 1 hour, p.name, p.grievance, 'category', p.category,"
		" c.name, p.confidence from `tabCitizen Post` p join (select name, lag(name) over (order by name) as other from"
		" `tabGrievance Category`) c on c.other = p.category where p.external_id like 'bench-%%' and p.state = 'Grievance'"
		f" and {_hash('r', 'p.name')} mod 16 = 0"
	)


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("site")
	parser.add_argument("--sites-path", default=os.environ.get("BENCH_SITES_PATH", "."))
	options = parser.parse_args()
	os.chdir(options.sites_path)
	frappe.init(site=options.site, sites_path=".")
	frappe.connect()
	seconds = fill()
	print(f"{frappe.db.count('Citizen Post')} posts in {seconds:.0f} s")
	frappe.destroy()


if __name__ == "__main__":
	main()
