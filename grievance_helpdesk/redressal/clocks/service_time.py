"""Which limits and which calendar hold for a grievance: the settings' records in the words of ``sla.py``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

import frappe
from frappe.utils import get_time, getdate

from grievance_helpdesk.redressal import sla

CLOCKS = ("response", "resolution")
ROUND_THE_CLOCK = sla.Calendar({weekday: ((time(), time()),) for weekday in range(7)})


def calendar_of(department: str | None) -> str | None:
	"""Name of the Service Calendar of the department, else of the settings."""
	own = department and frappe.get_cached_value("Grievance Department", department, "service_calendar")
	return own or frappe.get_cached_doc("Grievance Settings").service_calendar


def limits_of(category: str | None, priority: str | None) -> dict[str, float | str | None]:
	"""``{response_limit, response_unit, resolution_limit, resolution_unit}``; 0 and None where there is no limit.

	For each clock the first that is set counts: the category's row for the priority, the category, the settings' row
	for the priority, the settings.
	"""
	sources = list(_sources(category, priority))
	values = {}
	for clock in CLOCKS:
		limit, unit = f"{clock}_limit", f"{clock}_unit"
		source = next((source for source in sources if source.get(limit) and source.get(unit)), None)
		values[limit] = source.get(limit) if source else 0
		values[unit] = source.get(unit) if source else None
	return values


def _sources(category: str | None, priority: str | None) -> Iterator:
	documents = [frappe.get_cached_doc("Grievance Category", category)] if category else []
	for document in [*documents, frappe.get_cached_doc("Grievance Settings")]:
		yield from (row for row in document.priority_limits if row.priority == priority)
		yield document


def working_time(calendar: str | None) -> sla.Calendar:
	"""The Service Calendar as ``sla.py`` reads it; kept with the cached document, so it lives as long as that does.

	Where no calendar is named a limit is still a limit: then every hour of every day counts.
	"""
	if not calendar:
		return ROUND_THE_CLOCK
	document = frappe.get_cached_doc("Service Calendar", calendar)
	if not document.flags.working_time:
		document.flags.working_time = to_calendar(document)
	return document.flags.working_time


def to_calendar(document) -> sla.Calendar:
	hours: dict[int, list] = {}
	for row in document.hours:
		weekday = sla.WEEKDAYS.index(row.weekday)
		hours.setdefault(weekday, []).append((get_time(row.from_time), get_time(row.to_time)))
	return sla.Calendar(hours, frozenset(getdate(row.holiday_date) for row in document.holidays))
