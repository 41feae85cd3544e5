"""Many of one thing within a short time. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta


def find(moments: Sequence[datetime], at_least: int, within: timedelta) -> list[range]:
	"""Positions in ``moments`` (sorted) of each cluster.

	A cluster is made of any ``at_least`` moments that lie within ``within`` of each other; those that share a moment are one.
	"""
	found: list[range] = []
	for first in range(len(moments) - at_least + 1):
		last = first + at_least - 1
		if moments[last] - moments[first] > within:
			continue
		if found and first in found[-1]:
			found[-1] = range(found[-1].start, last + 1)
		else:
			found.append(range(first, last + 1))
	return found


def sparkline(numbers: Sequence[int]) -> str:
	"""A row of small bars that fits into a cell, the highest for the largest number."""
	bars = "▁▂▃▄▅▆▇█"
	highest = max(numbers, default=0)
	return "".join(
		bars[round(number / highest * (len(bars) - 1))] if highest else bars[0] for number in numbers
	)
