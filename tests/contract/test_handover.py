"""Charge Handover on both sites: everything goes in one act, or nothing does."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from grievance_helpdesk.redressal import history, moment
from grievance_helpdesk.redressal.escalation import appeals, handover
from tests.contract import ladder_world as world
from tests.contract.ladder_world import ENGINEER, HEAD, JUNIOR, NODAL, RESOLVE_BY, START, STATE

TODAY = datetime(2026, 1, 14, 10)
NEW = "W-NEW"


@pytest.fixture(autouse=True)
def people(site, monkeypatch):
	monkeypatch.setattr(site.db, "commit", lambda: None)
	site.db.delete("Grievance")
	site.db.delete("Charge Handover")
	world.build()
	world.officer(NEW)


def hand_over(site, at: datetime = TODAY, **values):
	fields = {
		"doctype": "Charge Handover",
		"from_officer": JUNIOR,
		"to_officer": NEW,
		"effective_on": at.date(),
		"reason": "Transferred to Hisar",
		"move_postings": 1,
	}
	with moment.fixed(at):
		return site.get_doc(fields | values).insert()


def officers_of(site, names) -> list[tuple]:
	return [site.db.get_value("Grievance", name, ["officer", "escalated_to", "status"]) for name in names]


class TestWhatMoves:
	def test_open_cases_with_their_to_dos_and_history(self, site):
		names = [world.case().name for _number in range(3)]
		closed = world.case().name
		site.db.set_value("Grievance", closed, "status", "Closed")
		doc = hand_over(site)
		doc.reload()
		assert (doc.status, doc.case_count, doc.done_at) == ("Done", 3, TODAY)
		assert officers_of(site, names) == [(NEW, None, "Open")] * 3
		assert site.db.get_value("Grievance", closed, "officer") == JUNIOR
		for name in names:
			assert world.todos(name) == {world.email(NEW)}
			assert json.loads(site.db.get_value("Grievance", name, "_assign")) == [world.email(NEW)]
			event = world.history(name, "HANDOVER")[0]
			assert json.loads(event.changes) == {"officer": [JUNIOR, NEW]}
			assert "Transferred to Hisar" in event.note
			users = site.get_all("Grievance Handler", {"grievance": name}, pluck="user")
			assert world.email(JUNIOR) in users
		assert history.verify(names) == []
		assert any("3 cases were handed over" in note for note in world.notes_to(doc.name, NEW))

	def test_a_case_on_hold_and_a_closed_to_do_move_too(self, site):
		name = world.case().name
		site.db.set_value("Grievance", name, "status", "On Hold")
		site.db.set_value("ToDo", {"reference_name": name}, "status", "Closed")
		hand_over(site)
		assert world.todos(name) == {world.email(NEW)}

	def test_what_was_escalated_and_what_is_to_be_decided(self, site):
		name = world.case().name
		world.run(RESOLVE_BY + timedelta(seconds=1))
		assert officers_of(site, [name]) == [(JUNIOR, NODAL, "Open")]
		doc = hand_over(site, from_officer=NODAL, to_officer=NEW)
		assert officers_of(site, [name]) == [(JUNIOR, NEW, "Open")]
		appeal = site.get_doc("Grievance Appeal", f"{name}-A1")
		assert appeal.authority == NEW
		assert world.todos(appeal.name, "Grievance Appeal") == {world.email(NEW)}
		assert world.todos(name) == {world.email(JUNIOR), world.email(ENGINEER), world.email(NEW)} - {
			world.email(NODAL)
		}
		assert len(world.history(name, "HANDOVER")) == 1
		doc.reload()
		assert doc.case_count == 1
		assert history.verify([name]) == []

	def test_the_postings_end_the_day_before_and_begin_on_the_day(self, site):
		hand_over(site)
		(old,) = site.get_doc("Nodal Officer", JUNIOR).postings
		(new,) = site.get_doc("Nodal Officer", NEW).postings
		assert (old.jurisdiction, old.to_date) == (new.jurisdiction, date(2026, 1, 13))
		assert (new.from_date, new.to_date, new.department) == (date(2026, 1, 14), None, world.DEPARTMENT)

	def test_the_postings_stay_when_that_is_wanted(self, site):
		hand_over(site, move_postings=0)
		assert site.get_doc("Nodal Officer", JUNIOR).postings[0].to_date is None
		assert site.get_doc("Nodal Officer", NEW).postings == []

	def test_the_comment_names_who_still_points_to_the_officer(self, site):
		site.db.set_value("Nodal Officer", HEAD, "acting_officer", JUNIOR)
		doc = hand_over(site)
		comment = site.get_all(
			"Comment", {"reference_name": doc.name, "comment_type": "Info"}, pluck="content"
		)
		assert f"Still act through {JUNIOR} when away: {HEAD}" in comment[0]


class TestWhatStays:
	def test_a_case_about_the_new_officer(self, site):
		about, other = world.case().name, world.case().name
		site.db.set_value("Grievance", about, "complaint_against", NEW)
		doc = hand_over(site)
		assert [row[0] for row in officers_of(site, [about, other])] == [JUNIOR, NEW]
		problem = world.problems(about)[0]
		assert (problem.problem_type, "about W-NEW" in problem.detail) == ("Left Behind", True)
		doc.reload()
		assert doc.case_count == 1

	def test_nobody_becomes_the_authority_over_the_own_case(self, site):
		name = world.case().name
		world.run(RESOLVE_BY + timedelta(seconds=1))
		hand_over(site, from_officer=NODAL, to_officer=JUNIOR)
		assert officers_of(site, [name]) == [(JUNIOR, NODAL, "Open")]
		assert site.db.get_value("Grievance Appeal", f"{name}-A1", "authority") == NODAL
		assert "cannot decide the appeal" in world.problems(name)[0].detail


class TestRefusals:
	@pytest.mark.parametrize(
		("values", "message"),
		[
			({"to_officer": JUNIOR}, "Choose two different officers"),
			({"to_officer": STATE}, "is disabled: choose an officer in service"),
			({"effective_on": TODAY.date() - timedelta(days=1)}, "a day that has passed"),
		],
	)
	def test_what_cannot_be_carried_out_is_refused(self, site, values, message):
		site.db.set_value("Nodal Officer", STATE, "disabled", 1)
		name = world.case().name
		with pytest.raises(site.ValidationError, match=message):
			hand_over(site, **values)
		assert officers_of(site, [name])[0][0] == JUNIOR

	def test_a_handover_that_is_done_is_not_done_again(self, site):
		doc = hand_over(site)
		doc.reload()
		with pytest.raises(site.ValidationError, match="handed over already"):
			doc.try_again()


class TestWhen:
	def test_a_later_day_waits_for_the_daily_job(self, site):
		name = world.case().name
		doc = hand_over(site, effective_on=date(2026, 1, 20))
		assert doc.status == "Waiting"
		with moment.fixed(datetime(2026, 1, 19, 23)):
			handover.run_due()
		assert officers_of(site, [name])[0][0] == JUNIOR
		with moment.fixed(datetime(2026, 1, 20, 0, 5)):
			handover.run_due()
		assert officers_of(site, [name])[0][0] == NEW
		(new,) = site.get_doc("Nodal Officer", NEW).postings
		assert new.from_date == date(2026, 1, 20)

	def test_a_large_one_is_a_job_of_its_own(self, site, monkeypatch):
		monkeypatch.setattr(handover, "AT_ONCE", 1)
		queued = []
		monkeypatch.setattr(
			site, "enqueue", lambda method, **options: queued.append((method, options.get("name")))
		)
		names = [world.case().name for _number in range(2)]
		queued.clear()
		doc = hand_over(site)
		assert (doc.status, queued) == (
			"Waiting",
			[("grievance_helpdesk.redressal.escalation.handover.run_job", doc.name)],
		)
		with moment.fixed(TODAY):
			handover.run_job(doc.name)
		assert [row[0] for row in officers_of(site, names)] == [NEW, NEW]

	@pytest.mark.parametrize(
		"step",
		["_move_grievances", "_move_appeals", "_write_history", "_move_todos", "_keep_visible", "_finish"],
	)
	def test_a_failure_leaves_everything_as_it_was(self, site, monkeypatch, step):
		names = [world.case().name for _number in range(2)]
		doc = hand_over(site, effective_on=date(2026, 1, 15))
		original = getattr(handover, step)

		def failing(*args):
			original(*args)
			raise RuntimeError("The power went")

		monkeypatch.setattr(handover, step, failing)
		with moment.fixed(datetime(2026, 1, 15, 1)):
			handover.run_due()
		doc.reload()
		assert (doc.status, doc.error, doc.case_count) == ("Failed", "The power went", 0)
		assert [row[0] for row in officers_of(site, names)] == [JUNIOR, JUNIOR]
		assert site.get_doc("Nodal Officer", NEW).postings == []
		assert not world.history(names[0], "HANDOVER")
		assert world.todos(names[0]) == {world.email(JUNIOR)}
		monkeypatch.setattr(handover, step, original)
		with moment.fixed(datetime(2026, 1, 15, 2)):
			doc.try_again()
		doc.reload()
		assert (doc.status, doc.error, doc.case_count) == ("Done", None, 2)

	def test_the_number_of_statements_does_not_grow_with_the_cases(self, site, monkeypatch):
		statement = "execute" if hasattr(site.local, "runtime") else "sql"

		def statements(count: int) -> int:
			for _number in range(count):
				world.case()
			seen, original = [], getattr(site.db, statement)
			officers = {"from_officer": JUNIOR, "to_officer": NEW, "move_postings": 0}
			with monkeypatch.context() as patch:
				patch.setattr(
					site.db, statement, lambda *args, **options: seen.append(1) or original(*args, **options)
				)
				doc = hand_over(site, **officers)
			site.db.set_value("Grievance", {"officer": NEW}, "status", "Closed")
			doc.reload()
			assert doc.case_count == count
			return len(seen)

		few, many = statements(2), statements(12)
		# The embedded site changes row by row: the case twice, its To Do, its desk.
		assert many - few <= (4 * 10 if statement == "execute" else 0)


def test_a_pending_appeal_moves_alone_when_the_case_is_resolved(site):
	doc = world.case()
	with moment.fixed(START):
		appeal = appeals.file(doc, "Citizen", "Nothing was done.")
	site.db.set_value("Grievance", doc.name, "status", "Resolved")
	hand_over(site, from_officer=ENGINEER, to_officer=NEW)
	appeal.reload()
	assert appeal.authority == NEW
	assert json.loads(world.history(doc.name, "HANDOVER")[0].changes or "{}") == {}
