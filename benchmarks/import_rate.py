"""How fast posts become grievances, as a ratio to what this site can insert at best.

Run on a throw-away bench site: ``env/bin/python apps/grievance_helpdesk/benchmarks/import_rate.py SITE`` from the bench's
folder. Each pair measures, one after the other in the same process, a bare insert (a temporary DocType with two
fields, document by document, one commit for each hundred) and the import end to end: stored raw, triaged, inserted
through the document API, assigned. Pairs are repeated with more and more stored posts. The target is a ratio of at
least 0.4 that stays within 20 percent.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import frappe

from grievance_helpdesk.intake import importer, knowledge, signatures
from grievance_helpdesk.intake.connectors.base import AccountInfo, Connector, Item, Limits, Page
from grievance_helpdesk.intake.times import Clock

PROBE = "Import Rate Probe"
ACCOUNT = "Import rate"
PAGE = 100
NOW = datetime(2026, 11, 20, 6, 0, tzinfo=timezone.utc)
DEMO_POSTS = Path(__file__).resolve().parents[1] / "demo" / "posts.jsonl"
NAMES = "Suresh Ramesh Anita Pooja Vikas Sunita Deepak Kavita Rohit Neelam Satish Geeta Manoj Rekha".split()
NEAR = "mandir,school,bus stand,anaj mandi,dispensary,post office,park,chowk,petrol pump,tanki".split(",")


class Posts(Connector):
	"""Yields prepared items, a hundred to a page."""

	channel = "X"

	def __init__(self, items: list[Item]) -> None:
		self.items = items

	def verify_credentials(self) -> AccountInfo:
		return AccountInfo("1")

	def fetch(self, cursor: dict, limits: Limits) -> Iterator[Page]:
		for start in range(0, len(self.items), PAGE):
			last = start + PAGE >= len(self.items)
			yield Page(self.items[start : start + PAGE], {}, complete=last)

	def rehydrate(self, ids: Collection[str]) -> dict[str, Item]:
		return {}


def phrases() -> list[list[str]]:
	"""The words of the demo posts that are grievances; posts are made of halves of two of them."""
	rows = map(json.loads, DEMO_POSTS.read_text(encoding="utf-8").splitlines())
	return [row["text"].split() for row in rows if row["labels"]["is_grievance"] and len(row["text"]) > 60]


def items(count: int, first: int, places: list[tuple[str, str]], dice: random.Random) -> list[Item]:
	"""Posts as citizens write them, nearly all of them about different problems; one of four authors is known."""
	words = phrases()
	made = []
	for number in range(first, first + count):
		place, district = dice.choice(places)
		one, other = dice.choice(words), dice.choice(words)
		name = f"{dice.choice(NAMES)} {dice.choice(NAMES)}"
		where = (
			f"{place} distt {district} near {dice.choice(NAMES)} {dice.choice(NEAR)} {dice.randrange(1, 400)}"
		)
		text = " ".join([*one[: len(one) // 2], where, *other[len(other) // 2 :]])
		author = dice.randrange(first + 1) if first and dice.random() < 0.25 else number
		post_id = str(2_000_000_000_000 + number)
		raw = {"data": {"id": post_id, "text": text, "author_id": str(author), "lang": "hi"}, "includes": {}}
		made.append(
			Item(
				channel="X",
				kind="mention",
				external_id=post_id,
				posted_at=NOW - timedelta(seconds=count - number + first),
				raw=json.dumps(raw, ensure_ascii=False),
				text=text,
				author_id=f"a{author}",
				author_handle=f"citizen{author}",
				author_name=name,
				permalink=f"https://x.com/i/web/status/{post_id}",
				can_reply=True,
			)
		)
	return made


def prepare() -> list[tuple[str, str]]:
	"""The probe's DocType, the account and an officer for every place. Returns (village, district) pairs."""
	if not frappe.db.exists("DocType", PROBE):
		frappe.get_doc(
			{
				"doctype": "DocType",
				"name": PROBE,
				"module": "Intake",
				"custom": 1,
				"autoname": "hash",
				"fields": [
					{"fieldname": "title", "fieldtype": "Data", "label": "Title"},
					{"fieldname": "note", "fieldtype": "Small Text", "label": "Note"},
				],
			}
		).insert()
	if not frappe.db.exists("Channel Account", ACCOUNT):
		frappe.get_doc(
			{
				"doctype": "Channel Account",
				"account_name": ACCOUNT,
				"channel": "X",
				"handle": "cmohry",
				"external_account_id": "1",
				"bearer_token": "not-used",
				"enabled": 1,
				"terms_accepted": 1,
				"max_pages_per_run": 10_000,
				"daily_budget": 0,
			}
		).insert()
	districts = frappe.get_all("Jurisdiction", filters={"level": "District"}, pluck="name", limit=0)
	for number, district in enumerate(districts):
		make_officer(number, district)
	frappe.db.commit()
	knowledge.load()
	rows = frappe.get_all(
		"Jurisdiction",
		filters={"level": ["in", ("Village", "Locality")]},
		fields=["jurisdiction_name", "district"],
		limit=0,
	)
	return sorted((row.jurisdiction_name, row.district) for row in rows)


