"""Which ladder, when a level is due, and who its authority is; random rosters too."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grievance_helpdesk.jurisdiction.roster import Officer, Posting, Roster
from grievance_helpdesk.redressal.escalation.ladder import (
	ACKNOWLEDGEMENT,
	DISTRICT_NODAL,
	HEAD_OF_DEPARTMENT,
	MISSED,
	NAMED,
	RESOLUTION,
	STATE_NODAL,
	SUPERIOR,
	Case,
	Ladder,
	Level,
	choose,
	faults,
	find_authority,
	schedule,
)
from grievance_helpdesk.redressal.sla import Calendar, Clock, Limit

DAY = date(2026, 1, 7)
NINE_TO_FIVE = Calendar({weekday: ((time(9), time(17)),) for weekday in range(5)})
STATE, DISTRICT, VILLAGE = "0001", "000100010001", "00010001000100020003"


def level(number: int, target: str = SUPERIOR, kind: str = RESOLUTION, **values) -> Level:
	return Level(number, kind, target, **values)


class TestChoice:
	GENERAL = Ladder("general")
	WATER = Ladder("water", department="PHED")
	LEAK = Ladder("leak", category="LEAK")
	BOTH = Ladder("both", department="PHED", category="LEAK")

	@pytest.mark.parametrize(
		("ladders", "expected"),
		[
			((GENERAL, WATER, LEAK, BOTH), "both"),
			((GENERAL, WATER, LEAK), "leak"),
			((GENERAL, WATER), "water"),
			((GENERAL,), "general"),
			((Ladder("other", department="PWD"),), None),
			((Ladder("off", disabled=True), WATER), "water"),
			((Ladder("off", disabled=True),), None),
		],
	)
	def test_the_most_particular_ladder_in_use_counts(self, ladders, expected):
		chosen = choose(ladders, "PHED", "LEAK")
		assert (chosen and chosen.name) == expected

	def test_a_case_without_category_finds_no_ladder_of_a_category(self):
		assert choose((self.LEAK, self.BOTH, self.GENERAL), "PHED", None) is self.GENERAL


class TestWhen:
	# One working day from Wednesday 9:00 ends on Wednesday 17:00.
	CLOCK = Clock(datetime(2026, 1, 7, 9), Limit(1, "Working Days"), NINE_TO_FIVE)

	def test_levels_count_from_the_missed_limit_in_office_time(self):
		steps = (level(1), level(2, after=2, unit="Working Days"), level(3, after=72, unit="Hours"))
		found = schedule(Ladder("l", steps), 0, {RESOLUTION: self.CLOCK})
		assert [(at, step.level) for at, step in found] == [
			(datetime(2026, 1, 7, 17) + MISSED, 1),
			(datetime(2026, 1, 9, 17), 2),
			(datetime(2026, 1, 10, 17), 3),
		]

	def test_a_level_that_was_reached_is_not_climbed_again(self):
		steps = (level(1), level(2, after=1, unit="Days"))
		assert [step.level for _at, step in schedule(Ladder("l", steps), 1, {RESOLUTION: self.CLOCK})] == [2]

	def test_an_acknowledged_case_does_not_climb_for_a_missed_acknowledgement(self):
		steps = (level(1, kind=ACKNOWLEDGEMENT), level(2))
		found = schedule(Ladder("l", steps), 0, {ACKNOWLEDGEMENT: None, RESOLUTION: self.CLOCK})
		assert [step.level for _at, step in found] == [2]

	def test_a_pause_after_the_limit_moves_a_level_and_one_without_end_stops_it(self):
		steps = (level(1, after=1, unit="Days"),)
		pause = (datetime(2026, 1, 7, 20), datetime(2026, 1, 8, 20))
		paused = Clock(self.CLOCK.start, self.CLOCK.limit, NINE_TO_FIVE, [pause])
		assert schedule(Ladder("l", steps), 0, {RESOLUTION: paused})[0][0] == datetime(2026, 1, 9, 17)
		standing = Clock(self.CLOCK.start, self.CLOCK.limit, NINE_TO_FIVE, [(pause[0], None)])
		assert schedule(Ladder("l", steps), 0, {RESOLUTION: standing}) == []


class TestFaults:
	@pytest.mark.parametrize(
		("levels", "expected"),
		[
			([level(1), level(3, DISTRICT_NODAL)], [("number", 3, 2)]),
			([level(1), level(1, DISTRICT_NODAL)], [("number", 1, 2)]),
			([level(1, after=2)], [("unit", 1, 0)]),
			([level(1, after=-1, unit="Days")], [("negative", 1, 0)]),
			([level(1), level(2, kind=ACKNOWLEDGEMENT)], [("order", 2, 1)]),
			([level(1, after=3, unit="Days"), level(2, after=30, unit="Hours")], [("falling", 2, 1)]),
			([level(1, NAMED)], [("officer", 1, 0)]),
			([level(1, DISTRICT_NODAL), level(2, DISTRICT_NODAL)], [("loop", 2, 1)]),
			([level(1, DISTRICT_NODAL), level(2, STATE_NODAL), level(3, DISTRICT_NODAL)], [("loop", 3, 1)]),
			([level(1, NAMED, officer="A"), level(2), level(3, NAMED, officer="A")], [("loop", 3, 1)]),
			([level(1, DISTRICT_NODAL, ACKNOWLEDGEMENT), level(2, DISTRICT_NODAL)], [("loop", 2, 1)]),
		],
	)
	def test_what_makes_no_ladder(self, levels, expected):
		assert [(fault.code, fault.level.level, fault.other) for fault in faults(levels)] == expected

	def test_a_good_ladder_has_none(self):
		good = [
			level(1, kind=ACKNOWLEDGEMENT),
			level(2),
			level(3, after=3, unit="Working Days"),
			level(4, DISTRICT_NODAL, after=3, unit="Working Days"),
			level(5, NAMED, officer="A", after=5, unit="Days"),
			level(6, NAMED, officer="B", after=5, unit="Days"),
		]
		assert list(faults(good)) == []


def officer(name: str, **values) -> Officer:
	return Officer(name, f"{name}@example.com", name.title(), **values)


def roster(*officers: Officer) -> Roster:
	return Roster(
		officers,
		[
			Posting("nodal", DISTRICT, "Panchkula", level="District"),
			Posting("engineer", DISTRICT, "Panchkula", "PHED", level="District"),
			Posting("head", STATE, "Haryana", "PHED", level="State"),
			Posting("state", STATE, "Haryana", level="State"),
		],
	)


class TestAuthority:
	CASE = Case(VILLAGE, "PHED", officer="junior")
	FULL = (
		officer("junior", reports_to="engineer"),
		officer("engineer", reports_to="chief"),
		officer("chief"),
		officer("nodal"),
		officer("head"),
		officer("state"),
	)

	def find(self, target: str, *changed: Officer, case: Case = CASE, **values):
		officers = {one.name: one for one in (*self.FULL, *changed)}
		return find_authority(level(1, target, **values), case, roster(*officers.values()), DAY)

	@pytest.mark.parametrize(
		("target", "expected"),
		[
			(SUPERIOR, "engineer"),
			(DISTRICT_NODAL, "nodal"),
			(HEAD_OF_DEPARTMENT, "head"),
			(STATE_NODAL, "state"),
		],
	)
	def test_each_post_is_found(self, target, expected):
		found = self.find(target)
		assert (found.officer.name, found.target, found.hand_ons) == (expected, target, ())

	def test_the_superior_is_that_of_who_has_the_case_now(self):
		case = Case(VILLAGE, "PHED", officer="junior", escalated_to="engineer")
		assert self.find(SUPERIOR, case=case).officer.name == "chief"

	def test_somebody_acts_for_an_absent_officer(self):
		away = officer("engineer", away_from=DAY, away_to=DAY, acting_officer="chief")
		found = self.find(SUPERIOR, away)
		assert (found.officer.name, found.acting_for.name) == ("chief", "engineer")

	@pytest.mark.parametrize(
		("change", "case", "reason"),
		[
			(officer("nodal", away_from=DAY), CASE, "away"),
			(officer("nodal", away_from=DAY, acting_officer="junior"), CASE, "away"),
			(officer("nodal", disabled=True), CASE, "disabled"),
			(officer("nodal"), Case(VILLAGE, "PHED", "junior", excluded=frozenset({"nodal"})), "excluded"),
			(officer("nodal"), Case(VILLAGE, "PHED", "junior", escalated_to="nodal"), "has it already"),
		],
	)
	def test_the_case_goes_past_who_cannot_have_it_and_says_why(self, change, case, reason):
		found = self.find(DISTRICT_NODAL, change, case=case)
		assert found.officer.name == "head"
		assert [(one.target, one.officer, one.reason) for one in found.hand_ons] == [
			(DISTRICT_NODAL, "Nodal", reason)
		]

	def test_a_vacant_post_is_named(self):
		found = self.find(HEAD_OF_DEPARTMENT, case=Case(VILLAGE, "PWD", "junior"))
		assert found.officer.name == "state"
		assert (found.hand_ons[0].target, found.hand_ons[0].reason) == (HEAD_OF_DEPARTMENT, "vacant")

	def test_a_named_officer_who_is_away_is_followed_by_that_officers_superior(self):
		away = officer("engineer", away_from=DAY, reports_to="chief")
		assert self.find(NAMED, away, officer="engineer").officer.name == "chief"

	def test_a_circle_of_superiors_ends(self):
		found = self.find(SUPERIOR, officer("engineer", reports_to="junior", disabled=True))
		assert found.officer.name == "nodal"

	def test_an_officer_without_a_superior_is_handed_on_and_that_is_said(self):
		found = self.find(SUPERIOR, officer("junior"))
		assert (found.officer.name, found.target) == ("nodal", DISTRICT_NODAL)
		assert [(one.target, one.reason) for one in found.hand_ons] == [(SUPERIOR, "vacant")]

	def test_nobody_is_found_where_nobody_is(self):
		nobody = [officer(one.name, away_from=DAY) for one in self.FULL]
		found = self.find(SUPERIOR, *nobody)
		assert found.officer is None
		assert [one.target for one in found.hand_ons] == [
			SUPERIOR,
			DISTRICT_NODAL,
			HEAD_OF_DEPARTMENT,
			STATE_NODAL,
		]


NAMES = [f"o{number}" for number in range(7)]
AREAS = {STATE: "State", "00010001": "Division", DISTRICT: "District", VILLAGE: "Village"}
some_name = st.sampled_from([*NAMES, None])


@st.composite
def rosters(draw) -> Roster:
	officers = [
		officer(
			name,
			reports_to=draw(some_name),
			acting_officer=draw(some_name),
			away_from=draw(st.sampled_from([None, DAY - timedelta(3), DAY, DAY + timedelta(1)])),
			away_to=draw(st.sampled_from([None, DAY - timedelta(1), DAY])),
			disabled=draw(st.booleans()) and draw(st.booleans()),
		)
		for name in NAMES
	]
	postings = draw(
		st.lists(
			st.builds(
				lambda name, area, department, begin, end: Posting(
					name, area, area, department, begin, end, AREAS[area]
				),
				st.sampled_from(NAMES),
				st.sampled_from(list(AREAS)),
				st.sampled_from([None, "PHED", "PWD"]),
				st.sampled_from([None, DAY, DAY + timedelta(1)]),
				st.sampled_from([None, DAY, DAY - timedelta(1)]),
			),
			max_size=8,
		)
	)
	return Roster(officers, postings)


@settings(max_examples=400, deadline=None)
@given(
	rosters(),
	st.builds(
		Case,
		st.sampled_from([VILLAGE, DISTRICT, STATE, ""]),
		st.sampled_from(["PHED", None]),
		some_name,
		some_name,
		st.frozensets(st.sampled_from(NAMES), max_size=3),
	),
	st.sampled_from([SUPERIOR, DISTRICT_NODAL, HEAD_OF_DEPARTMENT, STATE_NODAL, NAMED]),
	some_name,
)
def test_whoever_is_found_is_present_and_may_have_the_case_and_else_it_is_said_why(
	people, case, target, named
):
	found = find_authority(level(1, target, officer=named), case, people, DAY)
	if not found.officer:
		assert found.hand_ons, "nobody, and no word about it"
		assert found.hand_ons[-1].target == STATE_NODAL
		return
	assert not found.officer.disabled and not found.officer.is_away(DAY)
	assert found.officer.name not in case.excluded
	assert found.officer.name not in (case.officer, case.escalated_to)
	if found.target != target:
		assert found.hand_ons, "handed on upward in silence"
