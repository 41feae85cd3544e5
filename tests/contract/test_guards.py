"""What no workflow lets through: each refusal with its sentence, as the roles that try it, on both sites."""

from __future__ import annotations

import pytest

from grievance_helpdesk.redressal import workflow
from grievance_helpdesk.redressal.casework import actions
from tests.contract import offices
from tests.contract.offices import DONE

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def staff(site):
	return offices.make()


def refused(site, message: str):
	return pytest.raises(site.ValidationError, match=message)


def upload(site, name: str = "work.png", **values):
	file = {"doctype": "File", "file_name": name, "content": PNG, "is_private": 1}
	return site.get_doc(file | values).insert(ignore_permissions=True)


def test_resolving_needs_the_action_taken(site, staff, as_user) -> None:
	doc = offices.at_work()
	with as_user(staff.hisar):
		with refused(site, "Write in Action Taken what was done"):
			workflow.move(doc.name, "Resolve")
		with refused(site, "Write in Action Taken what was done"):
			workflow.move(doc.name, "Resolve", {"action_taken": " \n…"})
		assert offices.fresh(doc.name).status == "Open"
		assert workflow.move(doc.name, "Resolve", {"action_taken": DONE}).status == "Resolved"


def test_a_resolved_case_keeps_its_action_taken(site, staff, as_user) -> None:
	doc = offices.at_work()
	with as_user(staff.hisar):
		doc = workflow.move(doc.name, "Resolve", {"action_taken": DONE})
		doc.action_taken = ""
		with refused(site, "Write in Action Taken what was done"):
			doc.save()


@pytest.mark.parametrize(
	"text", ["It does not pertain to us", "यह इस विभाग से संबंधित नहीं है", "Doesn't pertain here"]
)
def test_another_door_closes_nothing(site, staff, as_user, text: str) -> None:
	doc = offices.at_work()
	with as_user(staff.hisar), refused(site, "use Actions > Transfer"):
		workflow.move(doc.name, "Resolve", {"action_taken": text})
	assert offices.fresh(doc.name).status == "Open"


def test_the_phrases_are_the_admins(site, staff, as_user) -> None:
	offices.settings(wrong_door_phrases="dogs were caught")
	doc = offices.at_work()
	with as_user(staff.hisar):
		with refused(site, '"dogs were caught" does not close a grievance'):
			workflow.move(doc.name, "Resolve", {"action_taken": DONE})
		doc = workflow.move(doc.name, "Resolve", {"action_taken": "It does not pertain to us"})
	assert doc.status == "Resolved"


def test_the_category_may_ask_for_evidence(site, staff, as_user) -> None:
	doc = offices.at_work(category="LGT")
	with as_user(staff.hisar):
		with refused(site, "Street light needs a photo or a document"):
			workflow.move(doc.name, "Resolve", {"action_taken": DONE})
		file = upload(site, attached_to_doctype="Grievance", attached_to_name=doc.name)
		values = {"action_taken": DONE, "evidence": file.file_url}
		assert workflow.move(doc.name, "Resolve", values).status == "Resolved"


@pytest.mark.parametrize(
	"url", ["/private/files/made-up.png", "https://example.com/x.png", "javascript:alert(1)", "work.png"]
)
def test_a_made_up_address_is_no_evidence(site, staff, as_user, url: str) -> None:
	doc = offices.at_work(category="LGT")
	with as_user(staff.hisar):
		doc = offices.fresh(doc.name)
		doc.evidence = url
		with refused(site, "must be a file attached to this grievance"):
			doc.save()


def test_another_cases_file_is_no_evidence(site, staff, as_user) -> None:
	other, doc = offices.at_work(), offices.at_work(category="LGT")
	file = upload(site, attached_to_doctype="Grievance", attached_to_name=other.name)
	with as_user(staff.hisar):
		doc = offices.fresh(doc.name)
		doc.evidence = file.file_url
		with refused(site, "must be a file attached to this grievance"):
			doc.save()


def test_a_file_that_somebody_else_uploaded_elsewhere_is_no_evidence(site, staff, as_user) -> None:
	doc = offices.at_work(category="LGT")
	with as_user(staff.sirsa):
		theirs = upload(site, "theirs.png", content=PNG + b"1")
	with as_user(staff.hisar):
		own = upload(site, "own.png", content=PNG + b"2")
		doc = offices.fresh(doc.name)
		doc.evidence = theirs.file_url
		with refused(site, "must be a file attached to this grievance"):
			doc.save()
		doc = offices.fresh(doc.name)
		doc.evidence = own.file_url
		doc.save()
	assert offices.fresh(doc.name).evidence == own.file_url


@pytest.mark.parametrize(
	("language", "parts"),
	[("en", ["reply_text"]), ("hi", ["reply_text_hi"]), ("mixed", ["reply_text_hi", "reply_text"])],
)
def test_a_rejection_takes_the_reply_of_its_ground(site, staff, as_user, language: str, parts: list) -> None:
	doc = offices.case(language=language)
	ground = site.get_doc("Non-grievance Ground", "RTI")
	with as_user(staff.hisar):
		with refused(site, "A rejection names its ground"):
			workflow.move(doc.name, "Reject")
		answer = actions.reject(doc.name, "RTI")
	doc = offices.fresh(doc.name)
	assert (doc.status, doc.non_grievance_ground) == ("Rejected", "RTI")
	assert doc.rejection_reply == "\n\n".join(ground.get(part) for part in parts) == answer["rejection_reply"]


def test_a_reply_of_ones_own_stays_and_the_history_says_who_rejected(site, staff, as_user) -> None:
	doc = offices.case()
	with as_user(staff.cell):
		actions.reject(doc.name, "RTI", "Please write to the information officer in Hisar.")
	assert offices.fresh(doc.name).rejection_reply == "Please write to the information officer in Hisar."
	event = offices.event_of(doc.name, "REJECTED")
	assert event.actor == staff.cell


