"""Public holidays of a country and state, from the package ``holidays``, as rows of a Service Calendar."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate

# The package knows the moving feasts about so far; beyond it would be silently incomplete.
FIRST_YEAR, LAST_YEAR = 2000, 2100
DECEMBER = 12


def known(country: str, subdivision: str | None, year: int) -> dict:
	"""``{date: name}`` of the public holidays. A message says so when the country or state is not known."""
	# Read where it is used: no web worker should carry it.
	from holidays import country_holidays

	if not FIRST_YEAR <= year <= LAST_YEAR:
		frappe.throw(_("Enter a year between {0} and {1}.").format(FIRST_YEAR, LAST_YEAR))
	try:
		return dict(country_holidays(country, subdiv=subdivision or None, years=year))
	except NotImplementedError:
		place = frappe.utils.escape_html(" ".join(filter(None, (country, subdivision))))
		frappe.throw(
			_(
				"No public holidays are known for {0}. Correct country and state (for Haryana: IN and HR), or leave them empty and enter the holidays by hand."
			).format(frappe.bold(place))
		)


def add(calendar, year: int) -> int:
	"""Append the holidays of ``year`` that the Service Calendar lacks; returns their number. Saves nothing."""
	if not calendar.country:
		frappe.throw(_("Enter the country first: its public holidays are looked up by it."))
	present = {getdate(row.holiday_date) for row in calendar.holidays}
	missing = [
		(day, name)
		for day, name in sorted(known(calendar.country, calendar.subdivision, year).items())
		if day not in present
	]
	for day, name in missing:
		calendar.append("holidays", {"holiday_date": day, "description": name[:140]})
	return len(missing)


def add_coming_years() -> None:
	"""Monthly job: each calendar of a country gets a year's holidays once, next year's in December.

	A calendar that has a holiday of that year is left alone, so what an admin deleted does not come back.
	"""
	today = getdate()
	years = [today.year, today.year + 1] if today.month == DECEMBER else [today.year]
	for name in frappe.get_all("Service Calendar", filters={"country": ["is", "set"]}, pluck="name", limit=0):
		_fill(frappe.get_doc("Service Calendar", name), years)


def _fill(calendar, years: list[int]) -> None:
	present = {getdate(row.holiday_date).year for row in calendar.holidays}
	frappe.db.savepoint("public_holidays")
	try:
		if sum(add(calendar, year) for year in years if year not in present):
			calendar.save(ignore_permissions=True)
	except frappe.ValidationError:
		# The others go on; the admin finds it in the Error Log.
		frappe.db.rollback(save_point="public_holidays")
		frappe.log_error(
			title=f"Public holidays of {calendar.name}",
			reference_doctype="Service Calendar",
			reference_name=calendar.name,
		)
