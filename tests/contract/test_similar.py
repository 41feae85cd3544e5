"""Similar cases: the same problem first among those that are open, at most five, and only what the viewer may see."""

from __future__ import annotations

import pytest

from grievance_helpdesk.redressal.casework import similar
from tests.contract import offices
from tests.contract.offices import DONE


@pytest.fixture
def staff(site):
	return offices.make()


@pytest.fixture
def make(site):
	"""A case with fields written past the form."""

	def register(**values) -> str:
		name = offices.case(jurisdiction=values.pop("jurisdiction", "Hisar")).name
		site.db.set_value("Grievance", name, {"problem_key": "", **values})
		return name

	return register


def found(as_user, user: str, name: str) -> list[tuple[str, str]]:
	with as_user(user):
		return [(row["name"], row["why"]) for row in similar.read(name)]


def test_the_same_problem_stands_before_the_same_kind_and_open_ones_before_finished(
	staff, make, as_user
) -> None:
	finished = make(problem_key="dogs-13", status="Closed", action_taken=DONE)
	kind = make()
	problem = make(problem_key="dogs-13")
	twin = make(status="On Hold")
	case = make(problem_key="dogs-13", possible_duplicate_of=twin)
	rows = found(as_user, staff.hisar, case)
	assert sorted(rows[:2]) == sorted([(problem, "problem"), (twin, "text")])
	assert rows[2:] == [(kind, "kind"), (finished, "problem")]


def test_it_tells_what_was_done_and_shortens_it(staff, make, as_user) -> None:
	make(status="Closed", action_taken=DONE)
	make(status="Closed", action_taken="word " * 200)
	with as_user(staff.hisar):
		actions = [row["action_taken"] for row in similar.read(make())]
	assert DONE in actions
	assert sorted(map(len, actions))[-1] <= similar.LONGEST_ACTION + 1


def test_never_more_than_five_and_never_itself_or_a_merged_one(staff, make, as_user) -> None:
	merged = make(status="Merged")
	names = {make() for _ in range(7)}
	case = make()
	rows = [name for name, _why in found(as_user, staff.hisar, case)]
	assert len(rows) == 5
	assert set(rows) <= names and merged not in rows


def test_another_district_or_category_is_not_alike(staff, make, as_user) -> None:
	make(jurisdiction="Sirsa")
	make(category=None)
	assert found(as_user, staff.state, make()) == []


def test_a_secret_or_foreign_case_is_never_named(site, staff, make, as_user) -> None:
	secret = make(confidential=1, problem_key="dogs-13", officer="CW-ULB")
	foreign = make(jurisdiction="Sirsa", problem_key="dogs-13")
	case = make(problem_key="dogs-13")
	assert found(as_user, staff.hisar, case) == []
	assert {name for name, _why in found(as_user, staff.state, case)} == {secret, foreign}


def test_a_case_out_of_scope_tells_nothing(site, staff, make, as_user) -> None:
	with pytest.raises(site.PermissionError):
		found(as_user, staff.sirsa, make())
