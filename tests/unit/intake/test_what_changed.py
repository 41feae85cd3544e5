"""Adding up what a change would do."""

from __future__ import annotations

from grievance_helpdesk.intake.what_changed import ASIDE, MOST_EXAMPLES, Tally, Verdict

SEWER = Verdict("Grievance", "SEW", "ULB", False)
ROAD = Verdict("Grievance", "ROAD", "PWD", False)
THANKS = Verdict(ASIDE, "NOG", None, False)
UNKNOWN = Verdict("For Review", None, None, False)


def tally(**changes: tuple[Verdict, Verdict]) -> Tally:
	found = Tally()
	for name, (before, after) in changes.items():
		found.add(name, before, after)
	return found


def test_what_stays_is_not_counted():
	assert tally(one=(SEWER, SEWER)).as_dict()["changed"] == 0


def test_moves_and_what_each_category_gains_and_loses():
	found = tally(a=(SEWER, ROAD), b=(SEWER, ROAD), c=(THANKS, SEWER), d=(UNKNOWN, ROAD)).as_dict()
	assert found["changed"] == 4
	assert found["moves"][0] == {
		"from": {"outcome": "Grievance", "category": "SEW"},
		"to": {"outcome": "Grievance", "category": "ROAD"},
		"posts": 2,
	}
	assert found["gained"] == {"ROAD": 3, "SEW": 1}
	assert found["lost"] == {"SEW": 2}


def test_officers_decisions_say_which_reading_was_right():
	found = tally(a=(SEWER, ROAD), b=(SEWER, ROAD), c=(SEWER, ROAD), d=(SEWER, THANKS), e=(SEWER, ROAD))
	found.judge({"a": "ROAD", "b": "SEW", "c": "WATER", "d": ASIDE})
	figures = found.as_dict()
	assert (figures["decided"], figures["better"], figures["worse"]) == (4, 2, 1)
	assert [(change.name, change.judgement) for change in found.examples()] == [
		("b", "worse"),
		("a", "better"),
		("d", "better"),
		("c", "neither"),
		("e", ""),
	]


def test_an_emergency_that_comes_or_goes_is_a_change():
	urgent = SEWER._replace(urgent=True)
	figures = tally(a=(SEWER, urgent), b=(urgent, SEWER), c=(SEWER, urgent)).as_dict()
	assert (figures["changed"], figures["urgent_gained"], figures["urgent_lost"]) == (3, 2, 1)
	assert figures["gained"] == {}


def test_examples_are_few():
	many = tally(**{f"post{number}": (SEWER, ROAD) for number in range(MOST_EXAMPLES + 5)})
	assert len(many.examples()) == MOST_EXAMPLES
	assert len(many.names()) == MOST_EXAMPLES + 5
