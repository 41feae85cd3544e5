"""Grievance Handler: who had a part in a case, with copies of where the case stands."""

from __future__ import annotations

import pytest

from grievance_helpdesk.jurisdiction.scope import handlers
from tests.contract import records

ONE, TWO = "contract.one@example.com", "contract.two@example.com"


@pytest.fixture
def case(site):
	for email in (ONE, TWO):
		records.user(email, "District Nodal Officer")
	return records.grievance(jurisdiction="Hisar").insert()


def rows(site, case) -> list:
	fields = ["user", "reason", "scope_path", "department"]
	return site.get_all("Grievance Handler", {"grievance": case.name}, fields, order_by="user asc")


def test_a_part_is_kept_once_and_the_first_reason_stays(site, case):
	handlers.add(case, ONE, "Transferred it")
	handlers.add(case.name, ONE, "Closed it")
	handlers.add_many([(case.name, TWO, "Wrote to the citizen"), (case, TWO, "Wrote to the citizen")])
	assert [(row.user, row.reason) for row in rows(site, case)] == [
		(ONE, "Transferred it"),
		(TWO, "Wrote to the citizen"),
	]
	assert {row.scope_path for row in rows(site, case)} == {case.scope_path}


@pytest.mark.parametrize("nobody", [None, "", "Administrator", "Guest"])
def test_the_system_has_no_part(site, case, nobody):
	handlers.add(case, nobody, "Escalated it")
	assert rows(site, case) == []


def test_an_unknown_case_adds_nothing(site, case):
	before = site.db.count("Grievance Handler")
	handlers.add("GRV-0000-000000", ONE, "Transferred it")
	assert site.db.count("Grievance Handler") == before


def test_the_copies_follow_the_case(site, case):
	handlers.add(case, ONE, "Transferred it")
	case.reload()
	case.jurisdiction = "Panchkula"
	case.department = records.department("CONTRACT-H").insert().name
	case.save()
	assert [(row.scope_path, row.department) for row in rows(site, case)] == [(case.scope_path, "CONTRACT-H")]


def test_long_names_still_fit(site):
	user = "a" * 130 + "@example.com"
	name = handlers.row_name("GRV-2026-000001", user)
	assert len(name) <= 140
	assert name != handlers.row_name("GRV-2026-000001", "b" + user[1:])