def test_a_ground_must_exist_and_be_in_use(site, staff, as_user) -> None:
	doc = offices.case()
	site.db.set_value("Non-grievance Ground", "RTI", "disabled", 1)
	site.clear_document_cache("Non-grievance Ground", "RTI")
	with as_user(staff.hisar):
		with refused(site, "The ground .* is not in use any more"):
			actions.reject(doc.name, "RTI")
		with refused(site, "There is no ground &lt;b&gt;"):
			actions.reject(doc.name, "<b>")
	site.clear_document_cache("Non-grievance Ground", "RTI")


def test_who_may_not_reject_is_told_so(site, staff, as_user) -> None:
	doc = offices.case()
	with as_user(staff.ulb), pytest.raises(site.PermissionError, match="You may not reject"):
		actions.reject(doc.name, "RTI")
	with as_user(staff.sirsa), pytest.raises(site.PermissionError):
		actions.reject(doc.name, "RTI")
	assert offices.fresh(doc.name).status == "Open"


@pytest.mark.parametrize(
	("field", "value", "message"),
	[
		("department", "PHED", "The department of an acknowledged"),
		("jurisdiction", "Sirsa", "The district of an"),
	],
)
def test_another_office_gets_an_acknowledged_case_by_transfer_only(
	site, staff, as_user, field: str, value: str, message: str
) -> None:
	early, late = offices.case(), offices.at_work()
	with as_user(staff.hisar):
		doc = offices.fresh(early.name)
		doc.set(field, value)
		doc.save()
		doc = offices.fresh(late.name)
		doc.set(field, value)
		with refused(site, message):
			doc.save()
	assert offices.fresh(early.name).get(field) == value


def test_the_place_inside_the_district_may_be_corrected(site, staff, as_user) -> None:
	village = site.db.get_value("Jurisdiction", {"district": "Hisar", "name": ["!=", "Hisar"]})
	doc = offices.at_work()
	with as_user(staff.hisar):
		doc = offices.fresh(doc.name)
		doc.jurisdiction = village
		doc.save()
	assert offices.fresh(doc.name).jurisdiction == village


def test_a_department_that_was_merged_into_another_is_no_transfer(site, staff, as_user) -> None:
	doc = offices.at_work()
	site.db.set_value("Grievance Department", "ULB", "merged_into", "PHED")
	site.db.value_cache.clear()
	with as_user(staff.hisar):
		doc = offices.fresh(doc.name)
		doc.subject = "Stray dogs again"
		doc.save()
	assert offices.fresh(doc.name).department == "PHED"
	site.db.value_cache.clear()


def test_a_complaint_about_an_officer_goes_past_that_officer_and_below(site, staff) -> None:
	assert offices.case().officer in ("CW-ULB", "CW-JUNIOR")
	about_junior = offices.case(complaint_against="CW-JUNIOR")
	about_senior = offices.case(complaint_against="CW-ULB")
	assert (about_junior.officer, about_junior.confidential) == ("CW-ULB", 1)
	assert (about_senior.officer, about_senior.confidential) == ("CW-HISAR", 1)
	assert offices.case(complaint_against="CW-HISAR").officer == "CW-STATE"
	nobody = offices.case(complaint_against="CW-STATE")
	assert (nobody.officer, nobody.routing_status) == (None, "Unrouted")


def test_it_leaves_the_desk_of_the_officer_whom_it_turns_out_to_be_about(site, staff, as_user) -> None:
	doc = offices.case(officer="CW-ULB")
	assert offices.open_todos(doc.name) == [staff.ulb]
	with as_user(staff.hisar):
		doc = offices.fresh(doc.name)
		doc.complaint_against = "CW-ULB"
		doc.save()
	doc = offices.fresh(doc.name)
	assert (doc.officer, doc.confidential) == ("CW-HISAR", 1)
	assert offices.open_todos(doc.name) == [staff.hisar]


def test_a_reopened_case_does_not_come_back_to_the_officer_complained_about(site, staff, as_user) -> None:
	doc = offices.at_work(officer="CW-ULB")
	with as_user(staff.hisar):
		doc = workflow.move(doc.name, "Resolve", {"action_taken": DONE})
		doc.complaint_against = "CW-ULB"
		doc.save()
		doc = workflow.move(doc.name, "Reopen")
	assert (doc.officer, offices.open_todos(doc.name)) == ("CW-HISAR", [staff.hisar])


def test_routing_again_asks_the_rule_also_where_somebody_has_the_case(site, staff, as_user) -> None:
	doc = offices.case(officer="CW-PHED")
	with as_user(staff.hisar):
		answer = offices.fresh(doc.name).route_again()
	assert answer["officer"] in ("CW-ULB", "CW-JUNIOR")
	assert offices.fresh(doc.name).routing_status == "Routed"


def test_nobody_gives_it_to_the_officer_complained_about(site, staff, as_user) -> None:
	doc = offices.case(complaint_against="CW-ULB")
	for officer in ("CW-ULB", "CW-JUNIOR"):
		fresh = offices.fresh(doc.name)
		fresh.officer = officer
		with refused(site, "This is a complaint about Cw-Ulb"):
			fresh.save()
	fresh = offices.fresh(doc.name)
	fresh.confidential = 0
	fresh.save()
	assert offices.fresh(doc.name).confidential == 1


def test_merging_is_an_act_of_its_own(site, staff, as_user) -> None:
	doc = offices.case()
	with as_user(staff.hisar), refused(site, "use Actions > Merge"):
		workflow.move(doc.name, "Merge")
	assert offices.fresh(doc.name).status == "Open"
