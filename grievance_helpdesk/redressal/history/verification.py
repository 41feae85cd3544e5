"""Checks the histories of many grievances in a few queries for each thousand, and says in words what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import frappe
from frappe import _

from grievance_helpdesk.redressal import history
from grievance_helpdesk.redressal.history import chain

CHUNK = 1000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
	"""What is wrong, and the sentence for people."""

	what: chain.Finding

	@property
	def grievance(self) -> str:
		return self.what.grievance

	@property
	def text(self) -> str:
		return f"{self.what.grievance}: {_words(self.what)}"


def verify_all(progress: Progress | None = None) -> list[Finding]:
	"""The whole site, also events of grievances that do not exist."""
	findings: list[Finding] = []
	done, total = 0, frappe.db.count("Grievance")
	for after, upto, cases in _chunks():
		events = _events_between(after, upto)
		findings += _check(cases, events)
		findings += [Finding(orphan) for orphan in _orphans(cases, events)]
		done += len(cases)
		if progress and cases:
			progress(done, total)
	return findings


def verify_named(names: Iterable[str], progress: Progress | None = None) -> list[Finding]:
	names = sorted(set(names))
	findings: list[Finding] = []
	for start in range(0, len(names), CHUNK):
		chunk = names[start : start + CHUNK]
		cases = _cases({"name": ["in", chunk]})
		table = frappe.qb.DocType("Grievance Event")
		findings += _check(cases, _by_grievance(table.grievance.isin(chunk)))
		if progress:
			progress(start + len(chunk), len(names))
	return findings


def _chunks() -> Iterator[tuple[str | None, str | None, list[chain.Case]]]:
	"""Grievances in the order of their names; together the ranges (after, up to] hold every name there can be."""
	after = None
	while True:
		cases = _cases({"name": [">", after]} if after else {}, limit=CHUNK)
		upto = cases[-1].name if len(cases) == CHUNK else None
		yield after, upto, cases
		if upto is None:
			return
		after = upto


def _cases(filters: dict, limit: int = 0) -> list[chain.Case]:
	rows = frappe.get_all(
		"Grievance",
		filters=filters,
		fields=["name", "history_count", "history_hash", *history.AUDITED],
		order_by="name asc",
		limit=limit,
	)
	return [
		chain.Case(
			row.name,
			row.history_count or 0,
			row.history_hash or "",
			{field: history.normal(field, row[field]) for field in history.AUDITED},
		)
		for row in rows
	]


def _events_between(after: str | None, upto: str | None) -> dict[str, list[dict]]:
	table = frappe.qb.DocType("Grievance Event")
	criterion = table.name.isnotnull()
	if after is not None:
		criterion &= table.grievance > after
	if upto is not None:
		criterion &= table.grievance <= upto
	if after is None:
		# An event whose grievance was emptied belongs to no range.
		criterion |= table.grievance.isnull()
	return _by_grievance(criterion)


def _by_grievance(criterion) -> dict[str, list[dict]]:
	table = frappe.qb.DocType("Grievance Event")
	columns = [table[column] for column in history.EVENT_COLUMNS]
	rows = frappe.qb.from_(table).select(*columns).where(criterion).run()
	events: dict[str, list[dict]] = {}
	for row in rows:
		event = dict(zip(history.EVENT_COLUMNS, row, strict=True))
		events.setdefault(event["grievance"] or "", []).append(event)
	return events


def _check(cases: list[chain.Case], events: dict[str, list[dict]]) -> list[Finding]:
	key = history.chain_key()
	return [
		Finding(finding) for case in cases for finding in chain.check(key, case, events.get(case.name, []))
	]


def _orphans(cases: list[chain.Case], events: dict[str, list[dict]]) -> Iterator[chain.Finding]:
	for name in sorted(events.keys() - {case.name for case in cases}):
		yield chain.Finding(name, chain.ORPHAN, found=", ".join(event["name"] for event in events[name][:3]))


def _words(finding: chain.Finding) -> str:
	event = finding.event
	if finding.problem == chain.MISSING and finding.to_event > event:
		return _("events {0} to {1} are missing.").format(event, finding.to_event)
	if finding.problem in (chain.ROW, chain.JUMP):
		return _value_words(finding)
	words = {
		chain.CHANGED: _("event {0} was changed after it was written."),
		chain.MISSING: _("event {0} is missing."),
		chain.EXTRA: _("event {0} was not written by this site."),
		chain.END: _(
			"the end of its history does not fit: it says {1} events, and the last one there is event {2}."
		),
		chain.NO_HISTORY: _("it has no history at all."),
		chain.NOT_REGISTERED: _("its history does not begin with the registration."),
		chain.ORPHAN: _("this grievance does not exist, but events of it do ({1})."),
	}
	return words[finding.problem].format(event, finding.found, finding.expected)


def _value_words(finding: chain.Finding) -> str:
	label = _(frappe.get_meta("Grievance").get_label(finding.field))
	found, expected = (_shown(value) for value in (finding.found, finding.expected))
	if finding.problem == chain.ROW:
		return _("{0} is {1}, but the history says {2}.").format(label, found, expected)
	words = _(
		"event {0} found {1} in {2}, but the events before it had left {3}: it was changed past the application."
	)
	return words.format(finding.event, found, label, expected)


def _shown(value: object) -> str:
	text = str(value) if value else _("empty")
	return text if len(text) <= 60 else f"{text[:57]}…"
