"""Finds posts that read alike: the bands of a signature in a table of the site.

Only the *latest* post of each band is looked up, so a greeting that thousands share costs no more than a rare sentence,
and a look-up stays as fast at a million posts as at none. Near-duplicates share about half of their 21 bands, so
one of them is always found, and it leads to the grievance of the whole cluster. A band is a number over the
district and the engine's band: the same words about another district are another problem. Rows are only added,
named by time, and fall off the old end; nothing is indexed but the band.
"""

from __future__ import annotations

import hashlib
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
# MariaDB turns a longer list into a temporary table.
BANDS_IN_ONE_QUERY = 900
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
	"""Band → name of the latest Citizen Post that has it."""
	bands = sorted(set(bands))
	newest: dict[int, int] = {}
	for start in range(0, len(bands), BANDS_IN_ONE_QUERY):
		newest |= _newest_rows(bands[start : start + BANDS_IN_ONE_QUERY])
	if not newest:
		return {}
	table = frappe.qb.DocType(TABLE)
	rows = frappe.qb.from_(table).select(table.name, table.post)
	posts = dict(rows.where(table.name.isin(sorted(newest.values()))).run())
	return {band: posts[name] for band, name in newest.items() if name in posts}


def _newest_rows(bands: list[int]) -> dict[int, int]:
	table = frappe.qb.DocType(TABLE)
	# Our own numbers, written as they are: an object for each of two thousand costs more than the look-up.
	wanted = LiteralValue(f"({','.join(map(str, bands))})")
	rows = frappe.qb.from_(table).select(table.band, Max(table.name)).where(table.band.isin(wanted))
	return dict(rows.groupby(table.band).run())


def add(posts: dict[str, list[int]]) -> None:
	"""Remember the bands of posts: ``{name of the post: bands}``."""
	rows, name = [], _moment(time.time_ns())
	for post, bands in posts.items():
		escaped = frappe.db.escape(post)
		for band in bands:
			rows.append(f"({name},{band},{escaped})")
			name += 1
	# Two thousand rows a batch: names and bands are our own numbers, so they are written as they are.
	for start in range(0, len(rows), bulk.ROWS_IN_ONE_STATEMENT):
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


def _moment(nanoseconds: int) -> int:
	"""The first name of a microsecond. Names (62 bits) sort by time, so rows are only appended and the clean-up needs
	no index of its own; a batch takes longer than the microseconds that its names fill, so names never meet."""
	return nanoseconds // 1000 << 11
