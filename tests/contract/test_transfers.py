"""Transfers and assignments, as the roles that make them, on both sites."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from grievance_helpdesk.redressal import moment, workflow
from grievance_helpdesk.redressal.casework import actions, transfers
from tests.contract import offices
from tests.contract.offices import DONE, REASON

MONDAY = datetime(2026, 11, 30, 10, 0)


@pytest.fixture
def staff(site):
	return offices.make()


def refused(site, message: str):
	return pytest.raises(site.ValidationError, match=message)


def test_a_transfer_to_another_department_finds_its_officer(site, staff, as_user) -> None:
	doc = offices.at_work(officer="CW-ULB")
	with as_user(staff.ulb):
		answer = actions.transfer(doc.name, REASON, department="PHED")
	doc = offices.fresh(doc.name)
	assert (doc.department, doc.officer, doc.transfer_count) == ("PHED", "CW-PHED", 1)
	assert (answer["officer"], answer["routing_status"]) == ("CW-PHED", "Routed")
	assert offices.open_todos(doc.name) == [staff.phed]
	event = offices.event_of(doc.name, "TRANSFERRED")
	assert (event.note, event.actor) == (REASON, staff.ulb)
	with as_user(staff.ulb):
		assert site.has_permission("Grievance", "read", doc.name)


def test_a_transfer_to_another_district(site, staff, as_user) -> None:
	doc = offices.at_work()
	with as_user(staff.hisar):
		actions.transfer(doc.name, REASON, jurisdiction="Sirsa")
	doc = offices.fresh(doc.name)
	assert (doc.district, doc.officer, doc.scope_path) == (
		"Sirsa",
		"CW-SIRSA",
		site.db.get_value("Jurisdiction", "Sirsa", "scope_path"),
	)
	with as_user(staff.sirsa):
		assert site.has_permission("Grievance", "write", doc.name)


def test_the_clock_goes_on(site, staff) -> None:
	with moment.fixed(MONDAY):
		doc = offices.case(category="PWR-CUT")
	with moment.fixed(MONDAY + timedelta(hours=2)):
		moved = transfers.transfer(doc.name, jurisdiction="Sirsa", reason=REASON)
	assert (moved.received_at, moved.resolve_by) == (MONDAY, doc.resolve_by)


@pytest.mark.parametrize("reason", ["", "   ", "too short", None])
def test_a_transfer_says_why(site, staff, as_user, reason: str | None) -> None:
	doc = offices.at_work()
	with as_user(staff.hisar), refused(site, "Say why, in at least 10 characters"):
		transfers.transfer(doc.name, department="PHED", reason=reason)
	assert offices.fresh(doc.name).transfer_count == 0


def test_after_the_last_transfer_the_next_authority_decides(site, staff) -> None:
	doc = offices.case()
	for department in ("PHED", "ULB", "PHED"):
		transfers.transfer(doc.name, department=department, reason=REASON)
	with refused(site, "was transferred 3 times, and 3 are allowed. Ask the next authority.*Escalate"):
		transfers.transfer(doc.name, department="ULB", reason=REASON)
	offices.settings(max_transfers=4)
	assert transfers.transfer(doc.name, department="ULB", reason=REASON).transfer_count == 4


@pytest.mark.parametrize("target", [{"department": "ULB"}, {"jurisdiction": "Hisar"}])
def test_the_same_office_is_no_transfer(site, staff, target: dict) -> None:
	doc = offices.case()
	with refused(site, "use Actions > Assign"):
		transfers.transfer(doc.name, reason=REASON, **target)


def test_a_transfer_names_where_to_and_what_exists(site, staff) -> None:
	doc = offices.case()
	with refused(site, "Choose the department or the district"):
		transfers.transfer(doc.name, reason=REASON)
	with refused(site, "There is no Grievance Department &lt;i&gt;"):
		transfers.transfer(doc.name, department="<i>", reason=REASON)
	with refused(site, "There is no Jurisdiction Nowhere"):
		transfers.transfer(doc.name, jurisdiction="Nowhere", reason=REASON)
	with refused(site, "There is no Nodal Officer Nobody"):
		transfers.transfer(doc.name, department="PHED", officer="Nobody", reason=REASON)


def test_a_chosen_officer_must_answer_for_the_new_office(site, staff) -> None:
	doc = offices.case()
	with refused(site, "Cw-Ulb.* has no posting that covers this place and department"):
		transfers.transfer(doc.name, department="PHED", officer="CW-ULB", reason=REASON)
	moved = transfers.transfer(doc.name, department="PHED", officer="CW-PHED", reason=REASON)
	assert moved.officer == "CW-PHED"


def test_where_nobody_answers_it_stands_in_the_unrouted_queue(site, staff) -> None:
	site.db.delete("Officer Posting", {"parent": ["in", ["CW-HISAR", "CW-STATE"]]})
	doc = offices.case()
	moved = transfers.transfer(doc.name, department="HEALTH", reason=REASON)
	assert (moved.officer, moved.routing_status) == (None, "Unrouted")
	assert offices.open_todos(doc.name) == []


def test_a_complaint_about_an_officer_is_not_transferred_to_that_officer(site, staff) -> None:
	doc = offices.case(department="PHED", complaint_against="CW-ULB")
	assert doc.officer == "CW-PHED"
	with refused(site, "This is a complaint about Cw-Ulb"):
		transfers.transfer(doc.name, department="ULB", officer="CW-JUNIOR", reason=REASON)
	assert transfers.transfer(doc.name, department="ULB", reason=REASON).officer == "CW-HISAR"


def test_a_finished_case_goes_nowhere(site, staff, as_user) -> None:
	doc, rejected = offices.at_work(), offices.case()
	with as_user(staff.hisar):
		workflow.move(doc.name, "Resolve", {"action_taken": DONE})
		actions.reject(rejected.name, "RTI")
		for name, status in ((doc.name, "Resolved"), (rejected.name, "Rejected")):
			with refused(site, f"is {status}. Only an open grievance can be transferred; reopen it first"):
				transfers.transfer(name, department="PHED", reason=REASON)
			with refused(site, f"is {status}. Only an open grievance can be assigned; reopen it first"):
				transfers.assign(name, "CW-ULB")


def test_who_may_not_write_may_not_transfer(site, staff, as_user) -> None:
	doc = offices.case()
	for user in (staff.sirsa, staff.phed):
		with as_user(user), pytest.raises(site.PermissionError):
			actions.transfer(doc.name, REASON, department="PHED")
		with as_user(user), pytest.raises(site.PermissionError):
			actions.assign(doc.name, "CW-ULB")
	assert offices.fresh(doc.name).transfer_count == 0


def test_an_officer_of_the_same_office_is_assigned(site, staff, as_user) -> None:
	doc = offices.case(officer="CW-ULB")
	with as_user(staff.hisar):
		answer = actions.assign(doc.name, "CW-JUNIOR", "Dogs are the junior's work")
	doc = offices.fresh(doc.name)
	assert (doc.officer, doc.transfer_count, answer["officer"]) == ("CW-JUNIOR", 0, "CW-JUNIOR")
	assert offices.open_todos(doc.name) == [staff.junior]
	event = offices.event_of(doc.name, "ASSIGNED")
	assert event.note == "Dogs are the junior's work"


def test_an_officer_without_a_posting_for_it_is_not_assigned(site, staff, as_user) -> None:
	doc = offices.case(officer="CW-ULB")
	with as_user(staff.hisar):
		for officer in ("CW-PHED", "CW-SIRSA"):
			with refused(site, "no posting that covers this place and department today: transfer it instead"):
				transfers.assign(doc.name, officer)
		with refused(site, "has this grievance already"):
			transfers.assign(doc.name, "CW-ULB")
	assert offices.fresh(doc.name).officer == "CW-ULB"


def test_an_absent_officer_is_represented(site, staff) -> None:
	doc = offices.case(officer="CW-ULB")
	absence = {"away_from": "2020-01-01", "acting_officer": "CW-PHED"}
	site.get_doc("Nodal Officer", "CW-JUNIOR").update(absence).save()
	with refused(site, "Cw-Junior.* is away today"):
		transfers.assign(doc.name, "CW-JUNIOR")
	assert transfers.assign(doc.name, "CW-PHED").officer == "CW-PHED"


def test_an_officer_complained_about_is_not_assigned(site, staff) -> None:
	doc = offices.case(complaint_against="CW-ULB")
	for officer in ("CW-ULB", "CW-JUNIOR"):
		with refused(site, "This is a complaint about Cw-Ulb"):
			transfers.assign(doc.name, officer)
