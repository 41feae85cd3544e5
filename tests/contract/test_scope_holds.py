"""Each way past the rule that Frappe's records would open: refused, with a message that says what to do, or taken back."""

from __future__ import annotations

import json

import pytest

from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.jurisdiction.scope import columns, surface_acts, surfaces
from tests.contract import records

HERE, THERE, ABOVE, CELL, SNO = (
	f"hold.{name}@example.com" for name in ("here", "there", "above", "cell", "sno")
)


def officer(site, name: str, user: str, place: str | None, **values):
	return site.get_doc(
		{
			"doctype": "Nodal Officer",
			"official_id": name,
			"officer_name": name,
			"designation": "City Magistrate",
			"user": user,
			"postings": [{"jurisdiction": place, "from_date": "2020-01-01"}] if place else [],
			**values,
		}
	).insert()


@pytest.fixture
def case(site):
	"""A case in Hisar, which its officer HERE, the cell and the State Nodal Officer see, and THERE does not."""
	for email in (HERE, THERE, ABOVE):
		records.user(email, "District Nodal Officer")
	records.user(CELL, "Grievance Cell")
	records.user(SNO, "State Nodal Officer")
	officer(site, "HOLD-ABOVE", ABOVE, None)
	officer(site, "HOLD-HERE", HERE, "Hisar", reports_to="HOLD-ABOVE")
	officer(site, "HOLD-THERE", THERE, "Panchkula")
	return records.grievance(jurisdiction="Hisar", officer="HOLD-HERE").insert()


def seen_by(site, case, user: str) -> bool:
	listed = case.name in _names(site, user)
	assert bool(site.has_permission("Grievance", "read", case.name, user=user)) == listed, (
		"list and form agree"
	)
	return listed


def _names(site, user: str) -> list[str]:
	before = site.session.user
	site.set_user(user)
	try:
		return site.get_list("Grievance", pluck="name", limit_page_length=0)
	finally:
		site.set_user(before)


def share(site, case, user: str, **values):
	return site.get_doc(
		{
			"doctype": "DocShare",
			"share_doctype": case.doctype,
			"share_name": case.name,
			"user": user,
			"read": 1,
			**values,
		}
	)


def test_a_share_shows_the_case_in_list_and_form(site, case):
	assert not seen_by(site, case, THERE)
	share(site, case, THERE).insert(ignore_permissions=True)
	assert seen_by(site, case, THERE)


def test_a_complaint_hides_the_case_from_the_officer_and_everybody_below(site, case):
	case.reload()
	case.complaint_against = "HOLD-ABOVE"
	case.officer = None
	case.save()
	for user in (HERE, ABOVE):
		assert not seen_by(site, case, user)
		with pytest.raises(site.PermissionError, match="may not see this grievance"):
			share(site, case, user).insert(ignore_permissions=True)
	assert seen_by(site, case, SNO)


def test_a_complaint_that_is_named_later_takes_shares_and_followers_away(site, case):
	share(site, case, THERE).insert(ignore_permissions=True)
	case.reload()
	case.complaint_against = "HOLD-THERE"
	case.save()
	assert not site.db.exists("DocShare", {"share_name": case.name, "user": THERE})
	assert not seen_by(site, case, THERE)


def test_nobody_shares_with_everybody(site, case):
	with pytest.raises(site.PermissionError, match="choose the person who needs it"):
		share(site, case, "", everyone=1).insert(ignore_permissions=True)


def test_a_record_of_a_case_is_not_shared_by_itself(site, case):
	citizen = site.get_doc({"doctype": "Citizen", "citizen_name": "Contract"}).insert()
	with pytest.raises(site.PermissionError, match="share the grievance instead"):
		share(site, citizen, THERE).insert(ignore_permissions=True)


def test_a_confidential_case_is_shared_by_the_state_nodal_officer_only(site, case, as_user):
	case.db_set("confidential", 1)
	with (
		as_user(CELL),
		pytest.raises(site.PermissionError, match=r"only the State Nodal Officer shares it|Share"),
	):
		share(site, case, THERE).insert(ignore_permissions=True)
	with as_user(SNO):
		share(site, case, THERE).insert(ignore_permissions=True)
	assert seen_by(site, case, THERE)


def test_assigning_outside_the_area_needs_the_right_to_share(site, case, as_user):
	given = {"doctype": case.doctype, "name": case.name, "assign_to": json.dumps([THERE])}
	with as_user(HERE), pytest.raises(site.PermissionError, match="Use Transfer"):
		surface_acts.assign(given)
	assert not site.db.exists("ToDo", {"reference_name": case.name, "allocated_to": THERE})
	assert not seen_by(site, case, THERE)


def test_a_share_that_came_with_an_assignment_goes_when_it_is_done(site, case, as_user):
	given = {"doctype": case.doctype, "name": case.name, "assign_to": json.dumps([THERE])}
	with as_user(SNO):
		surface_acts.assign(dict(given))
	assert seen_by(site, case, THERE)
	todo = site.get_doc("ToDo", {"reference_name": case.name, "allocated_to": THERE})
	todo.status = "Closed"
	todo.save(ignore_permissions=True)
	assert not seen_by(site, case, THERE)


def test_counting_follows_the_list(site, case, as_user):
	with as_user(THERE):
		assert surfaces.get_count("Grievance", json.dumps({"name": case.name})) == 0
	with as_user(HERE):
		assert surfaces.get_count("Grievance", {"name": case.name}) == 1


def test_a_link_tells_nothing_about_a_case_elsewhere(site, case, as_user):
	with as_user(THERE):
		assert surfaces.validate_link("Grievance", case.name, json.dumps(["subject"])) == {"name": None}
		with pytest.raises(site.DoesNotExistError):
			surfaces.get_document("Grievance", filters=json.dumps({"subject": case.subject}))
	with as_user(HERE):
		assert surfaces.validate_link("Grievance", case.name, json.dumps(["subject"])).subject == case.subject
		assert surfaces.get_document("Grievance", filters={"subject": case.subject})["name"] == case.name


@pytest.mark.parametrize("field", ["possible_duplicate_of.subject", "`merged_into`.`description` as x"])
def test_columns_of_a_linked_case_are_refused(site, case, field: str):
	with pytest.raises(site.PermissionError, match="open the linked record"):
		columns.check_columns("Grievance", json.dumps(["name", field]))


def test_the_title_beside_a_link_and_own_columns_stay(site, case):
	columns.check_columns(
		"Grievance", json.dumps(["citizen.citizen_name", "`tabGrievance`.`name`", "name", "category.basis"])
	)


def test_a_record_that_says_it_is_new_is_judged_by_what_is_stored(site, case, as_user):
	with as_user(THERE):
		copy = site.get_doc({"doctype": "Grievance", "name": case.name, "__islocal": 1, "subject": "x"})
		assert not copy.has_permission("read")
		assert not scope.has_permission(copy, "read", THERE)


def test_a_case_that_moved_takes_its_handlers_and_district_along(site, case):
	place = records.place("Holdtown", "Sub-division", "Hisar").insert()
	case.reload()
	case.flags.transfer = True
	case.jurisdiction = place.name
	case.save()
	place.reload()
	place.parent_jurisdiction = "Panchkula"
	place.save()
	case.reload()
	assert (case.district, case.scope_path) == ("Panchkula", place.scope_path)
	case.db_set("officer", None)
	assert seen_by(site, case, THERE)
