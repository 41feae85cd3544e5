"""The arithmetic of the history, without a site: what is written is accepted, and whatever is touched is named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance_helpdesk.redressal.history import chain

KEY = chain.derive_key("the site's secret")
NAME = "GRV-2026-000001"
FIELDS = ("status", "officer", "priority")
MOMENT = datetime(2026, 11, 25, 9, 0, 0, 123456)


def write(changes: list[dict]) -> tuple[chain.Case, list[dict]]:
	"""The history that an application with the key writes, one event for each change."""
	events, end, values = [], "", dict.fromkeys(FIELDS)
	for number, change in enumerate(changes, 1):
		event = dict.fromkeys(chain.COLUMNS) | {
			"name": f"{NAME}-{number}",
			"creation": MOMENT,
			"grievance": NAME,
			"sequence": number,
			"event_type": "MOVED" if number > 1 else "REGISTERED",
			"is_public": 0,
			"changes": json.dumps({field: [values[field], new] for field, new in change.items()}),
		}
		event["entry_hash"] = chain.entry_hash(KEY, event, end)
		end = chain.seal(KEY, event["entry_hash"])
		values |= change
		events.append(event)
	return chain.Case(NAME, len(events), end, values), events


def problems(case: chain.Case, events: list[dict], key: bytes = KEY) -> list[tuple]:
	return [(finding.problem, finding.event) for finding in chain.check(key, case, events)]


CHANGES = [
	{"status": "Open", "priority": "Low"},
	{"officer": "CTM"},
	{"status": "Resolved"},
	{"status": "Closed"},
]


def test_what_was_written_is_accepted_in_any_order():
	case, events = write(CHANGES)
	assert problems(case, events[::-1]) == []


def test_another_secret_accepts_nothing():
	case, events = write(CHANGES)
	found = problems(case, events, chain.derive_key("another secret"))
	assert [event for problem, event in found if problem == chain.CHANGED] == [1, 2, 3, 4]


@pytest.mark.parametrize("column", [column for column in chain.COLUMNS if column != "sequence"])
def test_every_column_of_an_event_is_protected(column: str):
	case, events = write(CHANGES)
	events[1][column] = MOMENT.replace(year=2020) if column == "creation" else "2"
	assert (chain.CHANGED, 2) in problems(case, events)


def test_the_end_cannot_be_cut_off_with_what_the_database_holds():
	"""Whoever deletes the last event has no seal for the one before: its own hash is not it."""
	case, events = write(CHANGES)
	values = case.values | {"status": "Resolved"}
	for forged in (events[2]["entry_hash"], case.seal, ""):
		shorter = replace(case, count=3, seal=forged, values=values)
		assert problems(shorter, events[:3]) == [(chain.END, None)]
	assert problems(case, events[:3])[0] == (chain.MISSING, 4)


def test_events_that_are_gone_are_named_by_their_numbers():
	case, events = write(CHANGES)
	found = chain.check(KEY, case, [events[0], events[3]])
	assert [(f.problem, f.event, f.to_event) for f in found] == [(chain.MISSING, 2, 3)]


def test_an_event_added_behind_the_end_is_named():
	case, events = write(CHANGES)
	added = events[-1] | {"sequence": 5, "name": f"{NAME}-5"}
	assert (chain.EXTRA, 5) in problems(case, [*events, added])


def test_two_events_that_changed_places_are_both_named():
	case, events = write(CHANGES)
	for one, number in ((events[1], 3), (events[2], 2)):
		one.update(sequence=number, name=f"{NAME}-{number}")
	found = problems(case, events)
	assert {(chain.CHANGED, 2), (chain.CHANGED, 3)} <= set(found)


def test_a_history_that_was_emptied_and_begun_anew_is_found():
	case, events = write(CHANGES)
	assert problems(chain.Case(NAME, 0, "", case.values), []) == [(chain.NO_HISTORY, None)]
	# The application writes on, with the key, after somebody took the beginning away.
	later = events[1] | {"sequence": 1, "name": f"{NAME}-1"}
	later["entry_hash"] = chain.entry_hash(KEY, later, "")
	anew = chain.Case(NAME, 1, chain.seal(KEY, later["entry_hash"]), {"officer": "CTM"})
	assert (chain.NOT_REGISTERED, 1) in problems(anew, [later])


def test_a_field_of_the_row_that_no_event_explains_is_named_with_both_values():
	case, events = write(CHANGES)
	edited = replace(case, values=case.values | {"status": "Open"})
	assert chain.check(KEY, edited, events) == [
		chain.Finding(NAME, chain.ROW, field="status", found="Open", expected="Closed")
	]


def test_an_edit_of_the_row_shows_even_after_the_application_wrote_the_next_event():
	case, events = write([*CHANGES, {"status": "Open"}])
	last = events[-1] | {"changes": json.dumps({"status": ["Rejected", "Open"]})}
	last["entry_hash"] = chain.entry_hash(KEY, last, chain.seal(KEY, events[-2]["entry_hash"]))
	found = chain.check(KEY, replace(case, seal=chain.seal(KEY, last["entry_hash"])), [*events[:-1], last])
	assert found == [chain.Finding(NAME, chain.JUMP, 5, None, "status", "Rejected", "Closed")]


def test_changes_that_are_no_longer_json_are_a_finding_and_no_crash():
	case, events = write(CHANGES)
	for broken in ("{", "[]", '"x"', "5", '{"status": 1}'):
		events[2]["changes"] = broken
		assert (chain.CHANGED, 3) in problems(case, events)


@given(
	st.lists(st.dictionaries(st.sampled_from(FIELDS), st.text() | st.none()), min_size=1, max_size=8),
	st.text(min_size=1),
)
def test_values_cannot_be_moved_between_columns(changes: list[dict], text: str):
	"""Each value is hashed with its length: what is taken from one column and put into the next is seen."""
	case, events = write(changes)
	assert problems(case, events) == []
	events[-1]["actor"] = text
	events[-1]["entry_hash"] = chain.entry_hash(KEY, events[-1], "x")
	for actor, officer in ((text + text, None), (None, text), (text[:-1], text[-1])):
		other = events[-1] | {"actor": actor, "officer": officer}
		assert chain.entry_hash(KEY, other, "x") != events[-1]["entry_hash"]
