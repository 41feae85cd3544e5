"""Lists, quick filters and the workspace, each inside the viewer's scope."""

from __future__ import annotations

import pytest


@pytest.fixture
def cases(grievance) -> dict[str, str]:
	"""Subject → name: two of Panchkula, one of Hisar that nobody answers for."""
	return {
		subject: grievance(subject=subject, jurisdiction=place, urgent=urgent).name
		for subject, place, urgent in (
			("Browser Panchkula sewer", "Panchkula", 0),
			("Browser Panchkula wire", "Panchkula", 1),
			("Browser Hisar water", "Hisar", 0),
		)
	}


def test_a_district_officer_sees_the_own_district_only(desk, cases):
	officer = desk("District Nodal Officer").list("Grievance")
	subjects = officer.subjects()
	assert {"Browser Panchkula sewer", "Browser Panchkula wire"} <= set(subjects)
	assert "Browser Hisar water" not in subjects


def test_the_state_officer_sees_all(desk, cases):
	subjects = desk("State Nodal Officer").list("Grievance").subjects()
	assert set(cases) <= set(subjects)


def test_indicators_and_empty_cells_speak(desk, cases):
	officer = desk("State Nodal Officer").list("Grievance")
	row = officer.page.locator(".list-row", has_text="Browser Hisar water")
	assert "Unrouted" in row.inner_text()
	assert "Nobody yet" in row.inner_text()
	assert "Browser sewer blocked" in row.inner_text()
	assert "Emergency" in officer.page.locator(".list-row", has_text="Browser Panchkula wire").inner_text()


def test_quick_filters_work_from_the_keyboard(desk, cases):
	officer = desk("State Nodal Officer").list("Grievance", "status=Open&category=BRW-SEW")
	button = officer.page.get_by_role("button", name="Unrouted")
	button.focus()
	officer.page.keyboard.press("Enter")
	officer.page.locator(".gh-quick [aria-pressed=true]", has_text="Unrouted").wait_for()
	officer.page.locator(".list-row", has_text="Browser Panchkula sewer").wait_for(state="detached")
	assert "Browser Hisar water" in officer.subjects()


def test_an_empty_list_says_what_to_do(desk, records):
	officer = desk("District Nodal Officer").list("Grievance", "status=Open&needs_review=1&category=BRW-WAT")
	assert officer.page.locator(".gh-empty:visible").inner_text() == "Nothing waits for a check."


def test_the_workspace_counts_inside_the_scope(desk, cases):
	def count(role: str) -> int:
		person = desk(role).open("grievance-helpdesk", ".shortcut-widget-box .indicator-pill")
		shortcut = person.page.locator(".shortcut-widget-box", has_text="Unrouted").locator(".indicator-pill")
		return int(shortcut.inner_text().split()[0])

	assert count("District Nodal Officer") == 0
	assert count("State Nodal Officer") >= 1


@pytest.mark.parametrize("path", ["grievance", "citizen-post", "grievance-helpdesk"])
def test_a_phone_needs_no_sideways_scrolling(desk, cases, post, path):
	post()
	until = {"grievance-helpdesk": ".shortcut-widget-box"}.get(path, ".gh-quick")
	officer = desk("State Nodal Officer", phone=True).open(path, until)
	assert not officer.scrolls_sideways


def test_the_form_fits_a_phone(desk, grievance):
	officer = desk("State Nodal Officer", phone=True).form("Grievance", grievance(needs_review=1).name)
	assert not officer.scrolls_sideways
	officer.tab("Why")
	officer.page.locator(".gh-row").first.wait_for()
	assert not officer.scrolls_sideways
