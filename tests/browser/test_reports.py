"""Every report of the app, in the Desk of the people whose roles it names."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "grievance_helpdesk"
REPORTS = {
	found["report_name"]: {row["role"] for row in found["roles"]}
	for file in sorted(APP.glob("*/report/*/*.json"))
	for found in [json.loads(file.read_text(encoding="utf-8"))]
}
ROLES = ("State Nodal Officer", "District Nodal Officer", "Grievance Administrator", "Grievance Auditor")
OPENED = [(name, role) for name, roles in REPORTS.items() for role in ROLES if role in roles]
ON_A_PHONE = [(name, role) for name, role in OPENED if role in ROLES[:2]]
HOSTILE = "<img src=x onerror=document.title='hacked'>"


@pytest.fixture
def week(grievance, post, records) -> list[str]:
	"""Panchkula's cases of a week: open, overdue, closed by a content and by a silent citizen, disputed, rejected; the
	first of them came as a post."""
	import frappe

	now = frappe.utils.now_datetime()

	def ago(days: int):
		return now - timedelta(days=days)

	ended = {"resolved_at": ago(2), "resolution_time": 4 * 86400}
	names = []
	for values in (
		{"status": "Open"},
		{"status": "Open", "resolve_by": ago(1), "escalation_level": 1, "resolution_breached": 1},
		{"status": "Closed", "feedback_outcome": "Solved", **ended},
		{"status": "Closed", "feedback_outcome": "No Answer", **ended},
		{"status": "Closed", "feedback_outcome": "Solved", "reopened_count": 1, "disputed_count": 1, **ended},
		{"status": "Rejected", **ended},
	):
		name = grievance(subject="Sewer blocked in Abheypur", officer="BRW-PKL").name
		taken_up = {"acknowledged_at": ago(5), "response_time": 86400}
		records.raw("Grievance", name, received_at=ago(6), **taken_up, **values)
		names.append(name)
	post(state="Grievance", grievance=names[0], needs_review=0, received_at=ago(6))
	return names


def open_report(desk: Callable, name: str, role: str, query: str = "", **more):
	person = desk(role, **more)
	return person.open(
		f"query-report/{name}{query}", ".datatable .dt-cell--col-1 .dt-cell__content, .form-message"
	)


@pytest.mark.parametrize("name, role", OPENED)
def test_it_opens_with_rows_and_a_chart(desk, week, name, role):
	page = open_report(desk, name, role).page
	page.locator(".datatable .dt-row[data-row-index='0']").wait_for()
	page.locator(".report-summary .summary-item").first.wait_for()
	page.locator(".chart-wrapper .frappe-chart, .chart-wrapper svg").first.wait_for()


@pytest.mark.parametrize("name, role", ON_A_PHONE)
def test_it_opens_on_a_phone(desk, week, name, role):
	page = open_report(desk, name, role, phone=True).page
	page.locator(".datatable .dt-row[data-row-index='0']").wait_for()
	overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
	assert overflow <= 0, "the page must not scroll sideways"


# Triage Quality counts posts, and what it says of them stands in no list of grievances.
@pytest.mark.parametrize("name", [name for name in REPORTS if name != "Triage Quality"])
def test_a_number_leads_to_as_many_cases(desk, week, name):
	page = open_report(desk, name, "State Nodal Officer").page
	link = page.locator(".datatable .dt-cell__content a[href*='/app/grievance?']").first
	number = int(link.inner_text().replace(",", ""))
	# Frappe would add what this person filtered the list by in another test.
	page.evaluate("frappe.model.user_settings.save('Grievance', 'List', {filters: []})")
	page.goto(link.evaluate("element => element.href"))
	page.wait_for_function("window.cur_list && cur_list.doctype === 'Grievance' && cur_list.data.length")
	listed = page.evaluate(
		"cur_list.get_args && frappe.xcall('frappe.desk.reportview.get_count',"
		" {doctype: 'Grievance', filters: cur_list.get_filters_for_args()})"
	)
	assert listed == number > 0


def test_a_number_forgets_what_the_list_was_filtered_by(desk, week):
	page = open_report(desk, "District Performance", "State Nodal Officer").page
	page.evaluate(
		"frappe.model.user_settings.save('Grievance', 'List', {filters: ["
		"['Grievance', 'status', '=', 'Merged'], ['Grievance', 'escalation_level', '>', 2]]})"
	)
	page.reload()
	link = page.locator(".datatable .dt-cell__content a[href*='/app/grievance?']").first
	link.wait_for()
	number = int(link.inner_text().replace(",", ""))
	link.click()
	page.locator(".list-row").nth(number - 1).wait_for()
	asked = page.evaluate("cur_list.get_filters_for_args().map(filter => filter[1])")
	assert sorted(set(asked)) == ["district", "received_at", "status"]
	assert page.locator(".list-row").count() == number


def test_an_empty_report_says_what_to_do(desk, week):
	import frappe

	first = frappe.utils.add_days(frappe.utils.today(), -900)
	days = f"from_date={first}&to_date={frappe.utils.add_days(first, 7)}"
	person = desk("State Nodal Officer").open(f"query-report/Category Trends?{days}", ".form-message")
	said = person.page.locator(".form-message").first.inner_text()
	assert said == (
		"No grievance that you may see came within this period. Choose a longer one, or fewer filters."
	)
	assert person.page.locator(".frappe-chart:visible").count() == 0


@pytest.mark.parametrize("name", REPORTS)
def test_the_figures_are_explained(desk, week, name):
	page = open_report(desk, name, "Grievance Auditor").page
	page.get_by_role("button", name="What the figures mean").click()
	page.locator(".modal.show dl dd").first.wait_for()


@pytest.mark.parametrize("name", REPORTS)
def test_it_is_exported(desk, week, name):
	"""What the Desk's own export sends, once for each kind of file."""
	page = open_report(desk, name, "State Nodal Officer").page
	for kind in ("CSV", "Excel"):
		with page.expect_download() as download:
			page.evaluate(
				"""kind => open_url_post("/api/method/frappe.desk.query_report.export_query", {
					report_name: frappe.query_report.report_name, file_format_type: kind, include_indentation: 0,
					filters: frappe.query_report.get_filter_values(true), visible_idx: [], csv_delimiter: ",",
				})""",
				kind,
			)
		content = Path(download.value.path()).read_bytes()
		assert len(lines_of(content, kind)) > 1, kind


