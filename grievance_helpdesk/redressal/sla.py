"""The arithmetic of time limits: when a clock runs out, and how much of it is used. Plain Python.

Every moment is site time without a zone, to the second. A clock runs from ``start``; it stands still in its pauses
and, when its unit is a working one, outside the office's hours. Inside everything is a whole number: a second of
running time is worth some *points*, and a limit is a number of points, so nothing is ever lost to rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from math import lcm

HOURS, WORKING_HOURS, DAYS, WORKING_DAYS = UNITS = ("Hours", "Working Hours", "Days", "Working Days")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Beyond this a limit is a slip of the finger.
LARGEST_AMOUNT = 100_000

DAY = 24 * 60 * 60
# Amounts and percentages count to this part of one, which takes the noise out of floats.
FINENESS = 1_000_000
END_OF_TIME = date.max.toordinal() * DAY

Hours = Mapping[int, Sequence[tuple[time, time]]]
Pause = tuple[datetime, datetime | None]


def second_of_day(moment: time, *, closing: bool = False) -> int:
	"""Seconds since midnight; a closing time of 00:00 is the midnight at the end of the day."""
	second = moment.hour * 3600 + moment.minute * 60 + moment.second
	return DAY if closing and not second else second


def _seconds(moment: datetime) -> int:
	return moment.toordinal() * DAY + moment.hour * 3600 + moment.minute * 60 + moment.second


def _moment(seconds: int) -> datetime | None:
	"""The first whole second at or after ``seconds``; None beyond the calendar's last year."""
	day, second = divmod(seconds, DAY)
	if day >= date.max.toordinal():
		return None
	return datetime.fromordinal(day) + timedelta(seconds=second)


@dataclass(frozen=True)
class Calendar:
	"""Office hours by weekday (0 is Monday), and the dates on which the office stays shut.

	Raises ValueError for hours that end before they begin or overlap, and when no weekday has hours.
	"""

	hours: Hours
	holidays: frozenset[date] = frozenset()
	_week: tuple[tuple[tuple[int, int], ...], ...] = field(init=False, repr=False, compare=False)

	def __post_init__(self) -> None:
		week = tuple(self._shifts(self.hours.get(weekday, ())) for weekday in range(7))
		if not any(week):
			raise ValueError("The calendar has no working day")
		object.__setattr__(self, "_week", week)

	@staticmethod
	def _shifts(hours: Iterable[tuple[time, time]]) -> tuple[tuple[int, int], ...]:
		shifts = sorted((second_of_day(begin), second_of_day(end, closing=True)) for begin, end in hours)
		previous_end = 0
		for begin, end in shifts:
			if end <= begin:
				raise ValueError("Office hours end before they begin")
			if begin < previous_end:
				raise ValueError("Office hours overlap")
			previous_end = end
		return tuple(shifts)

	@cached_property
	def _shut(self) -> frozenset[int]:
		return frozenset(holiday.toordinal() for holiday in self.holidays)

	@cached_property
	def points_of_a_day(self) -> int:
		"""What each working day is worth, so that a second of any of them is worth a whole number."""
		return lcm(*(length for weekday in range(7) if (length := self._length(weekday))))

	@cached_property
	def _rates(self) -> tuple[int, ...]:
		"""Points of one second of each weekday when every working day is worth the same."""
		day = self.points_of_a_day
		return tuple(day // length if (length := self._length(weekday)) else 0 for weekday in range(7))

	def _length(self, weekday: int) -> int:
		return sum(end - begin for begin, end in self._week[weekday])

	def stretches(self, begin: int, end: int, by_day: bool) -> Iterator[tuple[int, int, int]]:
		"""Office time between two instants (in seconds), in order: ``(begin, end, points of a second)``.

		With ``by_day`` a working day is worth the same whatever its length; else a second is worth one point.
		"""
		for day in range(begin // DAY, -(-end // DAY)):
			weekday = (day - 1) % 7
			if not self._week[weekday] or day in self._shut:
				continue
			rate = self._rates[weekday] if by_day else 1
			for opens, shuts in self._week[weekday]:
				first, last = max(begin, day * DAY + opens), min(end, day * DAY + shuts)
				if first < last:
					yield first, last, rate


@dataclass(frozen=True)
class Limit:
	"""``amount`` of one of :data:`UNITS`. Raises ValueError for an unknown unit or an amount that is not positive."""

	amount: float
	unit: str

	def __post_init__(self) -> None:
		if self.unit not in UNITS:
			raise ValueError(f"{self.unit!r} is no unit of a limit")
		if not 0 < self.amount <= LARGEST_AMOUNT:
			raise ValueError(f"A limit of {self.amount} {self.unit} is not possible")

	def points(self, calendar: Calendar) -> int:
		"""The whole limit in points times :data:`FINENESS`."""
		one = {HOURS: 3600, WORKING_HOURS: 3600, DAYS: DAY}.get(self.unit) or calendar.points_of_a_day
		return round(self.amount * FINENESS) * one


@dataclass(frozen=True)
class Clock:
	"""One limit that runs from ``start``. ``pauses`` are ``(from, to)``; a pause whose ``to`` is None goes on."""

	start: datetime
	limit: Limit
	calendar: Calendar
	pauses: Sequence[Pause] = ()

	def due(self) -> datetime | None:
		"""When the limit is used up; None while a pause without an end keeps it from running out."""
		return self.at(100)

	def at(self, percent: float) -> datetime | None:
		"""The first second at which ``percent`` of the limit is used; None while a pause without end is before it."""
		# Rounded up: at the second that is named the share is reached, never nearly.
		missing = -(-self._points * round(percent * FINENESS) // (100 * FINENESS * FINENESS))
		for begin, end, rate in self._running(END_OF_TIME):
			worth = (end - begin) * rate
			if worth >= missing:
				return _moment(begin - (-missing // rate))
			missing -= worth
		return None

	def used(self, now: datetime) -> float:
		"""The share of the limit that is used at ``now``: 1.0 is the whole, more is overdue."""
		points = sum((end - begin) * rate for begin, end, rate in self._running(_seconds(now)))
		return points * FINENESS / self._points

	def remaining(self, now: datetime) -> float:
		"""What is left at ``now`` in the unit of the limit; negative when overdue."""
		return self.limit.amount * (1 - self.used(now))

	@cached_property
	def _points(self) -> int:
		return self.limit.points(self.calendar)

	def _running(self, until: int) -> Iterator[tuple[int, int, int]]:
		"""The stretches before ``until`` in which the clock runs: ``(begin, end, points of a second)``, in order."""
		for begin, end in self._awake(until):
			if self.limit.unit in (HOURS, DAYS):
				yield begin, end, 1
			else:
				yield from self.calendar.stretches(begin, end, self.limit.unit == WORKING_DAYS)

	def _awake(self, until: int) -> Iterator[tuple[int, int]]:
		"""The time between ``start`` and ``until`` without the pauses, which may overlap and come in any order."""
		here = _seconds(self.start)
		for begin, end in self._sorted_pauses():
			if here < min(begin, until):
				yield here, min(begin, until)
			here = max(here, end)
		if here < until:
			yield here, until

	def _sorted_pauses(self) -> list[tuple[int, int]]:
		"""Begin and end in seconds; what ends before it begins is no pause."""
		pauses = (
			(_seconds(begin), END_OF_TIME if end is None else _seconds(end)) for begin, end in self.pauses
		)
		return sorted(pause for pause in pauses if pause[0] < pause[1])
