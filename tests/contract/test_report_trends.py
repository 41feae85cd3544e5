"""Category Trends and hot spots agree with a plain recount, for officers of each role."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import frappe
import pytest

from grievance_helpdesk.redressal.report.category_trends import category_trends as report
from tests.contract import report_world


def crowded(seed: int) -> report_world.ReportWorld:
	"""Half the cases are about few problems in few days; citizens join some, and some name a spot."""
	world, dice = report_world.build(seed), random.Random(seed)
	for name, row in world.rows.items():
		values = {
			"support_count": dice.choice((0, 0, 1, 5)),
			"problem_key": dice.choice((None, "", "", "a1")),
		}
		if dice.random() < 0.5:
			values["category"] = report_world.CATEGORIES[0]
			values["received_at"] = world.now - timedelta(hours=dice.randint(0, 24 * 20))
		frappe.db.set_value("Grievance", name, values, update_modified=False)
		row.update(values)
	return world


world, rolled_back = report_world.fixture_of(crowded, (21,)), report_world.rolled_back


def days(world, number: int):
	last = world.now.date()
	return last - timedelta(days=number - 1), last


def recount(world, user: str, number: int, **chosen) -> dict:
	first, last = days(world, number)
	before = first - timedelta(days=number)
	found: dict = {}
	for row in world.received(user, min(before, last - timedelta(days=55)), last, **chosen):
		group = found.setdefault(row.category, {"now": 0, "before": 0, "weeks": [0] * 8, "places": Counter()})
		day = row.received_at.date()
		group["now"] += day >= first
		group["before"] += before <= day < first
		if (last - day).days < 56:
			group["weeks"][7 - (last - day).days // 7] += 1
		if day >= first and row.district:
			group["places"][row.district] += 1
	return found


def check(rows: list[dict], expected: dict) -> None:
	named = [row for row in rows if not row.get("bold")]
	assert {row["category"] for row in named} == set(expected)
	whole = sum(group["now"] for group in expected.values())
	for row in named:
		group = expected[row["category"]]
		assert (row["now"], row["before"], row["weeks"]) == (group["now"], group["before"], group["weeks"])
		assert row["change"] == group["now"] - group["before"]
		percent = round(100 * row["change"] / group["before"], 1) if group["before"] else None
		assert row["change_percent"] == percent
		assert row["share"] == (round(100 * group["now"] / whole, 1) if whole else None)
		most = max(group["places"].values(), default=0)
		assert group["places"][row["most_in"]] == most
		assert row["most_in_share"] == (round(100 * most / group["now"], 1) if group["now"] else None)


@pytest.mark.parametrize("number", [30, 7, 45])
def test_trends_agree_for_everybody(site, world, as_user, number):
	first, last = days(world, number)
	seen = set()
	for user in world.people():
		with as_user(user):
			rows = report.execute({"from_date": str(first), "to_date": str(last)})[1]
		expected = recount(world, user, number)
		check(rows, expected)
		seen.add(sum(group["now"] for group in expected.values()))
	assert len(seen) > 3, "the officers must see different numbers of cases"


def test_trends_agree_for_a_filter(site, world, as_user):
	for user in world.people():
		for district in world.districts_of(user)[:1]:
			with as_user(user):
				rows = report.execute({"district": district, "channel": "X"})[1]
			check(rows, recount(world, user, 30, district=district, channel="X"))


def spots(world, user: str, at_least: int, hours: int) -> list[tuple]:
	"""Each case that lies with enough others of its problem within the hours; neighbours that share a case are one spot."""
	groups: dict = {}
	for row in world.received(user, *days(world, 30)):
		if row.category and row.district and row.jurisdiction:
			groups.setdefault((row.category, row.jurisdiction, row.problem_key or ""), []).append(row)
	found = []
	for same, rows in groups.items():
		rows.sort(key=lambda row: (row.received_at, row.name))
		windows = [
			set(range(start, start + at_least))
			for start in range(len(rows) - at_least + 1)
			if rows[start + at_least - 1].received_at - rows[start].received_at <= timedelta(hours=hours)
		]
		while windows:
			spot = windows.pop(0)
			while touching := [window for window in windows if window & spot]:
				windows = [window for window in windows if window not in touching]
				spot = spot.union(*touching)
			members = [rows[position] for position in sorted(spot)]
			citizens = len(members) + sum(row.support_count for row in members)
			found.append((*same, len(members), citizens, members[0].received_at, members[-1].received_at))
	return sorted(found)


@pytest.mark.parametrize("at_least, hours", [(2, 24), (3, 96), (2, 8)])
def test_hot_spots_agree_for_everybody(site, world, as_user, at_least, hours):
	names = ("category", "jurisdiction", "problem_key", "cases", "citizens", "first", "last")
	chosen = {"show": "Hot Spots", "at_least": at_least, "within_hours": hours}
	numbers = set()
	for user in world.people():
		with as_user(user):
			rows = report.execute(chosen)[1]
		told = [tuple(row[name] for name in names) for row in rows]
		assert sorted(told) == spots(world, user, at_least, hours), user
		assert [row["last"] for row in rows] == sorted((row["last"] for row in rows), reverse=True)
		numbers.add(len(rows))
	assert len(numbers) > 1, "the officers must see different numbers of hot spots"


def test_the_list_behind_a_hot_spot_holds_its_cases(site, world):
	row = report.execute({"show": "Hot Spots", "at_least": 2, "within_hours": 48})[1][0]
	filters = [["status", "!=", "Merged"]]
	for field, condition in row["list_filters"].items():
		several = condition if isinstance(condition, list) and isinstance(condition[0], list) else [condition]
		filters += [[field, *(one if isinstance(one, list) else ("=", one))] for one in several]
	assert len(site.get_all("Grievance", filters, limit=0)) == row["cases"]


@pytest.mark.parametrize(
	"chosen, said",
	[
		({"show": "Everything"}, "Choose one of: Trends, Hot Spots"),
		({"show": "Hot Spots", "at_least": "many"}, "Write a whole number from 2 to 1000"),
		({"show": "Hot Spots", "at_least": 1}, "Write a whole number from 2 to 1000"),
		({"show": "Hot Spots", "within_hours": "0"}, "Write a whole number from 1 to 720"),
	],
)
def test_what_is_impossible_is_said_in_a_sentence(site, world, chosen, said):
	with pytest.raises(site.ValidationError) as refused:
		report.execute(chosen)
	assert said in str(refused.value)


def test_no_hot_spot_is_said_in_a_sentence_without_a_chart(site, world):
	answer = report.execute({"show": "Hot Spots", "at_least": 900})
	assert answer[1] == [] and answer[3] is None
	assert "No place has 900 grievances" in answer[2]


def test_the_chart_has_eight_weeks_of_the_most_frequent(site, world):
	_columns, rows, _note, chart, numbers, _skip = report.execute({})
	assert len(chart["data"]["labels"]) == 8
	assert chart["data"]["datasets"][0] == {"name": rows[0]["title"], "values": rows[0]["weeks"]}
	assert numbers[0]["value"] == rows[-1]["now"]