def lines_of(content: bytes, kind: str) -> list:
	if kind == "CSV":
		return list(csv.reader(StringIO(content.decode("utf-8-sig"))))
	from openpyxl import load_workbook

	return list(load_workbook(BytesIO(content)).active.values)


@pytest.mark.parametrize("language", ["हिन्दी", "English"])
def test_the_meeting_pack_comes_as_a_paper(desk, week, language):
	page = open_report(desk, "Pendency by Department and Age", "District Nodal Officer").page
	page.evaluate("window.open = (address) => { window.asked = address; }")
	page.locator(".inner-group-button", has_text="Meeting Pack (PDF)").locator("button").click()
	page.locator(".dropdown-menu.show").get_by_text(language).click()
	answer = page.evaluate(
		"fetch(window.asked).then(async (answer) => [answer.status, (await answer.text()).slice(0, 4)])"
	)
	assert answer == [200, "%PDF"]


def test_what_somebody_named_is_text(desk, week, records):
	"""An officer's name, and a department's, are written by people."""
	records.raw("Nodal Officer", "BRW-PKL", officer_name=HOSTILE)
	records.raw("Grievance Department", "BRW-ULB", department_name=HOSTILE)
	try:
		for name in REPORTS:
			page = open_report(desk, name, "Grievance Administrator").page
			page.locator(".datatable .dt-row[data-row-index='0']").wait_for()
			assert page.locator(".datatable img[src=x], .chart-wrapper img[src=x]").count() == 0, name
			assert "hacked" not in page.title(), name
	finally:
		records.raw("Nodal Officer", "BRW-PKL", officer_name="Anita Rani")
		records.raw("Grievance Department", "BRW-ULB", department_name="Browser Urban Bodies")
