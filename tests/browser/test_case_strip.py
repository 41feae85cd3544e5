"""What an officer reads at the top of a case: state, both clocks, escalation level, the next step; and the notices."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest
from frappe.utils import now_datetime

from grievance_helpdesk.redressal import history
from grievance_helpdesk.redressal.history import events

HOSTILE = "<img src=x onerror='window.hacked=1'> still broken"


@pytest.fixture
def timed(grievance, records):
	"""``timed(hours)``: a case of 10 hours' limit that was received so many hours ago."""

	def register(hours: float, **values):
		case = grievance()
		received = now_datetime() - timedelta(hours=hours)
		limit = {
			"resolution_limit": 10,
			"resolution_unit": "Hours",
			"resolve_by": received + timedelta(hours=10),
		}
		response = {
			"response_limit": 4,
			"response_unit": "Hours",
			"acknowledge_by": received + timedelta(hours=4),
		}
		records.raw("Grievance", case.name, received_at=received, **limit, **response, **values)
		return case

	return register


def test_state_both_clocks_and_level_need_no_tab(desk, timed):
	officer = desk("District Nodal Officer").case(timed(1).name)
	words = officer.strip()
	for expected in ("New", "Not escalated", "Acknowledge", "Resolve", "Running", "Next:"):
		assert expected in words
	shares = [
		meter.get_attribute("aria-valuenow") for meter in officer.page.locator(".gh-strip [role=meter]").all()
	]
	assert shares == ["25", "10"]


def test_the_next_step_names_the_workflows_own_action(desk, timed):
	officer = desk("District Nodal Officer").case(timed(1).name)
	assert "press “Accept”" in officer.page.locator(".gh-strip-next").inner_text()
	auditor = desk("Grievance Auditor").case(timed(1).name)
	assert "Anita Rani, City Magistrate (BRW-PKL) takes the case up" in auditor.strip()


def test_a_late_clock_says_so_in_words_and_colour(desk, timed):
	case = timed(13, acknowledged_at=now_datetime() - timedelta(hours=12))
	officer = desk("District Nodal Officer").case(case.name)
	clock = officer.page.locator(".gh-strip-clock", has_text="Resolve")
	assert "late by 3 h" in clock.inner_text()
	assert "gh-tone-late" in clock.get_attribute("class")
	notice = officer.page.locator(".gh-notice", has_text="Overdue")
	assert "Resolve: late by 3 h" in notice.inner_text()
	assert notice.get_by_role("button", name="Interim reply").is_visible()


def test_a_paused_clock_stands_still_in_words_and_colour(desk, timed, records):
	paused = now_datetime() - timedelta(hours=1)
	case = timed(3, acknowledged_at=paused)
	officer = desk("District Nodal Officer").case(case.name)
	officer.move("Ask Citizen")
	officer.fill("text", "Which street is it? Please tell us.")
	officer.press("Send and pause")
	officer.expect_saved()
	officer.page.locator(".gh-strip-clock", has_text="Paused").wait_for()
	clock = officer.page.locator(".gh-strip-clock", has_text="Resolve")
	assert "gh-tone-paused" in clock.get_attribute("class")
	assert "h left" in clock.inner_text() or "min left" in clock.inner_text()
	assert "Waiting for the citizen" in officer.page.locator(".gh-notice").first.inner_text()
	assert records.fresh("Grievance", case.name).status == "On Hold"


def test_the_tab_shows_limits_with_their_unit(desk, timed):
	officer = desk("District Nodal Officer").case(timed(6).name)
	officer.tab("Redressal")
	card = officer.page.locator(".gh-clock", has_text="Resolve")
	assert "60 % used" in card.inner_text()
	assert "Limit: 10 hours" in card.inner_text()
	assert "gh-tone-half" in card.get_attribute("class")
	assert "Late" in officer.page.locator(".gh-clock", has_text="Acknowledge").inner_text()


@pytest.mark.parametrize(
	("values", "title"),
	[
		(
			{"escalation_level": 2, "escalated_to": "BRW-PKL"},
			"Escalated to Anita Rani, City Magistrate (BRW-PKL)",
		),
		({"disputed_count": 1}, "The citizen says that it is not solved"),
		({"confidential": 1}, "Confidential"),
	],
)
def test_what_sets_a_case_apart_stands_above_it(desk, grievance, records, values, title):
	case = grievance()
	records.raw("Grievance", case.name, **values)
	if "disputed_count" in values:
		history.record(case.name, events.DISPUTED, note=HOSTILE, public=True)
		frappe.db.commit()
	officer = desk("State Nodal Officer").case(case.name)
	officer.page.locator(".gh-notice", has_text=title).wait_for()
	if "disputed_count" in values:
		assert HOSTILE in officer.page.locator(".gh-notice", has_text=title).inner_text()
	assert not officer.hacked


def test_who_opened_a_confidential_case_is_told_to_those_who_answer_for_secrecy(desk, grievance, records):
	case = grievance()
	records.raw("Grievance", case.name, confidential=1)
	officer = desk("State Nodal Officer").case(case.name)
	officer.click("Who opened it")
	officer.page.locator(".gh-opened li").first.wait_for()
	assert "State Nodal Officer" in officer.page.locator(".gh-opened").inner_text()
	frappe.db.delete("View Log", {"reference_name": case.name})


def test_a_pending_appeal_is_one_click_away(desk, grievance, records):
	case = grievance()
	records.make(
		"Grievance Appeal",
		grievance=case.name,
		appeal_level=1,
		filed_by="Automatic",
		reason="The limit was missed.",
		status="Pending",
	)
	officer = desk("State Nodal Officer").case(case.name)
	officer.click("Open the appeal")
	officer.page.wait_for_url("**/grievance-appeal/**")


@pytest.mark.parametrize(
	"role", ["District Nodal Officer", "Department Officer", "Grievance Cell", "Grievance Auditor"]
)
def test_the_strip_fits_a_phone(desk, timed, role):
	case = timed(13)
	if role == "Department Officer":
		frappe.db.set_value("Grievance", case.name, {"department": "BRW-PHE", "officer": "BRW-XEN"})
		frappe.db.commit()
	officer = desk(role, phone=True).case(case.name)
	assert not officer.scrolls_sideways
	for button in officer.page.locator(".gh-strip-moves button").all():
		assert button.bounding_box()["height"] >= 40
	officer.tab("Redressal")
	officer.page.locator(".gh-clock").first.wait_for()
	assert not officer.scrolls_sideways
