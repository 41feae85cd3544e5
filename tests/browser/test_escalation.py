"""Ladder, appeals, handover and the list of problems in the Desk."""

from __future__ import annotations

from datetime import timedelta

import pytest


@pytest.fixture
def appeal(grievance):
	from grievance_helpdesk.redressal.escalation import appeals

	case = grievance(subject="Browser appeal")
	filed = appeals.file(case, "Citizen", "The sewer is blocked <b>again</b>")
	import frappe

	frappe.db.commit()
	return filed


def test_an_appeal_is_decided_in_a_dialog_that_asks_for_the_order(desk, records, appeal):
	officer = desk("State Nodal Officer").open(
		f"grievance-appeal/{appeal.name}", ".form-message >> text=allow or dismiss"
	)
	assert "‹b›again" in officer.page.locator("[data-fieldname='reason']").inner_text()
	officer.click("Dismiss")
	dialog = officer.dialog()
	dialog.get_by_role("button", name="Dismiss").click()
	missing = officer.page.locator(".modal.show:has(.msgprint)")
	missing.wait_for()
	assert "Order" in missing.inner_text()
	assert records.fresh("Grievance Appeal", appeal.name).status == "Pending"
	missing.locator(".btn-modal-close").click()
	dialog.locator("textarea[data-fieldname='order_text']").fill("The work is under way and ends this week.")
	dialog.get_by_role("button", name="Dismiss").click()
	officer.page.wait_for_selector(".indicator-pill >> text=Dismissed")
	decided = records.fresh("Grievance Appeal", appeal.name)
	assert (decided.status, decided.disposed_by) == ("Dismissed", officer.user)
	assert officer.page.get_by_role("button", name="Allow").locator("visible=true").count() == 0


def test_the_list_of_problems_says_what_to_do(desk, records, grievance):
	import frappe

	case = grievance(subject="Browser problem")
	officer = desk("State Nodal Officer").list("Escalation Problem", f"grievance={case.name}&resolved=0")
	assert "Nothing waits here" in officer.page.locator(".gh-empty:visible").inner_text()
	records.make(
		"Escalation Problem",
		grievance=case.name,
		problem_type="No Authority",
		level=2,
		occurred_at=frappe.utils.now_datetime(),
		detail="Post an officer <img src=x onerror='window.hacked=1'>",
	)
	officer.list("Escalation Problem", f"grievance={case.name}&resolved=0")
	row = officer.page.locator(".list-row", has_text=case.name)
	row.wait_for()
	assert "No Authority" in row.inner_text()
	assert not officer.hacked
	row.get_by_role("button", name="Open Case").click()
	officer.page.wait_for_url(f"**/grievance/{case.name}")


def test_levels_of_a_ladder_are_numbered_by_themselves(desk, records):
	ladder = records.make(
		"Escalation Ladder",
		ladder_name="Browser Ladder",
		category="BRW-SEW",
		levels=[{"level": 1, "escalate_to": "Superior"}],
	)
	admin = desk("Grievance Administrator").open(
		f"escalation-ladder/{ladder.name}", ".form-message >> text=counts for BRW-SEW"
	)
	admin.page.locator("[data-fieldname='levels'] .grid-add-row:visible").click()
	rows = "(cur_frm.doc.levels || []).map((row) => row.level)"
	admin.page.wait_for_function(f"{rows}.length === 2")
	assert admin.page.evaluate(rows) == [1, 2]


def test_a_handover_tells_when_it_happens(desk, records):
	import frappe

	officers = [
		records.make(
			"Nodal Officer",
			official_id=f"BRW-H{number}",
			officer_name=f"Browser {number}",
			designation="Engineer",
			user=records.make(
				"User",
				email=f"browser-handover-{number}@example.org",
				first_name="Officer",
				send_welcome_email=0,
			).name,
		).name
		for number in range(2)
	]
	handover = records.make(
		"Charge Handover",
		from_officer=officers[0],
		to_officer=officers[1],
		effective_on=frappe.utils.getdate() + timedelta(days=3),
		reason="Transfer",
	)
	officer = desk("State Nodal Officer").open(
		f"charge-handover/{handover.name}", ".form-message >> text=Waits for its day"
	)
	assert officer.page.get_by_role("button", name="Try Again").locator("visible=true").count() == 0
	officer.open("charge-handover/new", ".form-message >> text=go to the other")
