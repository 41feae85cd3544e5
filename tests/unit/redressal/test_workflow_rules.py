"""Which workflows grievances can live with. A workflow here is `{state: status}` in order, and `from>to` steps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grievance_helpdesk.redressal.workflow.rules import Problem, StateRow, Step, problems

STATES = {
	"New": "Open",
	"Waiting": "On Hold",
	"Done": "Resolved",
	"Shut": "Closed",
	"Refused": "Rejected",
	"Joined": "Merged",
}
STEPS = "New>Waiting Waiting>New New>Done Done>Shut Done>New Shut>New New>Refused New>Joined".split()


def rows(states: dict[str, str] | None = None) -> list[StateRow]:
	return [
		StateRow(state, update_value=status)
		for state, status in (STATES if states is None else states).items()
	]


def steps(more: str = "", without: str = "") -> list[Step]:
	kept = [step for step in STEPS if step not in without.split()]
	return [Step(*step.split(">")) for step in [*kept, *more.split()]]


def found(state_field="workflow_state", states=None, ways=None, standing=None) -> list[Problem]:
	return problems(
		state_field, rows() if states is None else states, steps() if ways is None else ways, standing
	)


def test_a_whole_workflow_has_no_problem():
	assert found() == []
	assert found(standing={"New": 4, "Shut": 90}) == []


def test_more_states_and_ways_are_welcome():
	longer = rows({**STATES, "Site Visit": "Open", "Shut for Good": "Closed"})
	assert found(states=longer) == [Problem("never_resolved", {"state": "Site Visit"})], "nothing leads on"
	ways = [*steps(), Step("New", "Site Visit"), Step("Site Visit", "Done"), Step("Shut", "Shut for Good")]
	assert found(states=longer, ways=ways) == []


@pytest.mark.parametrize(
	("without", "rule", "values"),
	[
		("Waiting>New", "never_resolved", {"state": "Waiting"}),
		("Done>New", "no_reopening", {"state": "Done"}),
		("Done>Shut", "no_closing", {"state": "Done"}),
		("New>Refused", "status_out_of_reach", {"status": "Rejected"}),
		("New>Joined", "status_out_of_reach", {"status": "Merged"}),
	],
)
def test_a_missing_way_is_named(without: str, rule: str, values: dict):
	assert Problem(rule, values) in found(ways=steps(without=without))


def test_without_any_way_out_of_the_first_state_nothing_else_is_said():
	assert found(ways=[Step("Done", "Shut")]) == [Problem("no_way_out", {"state": "New"})]
	assert found(ways=[Step("New", "New")]) == [Problem("no_way_out", {"state": "New"})]


def test_an_open_state_that_only_leads_round_in_circles_never_resolves():
	ways = steps("New>Loop Loop>Turn Turn>Loop")
	states = rows({**STATES, "Loop": "Open", "Turn": "On Hold"})
	assert found(states=states, ways=ways) == [
		Problem("never_resolved", {"state": "Loop"}),
		Problem("never_resolved", {"state": "Turn"}),
	]


@pytest.mark.parametrize(
	("row", "change", "rule"),
	[
		(2, {"update_field": None}, "no_status"),
		(2, {"update_field": "priority"}, "no_status"),
		(2, {"update_value": None}, "no_status"),
		(2, {"update_value": "open"}, "no_status"),
		(2, {"update_value": "Resolvd"}, "no_status"),
		(2, {"doc_status": "1"}, "doc_status"),
		(0, {"update_value": "On Hold"}, "first_not_open"),
	],
)
def test_a_state_without_sound_values_is_refused(row: int, change: dict, rule: str):
	states = rows()
	states[row] = replace(states[row], **change)
	assert [problem.rule for problem in found(states=states)] == [rule]


def test_rows_of_one_state_must_agree():
	again = StateRow("Done", update_value="Closed")
	assert found(states=[*rows(), again]) == [
		Problem("rows_disagree", {"row": 7, "state": "Done", "first": "Resolved", "second": "Closed"})
	]
	assert found(states=[*rows(), StateRow("Done", update_value="Resolved")]) == []


def test_a_state_in_which_grievances_stand_is_kept():
	assert found(standing={"New": 1, "Gone": 12}) == [Problem("state_in_use", {"state": "Gone", "count": 12})]


def test_the_state_must_stand_where_the_code_looks():
	assert found(state_field="my_state") == [Problem("state_field", {"field": "my_state"})]


def test_an_empty_workflow():
	assert found(states=[], ways=[]) == [Problem("no_states")]


def test_every_problem_is_told_at_once():
	states = rows()
	states[1], states[3] = replace(states[1], update_field=""), replace(states[3], update_value="x")
	told = found(state_field="x", states=states, standing={"Gone": 1})
	assert [problem.rule for problem in told] == ["state_field", "no_status", "no_status", "state_in_use"]
