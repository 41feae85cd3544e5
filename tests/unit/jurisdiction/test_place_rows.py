"""Official place lists in the shapes that they really have, and rows that cannot be used."""

from __future__ import annotations

import pytest

from grievance_helpdesk.jurisdiction.place_index import KnownPlace, PlaceIndex
from grievance_helpdesk.jurisdiction.place_rows import PlaceRow, RowError, fold, read_row

LGD = {
	"District Code": "70",
	"District Name (In English)": "Panchkula",
	"Subdistrict Code": "356",
	"Subdistrict Name (In English)": "Kalka",
	"Village Code": "56946.0",
	"Village Name (In English)": " Shah  pur ",
	"Village Name (In Local)": "शाहपुर",
	"Census 2011 Code": "000000",
}


def test_a_row_of_the_directory():
	row = read_row(2, LGD)
	assert (row.level, row.title, row.name_hi) == ("Village", "Shah pur", "शाहपुर")
	assert (row.district_code, row.subdistrict_code, row.lgd_code) == ("70", "356", "56946")
	assert row.census_code == "", "zeros alone are no code"


def test_a_row_of_the_census_directory():
	row = read_row(
		3,
		{
			"Sub-District Name": "Kalka",
			"District Name": "Panchkula",
			"Town-Village Code": "056946",
			"Town-Village Name": "Shahpur",
		},
	)
	assert (row.title, row.subdistrict, row.census_code, row.lgd_code) == ("Shahpur", "Kalka", "056946", "")


def test_one_code_column_belongs_to_the_source_of_the_row():
	census = read_row(2, {"name": "Shahpur", "kind": "village", "code": "56946", "source": "census2011"})
	assert (census.census_code, census.lgd_code) == ("56946", "")
	post = read_row(2, {"name": "Ballana", "kind": "post_office", "code": "134008", "source": "indiapost"})
	assert (post.level, post.pin_codes, post.lgd_code) == ("Locality", ["134008"], "")


def test_lists_of_wards_and_of_urban_bodies_have_no_level_column():
	assert read_row(2, {"Ward Name": "Ward 7", "Ward Code": "1"}).level == "Ward"
	assert (
		read_row(2, {"Local Body Name (In English)": "Kalka", "Local Body Code": "9"}).level == "Urban Body"
	)


@pytest.mark.parametrize(
	("cells", "message"),
	[
		({"name": " ", "level": "Village"}, "the place has no name"),
		({"name": "x", "level": "Taluk"}, "'Taluk' is no level: write one of State, Division"),
		({"name": "x", "pin_codes": "13410"}, "'13410' is not a PIN code"),
		({"name": "x" * 101}, "longer than 100 letters"),
	],
)
def test_a_row_that_cannot_be_used_says_why(cells, message):
	with pytest.raises(RowError) as caught:
		read_row(2, cells)
	assert message in str(caught.value)


def test_fold_ignores_case_blanks_and_punctuation_but_not_vowel_signs():
	assert fold("Yamuna-Nagar ") == fold("yamunanagar")
	assert fold("हिसार") != fold("हसर")


@pytest.fixture
def index() -> PlaceIndex:
	return PlaceIndex(
		[
			KnownPlace(
				"Hisar", "Hisar", "District", "Hisar Division", "Hisar", lgd_code="63", aliases=["Hissar"]
			),
			KnownPlace("Hansi", "Hansi", "District", "Hisar Division", "Hansi"),
			KnownPlace(
				"Narnaund Sub-division, Hansi", "Narnaund", "Sub-division", "Hansi", "Hansi", lgd_code="395"
			),
			KnownPlace("Barwala Sub-division, Hisar", "Barwala", "Sub-division", "Hisar", "Hisar"),
			KnownPlace("Rajthal Village, Hansi", "Rajthal", "Village", "Hansi", "Hansi", pin_codes="125039"),
		]
	)


def row(**values) -> PlaceRow:
	return PlaceRow(**{"number": 2, "level": "Village", "title": "Rajthal", **values})


def test_a_tehsil_that_moved_is_found_under_its_new_district(index):
	by_name = index.parent_of(row(district="Hissar", subdistrict="NARNAUND"))
	by_code = index.parent_of(row(district_code="63", subdistrict_code="395"))
	assert by_name.name == by_code.name == "Narnaund Sub-division, Hansi"


def test_a_village_below_its_district_is_found_for_its_subdistrict(index):
	narnaund = index.by_document["Narnaund Sub-division, Hansi"]
	assert index.find(row(), narnaund) is None
	assert index.find_in_district(row(), narnaund).name == "Rajthal Village, Hansi"


def test_codes_keep_two_villages_of_one_name_apart(index):
	narnaund = index.by_document["Narnaund Sub-division, Hansi"]
	index.add(KnownPlace("Moth", "Moth", "Village", narnaund.name, "Hansi", census_code="1"))
	assert index.find(row(title="Moth", census_code="1"), narnaund).name == "Moth"
	assert index.find(row(title="Moth", census_code="2"), narnaund) is None
	assert index.find(row(title="Other name", census_code="1"), narnaund).name == "Moth"


def test_document_names_of_namesakes_differ(index):
	narnaund = index.by_document["Narnaund Sub-division, Hansi"]
	assert index.free_name(row(), narnaund) == "Rajthal, Narnaund Village, Hansi"


@pytest.mark.parametrize(
	("values", "message"),
	[
		({}, "the row names no district"),
		({"district": "Meerut"}, "there is no district Meerut"),
		({"district": "Hisar", "subdistrict": "Meerut"}, "there is no sub-district Meerut in Hisar"),
		({"level": "Division"}, "a Division is added by hand"),
	],
)
def test_a_place_without_a_parent_is_refused(index, values, message):
	with pytest.raises(RowError) as caught:
		index.parent_of(row(**values))
	assert message in str(caught.value)