def make_officer(number: int, place: str) -> None:
	official_id = f"RATE-{number:02d}"
	if frappe.db.exists("Nodal Officer", official_id):
		return
	email = f"rate{number}@example.org"
	user = frappe.get_doc(
		{"doctype": "User", "email": email, "first_name": f"Officer {number}", "send_welcome_email": 0}
	)
	user.insert(ignore_permissions=True, ignore_if_duplicate=True)
	officer = {
		"doctype": "Nodal Officer",
		"official_id": official_id,
		"officer_name": f"Officer {number}",
		"designation": "City Magistrate",
		"user": email,
		"postings": [{"jurisdiction": place, "from_date": "2020-01-01"}],
	}
	frappe.get_doc(officer).insert(ignore_permissions=True)


def fill(total: int, dice: random.Random) -> None:
	"""Bring the number of stored posts up to ``total`` (two of three a grievance), as the last 90 days brought them."""
	have = frappe.db.count("Citizen Post")
	now = Clock().site_now()
	officers = frappe.get_all("Nodal Officer", fields=["name", "user"], limit=0)
	category = frappe.get_all("Grievance Category", limit=1, pluck="name")[0]
	text = "Stored earlier: no water in the street for many days, please help. " * 3
	for start in range(have, total, 2000):
		numbers = range(start, min(start + 2000, total))
		posts, cases, bands = [], [], []
		for number in numbers:
			moment = now - timedelta(days=90 * (1 - number / total))
			first = signatures.period(moment)
			name, case = f"{dice.getrandbits(256):064x}", f"OLD-{number:08d}" if number % 3 else None
			officer = dice.choice(officers).name
			posts.append(
				(
					name,
					moment,
					moment,
					"Grievance",
					case,
					"X",
					ACCOUNT,
					name,
					f"{dice.getrandbits(256):064x}",
					moment,
					text,
					json.dumps({"text": text * 4}),
					"A" * 172,
				)
			)
			if case:
				cases.append(
					(case, moment, moment, text[:140], "Closed", category, officer, moment, name[:20])
				)
			bands += [
				(number * 32 + band, first + dice.getrandbits(47), name) for band in range(signatures.BANDS)
			]
		frappe.db.bulk_insert(
			"Citizen Post",
			(
				"name",
				"creation",
				"modified",
				"state",
				"grievance",
				"channel",
				"channel_account",
				"thread_key",
				"author_key",
				"posted_at",
				"text",
				"raw",
				"signature",
			),
			posts,
		)
		frappe.db.bulk_insert(
			"Grievance",
			(
				"name",
				"creation",
				"modified",
				"subject",
				"status",
				"category",
				"officer",
				"received_at",
				"tracking_key",
			),
			cases,
		)
		frappe.db.bulk_insert(signatures.TABLE, ("name", "band", "post"), bands)
		frappe.db.commit()


