"""District Performance agrees with a plain recount; when a district gets which star."""

from __future__ import annotations

from datetime import timedelta
from statistics import mean, median

import pytest

from grievance_helpdesk.redressal.report.district_performance import district_performance as report
from tests.contract import report_world

world, rolled_back = report_world.world, report_world.rolled_back
FINISHED = ("Resolved", "Closed", "Rejected")


def recount(rows: list) -> dict:
	groups: dict = {}
	for row in rows:
		groups.setdefault(row.district, []).append(row)
	return {district: counted(group) for district, group in groups.items()}


def counted(rows: list) -> dict:
	finished = [row for row in rows if row.status in FINISHED]
	within = [row for row in finished if not row.resolution_breached]
	days = [row.resolution_time / 86400 for row in rows if row.resolution_time is not None]
	return {
		"received": len(rows),
		"undertaken": sum(row.acknowledged_at is not None for row in rows),
		"rejected": sum(row.status == "Rejected" for row in rows),
		"finished": len(finished),
		"within_limit": len(within),
		"reopened": sum(row.reopened_count > 0 for row in rows),
		"within_share": round(100 * len(within) / len(finished), 1) if finished else None,
		"average_days": pytest.approx(mean(days), abs=0.051) if days else None,
		"median_days": pytest.approx(median(days), abs=0.101) if days else None,
	}


def told(rows: list[dict]) -> dict:
	return {row["district"]: {key: row[key] for key in counted([])} for row in rows}


def test_it_agrees_for_everybody(site, world, as_user):
	today = world.now.date()
	for days in (30, 100):
		first = today - timedelta(days=days - 1)
		for user in world.people():
			with as_user(user):
				rows = report.execute({"from_date": str(first)})[1]
			assert told(rows) == recount(world.received(user, first, today)), (user, days)


@pytest.mark.parametrize("chosen", [{"channel": "Email"}, {"category": report_world.CATEGORIES[1]}])
def test_it_agrees_for_filters_and_a_period_of_the_past(site, world, as_user, chosen):
	first, last = world.now.date() - timedelta(days=90), world.now.date() - timedelta(days=20)
	for user in world.people():
		with as_user(user):
			rows = report.execute({"from_date": str(first), "to_date": str(last), **chosen})[1]
		assert told(rows) == recount(world.received(user, first, last, **chosen)), user


def stars(**numbers: int) -> int:
	perfect = {
		"received": 20,
		"undertaken": 20,
		"rejected": 0,
		"finished": 20,
		"within_limit": 20,
		"reopened": 0,
	}
	return report.star_count(perfect | numbers)


@pytest.mark.parametrize(
	"numbers, expected",
	[
		({}, 4),
		({"undertaken": 19}, 3),
		({"rejected": 1}, 4),
		({"rejected": 2}, 3),
		({"within_limit": 19}, 4),
		({"within_limit": 18}, 3),
		({"reopened": 2}, 3),
		({"finished": 0, "within_limit": 0}, 3),
		({"undertaken": 0, "rejected": 20, "within_limit": 0, "reopened": 20}, 0),
		({"received": 0, "undertaken": 0, "finished": 0, "within_limit": 0}, 0),
	],
)
def test_one_star_for_each_of_four(numbers: dict, expected: int):
	assert stars(**numbers) == expected


def test_stars_can_be_read_and_are_drawn(site, world, as_user):
	with as_user(report_world.OFFICERS["State Nodal Officer"]):
		_columns, rows, _message, chart, _summary, _skip = report.execute({})
	drawn = [row for row in rows if row["district"]]
	assert drawn
	assert all(len(row["stars"]) == 4 and row["stars"].count("★") == row["star_count"] for row in drawn)
	assert all(row["stars"] == "" for row in rows if not row["district"])
	assert chart["data"]["datasets"][0]["values"] == [row["star_count"] for row in drawn]
