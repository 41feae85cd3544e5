"""Moves with what they need: words for the citizen, a ground, evidence, a question; and nothing lost when refused."""

from __future__ import annotations

import pytest

DONE = "The sewer line was cleaned and checked with the residents."


@pytest.fixture
def template(records):
	return records.make(
		"Grievance Reply Template",
		template_title="Browser work done",
		purpose="Action Taken",
		text_en="Case {number}: the work is done.",
		text_hi="प्रकरण {number}: कार्य पूर्ण हो गया है।",
	)


def test_a_case_is_taken_up_with_one_click(desk, grievance, records):
	case = grievance()
	officer = desk("District Nodal Officer").case(case.name)
	officer.move("Accept")
	officer.page.locator(".gh-strip-state", has_text="Assigned").wait_for()
	assert "Done" in officer.page.locator(".gh-strip-clock", has_text="Acknowledge").inner_text()
	assert records.fresh("Grievance", case.name).acknowledged_at


def test_resolving_asks_what_was_done_and_offers_words_in_hindi(desk, grievance, records, template):
	case = grievance(language="hi")
	officer = desk("District Nodal Officer").case(case.name)
	officer.move("Start Work")
	officer.page.locator(".gh-strip-state", has_text="In Progress").wait_for()
	officer.move("Resolve")
	officer.fill("template", template.name)
	text = officer.dialog().locator("[data-fieldname=action_taken] textarea")
	officer.page.wait_for_function("element => element.value.includes('कार्य पूर्ण')", arg=text.element_handle())
	assert f"प्रकरण {case.name}:" in text.input_value()
	officer.press("Resolve")
	officer.expect_saved()
	officer.page.locator(".gh-strip-state", has_text="Resolved").wait_for()
	resolved = records.fresh("Grievance", case.name)
	assert resolved.status == "Resolved"
	assert "कार्य पूर्ण" in resolved.action_taken
	assert "Wait for the citizen's word until" in officer.strip()


@pytest.mark.parametrize("keys", [False, True], ids=["button", "keys"])
def test_the_servers_refusal_leaves_the_words_in_the_dialog(desk, grievance, records, keys):
	case = grievance()
	officer = desk("District Nodal Officer").case(case.name)
	officer.move("Start Work")
	officer.page.locator(".gh-strip-state", has_text="In Progress").wait_for()
	officer.move("Resolve")
	if keys:
		officer.dialog().locator("[data-fieldname=action_taken] textarea").click()
		officer.page.keyboard.type("This does not pertain to our office.")
		officer.page.keyboard.press("Control+Enter")
	else:
		officer.fill("action_taken", "This does not pertain to our office.")
		officer.press("Resolve")
	officer.page.locator(".msgprint", has_text="does not close a grievance").wait_for()
	officer.page.keyboard.press("Escape")
	field = officer.page.locator(".modal [data-fieldname=action_taken] textarea")
	assert field.input_value() == "This does not pertain to our office."
	assert records.fresh("Grievance", case.name).status == "Open"
	officer.errors.clear()  # the browser notes the server's 417 itself


def test_an_officer_who_hands_the_work_over_says_what_was_done(desk, grievance, records):
	case = grievance(category="BRW-WAT")
	officer = desk("Department Officer").case(case.name)
	officer.move("Start Work")
	officer.page.locator(".gh-strip-state", has_text="In Progress").wait_for()
	officer.move("Submit Action Taken")
	officer.fill("action_taken", DONE)
	officer.press("Submit Action Taken")
	officer.expect_saved()
	assert records.fresh("Grievance", case.name).action_taken == DONE

	magistrate = desk("District Nodal Officer").case(case.name)
	magistrate.move("Approve")
	field = magistrate.dialog().locator("[data-fieldname=action_taken] textarea")
	assert field.input_value() == DONE


def test_evidence_is_asked_for_where_the_category_says_so(desk, grievance, records):
	records.raw("Grievance Category", "BRW-SEW", evidence_required=1)
	officer = desk("District Nodal Officer").case(grievance().name)
	officer.move("Start Work")
	officer.page.locator(".gh-strip-state", has_text="In Progress").wait_for()
	officer.move("Resolve")
	assert "Evidence (photo or document of the work done)" in officer.dialog().inner_text()
	officer.fill("action_taken", DONE)
	officer.press("Resolve")
	officer.page.locator(".msgprint", has_text="Evidence").wait_for()
	records.raw("Grievance Category", "BRW-SEW", evidence_required=0)


def test_a_rejection_takes_its_grounds_words_in_the_citizens_language(desk, grievance, records):
	case = grievance(language="hi")
	officer = desk("District Nodal Officer").case(case.name)
	officer.act("Reject")
	officer.fill("non_grievance_ground", "Browser information request")
	text = officer.dialog().locator("[data-fieldname=rejection_reply] textarea")
	officer.page.wait_for_function("element => element.value.includes('सूचना')", arg=text.element_handle())
	officer.press("Reject")
	officer.expect_saved()
	officer.page.locator(".gh-strip", has_text="Nothing to do").wait_for()
	rejected = records.fresh("Grievance", case.name)
	assert (rejected.status, rejected.non_grievance_ground) == ("Rejected", "BRW-RTI")


def test_a_move_that_is_given_up_changes_nothing_and_frees_the_page(desk, grievance, records):
	case = grievance()
	officer = desk("District Nodal Officer").case(case.name)
	officer.act("Reject")
	officer.give_up()
	assert officer.page.locator("#freeze:visible").count() == 0
	officer.move("Accept")
	officer.page.locator(".gh-strip-state", has_text="Assigned").wait_for()
	assert records.fresh("Grievance", case.name).status == "Open"


def test_who_only_reads_gets_no_buttons(desk, grievance):
	auditor = desk("Grievance Auditor").case(grievance().name)
	assert auditor.page.locator(".gh-strip-moves button").count() == 0
	assert auditor.page.locator(".actions-btn-group:visible").count() == 0


def test_a_case_is_resolved_on_a_phone(desk, grievance, records):
	case = grievance()
	officer = desk("District Nodal Officer", phone=True).case(case.name)
	officer.move("Start Work")
	officer.page.locator(".gh-strip-state", has_text="In Progress").wait_for()
	officer.move("Resolve")
	officer.fill("action_taken", DONE)
	assert not officer.scrolls_sideways
	officer.press("Resolve")
	officer.expect_saved()
	assert records.fresh("Grievance", case.name).status == "Resolved"
