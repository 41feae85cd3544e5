"""The demo's officers: every district answered for, nobody twice, and a second run changes nothing."""

from __future__ import annotations

import frappe
import pytest

from demo import officers
from grievance_helpdesk.jurisdiction import state_data


@pytest.fixture
def departments():
	for code in {post.department for post in officers.all_posts() if post.department}:
		if not frappe.db.exists("Grievance Department", code):
			frappe.get_doc(
				{"doctype": "Grievance Department", "department_code": code, "department_name": code}
			).insert()


def test_every_district_has_a_city_magistrate():
	districts = {place.name for place in state_data.places() if place.level == "District"}
	assert set(officers.CITY_MAGISTRATES) == districts


def test_official_ids_and_addresses_are_given_once():
	posts = officers.all_posts()
	assert len({post.official_id for post in posts}) == len(posts)
	assert len({post.email for post in posts}) == len(posts)


def test_everyone_reports_to_an_officer_of_the_list():
	seen = set()
	for post in officers.all_posts():
		assert post.reports_to is None or post.reports_to in seen, post.official_id
		seen.add(post.official_id)


def test_create_fills_every_post_and_may_run_again(departments):
	first = officers.create("Demo-secret-2026")
	assert first["left_out"] == []
	assert len(first["created"]) == len(officers.all_posts()) + len(officers.OTHER_USERS)
	panchkula = frappe.get_doc("Nodal Officer", "CTM-PKL")
	assert panchkula.user == "ctm.panchkula@example.com"
	assert [row.jurisdiction for row in panchkula.postings] == ["Panchkula"]
	assert "District Nodal Officer" in frappe.get_roles(panchkula.user)
	assert officers.create("another")["created"] == []


def test_an_officer_of_a_missing_department_is_named():
	frappe.db.delete("Grievance Department", {"department_code": "PHED"})
	assert "HOD-PHE" in officers.create("Demo-secret-2026")["left_out"]
