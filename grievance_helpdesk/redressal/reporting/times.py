"""How long cases took: the average and the median of each group, from one query that reads no case alone.

MariaDB and SQLite know no median in a GROUP BY. So the query groups by tenths of a day too, which is what a report shows,
and the counts of the tenths are put together here: a few hundred rows instead of every case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from frappe.query_builder.functions import Count, Round

DAY = 24 * 60 * 60
TENTH = DAY / 10  # no whole number: SQLite would divide whole seconds without a remainder


@dataclass
class Times:
	"""Durations of one group, as many as there are of each tenth of a day."""

	tenths: Counter = field(default_factory=Counter)

	def add(self, tenth: float | None, count: int) -> None:
		"""``tenth`` is None for the cases without a duration: they count in no average."""
		if tenth is not None:
			self.tenths[int(tenth)] += count

	def average(self, seconds: float) -> float | None:
		"""Days, one decimal; ``seconds`` is the exact sum of the durations."""
		count = self.tenths.total()
		return round(seconds / count / DAY, 1) if count else None

	def median(self) -> float | None:
		"""Days, one decimal; with an even number the middle of the two in the middle."""
		count = self.tenths.total()
		if not count:
			return None
		return round((self._at((count - 1) // 2) + self._at(count // 2)) / 20, 1)

	def _at(self, position: int) -> int:
		for tenth in sorted(self.tenths):
			position -= self.tenths[tenth]
			if position < 0:
				return tenth
		raise IndexError(position)


def tenth_of(duration):
	"""The term to group by: a stored duration in tenths of a day."""
	return Round(duration / TENTH)


def grouped(query, keys: list, duration, numbers: Iterable = ()) -> list[tuple]:
	"""Rows of (keys…, count, numbers…, tenth); ``numbers`` are further sums of the same rows."""
	tenth = tenth_of(duration)
	return query.select(*keys, Count("*"), *numbers, tenth).groupby(*keys, tenth).run()


def merged(
	rows: Iterable[tuple], key_of: Callable[[tuple], object], first: int, names: tuple[str, ...]
) -> dict:
	"""The rows of :func:`grouped`, summed by ``key_of(row)``: ``{key: {"count": …, name: …, "times": Times}}``.

	``first`` is the position of the count; ``names`` name the count and the numbers after it.
	"""
	found: dict = {}
	for row in rows:
		group = found.setdefault(key_of(row), dict.fromkeys(names, 0) | {"times": Times()})
		for name, value in zip(names, row[first:], strict=False):
			group[name] += int(value or 0)
		group["times"].add(row[-1], row[first])
	return found
