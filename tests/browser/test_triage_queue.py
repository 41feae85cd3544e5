"""What people decide about posts, by clicking."""

from __future__ import annotations

import frappe
import pytest


@pytest.fixture
def waiting(post) -> str:
	"""A post that waits for a decision."""
	return post()


def choose(dialog, code: str) -> None:
	"""Fill in the Link field of a dialog by its code and take the first suggestion."""
	field = dialog.locator("input").first
	field.click()
	field.press_sequentially(code)
	dialog.locator("[role=option]:visible", has_text=code).first.click()


def decided(desk, records, name: str, state: str):
	"""The post, once the Desk has said that the decision is stored."""
	desk.page.locator(".desk-alert", has_text="Grievance").first.wait_for()
	stored = records.fresh("Citizen Post", name)
	assert stored.state == state
	return stored


def test_accepting_registers_with_the_guess_filled_in(desk, waiting, records):
	officer = desk("State Nodal Officer").form("Citizen Post", waiting)
	officer.click("Accept as grievance")
	dialog = officer.dialog()
	dialog.get_by_text("Triage's guess; correct it where it is wrong.").wait_for()
	dialog.get_by_role("button", name="Register").click()
	stored = decided(officer, records, waiting, "Grievance")
	case = frappe.get_doc("Grievance", stored.grievance)
	assert (case.category, case.district, case.officer) == ("BRW-SEW", "Panchkula", "BRW-PKL")


def test_setting_aside_names_a_ground_and_shows_its_reply(desk, waiting, records):
	officer = desk("State Nodal Officer").form("Citizen Post", waiting)
	officer.click("Not a grievance")
	dialog = officer.dialog()
	choose(dialog, "BRW-RTI")
	dialog.get_by_text("Please ask under the Right to Information Act.").wait_for()
	dialog.get_by_role("button", name="Set aside").click()
	stored = decided(officer, records, waiting, "Not a Grievance")
	assert (stored.ground, stored.grievance) == ("BRW-RTI", None)


def test_a_ground_chosen_in_haste_is_the_ground(desk, waiting, records):
	"""The button is pressed before Frappe has looked the chosen ground up; until then its field answers with the title."""
	officer = desk("State Nodal Officer").form("Citizen Post", waiting)
	officer.click("Not a grievance")
	dialog = officer.dialog()
	held: list = []
	officer.page.route("**/frappe.client.validate_link*", lambda route: held.append(route))
	with officer.page.expect_request("**/frappe.client.validate_link*"):
		choose(dialog, "BRW-RTI")
	dialog.get_by_role("button", name="Set aside").click()
	held[0].continue_()
	assert decided(officer, records, waiting, "Not a Grievance").ground == "BRW-RTI"


def test_linking_counts_one_more_citizen(desk, waiting, records, grievance):
	case = grievance()
	officer = desk("State Nodal Officer").form("Citizen Post", waiting)
	officer.click("Link to a grievance")
	dialog = officer.dialog()
	choose(dialog, case.name)
	dialog.get_by_role("button", name="Link", exact=True).click()
	stored = decided(officer, records, waiting, "Support")
	assert stored.grievance == case.name
	assert records.fresh("Grievance", case.name).support_count == 1


def test_many_posts_are_set_aside_at_once(desk, post, records):
	names = [post(), post()]
	officer = desk("State Nodal Officer").list("Citizen Post")
	for name in names:
		officer.page.locator(f".list-row-checkbox[data-name='{name}']").check()
	officer.click("Actions")
	officer.page.locator(".actions-btn-group .dropdown-item", has_text="Not grievances").click()
	dialog = officer.dialog()
	choose(dialog, "BRW-RTI")
	dialog.get_by_role("button", name="Set aside").click()
	officer.page.get_by_text("2 done").wait_for()
	assert {records.fresh("Citizen Post", name).state for name in names} == {"Not a Grievance"}


def test_a_decided_post_offers_its_grievance_only(desk, post, grievance):
	case = grievance()
	officer = desk("State Nodal Officer").form("Citizen Post", post(state="Support", grievance=case.name))
	assert officer.page.get_by_role("button", name="Open grievance").is_visible()
	assert officer.page.get_by_role("button", name="Accept as grievance").count() == 0
