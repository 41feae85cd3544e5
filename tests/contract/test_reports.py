"""What all reports have in common: found on disk, so that a new one is held to it too."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from grievance_helpdesk.intake.triage.kind import GRIEVANCE
from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.reporting import cells
from tests.contract import records

ROOT = Path(__file__).resolve().parents[2]
REPORTS = {
	json.loads(file.read_text(encoding="utf-8"))["report_name"]: ".".join(
		file.relative_to(ROOT).with_suffix("").parts
	)
	for file in sorted((ROOT / "grievance_helpdesk").glob("*/report/*/*.json"))
}
FORMULA = "=cmd|'/c calc'!A1"
every_report = pytest.mark.parametrize("name", REPORTS)


def execute(name: str, **chosen) -> tuple:
	return importlib.import_module(REPORTS[name]).execute(chosen)


@pytest.fixture
def named_like_a_formula(site) -> None:
	"""Department, category and officer whose names a spreadsheet would run, with one open and one closed case."""
	records.department("RUN", department_name=FORMULA).insert()
	records.category("RUN", category_name=FORMULA, department="RUN").insert()
	user = records.user("report.formula@example.com", "Department Officer").name
	officer = {"doctype": "Nodal Officer", "official_id": "RUN", "officer_name": FORMULA}
	site.get_doc({**officer, "designation": "Clerk", "user": user}).insert()
	now = moment.now()
	for status in ("Open", "Closed"):
		case = records.grievance(category="RUN", officer="RUN").insert()
		ended = now if status == "Closed" else None
		values = {"status": status, "resolved_at": ended, "received_at": now, "officer": "RUN"}
		site.db.set_value("Grievance", case.name, values)
	post = {
		"doctype": "Citizen Post",
		"name": "report-formula",
		"channel": "X",
		"state": "Grievance",
		"kind": GRIEVANCE,
	}
	site.get_doc({**post, "category": "RUN", "grievance": case.name, "received_at": now}).db_insert()


@every_report
def test_no_cell_is_run_by_a_spreadsheet(site, named_like_a_formula, name):
	_columns, rows, *_rest = execute(name)
	texts = [value for row in rows for value in row.values() if isinstance(value, str)]
	assert texts
	assert [text for text in texts if text.startswith(cells.RUN_BY_SPREADSHEETS)] == []


@pytest.mark.bench
@pytest.mark.parametrize("kind", ["CSV", "Excel"])
def test_an_export_holds_no_formula(site, named_like_a_formula, kind):
	from io import BytesIO

	from frappe.desk.query_report import export_query

	site.local.form_dict = site._dict(
		report_name="Officer Scorecard",
		file_format_type=kind,
		filters="{}",
		visible_idx="[]",
		csv_delimiter=",",
	)
	export_query()
	content = site.response["filecontent"]
	if kind == "CSV":
		assert f"\"'{FORMULA}" in content.decode() or f"'{FORMULA}" in content.decode()
		assert f'"{FORMULA}' not in content.decode()
		return
	from openpyxl import load_workbook

	values = [cell.value for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
	assert f"'{FORMULA}" in values
	assert FORMULA not in values


@every_report
@pytest.mark.parametrize(
	"chosen, said",
	[
		({"department": "GONE"}, "does not exist (any more)"),
		({"from_date": "2026-13-45"}, "Write it as year-month-day"),
		({"from_date": "2020-01-02", "to_date": "2020-01-01"}, "before it begins on"),
		({"from_date": "2099-01-01"}, "still to come"),
	],
)
def test_what_is_impossible_is_said_in_a_sentence(site, name, chosen, said):
	with pytest.raises(site.ValidationError) as refused:
		execute(name, **chosen)
	assert said in str(refused.value)


@every_report
def test_no_row_has_a_sentence_and_neither_chart_nor_total(site, name):
	records.department("EMPTY").insert()
	_columns, rows, message, chart, _summary, skip_total = execute(name, department="EMPTY")
	assert rows == []
	assert message.endswith(".")
	assert (chart, bool(skip_total)) == (None, True)


@every_report
def test_a_district_outside_is_refused(site, as_user, name):
	records.place("Reportland", "State", None).insert()
	records.place("Reporthisar", "District", "Reportland").insert()
	user = records.user("report.outside@example.com", "District Nodal Officer")
	with as_user(user.name), pytest.raises(site.PermissionError, match="lies outside your area"):
		execute(name, district="Reporthisar")


def told_in_the_docs() -> dict[str, str]:
	"""The section of each report, as one line."""
	parts = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8").split("\n## ")
	return {part.partition("\n")[0]: " ".join(part.split()) for part in parts[1:]}


@every_report
def test_the_docs_say_what_the_report_says(site, name):
	columns = execute(name)[0]
	section = told_in_the_docs()[name]
	meanings = {
		column["label"]: " ".join(column["meaning"].split()) for column in columns if column.get("meaning")
	}
	assert meanings
	assert {label: text for label, text in meanings.items() if f"**{label}**: {text}" not in section} == {}
