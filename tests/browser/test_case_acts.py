"""Transfer, assign, merge, messages, notes and the history of a case, from the form and from the list."""

from __future__ import annotations

import frappe
import pytest

HOSTILE = "<img src=x onerror=window.hacked=1> and a note"


def test_a_transfer_tells_how_many_are_used_and_needs_a_reason(desk, grievance, records):
	case = grievance()
	records.raw("Grievance", case.name, transfer_count=1)
	officer = desk("District Nodal Officer").case(case.name)
	officer.act("Transfer…")
	assert "1 of 3 transfers are used" in officer.dialog().inner_text()
	officer.fill("department", "Browser Public Health")
	officer.fill("reason", "The pipe belongs to Public Health.")
	officer.press("Transfer")
	officer.expect_saved()
	moved = records.fresh("Grievance", case.name)
	assert (moved.department, moved.officer, moved.transfer_count) == ("BRW-PHE", "BRW-XEN", 2)


def test_a_case_with_all_transfers_used_cannot_be_sent_on(desk, grievance, records):
	case = grievance()
	records.raw("Grievance", case.name, transfer_count=3)
	officer = desk("District Nodal Officer").case(case.name)
	officer.page.keyboard.press("Alt+Shift+T")
	assert "All 3 transfers are used" in officer.dialog().inner_text()
	assert officer.dialog().get_by_role("button", name="Transfer").is_disabled()


def test_two_cases_stand_side_by_side_before_they_are_merged_and_part_again(desk, grievance, records):
	target = grievance(subject=f"Sewer overflows {HOSTILE}"[:140])
	case = grievance(subject="Sewer smells")
	officer = desk("District Nodal Officer").case(case.name)
	officer.act("Merge")
	officer.page.locator(f".gh-similar[data-name='{target.name}']").click()
	officer.page.locator(".gh-half", has_text="This case goes on").locator(f"text={target.name}").wait_for()
	assert "Sewer smells" in officer.page.locator(".gh-half", has_text="This case ends here").inner_text()
	officer.fill("reason", "The same manhole.")
	officer.press("Merge")
	officer.expect_saved()
	officer.page.locator(".gh-notice", has_text=f"Merged into {target.name}").wait_for()
	assert records.fresh("Grievance", target.name).support_count == 1
	officer.act("Undo Merge")
	officer.dialog().get_by_role("button", name="Yes").click()
	officer.page.locator(".gh-notice", has_text="Merged into").wait_for(state="detached")
	assert records.fresh("Grievance", case.name).status == "Open"
	assert records.fresh("Grievance", target.name).support_count == 0
	assert not officer.hacked


def test_public_and_internal_words_look_different_and_stay_apart(desk, grievance):
	case = grievance()
	officer = desk("District Nodal Officer").case(case.name)
	officer.page.keyboard.press("Alt+Shift+N")
	assert "Internal: only officers read this" in officer.dialog().locator(".gh-band-internal").inner_text()
	officer.fill("text", HOSTILE)
	officer.press("Keep")
	officer.expect_saved()
	officer.page.locator(".timeline-item", has_text="and a note").wait_for()
	assert "Internal note" in officer.page.locator(".comment-input-header").inner_text()

	officer.page.keyboard.press("Alt+Shift+M")
	assert "The citizen reads this text" in officer.dialog().locator(".gh-band-public").inner_text()
	officer.fill("text", "The team comes tomorrow.")
	officer.press("Send")
	officer.expect_saved()
	officer.page.keyboard.press("Alt+Shift+H")
	message = officer.page.locator(".gh-event", has_text="The team comes tomorrow.")
	message.wait_for()
	assert "Citizen sees this" in message.inner_text()
	assert not officer.hacked


