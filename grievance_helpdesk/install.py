"""Installation: what a site needs beyond the DocTypes. Everything may run again and never undoes an admin's change.

The roles come with Frappe's own fixtures. The state's master data (``jurisdiction/state_data.py``) is inserted
record by record where it is missing; a record that exists is left as it stands. A migration looks at it only when
the shipped files changed since the last time, so what an admin deleted stays deleted until then; a place or
category that should stay out of use for good is better disabled than deleted.
"""

from __future__ import annotations

import json
from pathlib import Path

import frappe
from frappe.gettext.translate import compile_translations
from frappe.utils import update_progress_bar

from grievance_helpdesk.jurisdiction import place_store, public_holidays, state_data
from grievance_helpdesk.redressal.workflow import board
from grievance_helpdesk.redressal.workflow import fixtures as workflow_fixtures

FINGERPRINT_KEY = "grievance_helpdesk_master_data"
REDRESSAL_KEY = "grievance_helpdesk_redressal_records"
REDRESSAL_FOLDER = Path(__file__).resolve().parent / "fixtures" / "redressal"
# What the folder holds, one file a DocType, and the field that tells whether a record is there.
REDRESSAL_RECORDS = {"Escalation Ladder": "ladder_name", "Grievance Reply Template": "template_title"}
COORDINATES = ("latitude", "longitude")


def after_install() -> None:
	_compile_texts()
	workflow_fixtures.insert_missing()
	board.insert_missing()
	load_master_data()
	load_redressal_records()


def after_migrate() -> None:
	_compile_texts()
	_fill_new_settings()
	workflow_fixtures.insert_missing()
	board.insert_missing()
	if frappe.db.get_default(FINGERPRINT_KEY) != state_data.fingerprint():
		load_master_data()
	if frappe.db.get_default(REDRESSAL_KEY) != state_data.fingerprint(REDRESSAL_FOLDER):
		load_redressal_records()


def load_redressal_records(folder: Path = REDRESSAL_FOLDER) -> dict[str, int]:
	"""Insert what is missing of the ladder and the canned replies; returns the number of new records by DocType."""
	counts = {}
	for doctype, field in REDRESSAL_RECORDS.items():
		records = json.loads((folder / f"{frappe.scrub(doctype)}.json").read_text(encoding="utf-8"))
		counts[doctype] = _insert_missing(doctype, records, (field,))
	frappe.db.set_default(REDRESSAL_KEY, state_data.fingerprint(folder))
	return counts


def load_master_data(folder: Path = state_data.DEFAULT_FOLDER) -> dict[str, int]:
	"""Insert what is missing of a state's master data; returns the number of new records by DocType."""
	places = state_data.places(folder)
	counts = {
		"Jurisdiction": _insert_places(places),
		"Grievance Department": _insert_missing(
			"Grievance Department", state_data.departments(folder), ("department_code",)
		),
		"Grievance Category": _insert_missing(
			"Grievance Category", state_data.categories(folder), ("category_code",)
		),
		"Non-grievance Ground": _insert_missing(
			"Non-grievance Ground", state_data.grounds(folder), ("ground_code",)
		),
		"Triage Phrase": _insert_missing(
			"Triage Phrase", state_data.phrases(folder), ("purpose", "outcome", "phrase")
		),
		"Service Calendar": _insert_calendars(state_data.calendars(folder)),
	}
	_fill_coordinates(state_data.coordinates(folder))
	_set_settings(state=places[0].name, service_calendar=_first_calendar(folder))
	frappe.db.set_default(FINGERPRINT_KEY, state_data.fingerprint(folder))
	return counts


def _compile_texts() -> None:
	"""The Hindi texts as Frappe reads them; it compiles them itself in ``bench build`` only.

	This app has nothing else to build, so an update may well come without a build. What is newer than its text file
	stays as it is; where the assets belong to somebody else, as in an image, they were built with it.
	"""
	try:
		compile_translations("grievance_helpdesk")
	except OSError:
		frappe.log_error("The Hindi texts could not be compiled; run bench build")
	frappe.clear_cache()


def _insert_places(places: list[state_data.Place]) -> int:
	known = set(frappe.get_all("Jurisdiction", pluck="name", limit=0))
	missing = [place for place in places if place.name not in known]
	place_store.insert_places(missing)
	return len(missing)


def _fill_coordinates(coordinates: dict[str, tuple[float, float]]) -> None:
	"""Places that have none yet take the shipped coordinates."""
	bare = frappe.get_all(
		"Jurisdiction",
		filters={"name": ["in", sorted(coordinates) or [""]], "latitude": 0, "longitude": 0},
		pluck="name",
		limit=0,
	)
	place_store.update_many({name: dict(zip(COORDINATES, coordinates[name], strict=True)) for name in bare})


def _insert_missing(doctype: str, records: list[dict], key: tuple[str, ...]) -> int:
	"""Insert the records whose ``key`` fields are not on the site yet."""
	known = {tuple(row) for row in frappe.get_all(doctype, fields=list(key), as_list=True, limit=0)}
	missing = [record for record in records if tuple(record[field] for field in key) not in known]
	for number, record in enumerate(missing, 1):
		frappe.get_doc({"doctype": doctype, **record}).insert(ignore_permissions=True)
		update_progress_bar(f"Adding {doctype}", number - 1, len(missing))
	return len(missing)


def _insert_calendars(calendars: list[dict]) -> int:
	"""Each missing calendar with the public holidays of this year and the next."""
	count = 0
	for fields in calendars:
		if frappe.db.exists("Service Calendar", fields["calendar_name"]):
			continue
		calendar = frappe.get_doc({"doctype": "Service Calendar", **fields})
		year = frappe.utils.getdate().year
		for each in (year, year + 1) if calendar.country else ():
			public_holidays.add(calendar, each)
		calendar.insert(ignore_permissions=True)
		count += 1
	return count


def _first_calendar(folder: Path) -> str | None:
	return next((fields["calendar_name"] for fields in state_data.calendars(folder)), None)


def _fill_new_settings() -> None:
	"""Settings that came with this version take their defaults; Frappe gives them to new documents only.

	A setting that an admin emptied has a row all the same, and stays empty.
	"""
	singles = frappe.qb.DocType("Singles")
	query = frappe.qb.from_(singles).select(singles["field"]).where(singles.doctype == "Grievance Settings")
	known = set(query.run(pluck=True))
	missing = {
		df.fieldname: frappe.utils.cast(df.fieldtype, df.default)
		for df in frappe.get_meta("Grievance Settings").fields
		if df.default and df.fieldname not in known
	}
	if known and missing:
		settings = frappe.get_single("Grievance Settings")
		settings.update(missing)
		settings.save(ignore_permissions=True)


def _set_settings(**values: str | None) -> None:
	"""Fill what the settings leave empty."""
	settings = frappe.get_single("Grievance Settings")
	missing = {field: value for field, value in values.items() if value and not settings.get(field)}
	if missing:
		settings.update(missing)
		settings.save(ignore_permissions=True)
