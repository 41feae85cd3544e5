"""Officers and places through Frappe's own Data Import: what goes in, and what a bad row says."""

from __future__ import annotations

import csv
import io
import json
import uuid
from pathlib import Path

import frappe
import pytest

pytestmark = pytest.mark.bench
TEMPLATES = Path(__file__).resolve().parents[2] / "grievance_helpdesk" / "public" / "templates"
OFFICER = [
	"Official ID",
	"Name",
	"Designation",
	"E-mail of the User",
	"Jurisdiction (Postings)",
	"Department (Postings)",
	"From Date (Postings)",
	"To Date (Postings)",
]
PLACE = ["Name", "Level", "Part Of", "PIN Codes", "Alias (Aliases)"]


@pytest.fixture
def cleaned(site):
	"""Data Import commits each row: what it made goes by the mark in its names."""
	mark = f"imp{uuid.uuid4().hex[:6]}"
	yield mark
	frappe.set_user("Administrator")
	frappe.db.rollback()
	like = ["like", f"%{mark}%"]
	for doctype, field in (
		("Nodal Officer", "official_id"),
		("User", "email"),
		("Jurisdiction", "jurisdiction_name"),
		("Data Import", "import_file"),
		("File", "file_name"),
	):
		for name in frappe.get_all(doctype, filters={field: like}, pluck="name", order_by="creation desc"):
			frappe.delete_doc(doctype, name, force=True, ignore_permissions=True)
	frappe.db.commit()


def run_import(doctype: str, mark: str, table: list[list]) -> tuple[str, list[dict], list[dict]]:
	"""Import the rows; returns status, logs and the warnings that stopped it before it began."""
	from frappe.core.doctype.data_import.importer import Importer

	text = io.StringIO()
	csv.writer(text).writerows(table)
	file = frappe.get_doc(
		{"doctype": "File", "file_name": f"{mark}.csv", "content": text.getvalue(), "is_private": 1}
	).insert()
	job = frappe.get_doc(
		{
			"doctype": "Data Import",
			"reference_doctype": doctype,
			"import_type": "Insert New Records",
			"import_file": file.file_url,
		}
	).insert()
	frappe.db.commit()  # the import rolls back what a bad row began
	Importer(doctype, data_import=job).import_data()
	logs = frappe.get_all(
		"Data Import Log",
		filters={"data_import": job.name},
		fields=["success", "messages", "exception", "row_indexes", "docname"],
		order_by="log_index",
	)
	job.reload()
	return job.status, logs, json.loads(job.template_warnings or "[]")


def message(log) -> str:
	"""What the import's own page shows of a failed row."""
	return " ".join(
		json.loads(entry)["message"] if isinstance(entry, str) else entry["message"]
		for entry in json.loads(log.messages)
	)


def test_good_officers_go_in_and_bad_rows_say_what_to_do(cleaned):
	mark = cleaned

	def row(number: int, *rest: str) -> list[str]:
		return [f"{mark}-{number}", f"Officer {number}", "Magistrate", *rest]

	status, logs, warnings = run_import(
		"Nodal Officer",
		mark,
		[
			OFFICER,
			row(1, f"one-{mark}@example.org", "Ambala", "", "2026-01-01", ""),
			row(2, f"two-{mark}@example.org", "Ambala", "PHED", "2026-01-01", ""),
			["", "", "", "", "Panchkula", "PHED", "2026-04-01", "2026-12-31"],
			row(3, "no-address", "Ambala", "", "2026-01-01", ""),
			row(4, "", "Ambala", "", "2026-01-01", ""),
			row(5, f"five-{mark}@example.org", "Ambala", "", "2026-05-01", "2026-04-01"),
			row(6, f"one-{mark}@example.org", "Hisar", "", "2026-01-01", ""),
			row(7, f"seven-{mark}@example.org", "", "", "", ""),
			row(8, f"eight-{mark}@example.org", "Ambala", "", "", ""),
		],
	)
	assert (warnings, status) == ([], "Partial Success")
	assert [log.success for log in logs] == [1, 1, 0, 0, 0, 0, 0, 0]
	words = [message(log) for log in logs[2:]]
	expected = (
		"is not an e-mail address: correct it",
		"Name the person of",
		"the posting ends before it begins; correct one of the dates",
		f"is the user of <strong>{mark}-1</strong> already: add the posting there",
		"add a posting",
		"fill in <strong>From Date</strong>",
	)
	for said, wanted in zip(words, expected, strict=True):
		assert wanted in said
	officer = frappe.get_doc("Nodal Officer", f"{mark}-2")
	assert [(row.jurisdiction, row.department) for row in officer.postings] == [
		("Ambala", "PHED"),
		("Panchkula", "PHED"),
	]
	roles = {
		number: [role.role for role in frappe.get_doc("User", f"{number}-{mark}@example.org").roles]
		for number in ("one", "two")
	}
	assert roles == {"one": ["District Nodal Officer"], "two": ["Department Officer"]}
	assert not frappe.db.exists("User", f"five-{mark}@example.org")
	assert not frappe.db.exists("Email Queue Recipient", {"recipient": ["like", f"%{mark}%"]})


