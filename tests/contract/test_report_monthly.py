"""Monthly Grievance Report agrees with a plain recount, by month, department and district."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import mean

import pytest

from grievance_helpdesk.redressal.report.monthly_grievance_report import monthly_grievance_report as report
from grievance_helpdesk.redressal.reporting import monthly
from tests.contract import report_world

world, rolled_back = report_world.world, report_world.rolled_back
ACTIVE = ("Open", "On Hold")
SNO = report_world.OFFICERS["State Nodal Officer"]


def percent(part: int, whole: int) -> float | None:
	return round(100 * part / whole, 1) if whole else None


def recount(seen: list, first: date, last: date) -> dict:
	"""All the figures of one row, from the cases of its group."""
	received = [row for row in seen if row.received_at and first <= row.received_at.date() <= last]
	disposed = [row for row in seen if row.status not in ACTIVE and row.resolved_at]
	disposed = [row for row in disposed if first <= row.resolved_at.date() <= last]
	pending = [row for row in seen if waits(row, last)]
	days = [row.resolution_time / 86400 for row in disposed]
	confirmed = sum(row.feedback_outcome == "Solved" for row in disposed)
	feedback = confirmed + sum(row.disputed_count for row in disposed)
	return {
		"brought_forward": len(pending) + len(disposed) - len(received),
		"received": len(received),
		"total": len(pending) + len(disposed),
		"disposed": len(disposed),
		"pending": len(pending),
		"average_days": pytest.approx(mean(days), abs=0.051) if days else None,
		"appeals": sum(row.appeal_count for row in received),
		"feedback": feedback,
		"satisfied": percent(confirmed, feedback),
		"top_category": titled(top([row.category for row in received if row.category])),
		"efficiency": percent(sum(not row.resolution_breached for row in disposed), len(disposed)),
		"domain": percent(sum(bool(row.category and row.department) for row in received), len(received)),
		"commitment": percent(
			sum(bool(row.acknowledged_at) and not row.response_breached for row in received), len(received)
		),
	}


def waits(row, last: date) -> bool:
	"""Had come by the end of that day and was not finished yet. One without a day of receipt has always been there."""
	came = row.received_at is None or row.received_at.date() <= last
	if row.status in ACTIVE:
		return came
	return came and row.resolved_at is not None and row.resolved_at.date() > last


def top(categories: list) -> str | None:
	counts = Counter(categories)
	return min(counts, key=lambda name: (-counts[name], name), default=None)


def told(row: dict) -> dict:
	return {key: row[key] for key in recount([], date.min, date.max)}


def titled(code: str | None) -> str | None:
	"""How the records of the world are called."""
	return code and f"Contract {code}"


@pytest.mark.parametrize("chosen", [{}, {"department": "SCOPE-B"}, {"channel": "X"}])
def test_months_agree_for_everybody(site, world, as_user, chosen):
	for user in world.people():
		with as_user(user):
			rows = report.execute({"group_by": "Month", **chosen})[1]
		seen = world.seen(user, **chosen)
		assert len(rows) in (0, 12)
		for row in rows:
			first, last = date.fromisoformat(row["from_date"]), date.fromisoformat(row["to_date"])
			assert told(row) == recount(seen, first, last), (user, row["title"])


def test_each_month_takes_over_what_the_one_before_left(site, world, as_user):
	with as_user(SNO):
		rows = report.execute(
			{"group_by": "Month", "from_date": str(world.now.date() - timedelta(days=100))}
		)[1]
	assert len(rows) in (4, 5)
	assert [row["brought_forward"] for row in rows[1:]] == [row["pending"] for row in rows[:-1]]
	assert rows[-1]["pending"] == len(world.active(SNO))


@pytest.mark.parametrize("group, field", [("Department", "department"), ("District", "district")])
def test_groups_agree_for_a_period_of_the_past(site, world, as_user, group, field):
	first, last = world.now.date() - timedelta(days=80), world.now.date() - timedelta(days=40)
	for user in world.people():
		with as_user(user):
			rows = report.execute({"group_by": group, "from_date": str(first), "to_date": str(last)})[1]
		seen = world.seen(user)
		expected = {
			name: recount([row for row in seen if row[field] == name], first, last)
			for name in {row[field] for row in seen}
		}
		moved = {name: row for name, row in expected.items() if row["total"]}
		assert {row[field]: told(row) for row in rows} == moved, user


def test_months_are_whole(site, world, as_user):
	with as_user(SNO):
		rows = report.execute({"group_by": "Month", "from_date": "2026-01-15", "to_date": "2026-03-10"})[1]
	assert [(row["from_date"], row["to_date"]) for row in rows] == [
		("2026-01-01", "2026-01-31"),
		("2026-02-01", "2026-02-28"),
		("2026-03-01", "2026-03-31"),
	]


def test_without_a_choice_it_is_the_departments_in_this_month(site, world, as_user):
	with as_user(SNO):
		rows = report.execute({})[1]
	first, last = world.now.date().replace(day=1), world.now.date()
	seen = world.seen(SNO)
	for row in rows:
		of_department = [case for case in seen if case.department == row["department"]]
		assert told(row) == recount(of_department, first, last)
	assert {row["department"] for row in rows} >= {case.department for case in world.active(SNO)}


def test_an_unknown_group_is_refused_in_a_sentence(site, world):
	with pytest.raises(site.ValidationError, match="Choose one of: Department, District, Month"):
		report.execute({"group_by": "Star Sign"})


def test_the_index_is_the_average_of_what_can_be_judged():
	group = monthly.Group(
		received=10,
		acknowledged_in_time=8,
		classified=9,
		appealed=1,
		disposed=4,
		within_limit=3,
		confirmed=2,
		disputed=2,
	)
	assert group.dimensions() == {
		"efficiency": 75.0,
		"satisfaction": 70.0,
		"domain": 90.0,
		"commitment": 80.0,
	}
	assert group.index() == 78.8
	assert monthly.Group(received=10, acknowledged_in_time=8, classified=9).index() == 85.0
	assert monthly.Group().index() is None
