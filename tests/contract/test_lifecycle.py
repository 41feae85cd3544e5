"""The life of a case on both sites: what each move does to clocks, desks and visibility, through the shipped workflow."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from grievance_helpdesk.redressal import moment, workflow

MONDAY = datetime(2026, 11, 30, 10, 0)
DONE = "The dogs were caught and taken to the shelter."


@pytest.fixture
def people(site):
	"""A City Magistrate of Hisar and one of Sirsa; nobody else has a posting."""
	site.db.delete("Officer Posting")
	return {
		"hisar": officer(site, "LIFE-HSR", "District Nodal Officer", jurisdiction="Hisar"),
		"sirsa": officer(site, "LIFE-SRS", "District Nodal Officer", jurisdiction="Sirsa"),
	}


def officer(site, official_id: str, role: str, **posting) -> str:
	email = f"{official_id.lower()}@example.com"
	user = {"doctype": "User", "email": email, "first_name": official_id, "send_welcome_email": 0}
	site.get_doc(user | {"roles": [{"role": role}]}).insert(ignore_permissions=True)
	site.get_doc(
		{
			"doctype": "Nodal Officer",
			"official_id": official_id,
			"officer_name": official_id,
			"designation": "City Magistrate",
			"user": email,
			"postings": [{"from_date": "2020-01-01", **posting}],
		}
	).insert(ignore_permissions=True)
	return email


def case(site, at: datetime = MONDAY, **values):
	fields = {
		"doctype": "Grievance",
		"subject": "Stray dogs",
		"description": "A pack of dogs runs behind the school",
		"category": "ANI",
		"jurisdiction": "Hisar",
	}
	with moment.fixed(at):
		return site.get_doc(fields | values).insert(ignore_permissions=True)


def move(name: str, action: str, at: datetime):
	with moment.fixed(at):
		return workflow.move(name, action)


def open_todos(site, name: str) -> list[str]:
	filters = {"reference_type": "Grievance", "reference_name": name, "status": "Open"}
	return site.get_all("ToDo", filters, pluck="allocated_to")


def test_a_new_case_has_both_clocks_and_stands_in_the_first_state(site, people) -> None:
	doc = case(site)
	assert (doc.status, doc.workflow_state) == ("Open", workflow.first_state())
	assert doc.received_at == MONDAY
	assert MONDAY < doc.next_check_at < doc.acknowledge_by < doc.resolve_by
	assert not doc.acknowledged_at


def test_a_persons_move_acknowledges_and_the_systems_does_not(site, people, as_user) -> None:
	doc = case(site)
	assert not move(doc.name, "Start Work", MONDAY + timedelta(hours=1)).acknowledged_at
	other = case(site)
	with as_user(people["hisar"]):
		taken = move(other.name, "Accept", MONDAY + timedelta(hours=2))
	assert taken.acknowledged_at == MONDAY + timedelta(hours=2)
	assert not taken.response_breached


def test_waiting_for_the_citizen_moves_the_limit(site, people, as_user) -> None:
	doc = case(site)
	with as_user("Administrator"):
		move(doc.name, "Start Work", MONDAY + timedelta(hours=1))
		waiting = move(doc.name, "Ask Citizen", MONDAY + timedelta(hours=2))
		assert (waiting.status, waiting.paused_since) == ("On Hold", MONDAY + timedelta(hours=2))
		back = move(doc.name, "Citizen Answered", MONDAY + timedelta(hours=7))
	assert (back.status, back.paused_since) == ("Open", None)
	assert back.resolve_by == doc.resolve_by + timedelta(hours=5)
	assert [(row.paused_at, row.resumed_at) for row in back.pauses] == [
		(MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=7))
	]


def test_resolving_stops_the_clock_and_clears_the_desk(site, people, as_user) -> None:
	doc = case(site)
	assert open_todos(site, doc.name) == [people["hisar"]]
	with as_user(people["hisar"]):
		doc = move(doc.name, "Start Work", MONDAY + timedelta(hours=1))
		doc.action_taken = DONE
		with moment.fixed(MONDAY + timedelta(hours=2)):
			doc.save()
		done = move(doc.name, "Resolve", MONDAY + timedelta(days=1))
	assert (done.status, done.resolved_at) == ("Resolved", MONDAY + timedelta(days=1))
	assert not done.resolution_breached
	assert open_todos(site, doc.name) == []


def test_reopening_goes_on_with_what_was_left_of_the_limit(site, people) -> None:
	doc = case(site, action_taken=DONE)
	move(doc.name, "Start Work", MONDAY)
	move(doc.name, "Resolve", MONDAY + timedelta(hours=4))
	again = move(doc.name, "Reopen", MONDAY + timedelta(hours=52))
	assert (again.status, again.resolved_at, again.reopened_count) == ("Open", None, 1)
	assert again.resolve_by == doc.resolve_by + timedelta(hours=48)
	assert open_todos(site, doc.name) == [people["hisar"]]


def test_an_officer_cannot_set_the_clocks_by_hand(site, people, as_user) -> None:
	doc = case(site)
	with as_user(people["hisar"]):
		mine = site.get_doc("Grievance", doc.name)
		mine.update(
			{"resolve_by": MONDAY + timedelta(days=900), "acknowledged_at": MONDAY, "transfer_count": -3}
		)
		mine.save()
	stored = site.get_doc("Grievance", doc.name)
	assert (stored.resolve_by, stored.acknowledged_at, stored.transfer_count) == (doc.resolve_by, None, 0)


def test_whoever_had_the_case_goes_on_seeing_it(site, people, as_user) -> None:
	doc = case(site)
	doc.flags.transfer = True
	doc.jurisdiction = "Sirsa"
	doc.save()
	assert doc.officer == "LIFE-SRS"
	with as_user(people["hisar"]):
		assert doc.name in site.get_list("Grievance", pluck="name", limit=0)
		assert site.has_permission("Grievance", doc=doc.name)


def test_the_category_says_how_pressing_a_case_is_at_least(site, people) -> None:
	assert case(site, category="WAT-NO").priority == "High"
	assert case(site, category="WAT-NO", priority="Urgent").priority == "Urgent"


def test_a_reopened_case_goes_to_whoever_answers_by_now(site, people) -> None:
	doc = case(site, action_taken=DONE)
	move(doc.name, "Start Work", MONDAY)
	move(doc.name, "Resolve", MONDAY + timedelta(hours=1))
	site.db.set_value("Officer Posting", {"parent": "LIFE-HSR"}, "to_date", "2020-12-31")
	officer(site, "LIFE-NEW", "District Nodal Officer", jurisdiction="Hisar")
	again = move(doc.name, "Reopen", MONDAY + timedelta(days=1))
	assert again.officer == "LIFE-NEW"
	assert open_todos(site, doc.name) == ["life-new@example.com"]
