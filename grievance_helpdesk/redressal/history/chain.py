"""The arithmetic of a history that cannot be rewritten unseen: hashes of events, the seal of the end, and the check.

Each event carries an HMAC-SHA256 over everything it says and over the *seal* of the event before it. A grievance's own
row carries the number of its events and the seal of the last one. A seal is a second HMAC over an event's hash; it is
stored for the last event only. So somebody who can write to the database but does not have the key can neither change,
insert or reorder events, nor cut off the last ones: the seal of the earlier end is stored nowhere.

What remains: putting a grievance's row and events back together to what an old backup holds, or taking away both whole.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

# Every column of an event except its own hash, and except Frappe's marks (_user_tags, _comments, …), which are not history.
COLUMNS = (
	"name",
	"owner",
	"creation",
	"modified",
	"modified_by",
	"docstatus",
	"idx",
	"grievance",
	"sequence",
	"event_type",
	"is_public",
	"at",
	"actor",
	"officer",
	"note",
	"changes",
)
FIRST_EVENT = "REGISTERED"

# Problems that a check finds
CHANGED = "changed"
MISSING = "missing"
EXTRA = "extra"
END = "end"
NO_HISTORY = "no history"
NOT_REGISTERED = "not registered"
JUMP = "jump"
ROW = "row"
ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Finding:
	"""``event`` is a number, ``to_event`` the last one of a range; ``found`` and ``expected`` are values of ``field``."""

	grievance: str
	problem: str
	event: int | None = None
	to_event: int | None = None
	field: str | None = None
	found: object = None
	expected: object = None


@dataclass(slots=True)
class Case:
	"""What the row of a grievance says: its audited values (normalised as in the events), and the end of its history."""

	name: str
	count: int
	seal: str
	values: Mapping[str, object] = field(default_factory=dict)


def derive_key(secret: str) -> bytes:
	"""The key of all histories of a site, from the site's secret."""
	return hmac.digest(secret.encode(), b"grievance history, version 1", "sha256")


def _plain(value) -> str:
	if isinstance(value, datetime):
		return value.isoformat(" ", "microseconds")
	return "" if value is None else str(value)


def entry_hash(key: bytes, event: Mapping, after: str) -> str:
	"""The hash of an event (its :data:`COLUMNS`) that follows the event whose seal is ``after`` ("" for the first).

	Each value is written with its length before it, so that no two different events read the same.
	"""
	words = [after, *(_plain(event[column]) for column in COLUMNS)]
	text = "".join([f"{len(word)}:{word}" for word in words])
	return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()


def seal(key: bytes, hash_of_last: str) -> str:
	return hmac.digest(key, b"end " + hash_of_last.encode(), "sha256").hex()


def changes_of(event: Mapping) -> dict[str, list]:
	"""``{field: [old, new]}``; empty when the event changed nothing, or when what it holds is no longer readable."""
	try:
		changes = json.loads(event.get("changes") or "{}")
	except ValueError:
		return {}
	if not isinstance(changes, dict):
		return {}
	return {name: pair for name, pair in changes.items() if isinstance(pair, list) and len(pair) == 2}


def check(key: bytes, case: Case, events: Sequence[Mapping]) -> list[Finding]:
	"""Everything that is wrong with the history of one grievance. Events are mappings of COLUMNS and entry_hash."""
	if not events and not case.count and not case.seal:
		return [Finding(case.name, NO_HISTORY)]
	ordered = sorted(events, key=lambda event: event["sequence"])
	findings = [*_check_links(key, case, ordered), *_check_end(key, case, ordered)]
	if ordered and ordered[0]["sequence"] == 1 and ordered[0]["event_type"] != FIRST_EVENT:
		findings.append(Finding(case.name, NOT_REGISTERED, event=1))
	if not any(finding.problem == MISSING for finding in findings):
		findings += _replay(case, ordered)
	return findings


def _check_links(key: bytes, case: Case, ordered: Sequence[Mapping]) -> Iterator[Finding]:
	"""Numbers without gaps, and each event the one that was written after the one before."""
	number, before = 0, None
	for event in ordered:
		sequence = event["sequence"]
		if sequence <= number:
			yield Finding(case.name, EXTRA, event=sequence)
			continue
		if sequence > number + 1:
			yield Finding(case.name, MISSING, event=number + 1, to_event=sequence - 1)
			before = None
		elif not _follows(key, event, before, is_first=sequence == 1):
			yield Finding(case.name, EXTRA if sequence > case.count else CHANGED, event=sequence)
		number, before = sequence, event


def _follows(key: bytes, event: Mapping, before: Mapping | None, is_first: bool) -> bool:
	"""Whether the event's own hash is right. With the one before gone there is nothing to compare it with."""
	if is_first:
		return event["entry_hash"] == entry_hash(key, event, "")
	if before is None:
		return True
	return event["entry_hash"] == entry_hash(key, event, seal(key, before["entry_hash"] or ""))


def _check_end(key: bytes, case: Case, ordered: Sequence[Mapping]) -> Iterator[Finding]:
	last = ordered[-1] if ordered else None
	there = last["sequence"] if last else 0
	if there < case.count:
		yield Finding(case.name, MISSING, event=there + 1, to_event=case.count)
	elif there != case.count or case.seal != seal(key, last["entry_hash"] or ""):
		yield Finding(case.name, END, found=case.count, expected=there)


def values_after(events: Sequence[Mapping], fields: Sequence[str]) -> dict[str, object]:
	"""What the events, in their order, say about the fields; what no event named is absent."""
	values: dict[str, object] = {}
	for event in events:
		values |= {name: pair[1] for name, pair in changes_of(event).items() if name in fields}
	return values


def is_same(one: object, other: object) -> bool:
	"""Nothing, zero and an empty text are the same: a column's default."""
	return one == other or (not one and not other)


def _replay(case: Case, ordered: Sequence[Mapping]) -> Iterator[Finding]:
	"""Events that found another value than the ones before had left, and fields of the row that no event explains."""
	values: dict[str, object] = dict.fromkeys(case.values)
	for event in ordered:
		for name, (old, new) in changes_of(event).items():
			if name not in values:
				continue
			if not is_same(old, values[name]):
				yield Finding(case.name, JUMP, event["sequence"], None, name, old, values[name])
			values[name] = new
	for name, value in values.items():
		if not is_same(case.values[name], value):
			yield Finding(case.name, ROW, field=name, found=case.values[name], expected=value)