def bare_rate(count: int) -> float:
	"""Documents a second."""
	start = time.perf_counter()
	for number in range(count):
		frappe.get_doc({"doctype": PROBE, "title": f"Title {number}", "note": "A note"}).insert()
		if number % PAGE == PAGE - 1:
			frappe.db.commit()
	frappe.db.commit()
	return count / (time.perf_counter() - start)


def import_rate(batch: list[Item]) -> tuple[float, Counter]:
	"""Posts a second, and what became of them."""
	frappe.db.set_value(
		"Channel Account", ACCOUNT, {"lease_until": None, "hold_until": None, "cursor_state": None}
	)
	frappe.db.commit()
	start = time.perf_counter()
	summary = importer.Run(ACCOUNT, connector=Posts(batch)).run()
	took = time.perf_counter() - start
	if summary.error or summary.new != len(batch):
		sys.exit(f"The import failed: {summary}")
	return len(batch) / took, summary.outcomes


def measure(stored: int, count: int, pairs: int, places: list, dice: random.Random, first: int) -> dict:
	fill(stored, dice)
	ratios, rates, outcomes = [], [], Counter()
	for pair in range(pairs):
		batch = items(count, first + pair * count, places, dice)
		# Who goes first changes from pair to pair, so that neither always meets the warmer database.
		if pair % 2:
			rate, became = import_rate(batch)
			bare = bare_rate(count)
		else:
			bare = bare_rate(count)
			rate, became = import_rate(batch)
		ratios.append(rate / bare)
		rates.append((bare, rate))
		outcomes += became
	return {
		"stored": stored,
		"bare_per_second": round(statistics.median(bare for bare, _ in rates)),
		"import_per_second": round(statistics.median(rate for _, rate in rates)),
		"ratio": round(statistics.median(ratios), 3),
		"outcomes": dict(outcomes),
	}


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("site", help="name of a throw-away site")
	parser.add_argument("--sites-path", default="sites")
	parser.add_argument("--posts", type=int, default=1000, help="posts of one import")
	parser.add_argument("--pairs", type=int, default=3)
	parser.add_argument("--stored", default="0,10000,100000", help="stored posts at each step")
	parser.add_argument("--json", type=Path, help="write the figures here")
	parser.add_argument("--profile", action="store_true", help="profile one import instead of measuring")
	options = parser.parse_args()
	target = options.json.resolve() if options.json else None
	# Frappe finds its logs from the folder of the sites.
	os.chdir(options.sites_path)
	frappe.init(options.site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	dice = random.Random(frappe.db.count("Citizen Post"))
	places = prepare()
	first = frappe.db.count("Citizen Post") * 10
	import_rate(items(PAGE, first, places, dice))
	first += PAGE
	if options.profile:
		profiled(items(options.posts, first, places, dice))
		return
	results = []
	print(f"{'stored':>8} {'bare/s':>8} {'import/s':>9} {'ratio':>6}  outcomes")
	for step in map(int, options.stored.split(",")):
		result = measure(step, options.posts, options.pairs, places, dice, first)
		first += options.posts * options.pairs
		results.append(result)
		print(
			f"{step:>8} {result['bare_per_second']:>8} {result['import_per_second']:>9} {result['ratio']:>6.3f}"
			f"  {result['outcomes']}"
		)
	if target:
		target.write_text(json.dumps({"import_rate": results}, indent=1) + "\n")
	frappe.destroy()


def profiled(batch: list[Item]) -> None:
	profile = cProfile.Profile()
	profile.runcall(import_rate, batch)
	pstats.Stats(profile).sort_stats("cumulative").print_stats(70)


if __name__ == "__main__":
	main()
