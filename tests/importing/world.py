"""What the importer's tests share: a clean intake, accounts, items made by hand, and a connector that yields them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

import frappe

from grievance_helpdesk.intake.connectors.base import AccountInfo, Connector, Item, Limits, Page, Usage
from grievance_helpdesk.intake.importer import Run, Summary
from grievance_helpdesk.intake.times import Clock
from tests.emulators.reading import NOW

LIGHT = "Street light not working for ten days in Sector 14, Hisar. Please repair @cmohry"
WATER = "No water supply in Kalka, Panchkula since three days, nobody listens @cmohry"
ROAD = "सिरसा के गांव में सड़क पर गड्ढे हैं, दो महीने से कोई मरम्मत नहीं हुई @cmohry"
WRITTEN = (
	"Citizen Post",
	"Post Signature",
	"Grievance",
	"Citizen",
	"Citizen Identity",
	"Channel Account",
	"Triage Correction",
	"Communication",
	"Comment",
	"ToDo",
	"Notification Log",
	"Error Log",
)


def clean() -> None:
	"""The importer commits, so its tests clean up by themselves; the site is a throw-away one."""
	frappe.db.rollback()
	for doctype in WRITTEN:
		frappe.db.delete(doctype)
	frappe.db.commit()


class SetClock:
	"""A clock that a test moves; ``site`` is what the importer takes."""

	def __init__(self, now: datetime = NOW) -> None:
		self.now = now
		self.seconds = 0.0

	def tick(self, **by: float) -> None:
		self.now += timedelta(**by)

	@property
	def site(self) -> Clock:
		return Clock(now=lambda: self.now, elapsed=lambda: self.seconds)


def make_account(name: str = "CM Office on X", **fields: object):
	"""A Channel Account, saved and committed; X with everything it needs unless told otherwise."""
	values = {
		"doctype": "Channel Account",
		"account_name": name,
		"channel": "X",
		"handle": "cmohry",
		"external_account_id": "1001",
		"bearer_token": "bearer",
		"enabled": 1,
		"terms_accepted": 1,
		"poll_interval": 5,
		"look_back_hours": 24,
		"max_pages_per_run": 20,
		"daily_budget": 5,
	}
	account = frappe.get_doc(values | fields).insert()
	frappe.db.commit()
	return account


def make_item(text: str, external_id: str = "1", author: str = "2001", **fields: object) -> Item:
	values = {
		"channel": "X",
		"kind": "mention",
		"external_id": external_id,
		"posted_at": NOW - timedelta(hours=1),
		"raw": json.dumps({"id": external_id, "text": text}),
		"text": text,
		"author_id": author,
		"author_handle": f"user{author}",
		"author_name": f"Citizen {author}",
		"root_external_id": external_id,
	}
	return Item(**(values | fields))


class Given(Connector):
	"""Yields given pages; ``crash_before`` raises before that page, as a killed worker would."""

	channel = "X"

	def __init__(self, *pages: list[Item], crash_before: int | None = None, cost: float = 0.0, on_page=None):
		self.pages = pages
		self.crash_before = crash_before
		self.cost = cost
		self.on_page = on_page
		self.seen_limits: Limits | None = None
		self.seen_cursor: dict | None = None

	def verify_credentials(self) -> AccountInfo:
		return AccountInfo("1001", "cmohry")

	def fetch(self, cursor: dict, limits: Limits) -> Iterator[Page]:
		self.seen_limits, self.seen_cursor = limits, cursor
		for number, items in enumerate(self.pages):
			if number == self.crash_before:
				raise Killed
			if self.on_page:
				self.on_page(number)
			last = number == len(self.pages) - 1
			yield Page(
				items,
				{"since": "end"} if last else {"since": "middle"},
				last,
				Usage(1, len(items), self.cost),
			)

	def rehydrate(self, ids: Collection[str]) -> dict[str, Item]:
		return {}


class Killed(Exception):
	"""Stands for a worker that dies."""


def run(
	account,
	*pages: list[Item],
	clock: SetClock | None = None,
	connector: Connector | None = None,
	random=lambda: 0.5,
) -> Summary:
	"""One run of the importer over given pages (or with ``connector``)."""
	return Run(
		account.name,
		connector=connector or Given(*pages),
		clock=(clock or SetClock()).site,
		random=random,
	).run()


def posts(**filters: object) -> list:
	return frappe.get_all("Citizen Post", filters=filters, fields=["*"], order_by="posted_at, name")


def grievances() -> list:
	return frappe.get_all("Grievance", fields=["*"], order_by="name")


def states() -> list[str]:
	return [post.state for post in posts()]


def health(account) -> dict:
	fields = [
		"health",
		"health_reason",
		"consecutive_failures",
		"auth_failures",
		"hold_until",
		"next_run_at",
		"cursor_state",
		"lease_token",
		"gap_note",
		"spent_today",
		"newest_post_at",
		"page_limit",
	]
	return frappe.db.get_value("Channel Account", account.name, fields, as_dict=True)
