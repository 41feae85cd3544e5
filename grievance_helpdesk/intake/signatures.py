"""Finds posts that read alike: the bands of a signature in a table of the site.

Only the *latest* post of each band is looked up, so a greeting that thousands share costs no more than a rare sentence,
and a look-up stays as fast at a million posts as at none. Near-duplicates share many of their bands, so
one of them is found, and it leads to the grievance of the whole cluster. The stored number tells the fortnight first,
then a hash of district and band: the same words about another district are another problem, and the part of the
index that is read and written is that of the last weeks, however much is stored. Rows are only added, named by
time, and fall off the old end; nothing is indexed but the number.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from datetime import datetime, timedelta

import frappe
from frappe.query_builder.functions import Max
from pypika.terms import LiteralValue

from grievance_helpdesk.intake.times import aware
from grievance_helpdesk.intake.triage import duplicates
from grievance_helpdesk.redressal import bulk

TABLE = "Post Signature"
# Of the engine's 21 bands the site keeps 12. Each is a random page of the index, and a dozen still find 99 of 100
# posts that share seven tenths of their words, 93 of 100 at six tenths. Repetitions by the same author are
# compared one by one and need no band.
BANDS = 12
# Rows that one statement of the clean-up removes, so that it never holds an import up.
SWEEP = 20_000
EPOCH, FORTNIGHT = datetime(1970, 1, 1), timedelta(days=14)
KEY = (1 << 47) - 1
# MariaDB turns a longer list into a temporary table.
BANDS_IN_ONE_QUERY = 900
# A band with another band's posts costs one comparison too many; of the candidates the most shared ones count.
CANDIDATES = 8


def keys(signature: duplicates.Signature, district: str | None) -> list[int]:
	"""Numbers of 47 bits for the bands of a signature in a district."""
	where = (district or "").encode()[:64]
	return [
		int.from_bytes(hashlib.blake2b(band.encode(), digest_size=6, key=where).digest(), "big") >> 1
		for band in duplicates.bands(signature)[:BANDS]
	]


def period(moment: datetime) -> int:
	"""The fortnight of a time, as the high bits of the stored number."""
	return (moment - EPOCH) // FORTNIGHT << 47


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


def latest(wanted: Iterable[int], since: datetime, until: datetime) -> dict[int, str]:
	"""Key → name of the latest Citizen Post that has it, among those stored from ``since`` to ``until``."""
	periods = range(period(since), period(until) + 1, 1 << 47)
	bands = [first + key for first in periods for key in sorted(set(wanted))]
	newest: dict[int, int] = {}
	for start in range(0, len(bands), BANDS_IN_ONE_QUERY):
		rows = _newest_rows(bands[start : start + BANDS_IN_ONE_QUERY])
		# Later fortnights come later and win.
		newest |= {band & KEY: name for band, name in sorted(rows.items())}
	if not newest:
		return {}
	table = frappe.qb.DocType(TABLE)
	rows = frappe.qb.from_(table).select(table.name, table.post)
	posts = dict(rows.where(table.name.isin(sorted(newest.values()))).run())
	return {key: posts[name] for key, name in newest.items() if name in posts}


def _newest_rows(bands: list[int]) -> dict[int, int]:
	table = frappe.qb.DocType(TABLE)
	# Our own numbers, written as they are: an object for each of two thousand costs more than the look-up.
	wanted = LiteralValue(f"({','.join(map(str, bands))})")
	rows = frappe.qb.from_(table).select(table.band, Max(table.name)).where(table.band.isin(wanted))
	return dict(rows.groupby(table.band).run())


def add(posts: dict[str, list[int]], now: datetime) -> None:
	"""Remember the keys of posts stored ``now``: ``{name of the post: keys}``."""
	rows, name, first = [], _moment(time.time_ns()), period(now)
	for post, found in posts.items():
		escaped = frappe.db.escape(post)
		for key in found:
			rows.append(f"({name},{first + key},{escaped})")
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
