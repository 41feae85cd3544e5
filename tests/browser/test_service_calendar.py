"""An administrator adds a year's public holidays in the form, and reads a plain refusal of impossible hours."""

from __future__ import annotations

import pytest

HOURS = {"weekday": "Monday", "from_time": "09:00:00", "to_time": "17:00:00"}


@pytest.fixture
def calendar(records):
	return records.make(
		"Service Calendar", calendar_name="Browser Office", country="IN", subdivision="HR", hours=[HOURS]
	)


def test_a_years_public_holidays_are_added_with_one_button(desk, records, calendar):
	admin = desk("Grievance Administrator").open(
		f"service-calendar/{calendar.name}", "[data-fieldname='hours']"
	)
	admin.click("Add Public Holidays")
	dialog = admin.dialog()
	dialog.locator("input[data-fieldname='year']").fill("2027")
	dialog.get_by_role("button", name="Add", exact=True).click()
	admin.page.wait_for_selector(".desk-alert >> text=holidays of 2027 were added")
	assert "Republic Day" in [
		row.description for row in records.fresh("Service Calendar", calendar.name).holidays
	]


def test_an_auditor_only_reads(desk, calendar):
	auditor = desk("Grievance Auditor").open(f"service-calendar/{calendar.name}", "[data-fieldname='hours']")
	assert auditor.page.get_by_role("button", name="Add Public Holidays").count() == 0
