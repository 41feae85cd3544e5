"""The HTTP API: who is let in, what comes back, and how errors look."""

from __future__ import annotations

import json

import pytest

from tests.contract import records
from tests.contract.conftest import Http

AUDITOR = "contract.rest.auditor@example.com"
ADMIN = "contract.rest.admin@example.com"
PASSWORD = "Contract-4711-wall"
KEY, SECRET = "contractkey0001", "contractsecret"
D = "Grievance Department"


@pytest.fixture(scope="module")
def people():
	"""Two users, three departments and a grievance, committed for the requests' own connections, deleted at the end."""
	import frappe as site
	from frappe.utils.password import update_password

	records.user(AUDITOR, "Grievance Auditor")
	doc = records.user(ADMIN, "Grievance Administrator")
	doc.api_key, doc.api_secret = KEY, SECRET
	doc.save()
	for email in (AUDITOR, ADMIN):
		update_password(email, PASSWORD)
	for letter in "ABC":
		records.department(f"CONTRACT-REST-{letter}").insert()
	grievance = records.grievance(contact_phone="9812345678").insert()
	site.db.commit()
	yield grievance.name
	site.db.rollback()
	for doctype in ("Grievance", D):
		rows = site.get_all(doctype, {"owner": ["in", ["Administrator", ADMIN]]}, ["name", "creation"])
		for row in rows:
			if row.name == grievance.name or row.name.startswith("CONTRACT-REST"):
				site.delete_doc(doctype, row.name, force=True, ignore_permissions=True)
	for email in (AUDITOR, ADMIN):
		site.delete_doc("User", email, force=True, ignore_permissions=True)
	site.db.commit()


def test_signing_in_and_out(http: Http, people):
	assert http.login(AUDITOR, "wrong").status_code == 401
	assert http("GET", "/api/method/frappe.auth.get_logged_user").status_code == 403
	answer = http.login(AUDITOR, PASSWORD)
	assert (answer.status_code, answer.json["message"]) == (200, "Logged In")
	assert http("GET", "/api/method/frappe.auth.get_logged_user").json["message"] == AUDITOR
	http("POST", "/api/method/logout")
	assert http("GET", "/api/method/frappe.auth.get_logged_user").status_code == 403


def test_a_token_signs_in_and_a_wrong_one_is_refused(http: Http, people):
	good = {"Authorization": f"token {KEY}:{SECRET}"}
	assert http("GET", "/api/method/frappe.auth.get_logged_user", headers=good).json["message"] == ADMIN
	for bad in (f"token {KEY}:wrong", "token nobody:at-all"):
		answer = http("GET", "/api/method/frappe.auth.get_logged_user", headers={"Authorization": bad})
		assert (answer.status_code, answer.json["exc_type"]) == (401, "AuthenticationError")


def test_guests_read_nothing(http: Http, people):
	for path in (f"/api/resource/{D}", f"/api/resource/Grievance/{people}"):
		answer = http("GET", path)
		assert (answer.status_code, answer.json["exc_type"]) == (403, "PermissionError")


def test_lists(http: Http, people):
	http.login(ADMIN, PASSWORD)
	options = {
		"fields": json.dumps(["name", "department_name"]),
		"filters": json.dumps([["name", "like", "CONTRACT-REST-%"]]),
		"order_by": "name desc",
		"limit_page_length": 2,
	}
	rows = http("GET", f"/api/resource/{D}", query_string=options).json["data"]
	assert [row["name"] for row in rows] == ["CONTRACT-REST-C", "CONTRACT-REST-B"]
	assert rows[0]["department_name"] == "Contract CONTRACT-REST-C"
	options |= {"limit_start": 2, "limit": 5}
	assert [row["name"] for row in http("GET", f"/api/resource/{D}", query_string=options).json["data"]] == [
		"CONTRACT-REST-A"
	]


def test_fields_above_the_level_stay_in_the_house(http: Http, people):
	http.login(AUDITOR, PASSWORD)
	data = http("GET", f"/api/resource/Grievance/{people}").json["data"]
	assert data["subject"]
	assert "9812345678" not in json.dumps(data)
	options = {"fields": json.dumps(["*"]), "filters": json.dumps({"name": people})}
	assert "9812345678" not in http("GET", "/api/resource/Grievance", query_string=options).text
	http("POST", "/api/method/logout")
	http.login(ADMIN, PASSWORD)
	assert http("GET", f"/api/resource/Grievance/{people}").json["data"]["contact_phone"] == "9812345678"


