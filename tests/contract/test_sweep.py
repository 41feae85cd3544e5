"""The sweep on both sites: warnings, breaches, levels, silence; and what happens when something goes wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import GeneratorType

import pytest

from grievance_helpdesk.redressal import escalation, history, moment, workflow
from grievance_helpdesk.redressal.escalation import sweep
from tests.contract import ladder_world as world
from tests.contract.ladder_world import ACKNOWLEDGE_BY, ENGINEER, JUNIOR, NODAL, RESOLVE_BY, START

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def people(site, monkeypatch):
	"""The world stands in one transaction that is rolled back; what the sweep commits stays inside it."""
	monkeypatch.setattr(site.db, "commit", lambda: None)
	site.db.delete("Grievance")
	world.build()


def acknowledged(at: datetime = START, **values):
	doc = world.case(at, **values)
	doc.flags.acknowledge = True
	with moment.fixed(at):
		return doc.save(ignore_permissions=True)


class TestWarnings:
	def test_a_case_that_is_not_due_is_not_touched(self, site):
		doc = world.case()
		assert doc.next_check_at == datetime(2026, 1, 7, 13)
		assert world.run(datetime(2026, 1, 7, 12, 59)) == {}
		assert len(world.history(doc.name)) == 1

	def test_officers_are_warned_at_each_percentage_once(self, site):
		doc = world.case()
		assert world.run(datetime(2026, 1, 7, 13)) == {"cases": 1, "warned": 1}
		assert site.db.get_value("Grievance", doc.name, "next_check_at") == datetime(2026, 1, 7, 15, 24)
		assert world.run(datetime(2026, 1, 7, 13, 5)) == {}
		assert world.run(datetime(2026, 1, 7, 15, 24)) == {"cases": 1, "warned": 1}
		notes = [event.note for event in world.history(doc.name, "WARNING")]
		assert [note.split(";")[0] for note in notes] == [
			"50 % of the time to acknowledge is used",
			"80 % of the time to acknowledge is used",
		]
		assert len(world.notes_to(doc.name, JUNIOR)) >= 2

	def test_a_late_sweep_warns_only_for_the_highest(self, site):
		doc = world.case()
		assert world.run(datetime(2026, 1, 7, 16, 30))["warned"] == 1
		assert "80 %" in world.history(doc.name, "WARNING")[0].note

	def test_a_missed_acknowledgement_tells_the_superior_too(self, site):
		doc = world.case()
		world.run(ACKNOWLEDGE_BY)
		assert not world.history(doc.name, "BREACHED")
		assert world.run(ACKNOWLEDGE_BY + SECOND)["breached"] == 1
		row = site.db.get_value(
			"Grievance", doc.name, ["response_breached", "response_step", "resolution_breached"], as_dict=True
		)
		assert (row.response_breached, row.response_step, row.resolution_breached) == (1, 100, 0)
		missed = [text for text in world.notes_to(doc.name, ENGINEER) if "Not acknowledged in time" in text]
		assert len(missed) == 1
		assert history.verify([doc.name]) == []

	def test_a_sweep_leaves_the_forms_that_people_have_open_current(self, site):
		doc = world.case()
		world.run(datetime(2026, 1, 7, 13))
		doc.place_text = "behind the school"
		doc.save(ignore_permissions=True)
		assert site.db.get_value("Grievance", doc.name, "response_step") in (0, 50)

	def test_a_paused_case_is_not_warned(self, site):
		doc = acknowledged()
		site.db.set_value("Grievance", doc.name, {"status": "On Hold", "paused_since": START})
		site.get_doc(
			{
				"doctype": "Grievance Pause",
				"parent": doc.name,
				"parenttype": "Grievance",
				"parentfield": "pauses",
				"paused_at": START + timedelta(hours=1),
			}
		).insert(ignore_permissions=True)
		done = world.run(RESOLVE_BY + timedelta(days=30))
		assert done == {"cases": 1}
		assert site.db.get_value("Grievance", doc.name, "next_check_at") is None


class TestLevels:
	def test_a_missed_limit_climbs_and_files_the_appeal(self, site):
		doc = acknowledged()
		done = world.run(RESOLVE_BY + SECOND)
		assert (done["breached"], done["escalated"], done["appealed"]) == (1, 1, 1)
		doc.reload()
		assert (doc.escalation_level, doc.escalated_to, doc.officer) == (2, NODAL, JUNIOR)
		assert doc.resolution_breached == 1
		assert [event.event_type for event in world.history(doc.name)][-3:] == [
			"BREACHED",
			"ESCALATED",
			"APPEAL_FILED",
		]
		assert doc.next_check_at == datetime(2026, 1, 16, 17)
		assert history.verify([doc.name]) == []

	def test_after_a_long_standstill_every_level_is_climbed_in_order(self, site):
		doc = world.case()
		world.run(RESOLVE_BY + timedelta(days=60))
		levels = [event.note for event in world.history(doc.name, "ESCALATED")]
		assert [f"Level {number}" in note for number, note in enumerate(levels, 1)] == [True] * 4
		doc.reload()
		assert doc.escalation_level == 4
		assert doc.next_check_at > RESOLVE_BY + timedelta(days=60)

	def test_no_ladder_is_a_problem_and_not_silence(self, site):
		site.delete_doc("Escalation Ladder", "World Ladder")
		doc = acknowledged()
		world.run(RESOLVE_BY + SECOND)
		assert [row.problem_type for row in world.problems(doc.name)] == ["No Authority"]
		assert "enable or add one" in world.problems(doc.name)[0].detail

	def test_a_case_without_officer_is_a_problem(self, site):
		site.db.delete("Officer Posting")
		doc = world.case()
		world.run(datetime(2026, 1, 7, 13))
		assert [row.problem_type for row in world.problems(doc.name)] == ["Nobody Assigned"]

	def test_open_cases_without_officer_are_listed_and_leave_the_list(self, site):
		doc, answered = world.case(), world.case()
		site.db.set_value("Grievance", doc.name, "officer", None)
		assert sweep.find_unassigned() == 1
		assert sweep.find_unassigned() == 0
		assert [row.problem_type for row in world.problems(doc.name)] == ["Nobody Assigned"]
		assert world.problems(answered.name) == []
		site.db.set_value("Grievance", doc.name, "officer", JUNIOR)
		assert sweep.find_unassigned() == 0
		assert world.problems(doc.name) == []


class TestTrouble:
	@pytest.mark.parametrize(
		"module_and_name",
		[
			"grievance_helpdesk.redressal.notices.send",
			"grievance_helpdesk.redressal.history.record_many",
			"grievance_helpdesk.redressal.bulk.update",
			"grievance_helpdesk.redressal.escalation.sweep.plan_of",
			"grievance_helpdesk.redressal.escalation.save",
			"grievance_helpdesk.redressal.escalation.put_on_desk",
			"grievance_helpdesk.redressal.escalation.appeals.file_automatic",
			"grievance_helpdesk.redressal.escalation.agenda.moments",
		],
	)
	def test_a_poisoned_case_is_whole_and_listed_and_the_others_go_on(
		self, site, monkeypatch, module_and_name
	):
		bad, good = acknowledged(subject="Poison"), acknowledged()
		now = RESOLVE_BY + SECOND
		module, _dot, name = module_and_name.rpartition(".")
		_poison(site, monkeypatch, site.get_module(module), name, bad.name)
		done = world.run(now)
		assert done["failed"] == 1
		bad.reload()
		good.reload()
		assert (good.escalation_level, good.escalated_to) == (2, NODAL)
		assert (bad.escalation_level, bad.escalated_to, bad.appeal_count) == (0, None, 0)
		assert bad.next_check_at == now + timedelta(hours=1)
		assert not world.history(bad.name, "ESCALATED")
		problem = world.problems(bad.name)[0]
		assert (problem.problem_type, "Poisoned" in problem.detail) == ("Step Failed", True)
		assert history.verify([bad.name, good.name]) == []
		monkeypatch.undo()
		monkeypatch.setattr(site.db, "commit", lambda: None)
		assert world.run(now + timedelta(hours=1))["escalated"] == 1
		bad.reload()
		assert (bad.escalation_level, bad.resolution_breached) == (2, 1)
		assert len(world.history(bad.name, "BREACHED")) == 1
		assert world.problems(bad.name) == []

	def test_one_case_can_fail_again_and_again_in_one_row(self, site, monkeypatch):
		bad = acknowledged()
		_poison(site, monkeypatch, escalation, "save", bad.name)
		for hours in range(3):
			assert world.run(RESOLVE_BY + SECOND + timedelta(hours=hours))["failed"] == 1
		assert len(world.problems(bad.name)) == 1

	def test_a_limit_on_the_number_of_cases_leaves_the_rest_for_the_next_sweep(self, site):
		names = {acknowledged().name for _number in range(5)}
		assert world.run(RESOLVE_BY + SECOND, limit=2)["cases"] == 2
		assert world.run(RESOLVE_BY + SECOND)["cases"] == 3
		assert set(site.get_all("Grievance Event", {"event_type": "ESCALATED"}, pluck="grievance")) == names

	def test_the_number_of_queries_does_not_grow_with_warnings(self, site, monkeypatch):
		statement = "execute" if hasattr(site.local, "runtime") else "sql"

		def queries(count: int) -> int:
			site.db.delete("Grievance")
			for _number in range(count):
				world.case()
			seen, original = [], getattr(site.db, statement)
			with monkeypatch.context() as patch:
				patch.setattr(
					site.db, statement, lambda *args, **options: seen.append(1) or original(*args, **options)
				)
				assert world.run(datetime(2026, 1, 7, 13))["warned"] == count
			return len(seen)

		few, many = queries(3), queries(13)
		# The embedded site changes row by row: two updates of each grievance.
		assert many - few <= (2 * 10 if statement == "execute" else 0)


def _poison(site, monkeypatch, module, name: str, victim: str) -> None:
	"""The function fails whenever its arguments speak of ``victim``; it does its work before, so that there is some to undo."""
	original = getattr(module, name)

	def poisoned(*args, **kwargs):
		args = [list(arg) if isinstance(arg, GeneratorType) else arg for arg in args]
		result = original(*args, **kwargs)
		if any(victim in _words(arg) for arg in args):
			raise RuntimeError("Poisoned")
		return result

	monkeypatch.setattr(module, name, poisoned)


def _words(value) -> str:
	"""A document by its name, everything else as it is written."""
	return str(value.name) if hasattr(value, "doctype") and not isinstance(value, dict) else repr(value)


class TestSilence:
	def test_a_resolved_case_is_closed_when_the_citizen_says_nothing(self, site):
		doc = acknowledged(action_taken="The pipe was repaired.")
		with moment.fixed(START + timedelta(hours=2)):
			workflow.move_to_status(workflow_until(doc, "Resolved"), "Resolved")
		ends = START + timedelta(hours=2, days=7)
		assert world.run(ends - SECOND).get("closed", 0) == 0
		assert world.run(ends)["closed"] == 1
		doc.reload()
		assert (doc.status, doc.feedback_outcome, doc.next_check_at) == ("Closed", "No Answer", None)
		assert world.history(doc.name, "CLOSED_IN_SILENCE")[0].is_public == 1


def workflow_until(doc, status: str):
	"""Walk the shipped workflow until one more move leads to ``status``."""
	for action in ("Accept", "Start Work"):
		if workflow.actions_to(doc, status):
			break
		with moment.fixed(START + timedelta(hours=1)):
			doc = workflow.move(doc.name, action)
	return doc
