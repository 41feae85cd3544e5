"""Clocks: worked examples, and random ones against a plain reference that counts minute by minute."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grievance_helpdesk.redressal.sla import Calendar, Clock, Limit
from tests.unit.redressal.minutes import (
	DAYS,
	MINUTES_OF_A_DAY,
	Case,
	Office,
	moment,
	random_limit,
	random_office,
	to_the_minute,
)

PERCENTAGES = (50, 80, 100)
CALENDARS, CASES_OF_A_CALENDAR = 100, 105
LAST_MINUTE = moment(DAYS * MINUTES_OF_A_DAY)
DAYS_FOR_START, LONGEST_PAUSE = 14, 4 * MINUTES_OF_A_DAY

NINE_TO_FIVE = {weekday: ((time(9), time(17)),) for weekday in range(5)}
OFFICE = Calendar(NINE_TO_FIVE, frozenset({date(2026, 11, 24)}))
# November 2026: the 20th is a Friday, the 24th a holiday.
FRIDAY, MONDAY, WEDNESDAY = 20, 23, 25


def november(day: int, hour: int, minute: int = 0) -> datetime:
	return datetime(2026, 11, day, hour, minute)


def clock(start: datetime, amount: float, unit: str, *pauses, calendar: Calendar = OFFICE) -> Clock:
	return Clock(start, Limit(amount, unit), calendar, pauses)


@pytest.mark.parametrize(
	"start, amount, unit, due",
	[
		(november(FRIDAY, 15), 96, "Hours", november(24, 15)),
		(november(FRIDAY, 15), 7, "Days", november(27, 15)),
		(november(FRIDAY, 15), 4, "Working Hours", november(MONDAY, 11)),
		(november(MONDAY, 15), 4, "Working Hours", november(WEDNESDAY, 11)),
		(november(FRIDAY, 15), 1, "Working Days", november(MONDAY, 15)),
		(november(MONDAY, 15), 2, "Working Days", november(26, 15)),
		# What comes in the evening or on a holiday begins with the next working day and has the whole of it.
		(november(FRIDAY, 20), 1, "Working Days", november(MONDAY, 17)),
		(november(24, 11), 1, "Working Days", november(WEDNESDAY, 17)),
		(november(FRIDAY, 8), 0.5, "Working Days", november(FRIDAY, 13)),
	],
)
def test_worked_examples(start: datetime, amount: float, unit: str, due: datetime):
	assert clock(start, amount, unit).due() == due


def test_a_short_working_day_is_worth_as_much_as_a_long_one():
	calendar = Calendar({0: ((time(9), time(17)),), 1: ((time(10), time(12)),), 2: ((time(9), time(17)),)})
	# Half of Monday, and half of Tuesday's two hours.
	assert clock(november(MONDAY, 13), 1, "Working Days", calendar=calendar).due() == november(24, 11)
	assert clock(november(MONDAY, 13), 5, "Working Hours", calendar=calendar).due() == november(24, 11)


def test_days_whose_lengths_divide_badly_lose_nothing():
	calendar = Calendar(
		{0: ((time(9), time(9, 7)),), 1: ((time(9), time(16, 11)),), 2: ((time(9), time(10)),)}
	)
	three = clock(november(MONDAY, 9), 3, "Working Days", calendar=calendar)
	assert three.due() == november(WEDNESDAY, 10)
	assert three.used(november(24, 23)) == pytest.approx(2 / 3, abs=1e-15)


def test_an_office_that_never_shuts():
	always = Calendar({weekday: ((time(0), time(0)),) for weekday in range(7)})
	assert clock(november(FRIDAY, 22), 3, "Working Hours", calendar=always).due() == november(21, 1)
	assert clock(november(FRIDAY, 22), 1, "Working Days", calendar=always).due() == november(21, 22)


def test_a_pause_moves_the_due_date_by_the_running_time_in_it():
	over_the_weekend = (november(FRIDAY, 16), november(MONDAY, 10))
	assert clock(november(FRIDAY, 15), 4, "Working Hours", over_the_weekend).due() == november(MONDAY, 13)
	assert clock(november(FRIDAY, 15), 4, "Hours", over_the_weekend).due() == november(MONDAY, 13)
	outside_hours = (november(FRIDAY, 18), november(FRIDAY, 22))
	assert clock(november(FRIDAY, 15), 4, "Working Hours", outside_hours).due() == november(MONDAY, 11)


def test_a_pause_without_end_stops_what_is_not_over_yet():
	paused = clock(november(FRIDAY, 10), 4, "Working Hours", (november(FRIDAY, 12), None))
	assert paused.due() is None
	assert paused.at(50) == november(FRIDAY, 12)
	assert paused.at(51) is None
	assert paused.used(november(27, 12)) == 0.5
	too_late = clock(november(FRIDAY, 10), 4, "Working Hours", (november(FRIDAY, 15), None))
	assert too_late.due() == november(FRIDAY, 14)


def test_overlapping_pauses_count_once_and_a_reversed_one_is_none():
	pauses = [
		(november(FRIDAY, 12), november(FRIDAY, 14)),
		(november(FRIDAY, 11), november(FRIDAY, 13)),
		(november(FRIDAY, 16), november(FRIDAY, 10)),
	]
	assert clock(november(FRIDAY, 10), 2, "Working Hours", *pauses).due() == november(FRIDAY, 15)


def test_what_is_used_and_what_remains():
	two_days = clock(november(FRIDAY, 9), 2, "Working Days")
	assert two_days.used(november(FRIDAY, 8)) == 0
	assert two_days.used(november(FRIDAY, 13)) == 0.25
	assert two_days.remaining(november(FRIDAY, 13)) == 1.5
	assert two_days.used(november(MONDAY, 17)) == 1
	assert two_days.remaining(november(WEDNESDAY, 13)) == -0.5


def test_a_tenth_of_an_hour_is_six_minutes_whatever_a_float_says():
	assert clock(november(FRIDAY, 9), 1.1, "Hours").due() == november(FRIDAY, 10, 6)
	assert clock(november(FRIDAY, 9), 0.1, "Hours").at(100) == november(FRIDAY, 9, 6)


@pytest.mark.parametrize(
	"hours, message",
	[
		({}, "no working day"),
		({0: ()}, "no working day"),
		({0: ((time(17), time(9)),)}, "end before they begin"),
		({0: ((time(9), time(13)), (time(12), time(17)))}, "overlap"),
	],
)
def test_an_impossible_calendar_is_refused(hours: dict, message: str):
	with pytest.raises(ValueError, match=message):
		Calendar(hours)


@pytest.mark.parametrize(
	"amount, unit", [(0, "Days"), (-1, "Days"), (1e9, "Days"), (float("nan"), "Days"), (1, "")]
)
def test_an_impossible_limit_is_refused(amount: float, unit: str):
	with pytest.raises(ValueError):
		Limit(amount, unit)


def test_a_limit_beyond_the_last_year_never_runs_out():
	assert clock(datetime(9990, 1, 1), 99_999, "Days").due() is None


def random_pauses(random: Random, start: int) -> list[tuple[int, int | None]]:
	"""Up to four pauses that may overlap, lie outside the hours or before the start; sometimes the last goes on."""
	pauses: list[tuple[int, int | None]] = []
	for _ in range(random.choice((0, 0, 1, 2, 4))):
		begin = max(0, start + random.randrange(-600, 6 * MINUTES_OF_A_DAY))
		pauses.append((begin, begin + random.randrange(LONGEST_PAUSE)))
	if random.random() < 0.1:
		pauses.append((start + random.randrange(3 * MINUTES_OF_A_DAY), None))
	random.shuffle(pauses)
	return pauses


def calendar_of(office: Office) -> Calendar:
	def at(minute: int) -> time:
		return moment(minute % MINUTES_OF_A_DAY).time()

	hours = {
		day: tuple((at(begin), at(end)) for begin, end in shifts) for day, shifts in office.shifts.items()
	}
	return Calendar(hours, frozenset(moment(day * MINUTES_OF_A_DAY).date() for day in office.holidays))


def clock_of(case: Case, calendar: Calendar) -> Clock:
	pauses = [(moment(begin), None if end is None else moment(end)) for begin, end in case.pauses]
	return Clock(moment(case.start), Limit(case.amount, case.unit), calendar, pauses)


def assert_equal(case: Case, calendar: Calendar, now: int) -> None:
	tested = clock_of(case, calendar)
	goes_on = any(end is None for _begin, end in case.pauses)
	reached, used = case.count(PERCENTAGES, now)
	for percent, minute in reached.items():
		found = tested.at(percent)
		if minute is None and not goes_on:
			assert found > LAST_MINUTE, (percent, tested)
		else:
			assert to_the_minute(found) == (minute and moment(minute)), (percent, tested)
	assert tested.used(moment(now)) == pytest.approx(used, abs=1e-9), (now, tested)
	due = tested.due()
	if due:
		assert tested.used(due) >= 1 > tested.used(due - timedelta(seconds=1)), tested


@settings(max_examples=CALENDARS, deadline=None)
@given(st.integers(0, 2**32))
def test_clocks_equal_the_count_of_minutes(seed: int):
	"""Each example is one calendar with many cases: 10,500 cases in all, at 50, 80 and 100 percent."""
	random = Random(seed)
	office = random_office(random)
	calendar = calendar_of(office)
	for _ in range(CASES_OF_A_CALENDAR):
		start = random.randrange(DAYS_FOR_START * MINUTES_OF_A_DAY)
		case = Case(office, start, *random_limit(random), random_pauses(random, start))
		assert_equal(case, calendar, start + random.randrange(4 * MINUTES_OF_A_DAY))