def test_create_change_and_delete(http: Http, people):
	http.login(ADMIN, PASSWORD)
	new = {"department_code": "CONTRACT-REST-N", "department_name": "New"}
	answer = http("POST", f"/api/resource/{D}", json=new)
	assert (answer.status_code, answer.json["data"]["name"]) == (200, "CONTRACT-REST-N")
	path = f"/api/resource/{D}/CONTRACT-REST-N"
	assert http("PUT", path, json={"department_name": "Newer"}).json["data"]["department_name"] == "Newer"
	assert http("GET", path).json["data"]["department_name"] == "Newer"
	assert http("DELETE", path).status_code == 202
	assert http("GET", path).status_code == 404


@pytest.mark.parametrize(
	("method", "path", "body", "status", "kind"),
	[
		("GET", f"/api/resource/{D}/Nowhere", None, 404, "DoesNotExistError"),
		(
			"POST",
			f"/api/resource/{D}",
			{"department_code": "CONTRACT-REST-A", "department_name": "x"},
			409,
			"DuplicateEntryError",
		),
		("POST", f"/api/resource/{D}", {"department_code": "CONTRACT-REST-E"}, 417, "MandatoryError"),
		(
			"PUT",
			f"/api/resource/{D}/CONTRACT-REST-A",
			{"modified": "2001-01-01 00:00:00"},
			417,
			"TimestampMismatchError",
		),
		(
			"PUT",
			f"/api/resource/{D}/CONTRACT-REST-A",
			{"parent_department": "Nowhere"},
			417,
			"LinkValidationError",
		),
		("POST", "/api/method/frappe.utils.now", None, 403, "PermissionError"),
		("POST", "/api/method/no.such.method", None, 417, "ValidationError"),
	],
	ids=lambda value: value if isinstance(value, str) and " " not in value and "/" not in value else "",
)
def test_errors(http: Http, people, method: str, path: str, body, status: int, kind: str):
	http.login(ADMIN, PASSWORD)
	answer = http(method, path, json=body or {})
	assert (answer.status_code, answer.json["exc_type"]) == (status, kind)


def test_a_method_of_a_document(http: Http, people):
	http.login(ADMIN, PASSWORD)
	path = f"/api/resource/Grievance/{people}"
	answer = http("POST", path, json={"run_method": "route_again"})
	assert answer.status_code == 200
	assert "reason" in json.dumps(answer.json)
	refused = http("POST", path, json={"run_method": "db_set", "fieldname": "status", "value": "Closed"})
	assert refused.status_code == 403


@pytest.mark.parametrize("method", ["validate", "has_permission", "check_if_latest", "validate_no_circle"])
def test_a_client_cannot_replace_a_check(http: Http, people, method: str):
	http.login(ADMIN, PASSWORD)
	path, wrong = f"/api/resource/{D}/CONTRACT-REST-A", {"merged_into": "CONTRACT-REST-A"}
	assert http("PUT", path, json=wrong).status_code == 417
	assert http("PUT", path, json={**wrong, method: None}).status_code >= 400
	assert "merged_into" not in http("GET", path).json["data"]


@pytest.mark.parametrize(
	"options",
	[
		{"order_by": "name; DROP TABLE `tabToDo`"},
		{"group_by": "name, (SELECT password FROM __Auth)"},
		{"fields": json.dumps(["name", "(SELECT password FROM __Auth LIMIT 1) as x"])},
		{"fields": json.dumps(["no_such_field"])},
		{"filters": json.dumps([["name` = '' OR 1=1 --", "=", "x"]])},
		{"filters": json.dumps([["name", "= '' OR", "x"]])},
		{"filters": "not json ["},
	],
	ids=lambda options: next(iter(options)),
)
def test_a_list_cannot_be_talked_into_sql(http: Http, people, options: dict):
	http.login(ADMIN, PASSWORD)
	answer = http("GET", f"/api/resource/{D}", query_string=options)
	assert answer.status_code >= 400
	assert "data" not in answer.json


def test_a_failed_request_leaves_nothing(http: Http, people, site):
	http.login(ADMIN, PASSWORD)
	wrong = {
		"category_code": "CONTRACT-REST",
		"category_name": "x",
		"grievance_type": "Grievance",
		"phrases": [{"phrase": "y"}],
	}
	assert http("POST", "/api/resource/Grievance Category", json=wrong).status_code == 417
	site.db.rollback()
	assert site.db.count("Category Phrase", {"parent": "CONTRACT-REST"}) == 0
