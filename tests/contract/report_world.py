"""A random world for the reports, and a recount: plain loops over the cases that the scope's oracle lets a person see.

The cases are those of :mod:`scope_world`, given statuses, dates and outcomes. Beside its random people there is one
officer of each role whom a test can name (:data:`OFFICERS`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import frappe
import pytest

from grievance_helpdesk.redressal import moment
from tests.contract import records, scope_world

STATUSES = ("Open", "On Hold", "Resolved", "Closed", "Rejected", "Merged")
WEIGHTS = (5, 2, 3, 7, 2, 1)
ACTIVE, FINISHED = ("Open", "On Hold"), ("Resolved", "Closed", "Rejected")
CHANNELS = ("X", "Facebook", "Email", "Counter")
CATEGORIES = ("REPORT-1", "REPORT-2", "REPORT-3", "REPORT-4")
OFFICERS = {role: f"report.{frappe.scrub(role)}@example.com" for role in scope_world.ROLES}
DAYS = 150  # how far back the cases reach
SEEDS = (1, 2)


@dataclass
class ReportWorld:
	scope: scope_world.World
	now: datetime
	rows: dict[str, frappe._dict] = field(default_factory=dict)

	def seen(self, user: str, when: Callable = lambda row: True, **chosen) -> list[frappe._dict]:
		"""The rows that ``user`` may see and that have the chosen values; never a merged one."""
		visible = self.scope.visible(user)
		return [
			row
			for row in self.rows.values()
			if row.name in visible
			and row.status != "Merged"
			and all(row[name] == value for name, value in chosen.items() if value)
			and when(row)
		]

	def active(self, user: str, **chosen) -> list[frappe._dict]:
		return self.seen(user, lambda row: row.status in ACTIVE, **chosen)

	def received(self, user: str, first, last, **chosen) -> list[frappe._dict]:
		"""Came on a day from ``first`` to ``last``, both included."""
		return self.seen(
			user, lambda row: bool(row.received_at) and first <= row.received_at.date() <= last, **chosen
		)

	def finished(self, user: str, first, last, **chosen) -> list[frappe._dict]:
		return self.seen(
			user,
			lambda row: (
				row.status in FINISHED and bool(row.resolved_at) and first <= row.resolved_at.date() <= last
			),
			**chosen,
		)

	def people(self) -> list[str]:
		"""The named officer of each role, and random ones who see something."""
		others = [user for user, person in self.scope.people.items() if person.roles]
		others = [user for user in others if user not in OFFICERS.values() and self.scope.visible(user)]
		return [*OFFICERS.values(), *others[:6]]

	def districts_of(self, user: str) -> list[str]:
		"""Districts in which ``user`` sees a case."""
		return sorted({row.district for row in self.seen(user) if row.district})


def build(seed: int, cases: int = 260) -> ReportWorld:
	dice = random.Random(seed)
	scope = scope_world.build(seed, people=12, cases=cases)
	for number, code in enumerate(CATEGORIES):
		department = scope_world.DEPARTMENTS[number % len(scope_world.DEPARTMENTS)]
		records.category(code, department=department).insert()
	for role, email in OFFICERS.items():
		_officer(scope, role, email, dice)
	world = ReportWorld(scope, datetime.combine(scope.today, time(15, 30)))
	stored = {
		row.name: row
		for row in frappe.get_all(
			"Grievance",
			{"name": ["in", list(scope.cases)]},
			["name", "district", "department", "officer", "jurisdiction"],
			limit=0,
		)
	}
	for name in scope.cases:
		values = _facts(dice, world.now)
		frappe.db.set_value("Grievance", name, values, update_modified=False)
		world.rows[name] = frappe._dict(stored[name] | values)
	return world


def _officer(scope: scope_world.World, role: str, email: str, dice: random.Random) -> None:
	"""Posted to the first district, the department's officer to its first department only."""
	records.user(email, role)
	scope.people[email] = scope_world.Person(email, {role})
	district = frappe.db.get_value(
		"Jurisdiction", {"name": ["in", list(scope.parents)], "level": "District"}, order_by="name"
	)
	department = scope_world.DEPARTMENTS[0] if role == "Department Officer" else None
	posting = (district, department, scope.today - timedelta(days=400), None)
	name = f"REPORT-{frappe.scrub(role)}"
	scope.officers[name] = scope_world.Officer(name, email, [posting])
	frappe.get_doc(
		{
			"doctype": "Nodal Officer",
			"official_id": name,
			"officer_name": f"Report {role}",
			"designation": "Officer",
			"user": email,
			"postings": [{"jurisdiction": district, "department": department, "from_date": posting[2]}],
		}
	).insert()


def _facts(dice: random.Random, now: datetime) -> dict:
	"""What the app would have stored for a case with a random history; one in twenty has no date at all."""
	status = dice.choices(STATUSES, WEIGHTS)[0]
	came = _earlier(dice, now, DAYS * 24 * 60) if dice.random() < 0.95 else None
	taken_up = _later(dice, came, now) if dice.random() < 0.8 else None
	ended = _later(dice, taken_up or came, now) if status not in ACTIVE else None
	answered = status in ("Resolved", "Closed") or dice.random() < 0.2
	return {
		"status": status,
		"category": dice.choice((None, *CATEGORIES)),
		"channel": dice.choice(CHANNELS),
		"received_at": came,
		"acknowledge_by": came and came + timedelta(days=1),
		"acknowledged_at": taken_up,
		"response_breached": int(bool(taken_up and taken_up > came + timedelta(days=1))),
		"response_time": (taken_up - came).total_seconds() if taken_up else None,
		"resolve_by": (resolve_by := came and came + timedelta(days=dice.choice((7, 21, 45)))),
		"resolved_at": ended,
		"closed_at": ended if status == "Closed" else None,
		"resolution_breached": int(bool(resolve_by and (ended or now) > resolve_by)),
		"resolution_time": (ended - came).total_seconds() if ended else None,
		"reopened_count": dice.choices((0, 1, 2), (8, 2, 1))[0],
		"disputed_count": dice.choices((0, 1, 2), (8, 2, 1))[0],
		"escalation_level": dice.choices((0, 1, 2, 3), (7, 2, 1, 1))[0],
		"appeal_count": dice.choices((0, 1, 2), (8, 2, 1))[0],
		"feedback_outcome": dice.choice(("", "Solved", "Not Solved", "No Answer")) if answered else None,
	}


def _earlier(dice: random.Random, moment: datetime, minutes: int) -> datetime:
	return moment - timedelta(minutes=dice.randint(1, minutes))


def _later(dice: random.Random, moment: datetime | None, now: datetime) -> datetime | None:
	"""Some time after ``moment``, at the latest ``now``; mostly within days."""
	if moment is None:
		return None
	minutes = int((now - moment).total_seconds() // 60)
	return moment + timedelta(
		minutes=min(minutes, dice.choice((30, 300, 3000, 30000, 90000)) + dice.randint(0, 60))
	)


def fixture_of(make: Callable, seeds: tuple[int, ...] = SEEDS):
	"""The fixture ``world``: ``make(seed)``, once for the tests of a file and for each of ``seeds``."""

	@pytest.fixture(scope="module", params=seeds)
	def world(request):
		frappe.set_user("Administrator")
		yield make(request.param)
		frappe.set_user("Administrator")
		frappe.db.rollback()

	return world


world = fixture_of(build)


@pytest.fixture(autouse=True)
def rolled_back(world):
	"""In place of the suite's own: the world lives as long as the module, and its clock stands still."""
	with moment.fixed(world.now):
		yield
	frappe.set_user("Administrator")
	frappe.local.message_log = []
