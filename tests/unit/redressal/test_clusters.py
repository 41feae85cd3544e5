"""Many of one thing within a short time."""

from datetime import datetime, timedelta

import pytest

from grievance_helpdesk.redressal.reporting import clusters

START = datetime(2026, 11, 1)


def found(hours: list[int], at_least: int, within: int) -> list[list[int]]:
	moments = [START + timedelta(hours=hour) for hour in hours]
	return [
		[hours[position] for position in positions]
		for positions in clusters.find(moments, at_least, timedelta(hours=within))
	]


@pytest.mark.parametrize(
	"hours, expected",
	[
		([], []),
		([0, 1], []),
		([0, 24, 48], [[0, 24, 48]]),
		([0, 24, 49], []),
		([0, 1, 2, 100, 200, 201, 202, 203], [[0, 1, 2], [200, 201, 202, 203]]),
		# Two windows that share a case are one cluster, though it lasts longer than the window.
		([0, 10, 48, 90, 96], [[0, 10, 48, 90, 96]]),
		# Windows that touch without a case in common stay two.
		([0, 1, 48, 49, 96, 97], [[0, 1, 48, 49, 96, 97]]),
		([0, 1, 2, 60, 61, 62], [[0, 1, 2], [60, 61, 62]]),
		([5, 5, 5], [[5, 5, 5]]),
	],
)
def test_at_least_three_within_two_days(hours, expected):
	assert found(hours, 3, 48) == expected


def test_a_line_of_bars_ends_at_the_largest_number():
	assert clusters.sparkline([0, 7, 14]) == "▁▅█"
	assert clusters.sparkline([0, 0]) == "▁▁"
	assert clusters.sparkline([]) == ""
