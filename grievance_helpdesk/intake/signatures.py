"""Finds posts that read alike: the bands of a signature in a table of the site.

Only the *latest* post of each band is looked up, so a greeting that thousands share costs no more than a rare sentence,
and a look-up stays as fast at a million posts as at none. Near-duplicates share about half of their 21 bands, so
one of them is always found, and it leads to the grievance of the whole cluster. A band is a number over the
district and the engine's band: the same words about another district are another problem. Rows are only added,
named by time, and fall off the old end; nothing is indexed but the band.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterable
from datetime import datetime

import frappe
from frappe.query_builder.functions import Max
from pypika.terms import LiteralValue

from grievance_helpdesk.intake.times import aware
from grievance_helpdesk.intake.triage import duplicates
from grievance_helpdesk.redressal import bulk

TABLE = "Post Signature"
# Rows that one statement of the clean-up removes, so that it never holds an import up.
SWEEP = 20_000
# A band with another band's posts costs one comparison too many; of the candidates the most shared ones count.
CANDIDATES = 8


def keys(signature: duplicates.Signature, district: str | None) -> list[int]:
	"""The numbers (63 bits) under which a post is looked up."""
	where = (district or "").encode()
	return [
		int.from_bytes(hashlib.blake2b(band.encode(), digest_size=8, key=where[:64]).digest(), "big") >> 1
		for band in duplicates.bands(signature)
	]


def write(signature: duplicates.Signature, numbers: duplicates.Numbers) -> str:
	"""A signature and the ward, sector and house numbers as the Citizen Post keeps them."""
	if not signature:
		return ""
	named = ",".join(f"{kind}:{number}" for kind, number in sorted(numbers))
	return f"{duplicates.pack(signature)} {named}".strip()


def read(stored: str | None) -> tuple[duplicates.Signature, duplicates.Numbers]:
	"""The inverse of :func:`write`; ``((), frozenset())`` for a post without one."""
	packed, _, named = (stored or "").partition(" ")
	pairs = (pair.partition(":") for pair in named.split(",") if pair)
	return duplicates.unpack(packed), frozenset((kind, number) for kind, _, number in pairs)


def latest(bands: Iterable[int]) -> dict[int, str]:
	"""Band → name of the latest Citizen Post that has it, in two queries."""
	bands = sorted(set(bands))
	if not bands:
		return {}
	table = frappe.qb.DocType(TABLE)
	# Our own numbers, written as they are: an object for each of two thousand costs more than the look-up.
	wanted = LiteralValue(f"({','.join(map(str, bands))})")
	newest = (
		frappe.qb.from_(table)
		.select(table.band, Max(table.name))
		.where(table.band.isin(wanted))
		.groupby(table.band)
		.run()
	)
	if not newest:
		return {}
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.post)
		.where(table.name.isin([row[1] for row in newest]))
	)
	posts = dict(rows.run())
	return {band: posts[name] for band, name in newest if name in posts}


def add(posts: dict[str, list[int]]) -> None:
	"""Remember the bands of posts: ``{name of the post: bands}``, in one insert."""
	if not any(posts.values()):
		return
	prefix, tail = _moment(time.time_ns()), secrets.token_hex(3)
	rows, number = [], 0
	for post, bands in posts.items():
		escaped = frappe.db.escape(post)
		for band in bands:
			rows.append(f"('{prefix}-{tail}-{number:06x}',{band},{escaped})")
			number += 1
	# Two thousand rows a batch: names and numbers are our own, so they are written as they are.
	for start in range(0, number, bulk.ROWS_IN_ONE_STATEMENT):
		values = ",".join(rows[start : start + bulk.ROWS_IN_ONE_STATEMENT])
		frappe.db.sql(f"insert into `tab{TABLE}` (`name`, `band`, `post`) values {values}")


def forget_before(instant: datetime) -> int:
	"""Remove the bands of posts stored before ``instant`` (site's time), a batch at a time. Returns how many."""
	end = _moment(int(aware(instant).timestamp() * 1e9))
	table = frappe.qb.DocType(TABLE)
	removed = 0
	while True:
		names = (
			frappe.qb.from_(table)
			.select(table.name)
			.where(table.name < end)
			.orderby(table.name)
			.limit(SWEEP)
			.run(pluck=True)
		)
		if not names:
			return removed
		frappe.qb.from_(table).delete().where(table.name <= names[-1]).run()
		frappe.db.commit()
		removed += len(names)


def _moment(nanoseconds: int) -> str:
	"""Microseconds since 1970 as 14 hex digits: names sort by time, and the clean-up needs no index of its own."""
	return f"{nanoseconds // 1000:014x}"
