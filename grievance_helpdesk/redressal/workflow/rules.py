"""What a workflow of grievances must be able to do, whatever states and actions an admin gives it. Pure.

The rules know the six values of a grievance's *status* and nothing else: which states there are is the admin's choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

STATE_FIELD = "workflow_state"
STATUS_FIELD = "status"
OPEN, ON_HOLD, RESOLVED, CLOSED, REJECTED, MERGED = STATUSES = (
	"Open",
	"On Hold",
	"Resolved",
	"Closed",
	"Rejected",
	"Merged",
)
IN_WORK = (OPEN, ON_HOLD)


@dataclass(frozen=True, slots=True)
class StateRow:
	"""One row of the workflow's table of states."""

	state: str
	update_field: str | None = STATUS_FIELD
	update_value: str | None = OPEN
	doc_status: str = "0"


@dataclass(frozen=True, slots=True)
class Step:
	"""One transition: from a state to the next."""

	state: str
	next_state: str


@dataclass(frozen=True, slots=True)
class Problem:
	"""A rule that is broken: its name, and what the message says about the case at hand."""

	rule: str
	values: Mapping[str, str | int] = field(default_factory=dict)


def problems(
	state_field: str | None,
	rows: Sequence[StateRow],
	steps: Iterable[Step],
	standing: Mapping[str, int] | None = None,
) -> list[Problem]:
	"""Why this workflow cannot serve grievances; empty when it can.

	``standing`` says how many grievances stand in which state. The rules about ways ask only once the states are sound.
	"""
	if not rows:
		return [Problem("no_states")]
	found = [] if state_field == STATE_FIELD else [Problem("state_field", {"field": state_field or ""})]
	found += [*_about_rows(rows), *_removed(rows, standing or {})]
	return found or list(_about_ways(rows, set(steps)))


def _about_rows(rows: Sequence[StateRow]) -> Iterator[Problem]:
	first: dict[str, StateRow] = {}
	for number, row in enumerate(rows, 1):
		place = {"row": number, "state": row.state}
		if row.update_field != STATUS_FIELD or row.update_value not in STATUSES:
			yield Problem("no_status", place)
		elif row.doc_status != "0":
			yield Problem("doc_status", place)
		elif first.setdefault(row.state, row).update_value != row.update_value:
			values = {"first": first[row.state].update_value or "", "second": row.update_value or ""}
			yield Problem("rows_disagree", place | values)
	if rows[0].update_field == STATUS_FIELD and rows[0].update_value != OPEN:
		yield Problem("first_not_open", {"state": rows[0].state})


def _removed(rows: Sequence[StateRow], standing: Mapping[str, int]) -> Iterator[Problem]:
	kept = {row.state for row in rows}
	for state, count in standing.items():
		if state not in kept:
			yield Problem("state_in_use", {"state": state, "count": count})


def _about_ways(rows: Sequence[StateRow], steps: set[Step]) -> Iterator[Problem]:
	status = {row.state: row.update_value for row in rows}
	ways: dict[str, set[str]] = {state: set() for state in status}
	for step in steps:
		if step.state in status and step.next_state in status and step.state != step.next_state:
			ways[step.state].add(step.next_state)
	first = rows[0].state
	if not ways[first]:
		yield Problem("no_way_out", {"state": first})
		return
	reach = {state: _reached(state, ways) for state in status}
	for state, value in status.items():
		reached = {status[other] for other in reach[state]}
		if value in IN_WORK and RESOLVED not in reached:
			yield Problem("never_resolved", {"state": state})
		if value == RESOLVED:
			yield from _after_resolved(state, {status[other] for other in ways[state]})
	reached = {status[other] for other in reach[first]}
	for value in (CLOSED, REJECTED, MERGED):
		if value not in reached:
			yield Problem("status_out_of_reach", {"status": value})


def _after_resolved(state: str, next_statuses: set[str | None]) -> Iterator[Problem]:
	"""The system closes in silence and reopens by itself, each in one step."""
	if OPEN not in next_statuses:
		yield Problem("no_reopening", {"state": state})
	if CLOSED not in next_statuses:
		yield Problem("no_closing", {"state": state})


def _reached(start: str, ways: Mapping[str, set[str]]) -> set[str]:
	found: set[str] = set()
	waiting = [start]
	while waiting:
		for state in ways[waiting.pop()] - found:
			found.add(state)
			waiting.append(state)
	return found
