"""Officer Scorecard agrees with a plain recount of what was finished in the period and of what is open now."""

from __future__ import annotations

from datetime import timedelta
from statistics import median

import pytest

from grievance_helpdesk.redressal.report.officer_scorecard import officer_scorecard as report
from tests.contract import report_world

world, rolled_back = report_world.world, report_world.rolled_back


def recount(world, user: str, first, last, **chosen) -> dict:
	finished, active = world.finished(user, first, last, **chosen), world.active(user, **chosen)
	return {
		officer: counted(
			[row for row in finished if row.officer == officer],
			[row for row in active if row.officer == officer],
			world.now,
		)
		for officer in {row.officer for row in (*finished, *active)}
	}


def counted(finished: list, active: list, now) -> dict:
	disputed = sum(row.disputed_count for row in finished)
	closures = sum(row.status != "Rejected" for row in finished) + disputed
	within = sum(not row.resolution_breached for row in finished)
	return {
		"finished": len(finished),
		"within_share": round(100 * within / len(finished), 1) if finished else None,
		"confirmed": sum(row.feedback_outcome == "Solved" for row in finished),
		"silent": sum(row.feedback_outcome == "No Answer" for row in finished),
		"reopened": sum(row.reopened_count > 0 for row in finished),
		"disputed": disputed,
		"false_share": round(100 * disputed / closures, 1) if closures else None,
		"acknowledge_days": middle([row.response_time for row in finished]),
		"resolve_days": middle([row.resolution_time for row in finished]),
		"open_now": len(active),
		"overdue_now": sum(
			row.status == "Open" and row.resolve_by is not None and row.resolve_by < now for row in active
		),
	}


def middle(seconds: list):
	days = [value / 86400 for value in seconds if value is not None]
	return pytest.approx(median(days), abs=0.101) if days else None


def told(rows: list[dict]) -> dict:
	return {row["officer"]: {key: row[key] for key in counted([], [], None)} for row in rows}


@pytest.mark.parametrize("chosen", [{}, {"department": "SCOPE-A"}, {"category": report_world.CATEGORIES[2]}])
def test_it_agrees_for_everybody(site, world, as_user, chosen):
	last = world.now.date() - timedelta(days=2)
	first = last - timedelta(days=60)
	for user in world.people():
		with as_user(user):
			rows = report.execute({"from_date": str(first), "to_date": str(last), **chosen})[1]
		assert told(rows) == recount(world, user, first, last, **chosen), user


def test_it_agrees_for_one_officer(site, world, as_user):
	today = world.now.date()
	first, user = today - timedelta(days=29), report_world.OFFICERS["State Nodal Officer"]
	officer = next(row.officer for row in world.finished(user, first, today) if row.officer)
	with as_user(user):
		rows = report.execute({"officer": officer})[1]
	assert [row["officer"] for row in rows] == [officer]
	assert told(rows) == recount(world, user, first, today, officer=officer)


def test_officers_have_a_name_and_cases_of_nobody_say_so(site, world, as_user):
	with as_user(report_world.OFFICERS["Grievance Administrator"]):
		rows = report.execute({})[1]
	named = {row["officer"]: row["officer_name"] for row in rows}
	assert named.pop(None) == "Nobody"
	assert named == {
		officer: site.db.get_value("Nodal Officer", officer, "officer_name") for officer in named
	}
