"""Stores what a connector yields as Citizen Posts, raw and whole, before anything interprets it.

The name of a Citizen Post is the hash of channel, account and id: its primary key makes a second copy impossible. A
page costs one query for the names that are known already and one insert for the new posts. A post that comes again
with another text is a new version of the stored one; a tombstone blanks it, also when it comes before the post.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import frappe

from grievance_helpdesk.intake.connectors.base import AUTOMATIC, Item
from grievance_helpdesk.intake.times import site_time
from grievance_helpdesk.redressal import bulk
from grievance_helpdesk.redressal.citizens import Author
from grievance_helpdesk.redressal.plain_text import fit, harmless, storable

# A stored post that nobody processed after this long belongs to a run that died; the retry job takes it.
ORPHAN_AFTER = timedelta(minutes=10)
STANDARD = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")
COLUMNS = (
	"channel",
	"channel_account",
	"source",
	"state",
	"next_attempt_at",
	"received_at",
	"posted_at",
	"kind_of_item",
	"external_id",
	"thread_key",
	"parent_external_id",
	"author_id",
	"author_key",
	"author_handle",
	"author_name",
	"text",
	"subject",
	"permalink",
	"media",
	"raw",
	"problems",
	"is_own",
	"is_repost",
	"can_reply",
)
# States in which nothing was made of a post yet, so that an edited text is simply judged anew.
UNDECIDED = frozenset(("New", "For Review", "Not a Grievance", "Ignored", "Parked"))


@dataclass(slots=True)
class Stored:
	"""What a page brought: names of posts to process, of edited posts that are on a desk, and of removed ones."""

	new: list[str] = field(default_factory=list)
	edited: list[str] = field(default_factory=list)
	removed: list[str] = field(default_factory=list)
	known: int = 0


@dataclass(slots=True)
class _Arrival:
	"""The newest version of one post in a page, with the older ones that came along."""

	name: str
	item: Item
	older: list[Item] = field(default_factory=list)


def store(account: str, items: Iterable[Item], now: datetime, source: str = "Poll") -> Stored:
	"""Store a page of the Channel Account ``account``; ``now`` is the site's time. The caller commits."""
	arrivals = _arrivals(account, items)
	known = _known(arrivals)
	stored = Stored()
	rows = []
	for name, arrival in arrivals.items():
		if name in known:
			_store_again(known[name], arrival.item, now, stored)
			continue
		rows.append(_row(account, arrival, now, source))
		if not arrival.item.removed:
			stored.new.append(name)
	if rows:
		# In the order of the primary key, so that the database touches each page once.
		rows.sort()
		# Duplicates are ignored: a webhook may have stored the same post since the look-up above.
		bulk.insert("Citizen Post", (*STANDARD, *COLUMNS, "revisions"), rows, ignore_duplicates=True)
	return stored


def _arrivals(account: str, items: Iterable[Item]) -> dict[str, _Arrival]:
	"""One arrival a post, oldest first; of several versions the newest counts, and a tombstone beats them all."""
	arrivals: dict[str, _Arrival] = {}
	for item in sorted(items, key=lambda item: (item.posted_at, item.external_id)):
		name = item.key(account)
		arrival = arrivals.get(name)
		if arrival is None:
			arrivals[name] = _Arrival(name, item)
		elif arrival.item.removed or (arrival.item.text == item.text and not item.removed):
			continue
		else:
			arrival.older.append(arrival.item)
			arrival.item = item
	return arrivals


def _known(names: Iterable[str]) -> dict[str, frappe._dict]:
	names = list(names)
	if not names:
		return {}
	rows = frappe.get_all(
		"Citizen Post",
		filters={"name": ["in", names]},
		fields=["name", "text", "state", "grievance", "external_id", "revisions"],
		limit=0,
	)
	return {row.name: row for row in rows}


