"""The plain reference for clocks: it looks at one minute after the other and adds up what each is worth.

Written without a look at ``sla.py``; times are minutes since :data:`FIRST_DAY`, sums are floats with a tolerance far
below a minute's worth.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import repeat
from random import Random

FIRST_DAY = date(2026, 3, 2)  # a Monday
DAYS = 110
MINUTES_OF_A_DAY = 24 * 60
TOLERANCE = 1e-9
# The largest random limits.
LARGEST = {"Hours": 30, "Working Hours": 12, "Days": 2, "Working Days": 3}


def moment(minute: int) -> datetime:
	return datetime.combine(FIRST_DAY, time()) + timedelta(minutes=minute)


@dataclass
class Office:
	"""``shifts`` by weekday in minutes since midnight, and numbers of days (since FIRST_DAY) that are holidays."""

	shifts: dict[int, list[tuple[int, int]]]
	holidays: set[int]

	def __post_init__(self):
		opened = {
			weekday: [
				minute
				for minute in range(MINUTES_OF_A_DAY)
				if any(begin <= minute < end for begin, end in self.shifts.get(weekday, ()))
			]
			for weekday in range(7)
		}
		# Every minute in which the office works, with the share of its working day.
		self.open_minutes = [
			(day * MINUTES_OF_A_DAY + minute, 1 / len(opened[day % 7]))
			for day in range(DAYS)
			if day not in self.holidays
			for minute in opened[day % 7]
		]


@dataclass
class Case:
	office: Office
	start: int
	amount: float
	unit: str
	pauses: list[tuple[int, int | None]]

	def count(self, percentages: tuple[int, ...], now: int) -> tuple[dict[int, int | None], float]:
		"""The minute by whose end each percentage of the limit is used (None: never), and the share used at ``now``."""
		paused = self.paused()
		found: dict[int, int | None] = dict.fromkeys(percentages)
		waiting = [(percent, self.amount * percent / 100 - TOLERANCE) for percent in sorted(percentages)]
		used = used_now = 0.0
		for minute, worth in self.minutes():
			if paused[minute]:
				continue
			if not waiting and minute >= now:
				break
			used += worth
			if minute < now:
				used_now = used
			while waiting and used >= waiting[0][1]:
				found[waiting.pop(0)[0]] = minute + 1
		return found, used_now / self.amount

	def paused(self) -> bytearray:
		paused = bytearray(DAYS * MINUTES_OF_A_DAY)
		for begin, end in self.pauses:
			end = len(paused) if end is None else end
			paused[begin:end] = b"\1" * (end - begin)
		return paused

	def minutes(self):
		"""The minutes that count if nobody pauses, with their worth in units, up to a pause that never ends."""
		end = min((begin for begin, end in self.pauses if end is None), default=DAYS * MINUTES_OF_A_DAY)
		if self.unit in ("Hours", "Days"):
			return zip(
				range(self.start, end), repeat(1 / 60 if self.unit == "Hours" else 1 / MINUTES_OF_A_DAY)
			)
		minutes = self.office.open_minutes
		minutes = minutes[bisect_left(minutes, (self.start, 0)) : bisect_left(minutes, (end, 0))]
		if self.unit == "Working Days":
			return minutes
		return zip((minute for minute, _share in minutes), repeat(1 / 60))


def random_office(random: Random) -> Office:
	"""One working day a week up to seven, split shifts, odd hours, and holidays that may fall on any day."""
	weekdays = random.sample(range(7), random.choice((1, 2, 5, 6, 7)))
	return Office(
		{weekday: random_shifts(random) for weekday in weekdays},
		{random.randrange(60) for _ in range(random.choice((0, 2, 8)))},
	)


def random_shifts(random: Random) -> list[tuple[int, int]]:
	"""One to three shifts that touch at most; some end at midnight."""
	count = random.choice((1, 1, 2, 3))
	bounds = sorted(random.sample(range(0, MINUTES_OF_A_DAY + 1, random.choice((1, 15, 60))), 2 * count))
	return list(zip(bounds[::2], bounds[1::2], strict=True))


def random_limit(random: Random) -> tuple[float, str]:
	unit = random.choice(tuple(LARGEST))
	largest = LARGEST[unit]
	return random.choice((0.25, 0.5, 1, 1.5, 2, 0.1 * random.randrange(1, 10 * largest), largest)), unit


def to_the_minute(at: datetime | None) -> datetime | None:
	"""The end of the minute in which it happens."""
	return at and at + timedelta(seconds=-at.second % 60)
