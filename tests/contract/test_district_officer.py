"""A district's officer asks the API: only that district's grievances come back, by list and by name."""

from __future__ import annotations

import json

import pytest

from tests.contract import records
from tests.contract.conftest import Http

USERS = {"Panchkula": "contract.pkl@example.com", "Hisar": "contract.hsr@example.com"}
PASSWORD = "Contract-4711-wall"


@pytest.fixture(scope="module")
def cases():
	"""An officer and a grievance in each of two districts, committed; ``{district: grievance}``."""
	import frappe
	from frappe.utils.password import update_password

	made = {}
	for district, email in USERS.items():
		records.user(email, "District Nodal Officer")
		update_password(email, PASSWORD)
		frappe.get_doc(
			{
				"doctype": "Nodal Officer",
				"official_id": f"CONTRACT-{district}",
				"officer_name": f"Contract {district}",
				"designation": "City Magistrate",
				"user": email,
				"postings": [{"jurisdiction": district, "from_date": "2020-01-01"}],
			}
		).insert()
	for district in USERS:
		made[district] = (
			records.grievance(jurisdiction=district, officer=f"CONTRACT-{district}").insert().name
		)
	frappe.db.commit()
	yield made
	frappe.db.rollback()
	frappe.set_user("Administrator")
	for name in made.values():
		frappe.db.delete("ToDo", {"reference_type": "Grievance", "reference_name": name})
		frappe.db.delete("Notification Log", {"document_name": name})
		frappe.delete_doc("Grievance", name, force=True)
	for district, email in USERS.items():
		frappe.delete_doc("Nodal Officer", f"CONTRACT-{district}", force=True)
		frappe.delete_doc("User", email, force=True)
	frappe.db.commit()


@pytest.mark.parametrize(("mine", "other"), [("Panchkula", "Hisar"), ("Hisar", "Panchkula")])
def test_only_the_own_district_comes_back(http: Http, cases, mine: str, other: str) -> None:
	http.login(USERS[mine], PASSWORD)
	options = {"fields": json.dumps(["name", "district"]), "limit_page_length": 0}
	rows = http("GET", "/api/resource/Grievance", query_string=options).json["data"]
	assert {row["district"] for row in rows} == {mine}
	assert cases[mine] in {row["name"] for row in rows}
	assert http("GET", f"/api/resource/Grievance/{cases[mine]}").status_code == 200
	refused = http("GET", f"/api/resource/Grievance/{cases[other]}")
	assert (refused.status_code, refused.json["exc_type"]) == (403, "PermissionError")
