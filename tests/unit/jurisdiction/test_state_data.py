"""The shipped master data of Haryana, and what its reader says about faulty files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from grievance_helpdesk.jurisdiction import state_data
from grievance_helpdesk.jurisdiction.state_data import StateDataError

HEADER = "level,title,name_hi,parent,district,lgd_code,census_code,aliases,pin_codes,valid_from\n"
STATE = "State,Haryana,हरियाणा,,,6,06,,,\nDivision,Ambala Division,,Haryana,,,,,,\n"
DISTRICT = "District,Panchkula,पंचकूला,Ambala Division,,70,69,PKL|पंचकुला,134109,\n"


def folder_with(tmp_path: Path, places: str, offices: str = "") -> Path:
	(tmp_path / "jurisdictions.csv").write_text(HEADER + places, encoding="utf-8")
	if offices:
		text = "title,level,district,pin_codes\n" + offices
		(tmp_path / "post_offices.csv").write_text(text, encoding="utf-8")
	return tmp_path


@pytest.fixture(scope="module")
def haryana() -> dict:
	return {place.name: place for place in state_data.places()}


def test_haryana_has_its_divisions_districts_and_towns(haryana):
	counts = Counter(place.level for place in haryana.values())
	assert counts["State"] == 1
	assert counts["Division"] == 6
	assert counts["District"] == 23
	assert counts["Sub-division"] == 143
	assert counts["Urban Body"] == 94
	assert counts["Village"] + counts["Locality"] > 2500


def test_hansi_is_a_district_of_hisar_division_without_a_code(haryana):
	hansi = haryana["Hansi"]
	assert hansi.parent == "Hisar Division"
	assert hansi.values["lgd_code"] == ""
	assert hansi.values["valid_from"] == "2025-12-22"
	inside = {
		place.title for place in haryana.values() if place.parent == "Hansi" and place.level == "Sub-division"
	}
	assert inside == {"Hansi", "Narnaund", "Bass", "Kheri Jalab"}
	assert "125033" in hansi.values["pin_codes"].split()
	assert "125033" not in haryana["Hisar"].values["pin_codes"].split()


@pytest.mark.parametrize(
	("district", "spelling"),
	[
		("Gurugram", "Gurgaon"),
		("Gurugram", "गुड़गांव"),
		("Nuh", "Mewat"),
		("Hisar", "Hissar"),
		("Sonipat", "Sonepat"),
	],
)
def test_districts_know_how_people_write_them(haryana, district, spelling):
	assert spelling in haryana[district].values["aliases"]


def test_every_district_has_a_hindi_name_and_pin_codes(haryana):
	for place in haryana.values():
		if place.level == "District":
			assert place.values["name_hi"], place.title
			assert place.values["pin_codes"], place.title


def test_codes_of_one_level_are_never_given_twice(haryana):
	codes = Counter((place.level, place.values.get("lgd_code")) for place in haryana.values())
	assert [key for key, count in codes.items() if key[1] and count > 1] == []


def test_a_spelling_never_names_two_districts(haryana):
	owners = Counter()
	for place in haryana.values():
		if place.level == "District":
			owners.update({text.casefold() for text in (place.title, *place.values["aliases"])})
	assert [text for text, count in owners.items() if count > 1] == []


def test_children_lie_inside_their_parents_bounds_and_paths(haryana):
	for place in haryana.values():
		if place.parent:
			parent = haryana[place.parent]
			assert parent.lft < place.lft < place.rgt < parent.rgt
			assert place.scope_path.startswith(parent.scope_path)


def test_district_collects_pin_codes_of_its_places(tmp_path):
	folder = folder_with(tmp_path, STATE + DISTRICT, "Kalka,Locality,Panchkula,133302 133301\n")
	found = {place.name: place for place in state_data.places(folder)}
	assert found["Panchkula"].values["pin_codes"] == "133301 133302 134109"
	assert found["Kalka Locality, Panchkula"].values["source"] == "India Post"


@pytest.mark.parametrize(
	("places", "message"),
	[
		(STATE + "Taluk,Kalka,,Haryana,Panchkula,,,,,\n", "jurisdictions.csv, line 4: 'Taluk' is no level"),
		(STATE + "District,,,Ambala Division,,,,,,\n", "jurisdictions.csv, line 4: the title is empty"),
		(STATE + DISTRICT + DISTRICT, "line 5: Panchkula already stands in jurisdictions.csv, line 4"),
		(
			STATE + "District,Kalka,,Nowhere,,,,,,\n",
			"line 4: the parent 'Nowhere' of Kalka is not in the list",
		),
		(STATE + "Block,Kalka,,Haryana,,,,,,\n", "line 4: Kalka: a Block needs its district"),
		(STATE + "District,Kalka,,Ambala Division,,,,,13410,\n", "line 4: '13410' is not a PIN code"),
		(STATE + "District,Kalka\n", "line 4: not as many cells as columns"),
		(STATE + "District,Kalka,,,,,,,,\n", "line 4: say which place Kalka is part of"),
	],
)
def test_a_fault_is_named_with_file_and_line(tmp_path, places, message):
	with pytest.raises(StateDataError) as caught:
		state_data.places(folder_with(tmp_path, places))
	assert message in str(caught.value)


def test_a_folder_without_places_is_refused(tmp_path):
	with pytest.raises(StateDataError, match=r"jurisdictions\.csv is missing"):
		state_data.places(tmp_path)


def test_departments_come_after_those_they_belong_to(tmp_path):
	(tmp_path / "departments.json").write_text(
		'[{"department_code": "JE", "department_name": "b", "parent_department": "PHED"},'
		' {"department_code": "PHED", "department_name": "a"}]'
	)
	assert [row["department_code"] for row in state_data.departments(tmp_path)] == ["PHED", "JE"]


@pytest.mark.parametrize(
	("text", "message"),
	[
		('[{"department_code": "A", "department_name": "a", "merged_into": "B"}]', "circular link"),
		('[{"department_code": "A"}]', "record 1: department_name is missing"),
		(
			'[{"department_code": "A", "department_name": "a"}, {"department_code": "A", "department_name": "b"}]',
			"A stands twice",
		),
		("[\n{]", "departments.json, line 2"),
		("{}", "expected a list"),
	],
)
def test_faulty_records_are_named(tmp_path, text, message):
	(tmp_path / "departments.json").write_text(text)
	with pytest.raises(StateDataError, match=message):
		state_data.departments(tmp_path)


def test_fingerprint_changes_with_the_data_only(tmp_path):
	folder = folder_with(tmp_path, STATE)
	before = state_data.fingerprint(folder)
	(folder / "SOURCES.md").write_text("note")
	assert state_data.fingerprint(folder) == before
	folder_with(tmp_path, STATE + DISTRICT)
	assert state_data.fingerprint(folder) != before


def test_shipped_categories_name_departments_and_places_that_are_shipped(haryana):
	departments = {row["department_code"] for row in state_data.departments()}
	for category in state_data.categories():
		rows = category.get("departments", [])
		named = {category.get("department"), *(row["department"] for row in rows)} - {None, ""}
		assert named <= departments, category["category_code"]
		places = {row.get("jurisdiction") for row in rows}
		places |= {row.get("district") for row in category.get("phrases", [])}
		assert places - {None, ""} <= set(haryana), category["category_code"]
		assert named or category["grievance_type"] == "Non-grievance", category["category_code"]


def test_every_shipped_file_holds_records():
	for read in (state_data.departments, state_data.categories, state_data.grounds, state_data.phrases):
		assert len(read()) > 10, read.__name__
