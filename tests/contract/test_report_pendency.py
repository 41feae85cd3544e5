"""Pendency by Department and Age agrees with a plain recount, for officers of each role."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grievance_helpdesk.redressal.report.pendency_by_department_and_age import (
	pendency_by_department_and_age as report,
)
from tests.contract import report_world
from tests.contract.scope_world import DEPARTMENTS

world, rolled_back = report_world.world, report_world.rolled_back
AGES = (7, 15, 30, 60, 120)


def recount(world, user: str, **chosen) -> dict:
	found: dict = {}
	for row in world.active(user, **chosen):
		group = found.setdefault(row.department, {"pending": 0, "overdue": 0, "untouched": 0, "oldest": []})
		group["pending"] += 1
		group["overdue"] += bool(row.status == "Open" and row.resolve_by and row.resolve_by < world.now)
		group["untouched"] += row.acknowledged_at is None
		group["oldest"] += [row.received_at] if row.received_at else []
		for days in AGES:
			group.setdefault(f"over_{days}", 0)
			late = row.received_at and row.received_at < world.now - timedelta(days=days)
			group[f"over_{days}"] += bool(late)
	return {key: values | {"oldest": min(values["oldest"], default=None)} for key, values in found.items()}


def told(rows: list[dict]) -> dict:
	names = ("department", "title")
	return {row["department"]: {key: value for key, value in row.items() if key not in names} for row in rows}


def test_it_agrees_for_everybody(site, world, as_user):
	seen = set()
	for user in world.people():
		with as_user(user):
			rows = report.execute({})[1]
		expected = recount(world, user)
		assert told(rows) == expected, user
		seen.add(sum(group["pending"] for group in expected.values()))
	assert len(seen) > 3, "the officers must see different numbers of cases"


@pytest.mark.parametrize("chosen", [{"department": DEPARTMENTS[1]}, {"category": report_world.CATEGORIES[0]}])
def test_it_agrees_for_a_filter(site, world, as_user, chosen):
	for user in world.people():
		with as_user(user):
			assert told(report.execute(chosen)[1]) == recount(world, user, **chosen), user


def test_it_agrees_for_a_district(site, world, as_user):
	for user in world.people():
		for district in world.districts_of(user)[:2]:
			with as_user(user):
				rows = report.execute({"district": district})[1]
			assert told(rows) == recount(world, user, district=district), (user, district)