def test_a_place_that_is_not_known_stops_the_file_and_names_the_row(cleaned):
	row = [
		f"{cleaned}-1",
		"Officer",
		"Magistrate",
		f"one-{cleaned}@example.org",
		"Atlantis",
		"",
		"2026-01-01",
		"",
	]
	_status, logs, warnings = run_import("Nodal Officer", cleaned, [OFFICER, row])
	assert logs == []
	assert any("Atlantis" in warning["message"] and warning.get("row") == 2 for warning in warnings)
	assert not frappe.db.exists("User", f"one-{cleaned}@example.org")


def test_places_go_into_the_tree_and_bad_rows_say_what_to_do(cleaned):
	mark = cleaned
	status, logs, warnings = run_import(
		"Jurisdiction",
		mark,
		[
			PLACE,
			[f"{mark} Nagar", "Locality", "Panchkula", "134109", f"{mark} Colony"],
			["", "", "", "", f"{mark} Vihar"],
			[f"{mark} Khera", "Village", "Panchkula", "12", ""],
			[f"{mark} Mandal", "Division", "Panchkula", "", ""],
			[f"{mark} Nowhere", "Village", "", "", ""],
			["", "Village", "Panchkula", "134109", ""],
			[f"{mark} What", "", "Panchkula", "", ""],
			[f"{mark} Nagar", "Locality", "Panchkula", "", ""],
		],
	)
	assert (warnings, status) == ([], "Partial Success")
	assert [log.success for log in logs] == [1, 0, 0, 0, 0, 0, 0]
	expected = (
		"is not a PIN code: write six digits",
		"cannot be part of a",
		"Say which place",
		"Fill in the name of the place",
		"or say which level the place has",
		"open that place and change it",
	)
	for log, wanted in zip(logs[1:], expected, strict=True):
		assert wanted in message(log), log.exception
	place = frappe.get_doc("Jurisdiction", logs[0].docname)
	assert place.district == "Panchkula"
	assert place.scope_path.startswith(frappe.db.get_value("Jurisdiction", "Panchkula", "scope_path"))
	assert [row.alias for row in place.aliases] == [f"{mark} Colony", f"{mark} Vihar"]
	district = frappe.db.get_value("Jurisdiction", "Panchkula", ["lft", "rgt"], as_dict=True)
	assert district.lft < place.lft < place.rgt < district.rgt


@pytest.mark.parametrize(
	("template", "doctype", "documents"),
	[("officers.csv", "Nodal Officer", 2), ("places.csv", "Jurisdiction", 2)],
)
def test_the_shipped_templates_fit(cleaned, template: str, doctype: str, documents: int):
	"""Every column is known, no value is refused; the example rows are marked so that they can go again."""
	text = (TEMPLATES / template).read_text(encoding="utf-8")
	text = text.replace("Example", cleaned).replace("@example.org", f"-{cleaned}@example.org")
	text = text.replace("DNO-AMB-1", f"{cleaned}-D").replace("XEN-AMB-1", f"{cleaned}-X")
	status, logs, warnings = run_import(doctype, cleaned, list(csv.reader(io.StringIO(text))))
	assert (status, warnings) == ("Success", []), [log.exception for log in logs]
	assert len(logs) == documents


def test_who_may_import_but_makes_no_users(cleaned, as_user):
	person = frappe.get_doc(
		{
			"doctype": "User",
			"email": f"sno-{cleaned}@example.org",
			"first_name": "State",
			"send_welcome_email": 0,
			"roles": [{"role": "State Nodal Officer"}],
		}
	).insert()
	values = {
		"doctype": "Nodal Officer",
		"official_id": f"{cleaned}-9",
		"officer_name": "Officer",
		"designation": "Magistrate",
		"user_email": f"nine-{cleaned}@example.org",
		"postings": [{"jurisdiction": "Ambala", "from_date": "2026-01-01"}],
	}
	with as_user(person.name), pytest.raises(frappe.PermissionError, match="ask a Grievance Administrator"):
		frappe.get_doc(values).insert()
	assert not frappe.db.exists("User", values["user_email"])
