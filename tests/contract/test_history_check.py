"""Whatever is changed in the database past the application, the check finds it and names it; and it finds nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grievance_helpdesk.redressal import history
from grievance_helpdesk.redressal.history import chain, events, verification
from tests.contract import offices, records

EXAMPLES = settings(
	max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
KINDS = (events.WARNING, events.BREACHED, events.MESSAGE_TO_CITIZEN, events.CITIZEN_WROTE)
STEPS = st.lists(
	st.one_of(
		st.tuples(st.just("record"), st.sampled_from(KINDS), TEXTS),
		st.tuples(st.just("save"), st.sampled_from(("priority", "action_taken")), TEXTS),
	),
	max_size=5,
)
# Which event, what is done to it, and to which of its columns
PLACE = st.integers(min_value=0, max_value=50)
EDITS = st.one_of(
	st.tuples(st.just("column"), PLACE, st.sampled_from(history.EVENT_COLUMNS)),
	st.tuples(st.just("row"), PLACE, st.sampled_from((*history.AUDITED, "history_count", "history_hash"))),
	st.tuples(st.sampled_from(("delete", "insert", "insert and count", "swap")), PLACE, st.none()),
)


def history_of(steps: list[tuple]) -> str:
	doc = records.grievance().insert()
	for what, which, text in steps:
		if what == "record":
			history.record(doc.name, which, note=text)
		else:
			value = text if which != "priority" else ("High" if doc.priority == "Medium" else "Medium")
			doc.set(which, value)
			doc.save()
	return doc.name


def stored_events(site, name: str) -> list[dict]:
	return site.get_all("Grievance Event", {"grievance": name}, ["*"], order_by="sequence asc", limit=0)


def other(value: object, column: str) -> object:
	"""Another value of the same type."""
	if isinstance(value, datetime):
		return value + timedelta(days=1)
	if isinstance(value, int):
		return value + (1000 if column == "sequence" else 1)
	if column in ("entry_hash", "history_hash"):
		# As long as a hash is: the column holds no more.
		return f"{value}"[:-1] + ("0" if f"{value}"[-1] != "0" else "1")
	return f"{value or ''}x"[-140:] if column not in history.AUDITED else f"{value or ''}x"


def edit_row(site, name: str, column: str) -> str:
	value = site.db.get_value("Grievance", name, column)
	new = (
		datetime(2020, 1, 1)
		if history.AUDITED.get(column) == history.MOMENT and not value
		else other(value, column)
	)
	site.db.sql(f"update `tabGrievance` set `{column}` = %s where name = %s", (new, name))
	return column


def insert_event(site, name: str, counted: bool) -> int:
	last = stored_events(site, name)[-1]
	number = last.sequence + 1
	forged = {**last, "sequence": number, "name": f"{name}-{number}", "note": "forged"}
	columns = history.EVENT_COLUMNS
	site.db.bulk_insert("Grievance Event", columns, [tuple(forged[column] for column in columns)])
	if counted:
		site.db.sql("update `tabGrievance` set history_count = %s where name = %s", (number, name))
	return number


def swap_events(site, one: dict, two: dict) -> None:
	for event, name in ((one, "between"), (two, one.name), (one, two.name)):
		site.db.sql(
			"update `tabGrievance Event` set name = %s, sequence = %s where entry_hash = %s",
			(name, -1 if name == "between" else int(name.rpartition("-")[2]), event.entry_hash),
		)


def tamper(site, name: str, edit: tuple) -> tuple[int | None, str | None]:
	"""Change something by SQL; returns the number of the event, or the field of the row, that must be named."""
	what, place, column = edit
	stored = stored_events(site, name)
	event = stored[place % len(stored)]
	if what == "row":
		return None, edit_row(site, name, column)
	if what == "column":
		site.db.sql(
			f"update `tabGrievance Event` set `{column}` = %s where name = %s",
			(other(event[column], column), event.name),
		)
	elif what == "delete":
		site.db.sql("delete from `tabGrievance Event` where name = %s", (event.name,))
	elif what == "swap" and len(stored) > 1:
		swap_events(site, event, stored[place % len(stored) - 1])
	else:
		return insert_event(site, name, counted=what != "insert"), None
	return event.sequence, None


@EXAMPLES
@given(steps=STEPS, edit=EDITS)
def test_one_edit_is_always_found_and_named_and_nothing_else_ever_is(site, steps: list[tuple], edit: tuple):
	site.db.savepoint("example")
	name = history_of(steps)
	assert history.verify([name]) == []
	number, field = tamper(site, name, edit)
	found = [finding.what for finding in history.verify([name])]
	site.db.rollback(save_point="example")
	assert found and all(finding.grievance == name for finding in found)
	if field in history.AUDITED:
		assert {(finding.problem, finding.field) for finding in found} == {(chain.ROW, field)}
	elif number is not None:
		assert any((f.event or 0) <= number <= (f.to_event or f.event or 0) for f in found)


def test_findings_are_sentences(site):
	name = history_of(
		[("record", events.WARNING, "a"), ("record", events.WARNING, "b"), ("save", "priority", "")]
	)
	site.db.sql("update `tabGrievance Event` set note = 'c' where name = %s", (f"{name}-2",))
	assert [finding.text for finding in history.verify([name])] == [
		f"{name}: event 2 was changed after it was written."
	]
	site.db.sql("delete from `tabGrievance Event` where name in %s", ((f"{name}-2", f"{name}-3"),))
	assert [finding.text for finding in history.verify([name])] == [f"{name}: events 2 to 3 are missing."]
	site.db.sql("delete from `tabGrievance Event` where grievance = %s", (name,))
	assert [finding.text for finding in history.verify([name])] == [f"{name}: events 1 to 4 are missing."]
	site.db.sql("update `tabGrievance` set history_count = 0, history_hash = null where name = %s", (name,))
	assert [finding.text for finding in history.verify([name])] == [f"{name}: it has no history at all."]


def test_an_edit_shows_even_after_the_officer_saved_the_case(site):
	name = history_of([])
	site.db.sql("update `tabGrievance` set priority = 'Low' where name = %s", (name,))
	doc = offices.fresh(name)
	doc.priority = "High"
	doc.save()
	assert [finding.text for finding in history.verify([name])] == [
		f"{name}: event 2 found Low in Priority, but the events before it had left Medium: "
		"it was changed past the application."
	]


def test_the_whole_site_is_checked_in_chunks_with_progress(site, monkeypatch):
	monkeypatch.setattr(verification, "CHUNK", 2)
	mine = [history_of([("record", events.WARNING, "")]) for _ in range(5)]
	gone, touched = mine[1], mine[3]
	site.db.sql("delete from `tabGrievance` where name = %s", (gone,))
	site.db.sql("update `tabGrievance` set officer = 'X' where name = %s", (touched,))
	site.db.sql("update `tabGrievance Event` set grievance = 'ZZZ-9' where name = %s", (f"{mine[4]}-2",))
	told: list[tuple[int, int]] = []
	findings = history.verify(progress=lambda done, total: told.append((done, total)))
	assert {finding.grievance for finding in findings} & {*mine, "ZZZ-9"} == {gone, touched, mine[4], "ZZZ-9"}
	assert f"{gone}: this grievance does not exist, but events of it do ({gone}-1, {gone}-2)." in [
		finding.text for finding in findings
	]
	assert told[-1] == (site.db.count("Grievance"),) * 2
	assert [done for done, _total in told] == sorted({done for done, _total in told})


def test_a_check_takes_a_few_queries_for_each_chunk(site, monkeypatch):
	mine = [history_of([]) for _ in range(6)]
	counted: list[str] = []
	execute = "execute" if hasattr(site.db, "execute") else "sql"
	run = getattr(
		type(site.db._get_current_object() if hasattr(site.db, "_get_current_object") else site.db), execute
	)

	def counting(self, query, *args, **kwargs):
		counted.append(str(query))
		return run(self, query, *args, **kwargs)

	database = type(site.db._get_current_object() if hasattr(site.db, "_get_current_object") else site.db)
	monkeypatch.setattr(database, execute, counting)
	history.verify(mine)
	assert 0 < len(counted) <= 3


@pytest.mark.bench
def test_the_command_ends_with_1_when_it_finds_something(site):
	name = history_of([])
	site.db.commit()
	try:
		clean = command(site, name)
		assert clean.returncode == 0 and "are as they were written" in clean.stdout
		site.db.sql("update `tabGrievance` set priority = 'Low' where name = %s", (name,))
		site.db.commit()
		found = command(site, name)
		assert found.returncode == 1
		assert f"{name}: Priority is Low, but the history says Medium." in found.stdout
	finally:
		site.delete_doc("Grievance", name, force=True)
		site.db.delete("Deleted Document", {"deleted_name": ["like", f"{name}%"]})
		site.db.commit()


def command(site, name: str) -> subprocess.CompletedProcess:
	words = ("frappe", "--site", site.local.site, "verify-grievance-history", "--grievance", name)
	return subprocess.run(
		[sys.executable, "-m", "frappe.utils.bench_helper", *words],
		capture_output=True,
		text=True,
		env={**os.environ, "PYTHONWARNINGS": "ignore"},
	)