def test_a_message_with_a_phone_number_is_refused_and_can_be_mended(desk, grievance):
	officer = desk("District Nodal Officer").case(grievance().name)
	officer.page.keyboard.press("Alt+Shift+M")
	officer.fill("text", "Call the engineer on 9417580005.")
	officer.press("Send")
	officer.page.locator(".msgprint", has_text="Take the phone number out").wait_for()
	assert (
		officer.page.locator(".modal [data-fieldname=text] textarea")
		.input_value()
		.startswith("Call the engineer")
	)
	officer.errors.clear()  # the browser notes the server's 417 itself


def test_the_history_tells_who_did_what_newest_first(desk, grievance):
	case = grievance()
	officer = desk("District Nodal Officer").case(case.name)
	officer.move("Accept")
	officer.page.locator(".gh-strip-state", has_text="Assigned").wait_for()
	officer.tab("History")
	officer.page.locator(".gh-event").first.wait_for()
	events = officer.page.locator(".gh-event").all_inner_texts()
	assert "Anita Rani" in events[0] and "City Magistrate" in events[0] and "BRW-PKL" in events[0]
	assert "Registered" in events[-1]
	assert officer.page.get_by_role("button", name="Verify history").count() == 0


def test_the_next_authority_is_asked_from_the_menu(desk, grievance, records):
	case = grievance()
	officer = desk("State Nodal Officer").case(case.name)
	officer.page.keyboard.press("Alt+Shift+E")
	officer.fill("reason", "Two departments say that the other owns this pipe.")
	officer.press("Escalate")
	officer.page.wait_for_function("cur_frm.doc.escalation_level === 1 || $('.msgprint:visible').length")
	problems = frappe.db.count("Escalation Problem", {"grievance": case.name})
	assert records.fresh("Grievance", case.name).escalated_to or problems


def test_the_citizens_view_of_the_history_leaves_out_what_is_internal(desk, grievance):
	case = grievance()
	frappe.db.set_value("Grievance", case.name, "priority", "High")
	frappe.db.commit()
	officer = desk("State Nodal Officer").case(case.name)
	officer.page.keyboard.press("Alt+Shift+M")
	officer.fill("text", "We look into it today.")
	officer.press("Send")
	officer.expect_saved()
	officer.tab("History")
	officer.click("What the citizen sees")
	assert officer.page.locator(".gh-event .gh-mark-internal").count() == 0
	assert officer.page.locator(".gh-event", has_text="We look into it today.").count() == 1


def test_a_tampered_history_is_found_from_the_form(desk, grievance):
	case = grievance()
	officer = desk("State Nodal Officer").case(case.name)
	officer.tab("History")
	officer.click("Verify history")
	officer.page.locator(".msgprint", has_text="stand as they were written").wait_for()
	officer.give_up()
	frappe.db.set_value("Grievance", case.name, "status", "Closed", update_modified=False)
	frappe.db.commit()
	officer.click("Verify history")
	officer.page.locator(".msgprint", has_text=case.name).wait_for()


@pytest.mark.parametrize("phone", [False, True])
def test_many_cases_are_closed_with_one_text_and_the_refused_say_why(desk, grievance, records, phone):
	cases = [grievance(subject=f"Browser bulk {number}") for number in range(3)]
	for case in cases[:2]:
		_take_up(case.name)
	officer = desk("District Nodal Officer", phone=phone).list("Grievance", "category=BRW-SEW&status=Open")
	for number in range(3):
		row = officer.page.locator(".list-row", has_text=f"Browser bulk {number}")
		row.locator(".list-row-checkbox").check()
	officer.act("Close with one text…")
	officer.fill("text", "The whole line was cleaned today.")
	officer.press("Close these cases")
	result = officer.page.locator(".msgprint", has_text="Done: 2.")
	result.wait_for()
	assert cases[2].name in result.locator(".gh-refused").inner_text()
	assert [records.fresh("Grievance", case.name).status for case in cases] == [
		"Resolved",
		"Resolved",
		"Open",
	]


def _take_up(name: str) -> None:
	"""As an officer would: by a move, whose history and clocks are real."""
	from grievance_helpdesk.redressal import workflow

	workflow.move(name, "Start Work")
	frappe.db.commit()