def _store_again(row: frappe._dict, item: Item, now: datetime, stored: Stored) -> None:
	if item.removed:
		if row.state != "Removed":
			blank(row.name, now)
			stored.removed.append(row.name)
		return
	revisions = json.loads(row.revisions or "[]")
	text = storable(item.text)
	if row.state == "Removed" or text == row.text or any(text == version["text"] for version in revisions):
		stored.known += 1
		return
	revisions.append(_revision(row.text, row.external_id, now))
	values = {
		"text": text,
		"raw": item.raw,
		"external_id": storable(item.external_id)[:255],
		"media": _json(item.media),
		"revisions": _json(revisions),
	}
	if row.state in UNDECIDED:
		values |= {"state": "New", "attempts": 0, "next_attempt_at": now + ORPHAN_AFTER}
		stored.new.append(row.name)
	else:
		stored.edited.append(row.name)
	frappe.db.set_value("Citizen Post", row.name, values)


def blank(name: str, now: datetime) -> None:
	"""Leave a tombstone: the citizen or the channel took the post back, so its words and pictures go."""
	frappe.db.set_value(
		"Citizen Post",
		name,
		{
			"state": "Removed",
			"text": "",
			"public_text": "",
			"media": "[]",
			"raw": "{}",
			"revisions": "[]",
			"triage_evidence": None,
			"needs_review": 0,
			"next_attempt_at": None,
			"problems": f"Removed from the channel; noticed {now}.",
		},
	)


def _row(account: str, arrival: _Arrival, now: datetime, source: str) -> tuple:
	item = arrival.item
	author = author_of(item)
	owner = frappe.session.user
	values = {
		"channel": item.channel,
		"channel_account": account,
		"source": source,
		"state": "Removed" if item.removed else "New",
		"next_attempt_at": None if item.removed else now + ORPHAN_AFTER,
		"received_at": now,
		"posted_at": site_time(item.posted_at),
		"kind_of_item": fit(item.kind, 140),
		"external_id": storable(item.external_id)[:255],
		"thread_key": thread_key(item.channel, item.root_external_id or item.external_id),
		"parent_external_id": storable(item.parent_external_id)[:255],
		"author_id": storable(item.author_id)[:255],
		"author_key": author.key if author.external_id else "",
		"author_handle": fit(item.author_handle, 255),
		"author_name": fit(item.author_name, 255),
		"text": storable(item.text),
		"subject": fit(item.subject, 255),
		"permalink": item.permalink if len(item.permalink) <= 500 else "",
		"media": _json(item.media),
		"raw": storable(item.raw),
		"problems": "\n".join(map(storable, item.problems)),
		"is_own": int(item.is_own),
		"is_repost": int(item.is_repost),
		"can_reply": int(item.can_reply),
	}
	revisions = [_revision(storable(older.text), older.external_id, now) for older in arrival.older]
	standard = (arrival.name, owner, now, now, owner, 0, 0)
	return (*standard, *(values[column] for column in COLUMNS), _json(revisions))


def author_of(item: Item) -> Author:
	"""Who wrote the item; mail is told apart by its address."""
	return Author(
		channel=item.channel,
		external_id=storable(item.author_id or item.author_email.lower()),
		handle=harmless(item.author_handle),
		name=harmless(item.author_name),
		email=harmless(item.author_email),
	)


def thread_key(channel: str, root_external_id: str) -> str:
	"""Name of a conversation, the same for all accounts that see it: 40 hex characters."""
	return hashlib.sha256(f"{channel}|{root_external_id}".encode("utf-8", "replace")).hexdigest()[:40]


def is_automatic(problems: str | None) -> bool:
	"""Whether the stored problems say that a machine wrote the mail (:attr:`Item.is_automatic`)."""
	return any(line.startswith(AUTOMATIC) for line in (problems or "").splitlines())


def _revision(text: str | None, external_id: str, now: datetime) -> dict[str, str]:
	return {"text": text or "", "external_id": external_id or "", "replaced_at": str(now)}


def _json(value: object) -> str:
	return storable(json.dumps(value, ensure_ascii=False, default=str)) if value else "[]"
