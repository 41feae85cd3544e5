"""Random lives of a case (pauses, changes of category and department, reopenings): after each step the due dates on
the document are those that a count of the minutes gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grievance_helpdesk.redressal import clocks
from grievance_helpdesk.redressal import moment as the_time
from tests.contract import records
from tests.unit.redressal.minutes import (
	MINUTES_OF_A_DAY,
	Case,
	Office,
	moment,
	random_limit,
	random_office,
	to_the_minute,
)

LIVES, STEPS = 150, 7
LONGEST_STEP = 2 * MINUTES_OF_A_DAY
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOCKS = ("response", "resolution")


@dataclass
class Rules:
	"""Limits by category, and the office of each department."""

	limits: dict[str, dict[str, tuple[float, str]]] = field(default_factory=dict)
	offices: dict[str, Office] = field(default_factory=dict)


@pytest.fixture
def rules(site) -> Rules:
	made, random = Rules(), Random(2026)
	for number in range(6):
		department, office = f"CLK-D{number}", random_office(random)
		calendar(site, f"Contract Office {number}", office)
		records.department(department, service_calendar=f"Contract Office {number}").insert()
		made.offices[department] = office
	for number in range(8):
		code, limits = f"CLK-C{number}", {clock: random_limit(random) for clock in CLOCKS}
		values = {f"{clock}_limit": limits[clock][0] for clock in CLOCKS}
		values |= {f"{clock}_unit": limits[clock][1] for clock in CLOCKS}
		records.category(code, department="CLK-D0", **values).insert()
		made.limits[code] = limits
	return made


def calendar(site, name: str, office: Office) -> None:
	hours = [
		{"weekday": WEEKDAYS[day], "from_time": clock_face(begin), "to_time": clock_face(end)}
		for day, shifts in office.shifts.items()
		for begin, end in shifts
	]
	holidays = [{"holiday_date": moment(day * MINUTES_OF_A_DAY).date()} for day in office.holidays]
	fields = {"doctype": "Service Calendar", "calendar_name": name, "hours": hours, "holidays": holidays}
	site.get_doc(fields).insert()


def clock_face(minute: int) -> str:
	return moment(minute % MINUTES_OF_A_DAY).strftime("%H:%M:%S")


class Life:
	"""A case on the site beside what a clerk with a watch writes down about it."""

	def __init__(self, rules: Rules, random: Random):
		self.rules, self.random = rules, random
		self.now = self.start = random.randrange(10 * MINUTES_OF_A_DAY)
		self.category, self.department = self.any_category(), self.any_department()
		self.pauses: list[tuple[int, int | None]] = []
		self.stopped: int | None = None
		names = {"category": self.category, "department": self.department}
		self.doc = records.grievance(**names, received_at=moment(self.start), status="Open")
		clocks.start(self.doc)

	def any_category(self) -> str:
		return self.random.choice(list(self.rules.limits))

	def any_department(self) -> str:
		return self.random.choice(list(self.rules.offices))

	def step(self) -> str:
		self.now += self.random.randrange(LONGEST_STEP)
		possible = [self.change]
		if self.stopped is not None:
			possible = [self.reopen]
		elif self.pauses and self.pauses[-1][1] is None:
			possible += [self.resume, self.stop]
		else:
			possible += [self.pause, self.pause, self.stop]
		act = self.random.choice(possible)
		with the_time.fixed(moment(self.now)):
			act()
		return act.__name__

	def change(self) -> None:
		self.category, self.department = self.any_category(), self.any_department()
		self.doc.update({"category": self.category, "department": self.department})
		clocks.refresh(self.doc)

	def pause(self) -> None:
		self.pauses.append((self.now, None))
		clocks.pause(self.doc, moment(self.now))

	def resume(self) -> None:
		self.pauses[-1] = (self.pauses[-1][0], self.now)
		clocks.resume(self.doc, moment(self.now))

	def stop(self) -> None:
		if self.pauses and self.pauses[-1][1] is None:
			self.pauses[-1] = (self.pauses[-1][0], self.now)
		self.stopped = self.now
		clocks.stop(self.doc, moment(self.now))

	def reopen(self) -> None:
		self.pauses.append((self.stopped, self.now))
		self.stopped = None
		clocks.reopen(self.doc, moment(self.now))

	def due(self, clock: str) -> int | None:
		office = self.rules.offices[self.department]
		case = Case(office, self.start, *self.rules.limits[self.category][clock], self.pauses)
		return case.count((100,), self.start)[0][100]


def assert_same(life: Life, steps: list[str]) -> None:
	for clock, names in clocks.FIELDS.items():
		minute = life.due(clock)
		assert to_the_minute(life.doc.get(names.due)) == (minute and moment(minute)), (
			clock,
			steps,
			life.pauses,
		)
	if life.stopped is not None:
		late = moment(life.stopped) > life.doc.resolve_by
		assert life.doc.resolution_breached == late, steps


@settings(max_examples=LIVES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_after_each_step_the_due_dates_are_those_of_a_count_of_minutes(rules, seed: int):
	life, steps = Life(rules, Random(seed)), []
	assert_same(life, steps)
	for _ in range(STEPS):
		steps.append(life.step())
		assert_same(life, steps)
