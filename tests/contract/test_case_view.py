"""What the form is told about a case: clocks as numbers, the viewer's own moves, and a move with its words in one save."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from grievance_helpdesk.redressal import history, moment, workflow
from grievance_helpdesk.redressal.casework import actions, case_view
from grievance_helpdesk.redressal.history import events
from tests.contract import offices
from tests.contract.offices import DONE

MONDAY = datetime(2026, 11, 30, 10, 0)
RESPONSE, RESOLUTION = 0, 1


@pytest.fixture
def staff(site):
	return offices.make()


@pytest.fixture
def case(staff):
	"""A case of stray dogs (72 hours) in Hisar, received on Monday at ten."""
	with moment.fixed(MONDAY):
		return offices.case(officer="CW-HISAR")


def seen(as_user, user: str, name: str, after: timedelta = timedelta()) -> dict:
	with as_user(user), moment.fixed(MONDAY + after):
		return case_view.read(name)


def test_a_running_clock_says_how_much_is_used_and_left(staff, case, as_user) -> None:
	clock = seen(as_user, staff.hisar, case.name, timedelta(hours=18))["clocks"][RESOLUTION]
	assert (clock["kind"], clock["state"]) == ("resolution", "running")
	whole = clock["limit"] * {"Hours": 1, "Days": 24}[clock["unit"]]
	assert clock["used"] == pytest.approx(18 / whole, abs=0.001)
	assert clock["left"] == pytest.approx(clock["limit"] * (1 - 18 / whole), abs=0.01)
	assert clock["due"] == MONDAY + timedelta(hours=whole)
	assert clock["warnings"] == [50, 80]


def test_a_clock_past_its_due_date_is_late_and_more_than_used_up(staff, case, as_user) -> None:
	clocks = seen(as_user, staff.hisar, case.name, timedelta(days=30))["clocks"]
	assert [clock["state"] for clock in clocks] == ["late", "late"]
	assert clocks[RESOLUTION]["used"] > 1 and clocks[RESOLUTION]["left"] < 0


def test_taking_up_pausing_and_resolving_are_told_apart(staff, case, as_user) -> None:
	def go(action: str, hours: int) -> None:
		with as_user(staff.hisar), moment.fixed(MONDAY + timedelta(hours=hours)):
			workflow.move(case.name, action, {"action_taken": DONE})

	go("Start Work", 1)
	clocks = seen(as_user, staff.hisar, case.name, timedelta(hours=2))["clocks"]
	assert [clock["state"] for clock in clocks] == ["done", "running"]
	assert clocks[RESPONSE]["ended_at"] == MONDAY + timedelta(hours=1)
	assert not clocks[RESPONSE]["was_late"]
	go("Ask Citizen", 3)
	paused = seen(as_user, staff.hisar, case.name, timedelta(hours=50))["clocks"][RESOLUTION]
	assert (paused["state"], paused["paused_since"]) == ("paused", MONDAY + timedelta(hours=3))
	assert paused["used"] < 0.1
	go("Citizen Answered", 51)
	go("Resolve", 52)
	view = seen(as_user, staff.hisar, case.name, timedelta(hours=53))
	assert view["clocks"][RESOLUTION]["state"] == "done"
	assert view["feedback_until"] == MONDAY + timedelta(hours=52, days=7)


def test_a_rejected_case_stops_the_clock_that_nobody_met(site, staff, case, as_user) -> None:
	ground = site.get_all("Non-grievance Ground", pluck="name", limit=1)[0]
	with as_user(staff.cell), moment.fixed(MONDAY + timedelta(hours=1)):
		actions.reject(case.name, ground)
	response = seen(as_user, staff.cell, case.name, timedelta(days=30))["clocks"][RESPONSE]
	assert response["state"] in ("done", "stopped")
	assert response["used"] < 1


def test_the_moves_are_the_viewers_own(staff, case, as_user) -> None:
	magistrate = seen(as_user, staff.hisar, case.name)
	assert {"action": "Accept", "status": "Open"} in magistrate["moves"]
	assert {"action": "Ask Citizen", "status": "On Hold"} in magistrate["moves"]
	assert "Accept" not in [move["action"] for move in seen(as_user, staff.cell, case.name)["moves"]]


def test_the_last_words_of_a_dispute_stay_in_sight(site, staff, case, as_user) -> None:
	assert seen(as_user, staff.hisar, case.name)["dispute"] == ""
	for words in ("Nothing was done.", "The dogs are back."):
		history.record(case.name, events.DISPUTED, note=words, public=True)
	site.db.set_value("Grievance", case.name, "disputed_count", 2)
	assert seen(as_user, staff.hisar, case.name)["dispute"] == "The dogs are back."


def test_a_case_out_of_scope_is_not_shown(site, staff, case, as_user) -> None:
	with pytest.raises(site.PermissionError):
		seen(as_user, staff.sirsa, case.name)


def test_officers_are_named_as_people_know_them(staff, case, as_user) -> None:
	assert seen(as_user, staff.hisar, case.name)["officers"] == {
		"officer": "Cw-Hisar, District Nodal Officer (CW-HISAR)"
	}


def test_only_a_confidential_case_offers_who_opened_it_and_only_to_those_who_answer_for_secrecy(
	site, staff, case, as_user
) -> None:
	assert not seen(as_user, staff.state, case.name)["may_see_opened"]
	site.db.set_value("Grievance", case.name, "confidential", 1)
	assert seen(as_user, staff.state, case.name)["may_see_opened"]


def test_a_move_writes_its_words_in_the_same_save(staff, case, as_user) -> None:
	with as_user(staff.hisar):
		actions.move(case.name, "Start Work")
		answer = actions.move(case.name, "Resolve", {"action_taken": DONE})
	doc = offices.fresh(case.name)
	assert answer["status"] == doc.status == "Resolved"
	assert doc.action_taken == DONE


def test_a_refused_move_leaves_nothing_behind(site, staff, case, as_user) -> None:
	with as_user(staff.hisar):
		actions.move(case.name, "Start Work")
		with pytest.raises(site.ValidationError, match="does not close a grievance"):
			actions.move(case.name, "Resolve", {"action_taken": "Does not pertain to us"})
	doc = offices.fresh(case.name)
	assert (doc.status, doc.action_taken) == ("Open", None)


def test_a_move_writes_no_other_field(site, staff, case, as_user) -> None:
	with as_user(staff.hisar), pytest.raises(site.ValidationError, match="cannot write officer"):
		actions.move(case.name, "Accept", {"officer": "CW-SIRSA"})


def test_nobody_takes_a_move_of_another_role(site, staff, case, as_user) -> None:
	with as_user(staff.cell), pytest.raises(site.PermissionError, match="no step that you may take"):
		actions.move(case.name, "Accept")
