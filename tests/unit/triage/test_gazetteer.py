"""The index of places."""

import pytest

from grievance_helpdesk.intake.triage.gazetteer import Gazetteer, PlaceRow, spelled


def village(title, district, **values):
	return PlaceRow(f"{title} Village, {district}", title, "Village", district, district, **values)


ROWS = [
	PlaceRow("Haryana", "Haryana", "State"),
	PlaceRow(
		"Hisar", "Hisar", "District", "Hisar", title_hi="हिसार", aliases=("Hissar",), pin_codes=("125001",)
	),
	PlaceRow("Fatehabad", "Fatehabad", "District", "Fatehabad", title_hi="फतेहाबाद"),
	PlaceRow("Kurukshetra", "Kurukshetra", "District", "Kurukshetra", title_hi="कुरुक्षेत्र"),
	PlaceRow("Barwala Sub-division, Hisar", "Barwala", "Sub-division", "Hisar", "Hisar"),
	village("Ram Nagar", "Hisar"),
	village("Jugalan (45)", "Hisar", pin_codes=("125006",)),
	village("Khanpur", "Hisar"),
	village("Khanpur", "Fatehabad"),
	village("Gorakhpur", "Fatehabad"),
	PlaceRow("Ward 13, Hisar", "Ward 13", "Ward", "Hisar", "Hisar"),
]


@pytest.fixture(scope="module")
def gazetteer():
	return Gazetteer(ROWS)


@pytest.mark.parametrize(
	("name", "spelling"),
	[("Jugalan (45)", "jugalan"), ("Ram-Nagar", "ram nagar"), ("गाँव  खेड़ी", "गांव खेडी"), ("()", "")],
)
def test_spelled(name, spelling):
	assert spelled(name) == spelling


def test_one_word_or_two(gazetteer):
	inside = gazetteer.inside["Hisar"]
	assert inside.exact("ram nagar") is inside.exact("ramnagar")
	assert inside.exact("gorakhpur") is None


@pytest.mark.parametrize("spelling", ["joogalan", "juglan", "जुगलान", "jugallan"])
def test_similar_spellings_of_a_district_meet(gazetteer, spelling):
	row, confidence = gazetteer.inside["Hisar"].similar(spelling)
	assert row.title == "Jugalan (45)"
	assert 0 < confidence < 1


def test_unlike_names_meet_nothing(gazetteer):
	assert gazetteer.inside["Hisar"].similar("mahabaleshwar") is None
	assert gazetteer.inside["Hisar"].similar("pai") is None


def test_a_village_from_two_lists_is_one_village():
	twice = Gazetteer([*ROWS, PlaceRow("Ramnagar PO, Hisar", "Ramnagar", "Locality", "Hisar", "Hisar")])
	assert twice.inside["Hisar"].exact("ramnagar").name == "Ram Nagar Village, Hisar"
	assert len(twice.small["ram nagar"]) == 1


@pytest.mark.parametrize("title", ["Model Town Hisar", "Hisar Model Town"])
def test_a_post_office_may_carry_its_district(title):
	known = Gazetteer([*ROWS, PlaceRow("PO", title, "Locality", "Hisar", "Hisar")])
	assert known.inside["Hisar"].exact("model town").name == "PO"


def test_a_long_name_tells_its_district_without_it():
	office = PlaceRow("PO", "DLF Phase 2 Hisar", "Locality", "Hisar", "Hisar")
	short = PlaceRow("RS", "Hisar Railway Station", "Locality", "Hisar", "Hisar")
	known = Gazetteer([*ROWS, office, short])
	assert known.small["dlf phase 2"] == [office]
	assert "railway station" not in known.small


def test_the_same_name_in_two_districts_stays_two(gazetteer):
	assert {row.district for row in gazetteer.small["khanpur"]} == {"Hisar", "Fatehabad"}


def test_single_word_villages_are_no_strong_names(gazetteer):
	assert "khanpur" not in gazetteer.strong
	assert "khanpur" not in gazetteer.starts
	assert gazetteer.strong["barwala"][0].level == "Sub-division"
	assert gazetteer.strong["हिसार"][0].name == "Hisar"


def test_pin_codes_belong_to_districts(gazetteer):
	assert gazetteer.pins == {"125001": {"Hisar"}, "125006": {"Hisar"}}


def test_wards_by_number(gazetteer):
	assert [row.title for row in gazetteer.inside["Hisar"].wards["13"]] == ["Ward 13"]


@pytest.mark.parametrize(
	("word", "district"),
	[
		("fathehabaad", "Fatehabad"),
		("phatehabad", "Fatehabad"),
		("kurukshetar", "Kurukshetra"),
		("ਕੁਰੂਕਸ਼ੇਤਰ", "Kurukshetra"),
		("garbage", None),
		("karna", None),
	],
)
def test_misspelled_districts(gazetteer, word, district):
	row = gazetteer.district_like(word)
	assert (row.name if row else None) == district


def test_rows_of_an_unknown_district_are_left_out():
	assert Gazetteer([village("Nowhere", "Atlantis")]).small == {}
