"""Climbing the ladder on both sites: who gets the case, whom it goes past, and what stands where nobody does."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grievance_helpdesk.redressal import history, moment
from grievance_helpdesk.redressal.casework import actions
from grievance_helpdesk.redressal.escalation import authorities
from tests.contract import ladder_world as world
from tests.contract import records
from tests.contract.ladder_world import ENGINEER, HEAD, JUNIOR, NODAL, RESOLVE_BY, START, STATE

SECOND = timedelta(seconds=1)
LATE = RESOLVE_BY + SECOND


@pytest.fixture(autouse=True)
def people(site, monkeypatch):
	monkeypatch.setattr(site.db, "commit", lambda: None)
	site.db.delete("Grievance")
	world.build()


def acknowledged(**values):
	doc = world.case(**values)
	doc.flags.acknowledge = True
	with moment.fixed(START):
		return doc.save(ignore_permissions=True)


def away(site, name: str, acting: str | None = None) -> None:
	site.db.set_value("Nodal Officer", name, {"away_from": date(2026, 1, 1), "acting_officer": acting})


def test_the_authority_gets_the_case_on_its_desk_and_the_officer_keeps_it(site):
	doc = acknowledged()
	world.run(LATE)
	assert world.todos(doc.name) == {world.email(JUNIOR), world.email(NODAL)}
	assert site.db.exists("Grievance Handler", {"grievance": doc.name, "user": world.email(NODAL)})
	event = world.history(doc.name, "ESCALATED")[0]
	assert event.note == "Not resolved in time. Level 2: Officer, Nodal (District Nodal Officer)."
	assert '"escalated_to": [null, "W-NODAL"]' in event.changes
	assert not event.is_public


def test_who_acts_for_an_absent_authority_gets_it(site):
	away(site, NODAL, acting=HEAD)
	doc = acknowledged()
	world.run(LATE)
	doc.reload()
	assert doc.escalated_to == HEAD
	assert "Officer, Head acts for Officer, Nodal." in world.history(doc.name, "ESCALATED")[0].note
	assert not world.history(doc.name, "HANDED_ON")


def test_a_case_goes_past_who_is_away_and_the_reason_is_kept(site):
	away(site, NODAL)
	doc = acknowledged()
	world.run(LATE)
	doc.reload()
	assert (doc.escalation_level, doc.escalated_to) == (2, HEAD)
	assert [event.note for event in world.history(doc.name, "HANDED_ON")] == [
		"District Nodal Officer: Officer, Nodal is away, and nobody may act for that officer in this case."
	]
	assert history.verify([doc.name]) == []


def test_a_case_about_an_officer_goes_past_that_officer_and_everybody_below(site):
	site.db.set_value("Nodal Officer", NODAL, "reports_to", HEAD)
	doc = acknowledged(complaint_against=HEAD)
	site.db.set_value("Grievance", doc.name, "officer", STATE)
	world.run(LATE)
	doc.reload()
	assert (doc.escalation_level, doc.escalated_to) == (0, None)
	problem = world.problems(doc.name)[0]
	assert (problem.problem_type, problem.level) == ("No Authority", 2)
	assert (
		"must not have this case" in problem.detail
		and "Officer, State has the case already" in problem.detail
	)


def test_an_officer_asks_the_next_authority_before_a_limit_is_missed(site, as_user):
	name = acknowledged().name
	with moment.fixed(START), as_user(world.email(JUNIOR)):
		with pytest.raises(site.ValidationError, match="Say why, in at least 10 characters"):
			actions.escalate(name, "please")
		answer = actions.escalate(name, "Two departments say that the other owns this pipe.")
	doc = site.get_doc("Grievance", name)
	assert (doc.escalated_to, doc.escalation_level) == (answer["escalated_to"], 1)
	assert doc.officer == JUNIOR, "the officer stays responsible"
	event = world.history(name, "ESCALATED")[0]
	assert event.note.startswith("Two departments say that the other owns this pipe. Level 1:")
	by = site.db.get_value("Grievance Event", {"grievance": name, "event_type": "ESCALATED"}, "actor")
	assert (by, event.is_public) == (world.email(JUNIOR), 0)
	assert not doc.appeal_count, "no limit was missed"
	top = max(level.level for level in authorities.ladders()[0].levels)
	site.db.set_value("Grievance", name, "escalation_level", top)
	with pytest.raises(site.ValidationError, match="no authority above to ask"):
		actions.escalate(name, "Nobody has answered for a week now.")


def test_only_who_may_write_asks_the_next_authority(site, as_user):
	doc = acknowledged()
	stranger = records.user("w-stranger@example.com", "Department Officer").name
	with as_user(stranger), pytest.raises(site.PermissionError):
		actions.escalate(doc.name, "This is none of my cases at all.")
	assert not site.db.get_value("Grievance", doc.name, "escalated_to")


def test_nobody_at_all_is_listed_once_and_tried_again_each_day(site):
	for name in (ENGINEER, NODAL, HEAD, STATE):
		away(site, name)
	doc = acknowledged()
	world.run(LATE)
	assert site.db.get_value("Grievance", doc.name, "next_check_at") == LATE + timedelta(days=1)
	world.run(LATE + timedelta(days=1))
	rows = world.problems(doc.name)
	assert [(row.problem_type, row.level, row.occurred_at) for row in rows] == [
		("No Authority", 2, LATE + timedelta(days=1))
	]
	assert "Post an officer, or change the ladder" in rows[0].detail
	assert len(world.history(doc.name, "HANDED_ON")) == 1
	site.db.set_value("Nodal Officer", NODAL, "away_from", None)
	assert world.run(LATE + timedelta(days=2))["escalated"] == 1
	assert world.problems(doc.name) == []


def test_a_ladder_of_the_category_comes_before_the_general_one(site):
	world.ladder([{"escalate_to": "Named Officer", "officer": STATE}], name="Own", category=world.CATEGORY)
	doc = acknowledged()
	world.run(LATE)
	doc.reload()
	assert (doc.escalation_level, doc.escalated_to) == (1, STATE)


def test_a_case_in_time_asks_for_no_ladder(site, monkeypatch):
	monkeypatch.setattr(authorities, "ladders", lambda: pytest.fail("a ladder was read"))
	doc = acknowledged()
	assert doc.next_check_at < RESOLVE_BY


def test_the_ladder_that_was_changed_counts_at_once(site):
	acknowledged()
	world.run(RESOLVE_BY - timedelta(days=1))
	ladder = site.get_doc("Escalation Ladder", "World Ladder")
	ladder.levels[1].escalate_to, ladder.levels[3].escalate_to = "State Nodal Officer", "Superior"
	ladder.save()
	world.run(LATE)
	assert site.get_all("Grievance", pluck="escalated_to") == [STATE]


names = st.sampled_from([JUNIOR, ENGINEER, NODAL, HEAD, STATE])
people_of = st.fixed_dictionaries(
	{
		"away": st.sets(names, max_size=4),
		"acting": st.dictionaries(names, names, max_size=3),
		"disabled": st.sets(names, max_size=2),
		"vacant": st.sets(names, max_size=2),
		"accused": st.none() | names,
		"reports_to": st.dictionaries(names, names, max_size=3),
		"days": st.integers(0, 30),
	}
)


@settings(
	max_examples=12 if os.environ.get("BENCH_SITE") else 60,
	deadline=None,
	suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(people_of)
def test_every_due_level_reaches_somebody_present_or_leaves_a_problem(site, people):
	site.db.savepoint("example")
	try:
		doc = world.case(complaint_against=people["accused"])
		_arrange(site, people)
		now = LATE + timedelta(days=people["days"])
		world.run(now)
		_check(site, doc.name, people, now)
	finally:
		site.db.rollback(save_point="example")
		authorities.forget_ladders()


def _arrange(site, people: dict) -> None:
	for name in people["away"]:
		away(site, name)
	for name, acting in people["acting"].items():
		site.db.set_value("Nodal Officer", name, "acting_officer", acting)
	for name, superior in people["reports_to"].items():
		site.db.set_value("Nodal Officer", name, "reports_to", superior)
	for name in people["disabled"]:
		site.db.set_value("Nodal Officer", name, "disabled", 1)
	for name in people["vacant"]:
		site.db.delete("Officer Posting", {"parent": name})


def _check(site, name: str, people: dict, now) -> None:
	run = authorities.Authorities(now.date())
	excluded = run.excluded(people["accused"])
	doc = site.get_doc("Grievance", name)
	before, reached = doc.officer, set()
	for event in world.history(name, "ESCALATED"):
		changes = site.parse_json(event.changes)
		old, officer = changes["escalated_to"]
		person = run.roster.officers[officer]
		assert not person.disabled and not person.is_away(now.date()) and officer not in excluded
		assert officer not in (before, old)
		reached.add(changes["escalation_level"][1])
	listed = {row.level for row in world.problems(name) if row.problem_type == "No Authority"}
	due = {1, 2} | ({3} if now > RESOLVE_BY + timedelta(days=3) else set())
	due |= {4} if now > RESOLVE_BY + timedelta(days=14) else set()
	# A problem of a level is over when a higher one found somebody.
	assert due <= reached | listed | set(range(1, doc.escalation_level)), "a level passed in silence"
	assert not [row for row in world.problems(name) if row.problem_type == "Step Failed"]
	assert doc.next_check_at and doc.next_check_at > now
	assert history.verify([name]) == []
