"""The map of cases: coordinates of places, and one marker a place with the numbers of the viewer's own list."""

from __future__ import annotations

import pytest

from grievance_helpdesk import install
from grievance_helpdesk.jurisdiction import state_data
from grievance_helpdesk.redressal.casework import places
from tests.contract import offices


@pytest.fixture
def staff(site):
	return offices.make()


def marks(as_user, user: str, filters=None) -> dict[str, tuple[int, int]]:
	with as_user(user):
		features = places.read(filters)["features"]
	return {
		feature["properties"]["place"]: (feature["properties"]["cases"], feature["properties"]["late"])
		for feature in features
	}


def test_every_district_has_coordinates_inside_haryana(site) -> None:
	rows = site.get_all(
		"Jurisdiction", {"level": "District", "source": "LGD"}, ["name", "latitude", "longitude"], limit=0
	)
	assert {row.name for row in rows} >= set(state_data.coordinates())
	assert len(state_data.coordinates()) == 23
	for row in rows:
		if row.name in state_data.coordinates():
			assert 27.6 < row.latitude < 31 and 74.4 < row.longitude < 77.6, row.name


def test_what_an_admin_wrote_stays(site) -> None:
	site.db.set_value("Jurisdiction", "Hisar", {"latitude": 29.2, "longitude": 75.7})
	site.db.set_value("Jurisdiction", "Sirsa", {"latitude": 0, "longitude": 0})
	install.load_master_data()
	assert site.db.get_value("Jurisdiction", "Hisar", "latitude") == pytest.approx(29.2)
	assert site.db.get_value("Jurisdiction", "Sirsa", "latitude") == pytest.approx(29.53)


@pytest.mark.parametrize(("field", "value"), [("latitude", 91), ("longitude", -181)])
def test_no_place_lies_outside_the_earth(site, field: str, value: float) -> None:
	doc = site.get_doc("Jurisdiction", "Hisar")
	doc.set(field, value)
	with pytest.raises(site.ValidationError, match="lies between"):
		doc.save(ignore_permissions=True)


def test_cases_stand_at_the_nearest_place_that_has_coordinates(site, staff, as_user) -> None:
	village = site.get_all("Jurisdiction", {"district": "Hisar", "level": "Village"}, pluck="name", limit=1)[
		0
	]
	late = offices.case(jurisdiction=village).name
	site.db.set_value("Grievance", late, "resolution_breached", 1)
	offices.case()
	assert marks(as_user, staff.hisar)["Hisar"] == (2, 1)
	site.db.set_value("Jurisdiction", village, {"latitude": 29.1, "longitude": 75.6})
	assert marks(as_user, staff.hisar) == {"Hisar": (1, 0), village: (1, 1)}


def test_each_officer_sees_the_own_district_and_the_lists_filters_hold(site, staff, as_user) -> None:
	offices.case()
	offices.case(jurisdiction="Sirsa")
	assert marks(as_user, staff.hisar) == {"Hisar": (1, 0)}
	assert marks(as_user, staff.sirsa) == {"Sirsa": (1, 0)}
	assert marks(as_user, staff.hisar, '[["Grievance", "status", "=", "Closed"]]') == {}


def test_cases_that_name_no_place_are_counted_and_stand_nowhere(site, staff, as_user) -> None:
	def unplaced() -> int:
		with as_user(staff.state):
			return places.read()["unplaced"]

	before = unplaced()
	offices.case(jurisdiction=None)
	assert unplaced() == before + 1


def test_who_may_read_no_grievance_is_refused(site, as_user) -> None:
	with as_user("Guest"), pytest.raises(site.PermissionError):
		places.read()
