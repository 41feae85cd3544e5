"""The workspace as each role opens it: numbers, charts, lists and the set-up, on a desk and on a phone."""

from __future__ import annotations

import pytest

CARDS = {
	"My open cases",
	"Due today",
	"Overdue",
	"Awaiting citizen",
	"Open",
	"New today",
	"Open emergencies",
	"Disputed",
	"Unrouted",
	"Appeals to decide",
	"Triage queue",
	"Escalation problems",
}
CHARTS = 5
WAITS = 60_000
ROLES = ("State Nodal Officer", "District Nodal Officer", "Grievance Administrator", "Grievance Cell")


@pytest.fixture
def cases(grievance) -> dict[str, str]:
	return {
		place: grievance(subject=f"Workspace {place}", jurisdiction=place).name
		for place in ("Panchkula", "Hisar")
	}


def open_workspace(desk, role: str, phone: bool = False):
	"""Opened, with every card's number and every chart on the screen."""
	person = desk(role, phone=phone).open("grievance-helpdesk", ".number-widget-box .number")
	person.page.wait_for_function(
		"""charts => !document.querySelector(".number-card-loading")
			&& document.querySelectorAll(".dashboard-widget-box :is(.frappe-chart, .chart-loading-state:not([style*='none']))").length
				>= charts""",
		arg=CHARTS,
		timeout=WAITS,
	)
	return person


def numbers(person) -> dict[str, int]:
	"""Label → number of each card."""
	found = {}
	for card in person.page.locator(".number-widget-box").all():
		label = card.locator(".widget-title").inner_text().strip()
		found[label.casefold()] = int(card.locator(".number").inner_text())
	return found


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("role", ROLES)
def test_the_workspace_opens_with_its_numbers(desk, cases, role: str, phone: bool):
	person = open_workspace(desk, role, phone)
	found = numbers(person)
	assert set(found) == {label.casefold() for label in CARDS}
	assert found["open"] >= 1 and found["new today"] >= 1
	assert person.page.locator(".dashboard-widget-box").count() == CHARTS
	assert not person.scrolls_sideways


def test_two_officers_read_different_numbers(desk, cases):
	state = numbers(open_workspace(desk, "State Nodal Officer"))
	district = numbers(open_workspace(desk, "District Nodal Officer"))
	assert district["open"] < state["open"]
	assert district["my open cases"] >= 1, "the officer of Panchkula has the case of Panchkula"


def test_a_card_opens_the_list_that_it_counts(desk, cases):
	officer = open_workspace(desk, "District Nodal Officer")
	mine = numbers(officer)["my open cases"]
	officer.page.locator(".number-widget-box", has_text="My open cases").locator(".number").click()
	officer.page.locator(".list-row", has_text="Workspace Panchkula").wait_for(timeout=WAITS)
	assert len(officer.subjects()) == min(mine, 20)
	assert "Workspace Hisar" not in officer.subjects()


def test_what_is_new_is_counted_and_listed_since_yesterday(desk, cases):
	officer = open_workspace(desk, "District Nodal Officer")
	shortcut = officer.page.locator(".shortcut-widget-box", has_text="New in my area")
	count = int(shortcut.locator(".indicator-pill").inner_text(timeout=WAITS).split()[0])
	assert count >= 1
	shortcut.click()
	officer.page.locator(".list-row", has_text="Workspace Panchkula").wait_for(timeout=WAITS)


@pytest.mark.parametrize(
	("role", "channels"), [("State Nodal Officer", True), ("District Nodal Officer", False)]
)
def test_what_a_role_may_not_read_leaves_no_trace(desk, cases, role: str, channels: bool):
	person = open_workspace(desk, role)
	names = [
		name.strip() for name in person.page.locator(".shortcut-widget-box .widget-title").all_inner_texts()
	]
	assert ("Channel health" in names) is channels
	assert "Triage queue" in names


@pytest.fixture
def onboarding(site):
	"""Frappe's switch for set-up lists, on, and the first step open; as before at the end."""
	import frappe

	step = ("Onboarding Step", "Say Which State This Is")
	before = frappe.db.get_single_value("System Settings", "enable_onboarding")
	done = frappe.db.get_value(*step, "is_complete")

	def switch(enabled: int, complete: int) -> None:
		frappe.db.set_single_value("System Settings", "enable_onboarding", enabled)
		frappe.db.set_value(*step, "is_complete", complete)
		frappe.db.commit()
		frappe.clear_cache()

	switch(1, 0)
	yield
	frappe.db.rollback()
	switch(before or 0, done or 0)


@pytest.mark.parametrize(
	("role", "shown"), [("Grievance Administrator", True), ("District Nodal Officer", False)]
)
def test_the_set_up_stands_on_top_for_whoever_sets_up(desk, onboarding, cases, role: str, shown: bool):
	person = open_workspace(desk, role)
	steps = person.page.locator(".onboarding-widget-box .step-text")
	if not shown:
		assert steps.count() == 0
		return
	assert steps.all_inner_texts()[0] == "Say Which State This Is"
	assert steps.all_inner_texts()[-1] == "Try It With a Sample Post"
	person.page.locator(".onboarding-step", has_text="Enter the Officers").click()
	person.page.get_by_role("button", name="Enter an officer").wait_for()


def test_the_set_up_page_lists_its_records_in_order(desk):
	person = desk("Grievance Administrator").open("grievance-set-up", ".links-widget-box .link-item")
	items = [text.strip() for text in person.page.locator(".links-widget-box .link-item").all_inner_texts()]
	assert items[0] == "1. Places"
	assert "5. Officers and postings" in items
