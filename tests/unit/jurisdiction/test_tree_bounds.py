"""Bounds computed from sorted scope paths agree with those of a laid-out tree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grievance_helpdesk.jurisdiction import tree


@given(st.lists(st.integers(min_value=0, max_value=60), max_size=40))
def test_bounds_agree_with_lay_out(choices):
	places = [tree.Place("State", "0", None, name="0")]
	for number, choice in enumerate(choices, 1):
		parent = places[choice % len(places)].name
		places.append(tree.Place("Village", str(number), parent, name=str(number)))
	laid_out = sorted(tree.lay_out(places), key=lambda place: place.scope_path)
	expected = [(place.lft, place.rgt) for place in laid_out]
	assert tree.bounds([place.scope_path for place in laid_out]) == expected


def test_two_states_stand_side_by_side():
	assert tree.bounds(["0001", "00010001", "0002"]) == [(1, 4), (2, 3), (5, 6)]


def test_an_empty_tree_has_no_bounds():
	assert tree.bounds([]) == []
