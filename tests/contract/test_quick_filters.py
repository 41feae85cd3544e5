"""The numbers on the buttons above the list are those of the list itself, for whoever looks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.casework import quick_filters
from tests.contract import offices


@pytest.fixture
def staff(site):
	return offices.make()


@pytest.fixture
def cases(site, staff) -> None:
	"""Cases of two districts that each filter finds or leaves out."""
	now = moment.now()
	noon = now.replace(hour=12, minute=0, second=0)
	for place, officer, other in (("Hisar", "CW-HISAR", "CW-ULB"), ("Sirsa", "CW-SIRSA", None)):
		for values in (
			{},
			{"status": "On Hold", "resolve_by": noon},
			{"status": "Closed", "resolve_by": noon, "urgent": 1, "resolution_breached": 1},
			{"resolve_by": noon, "acknowledged_at": now, "officer": other},
			{"resolve_by": noon.replace(hour=0)},
			{"resolve_by": noon.replace(hour=23, minute=59, second=59), "confidential": 1, "officer": other},
			{"resolve_by": noon + timedelta(days=1), "urgent": 1},
			{"resolution_breached": 1, "disputed_count": 2, "received_at": now - timedelta(hours=30)},
			{"escalation_level": 1, "citizen_wrote_again": 1, "received_at": now - timedelta(hours=20)},
			{"routing_status": "Unrouted", "officer": None, "needs_review": 1},
		):
			name = offices.case(jurisdiction=place, officer=officer).name
			site.db.set_value("Grievance", name, values)


VIEWERS = ("hisar", "sirsa", "ulb", "state", "cell")


@pytest.mark.parametrize("viewer", VIEWERS)
def test_each_number_is_what_the_list_finds(site, staff, cases, as_user, viewer: str) -> None:
	with as_user(getattr(staff, viewer)):
		rows = quick_filters.read()
		listed = {
			row["key"]: len(site.get_list("Grievance", filters=row["filters"], pluck="name", limit=0))
			for row in rows
		}
		assert {row["key"]: row["count"] for row in rows} == listed
	assert listed["due_today"] and listed["awaiting"]


def test_two_districts_see_their_own_numbers(staff, cases, as_user) -> None:
	def numbers(user: str) -> dict[str, int]:
		with as_user(user):
			return {row["key"]: row["count"] for row in quick_filters.read()}

	hisar, sirsa, state = numbers(staff.hisar), numbers(staff.sirsa), numbers(staff.state)
	# The confidential case of Hisar is another officer's; that of Sirsa lost its officer.
	assert (hisar["due_today"], sirsa["due_today"]) == (2, 2)
	assert (hisar["mine"], sirsa["mine"]) == (5, 5)
	assert hisar["emergencies"] == sirsa["emergencies"] == 1
	assert state["unrouted"] >= hisar["unrouted"] + sirsa["unrouted"] == 2


def test_who_holds_no_office_has_no_cases_of_their_own(staff, as_user) -> None:
	with as_user(staff.cell):
		assert "mine" not in [row["key"] for row in quick_filters.read()]


def test_the_day_begins_with_what_presses(staff, as_user) -> None:
	with as_user(staff.hisar):
		keys = [row["key"] for row in quick_filters.read()]
	assert keys[:5] == ["mine", "due_today", "overdue", "awaiting", "new"]


def test_all_are_counted_in_one_query(site, staff, as_user, monkeypatch) -> None:
	statement = "execute" if hasattr(site.local, "runtime") else "sql"
	asked, original = [], getattr(site.db, statement)
	with as_user(staff.state):
		quick = quick_filters.quick_filters(["CW-STATE"], moment.now())
		with monkeypatch.context() as patch:
			patch.setattr(
				site.db,
				statement,
				lambda query, *args, **kwargs: asked.append(str(query)) or original(query, *args, **kwargs),
			)
			quick_filters.count(quick)
	assert len([query for query in asked if "count(case" in query.lower()]) == 1


def test_who_may_read_no_grievance_is_refused(site, as_user) -> None:
	with as_user("Guest"), pytest.raises(site.PermissionError):
		quick_filters.read()
