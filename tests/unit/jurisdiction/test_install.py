"""Loading master data record by record: what is missing comes, what an admin changed stays."""

from __future__ import annotations

import json
from pathlib import Path

import frappe
import pytest

from grievance_helpdesk import install
from grievance_helpdesk.jurisdiction import state_data

HEADER = "level,title,name_hi,parent,district,lgd_code,census_code,aliases,pin_codes\n"
PLACES = HEADER + "State,Haryana,,,,6,,,\nDivision,Test Division,,Haryana,,,,,\n"
RECORDS = {
	"departments.json": [
		{"department_code": "TST-CELL", "department_name": "Cell", "parent_department": "TST-DEPT"},
		{"department_code": "TST-DEPT", "department_name": "Department"},
	],
	"categories.json": [
		{
			"category_code": "TST-CAT",
			"category_name": "Category",
			"department": "TST-DEPT",
			"phrases": [{"phrase": "test phrase", "language": "en"}],
		}
	],
	"grounds.json": [
		{"ground_code": "TST-RTI", "ground_title": "RTI", "reply_text": "Write.", "reply_text_hi": "लिखें।"}
	],
	"service_calendars.json": [
		{
			"calendar_name": "Test Offices",
			"country": "IN",
			"hours": [{"weekday": "Monday", "from_time": "09:00:00", "to_time": "17:00:00"}],
		}
	],
	"triage_phrases.json": [
		{"purpose": "Kind", "outcome": "thanks", "phrase": "test thanks"},
		{"purpose": "Kind", "outcome": "greeting", "phrase": "test thanks"},
	],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
	(tmp_path / "jurisdictions.csv").write_text(PLACES, encoding="utf-8")
	for name, records in RECORDS.items():
		(tmp_path / name).write_text(json.dumps(records), encoding="utf-8")
	return tmp_path


def test_every_kind_of_record_is_inserted_once(folder):
	expected = {
		"Jurisdiction": 1,
		"Grievance Department": 2,
		"Grievance Category": 1,
		"Non-grievance Ground": 1,
		"Triage Phrase": 2,
		"Service Calendar": 1,
	}
	assert install.load_master_data(folder) == expected
	category = frappe.get_doc("Grievance Category", "TST-CAT")
	assert [row.phrase for row in category.phrases] == ["test phrase"]
	assert set(install.load_master_data(folder).values()) == {0}


def test_an_admins_change_survives_new_data(folder):
	install.load_master_data(folder)
	frappe.db.set_value("Grievance Category", "TST-CAT", "category_name", "Renamed by an admin")
	records = [*RECORDS["categories.json"], {**RECORDS["categories.json"][0], "category_code": "TST-NEW"}]
	(folder / "categories.json").write_text(json.dumps(records), encoding="utf-8")
	assert install.load_master_data(folder)["Grievance Category"] == 1
	assert frappe.db.get_value("Grievance Category", "TST-CAT", "category_name") == "Renamed by an admin"


def test_a_migration_with_unchanged_data_brings_nothing_back():
	frappe.db.set_default(install.FINGERPRINT_KEY, state_data.fingerprint())
	frappe.delete_doc("Jurisdiction", "Agroha Block, Hisar")
	install.after_migrate()
	assert not frappe.db.exists("Jurisdiction", "Agroha Block, Hisar")
	frappe.db.set_default(install.FINGERPRINT_KEY, "older")
	install.after_migrate()
	assert frappe.db.exists("Jurisdiction", "Agroha Block, Hisar")


def test_an_admins_choice_of_state_stays():
	frappe.db.set_single_value("Grievance Settings", "state", "Panchkula")
	install.load_master_data()
	assert frappe.db.get_single_value("Grievance Settings", "state") == "Panchkula"


def test_the_ladder_and_the_replies_come_once_and_an_admins_change_stays():
	assert set(install.load_redressal_records().values()) == {0}
	ladder = frappe.get_doc("Escalation Ladder", "Standard Ladder")
	assert [row.escalate_to for row in ladder.levels][-1] == "State Nodal Officer"
	ladder.levels[-1].after = 30
	ladder.save()
	frappe.db.set_default(install.REDRESSAL_KEY, "older")
	install.after_migrate()
	ladder.reload()
	assert ladder.levels[-1].after == 30
	ladder.delete()
	install.after_migrate()
	assert not frappe.db.exists("Escalation Ladder", "Standard Ladder")
	assert install.load_redressal_records()["Escalation Ladder"] == 1


def test_settings_that_came_with_a_new_version_take_their_defaults(site):
	site.db.delete(
		"Singles", {"doctype": "Grievance Settings", "field": ["in", ("reopen_days", "max_transfers")]}
	)
	site.db.set_single_value("Grievance Settings", "appeal_days", 0)
	site.clear_document_cache("Grievance Settings", "Grievance Settings")
	install.after_migrate()
	settings = site.get_single("Grievance Settings")
	assert (settings.reopen_days, settings.max_transfers) == (7, 3)
	assert not settings.appeal_days, "what an admin emptied stays empty"
