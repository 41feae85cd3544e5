"""A complaint about an officer never goes to that officer or below: by the rule alone, then by the roster."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance_helpdesk.jurisdiction.hierarchy import below
from grievance_helpdesk.jurisdiction.roster import Officer, Posting, Roster

TODAY = date(2026, 12, 1)
STATE, DISTRICT, BLOCK = "0001", "00010001", "000100010001"
SUPERIORS = {"state": None, "dc": "state", "magistrate": "dc", "clerk": "magistrate", "other": "state"}


def roster(**absent: str) -> Roster:
	"""An officer at each level; ``absent`` names who acts for whom."""
	officers = [
		Officer(name, f"{name}@x", name, absent.get(name), TODAY if name in absent else None)
		for name in SUPERIORS
	]
	postings = [
		Posting("state", STATE, "Haryana", "PHED"),
		Posting("dc", DISTRICT, "Hisar"),
		Posting("magistrate", DISTRICT, "Hisar", "PHED"),
		Posting("clerk", BLOCK, "Hansi", "PHED"),
	]
	return Roster(officers, postings)


@pytest.mark.parametrize(
	("about", "excluded"),
	[
		("clerk", {"clerk"}),
		("magistrate", {"magistrate", "clerk"}),
		("dc", {"dc", "magistrate", "clerk"}),
		("stranger", {"stranger"}),
	],
)
def test_the_officer_and_everybody_below_are_excluded(about: str, excluded: set[str]) -> None:
	assert below(about, SUPERIORS) == excluded


def test_a_circle_of_superiors_ends() -> None:
	assert below("a", {"a": "b", "b": "a", "c": "b"}) == {"a", "b", "c"}


NAMES = st.sampled_from("abcdefghij")


@given(st.dictionaries(NAMES, st.one_of(st.none(), NAMES), max_size=10))
def test_whoever_is_below_reaches_the_officer_by_the_superiors_and_nobody_else(superiors: dict) -> None:
	def reaches(name) -> bool:
		seen = set()
		while name is not None and name not in seen:
			if name == "a":
				return True
			seen.add(name)
			name = superiors.get(name)
		return False

	assert below("a", superiors) == {"a"} | {name for name in superiors if reaches(name)}


@pytest.mark.parametrize(
	("about", "receives"), [(None, "clerk"), ("clerk", "magistrate"), ("magistrate", "dc"), ("dc", "state")]
)
def test_the_complaint_goes_up_past_whom_it_is_about(about: str | None, receives: str) -> None:
	excluded = below(about, SUPERIORS) if about else set()
	assert roster().route(BLOCK, "PHED", TODAY, excluded).officer == receives


def test_nobody_acts_for_the_officer_complained_about() -> None:
	found = roster(clerk="other").route(BLOCK, "PHED", TODAY, {"clerk"})
	assert found.officer == "magistrate"


def test_an_acting_officer_who_is_excluded_does_not_get_it_either() -> None:
	found = roster(dc="clerk", magistrate="clerk").route(DISTRICT, "PHED", TODAY, {"clerk"})
	assert found.officer == "state"


def test_without_anybody_left_it_is_unrouted() -> None:
	found = roster().route(BLOCK, "PHED", TODAY, set(SUPERIORS))
	assert (found.officer, found.code) == (None, "NO_OFFICER")


def test_those_who_answer_for_a_place_have_a_posting_or_act() -> None:
	assert roster().answering(BLOCK, "PHED", TODAY) == {"clerk", "magistrate", "dc", "state"}
	assert roster().answering(DISTRICT, "HEALTH", TODAY) == {"dc"}
	assert roster(dc="other").answering(DISTRICT, "HEALTH", TODAY) == {"other"}
