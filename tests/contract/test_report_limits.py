"""SLA and Escalation agrees with a plain recount, for officers of each role and each filter."""

from __future__ import annotations

import random
from datetime import timedelta

import frappe
import pytest

from grievance_helpdesk.redressal.report.sla_and_escalation import sla_and_escalation as report
from tests.contract import report_world

ACTIVE, FINISHED = ("Open", "On Hold"), ("Resolved", "Closed", "Rejected")
NUMBERS = (
	*("received", "acknowledged_late", "finished", "finished_late", "overdue", "due_soon"),
	*("level_1", "level_2", "level_3", "problems", "appeals_late"),
	*("appeals_automatic", "appeals_citizen", "appeals_allowed", "appeals_dismissed", "appeals_pending"),
)


def with_appeals(seed: int) -> report_world.ReportWorld:
	"""Appeals and escalation problems, some of them of merged cases; some limits end within a day."""
	world, dice = report_world.build(seed), random.Random(seed)
	appeals, problems = [], []
	world.appeals, world.problems = {}, {}
	for name, row in world.rows.items():
		for level in range(dice.choice((0, 0, 1, 2))):
			filed = world.now - timedelta(hours=dice.randint(1, 60 * 24))
			status = dice.choice(("Pending", "Allowed", "Dismissed"))
			filed_by, due = dice.choice(("Automatic", "Citizen")), filed + timedelta(days=20)
			appeals.append((f"{name}-A{level}", name, level, filed_by, filed, due, status, filed))
			world.appeals.setdefault(name, []).append((filed_by, filed, due, status))
		for number in range(dice.choice((0, 0, 0, 1, 2))):
			resolved = dice.choice((0, 1))
			problems.append((f"{name}-P{number}", name, "Step Failed", number, resolved, world.now))
			world.problems.setdefault(name, []).append(resolved)
		if row.status in ACTIVE and dice.random() < 0.3:
			row.resolve_by = world.now + timedelta(hours=dice.randint(0, 40))
			frappe.db.set_value("Grievance", name, "resolve_by", row.resolve_by, update_modified=False)
	columns = ("name", "grievance", "appeal_level", "filed_by", "filed_at", "due_by", "status", "creation")
	frappe.db.bulk_insert("Grievance Appeal", columns, appeals)
	columns = ("name", "grievance", "problem_type", "level", "resolved", "creation")
	frappe.db.bulk_insert("Escalation Problem", columns, problems)
	return world


world, rolled_back = report_world.fixture_of(with_appeals, (11,)), report_world.rolled_back


def recount(world, user: str, field: str, days: int = 30, **chosen) -> dict:
	found: dict = {}
	last = world.now.date()
	first = last - timedelta(days=days - 1)

	def add(row, name: str, really: object = True) -> None:
		if really:
			found.setdefault(row[field], dict.fromkeys(NUMBERS, 0))[name] += 1

	for row in world.seen(user, **chosen):
		finished = row.status in FINISHED
		if row.received_at and first <= row.received_at.date() <= last:
			add(row, "received")
			add(row, "acknowledged_late", row.response_breached)
			add(row, "finished", finished)
			add(row, "finished_late", finished and row.resolution_breached)
			for level in (1, 2):
				add(row, f"level_{level}", row.escalation_level == level)
			add(row, "level_3", row.escalation_level >= 3)
		if row.status == "Open" and row.resolve_by:
			add(row, "overdue", row.resolve_by < world.now)
			add(row, "due_soon", world.now <= row.resolve_by < world.now + timedelta(hours=24))
		for filed_by, filed, due, status in world.appeals.get(row.name, ()):
			add(row, "appeals_late", status == "Pending" and due < world.now)
			if first <= filed.date() <= last:
				add(row, f"appeals_{filed_by.lower()}")
				add(row, f"appeals_{status.lower()}")
		for resolved in world.problems.get(row.name, ()):
			add(row, "problems", not resolved)
	return found


def told(rows: list[dict], field: str) -> dict:
	return {row[field]: {name: row[name] for name in NUMBERS} for row in rows if not row.get("bold")}


@pytest.mark.parametrize("group", ["Department", "District", "Category"])
def test_it_agrees_for_everybody(site, world, as_user, group):
	seen = set()
	for user in world.people():
		with as_user(user):
			rows = report.execute({"group_by": group})[1]
		expected = recount(world, user, group.lower())
		assert told(rows, group.lower()) == expected, user
		seen.add(sum(numbers["received"] for numbers in expected.values()))
	assert len(seen) > 3, "the officers must see different numbers of cases"


@pytest.mark.parametrize("chosen", [{"channel": "X"}, {"category": report_world.CATEGORIES[1]}])
def test_it_agrees_for_a_filter_and_a_longer_period(site, world, as_user, chosen):
	period = {"from_date": str(world.now.date() - timedelta(days=99)), "to_date": str(world.now.date())}
	for user in world.people():
		with as_user(user):
			rows = report.execute(period | chosen)[1]
		assert told(rows, "department") == recount(world, user, "department", 100, **chosen), user


def test_the_last_row_is_the_total_with_its_own_percentage(site, world):
	rows = report.execute({})[1]
	total, named = rows[-1], rows[:-1]
	assert total["bold"] and total["title"] == "Total"
	for name in NUMBERS:
		assert total[name] == sum(row[name] for row in named)
	kept = total["finished"] - total["finished_late"]
	assert total["in_time"] == round(100 * kept / total["finished"], 1)
	assert 0 < total["in_time"] < 100


def test_who_may_not_open_the_list_of_problems_has_no_such_column(site, world, as_user):
	def columns(role: str) -> set[str]:
		with as_user(report_world.OFFICERS[role]):
			return {column["fieldname"] for column in report.execute({})[0]}

	assert columns("State Nodal Officer") - columns("Department Officer") == {"problems"}


def test_an_unknown_grouping_is_answered_with_a_sentence(site, world):
	with pytest.raises(site.ValidationError, match="Choose one of: Department, District, Category"):
		report.execute({"group_by": "<b>Officer"})


def test_nothing_is_said_in_a_sentence_without_a_chart(site, world):
	answer = report.execute({"channel": "Pigeon"})
	assert answer[1] == [] and answer[3] is None
	assert "came within this period" in answer[2]
