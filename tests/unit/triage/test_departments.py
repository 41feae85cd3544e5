"""Category to department: the nearest place first, then the area, then the category's own."""

from __future__ import annotations

import pytest

from grievance_helpdesk.intake.triage import departments
from grievance_helpdesk.intake.triage.engine import PostText, Triage
from grievance_helpdesk.intake.triage.places import Places
from grievance_helpdesk.intake.triage.result import Field
from grievance_helpdesk.intake.triage.rules import Category, DepartmentRow

SEWER = Category(
	"SEW",
	"Sewer",
	department="PHED",
	departments=(
		DepartmentRow("ULB", area="Urban"),
		DepartmentRow("GMDA", area="Urban", jurisdiction_path="00010002"),
		DepartmentRow("HSVP", jurisdiction_path="000100020003"),
	),
)
PATHS = {"Gurugram": "00010002", "Sector 9, Gurugram": "000100020003", "Hisar": "00010004"}


@pytest.mark.parametrize(
	("place", "area", "department"),
	[
		("Sector 9, Gurugram", "Urban", "HSVP"),
		("Gurugram", "Urban", "GMDA"),
		("Gurugram", "Rural", "PHED"),
		("Hisar", "Urban", "ULB"),
		("Hisar", "", "PHED"),
		(None, "Urban", "ULB"),
		(None, "", "PHED"),
	],
)
def test_the_most_specific_row_wins(place: str | None, area: str, department: str) -> None:
	places = Places(jurisdiction=Field(place, 0.9), area=area)
	assert departments.decide(SEWER, places, PATHS).value == department


def test_without_a_place_the_answer_is_unsure() -> None:
	assert departments.decide(SEWER, Places(), PATHS).confidence < 0.6
	assert departments.decide(Category("X", "x", department="REVENUE"), Places(), PATHS).confidence > 0.9


def test_no_category_no_department() -> None:
	assert departments.decide(None, Places(), PATHS).value is None
	assert departments.decide(Category("NOG", "none"), Places(), PATHS).value is None


@pytest.mark.parametrize(
	("text", "department"),
	[
		("rohtak me bijli nahi aa rahi", "UHBVN"),
		("hisar me bijli nahi aa rahi", "DHBVN"),
		("hansi me light nahi aa rahi", "DHBVN"),
		("karnal ke gaon me street light kharab", "DEV-PAN"),
		("karnal ward 5 me street light kharab", "ULB"),
	],
)
def test_the_shipped_table(shipped_engine: Triage, text: str, department: str) -> None:
	assert shipped_engine.triage(PostText(text)).department.value == department
