"""The plain reference for clocks: it looks at one minute after the other and adds up what each is worth.

Written without a look at ``sla.py``; times are minutes since :data:`FIRST_DAY`, sums are floats with a tolerance far
below a minute's worth.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import repeat

FIRST_DAY = date(2026, 3, 2)  # a Monday
DAYS = 110
MINUTES_OF_A_DAY = 24 * 60
TOLERANCE = 1e-9


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
