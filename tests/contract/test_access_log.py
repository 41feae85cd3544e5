"""Each way to open a confidential grievance leaves a trace of who did it, once in ten minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grievance_helpdesk.redressal.history import access
from tests.contract import offices, records
from tests.contract.conftest import Http

PASSWORD = "Contract-4711-wall"
OFFICER, STATE = "access.officer@example.com", "access.state@example.com"


@pytest.fixture(scope="module")
def case():
	"""A confidential case and the district officer to whom it is assigned; committed."""
	import frappe
	from frappe.utils.password import update_password

	postings = [{"jurisdiction": "Hisar", "from_date": "2020-01-01"}]
	for email, role in ((OFFICER, "District Nodal Officer"), (STATE, "State Nodal Officer")):
		records.user(email, role)
		update_password(email, PASSWORD)
	officer = {"doctype": "Nodal Officer", "official_id": "ACCESS-HSR", "officer_name": "Access Hisar"}
	frappe.get_doc(
		officer | {"designation": "City Magistrate", "user": OFFICER, "postings": postings}
	).insert()
	doc = records.grievance(jurisdiction="Hisar", officer="ACCESS-HSR", confidential=1).insert()
	frappe.db.commit()
	yield doc.name
	frappe.db.rollback()
	frappe.set_user("Administrator")
	for doctype in ("ToDo", "View Log"):
		field = "reference_type" if doctype == "ToDo" else "reference_doctype"
		frappe.db.delete(doctype, {field: "Grievance", "reference_name": doc.name})
	frappe.db.delete("Notification Log", {"document_name": doc.name})
	for doctype, name in (
		("Grievance", doc.name),
		("Nodal Officer", "ACCESS-HSR"),
		("User", OFFICER),
		("User", STATE),
	):
		frappe.delete_doc(doctype, name, force=True)
	frappe.db.delete("Deleted Document", {"deleted_name": ["like", f"{doc.name}%"]})
	frappe.db.commit()


def views(site, name: str) -> list[str]:
	site.db.rollback()
	return viewers(site, name)


def viewers(site, name: str) -> list[str]:
	return site.get_all(
		"View Log", {"reference_doctype": "Grievance", "reference_name": name}, pluck="viewed_by"
	)


@pytest.fixture(autouse=True)
def unseen(site, case):
	site.db.delete("View Log", {"reference_doctype": "Grievance", "reference_name": case})
	site.db.commit()


ON_A_BENCH = pytest.mark.bench
REQUESTS = (
	("GET", "/api/resource/Grievance/{0}", None),
	("GET", "/api/method/frappe.client.get?doctype=Grievance&name={0}", None),
	("PUT", "/api/resource/Grievance/{0}", {"ward": "7"}),
	pytest.param("GET", "/api/v2/document/Grievance/{0}", None, marks=ON_A_BENCH),
	pytest.param(
		"GET", "/api/method/frappe.desk.form.load.getdoc?doctype=Grievance&name={0}", None, marks=ON_A_BENCH
	),
	pytest.param(
		"GET",
		"/api/method/frappe.www.printview.get_html_and_style?doc=Grievance&name={0}",
		None,
		marks=ON_A_BENCH,
	),
	pytest.param("GET", "/printview?doctype=Grievance&name={0}", None, marks=ON_A_BENCH),
)


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
def test_opening_leaves_a_trace_once_in_ten_minutes(http: Http, site, case, method, path, body):
	http.login(OFFICER, PASSWORD)
	options = {"json": body} if body else {}
	assert http(method, path.format(case), **options).status_code == 200
	assert views(site, case) == [OFFICER]
	http(method, path.format(case), **options)
	assert views(site, case) == [OFFICER]
	earlier = site.utils.now_datetime() - access.APART - timedelta(seconds=5)
	site.db.set_value("View Log", {"reference_name": case}, "creation", earlier, update_modified=False)
	site.db.commit()
	http(method, path.format(case), **options)
	assert views(site, case) == [OFFICER, OFFICER]


def test_lists_and_cases_that_everybody_may_see_leave_none(http: Http, site, case):
	http.login(OFFICER, PASSWORD)
	assert http("GET", "/api/resource/Grievance").status_code == 200
	assert views(site, case) == []
	site.db.set_value("Grievance", case, "confidential", 0)
	site.db.commit()
	try:
		assert http("GET", f"/api/resource/Grievance/{case}").status_code == 200
		assert views(site, case) == []
	finally:
		site.db.set_value("Grievance", case, "confidential", 1)
		site.db.commit()


def test_a_job_that_saves_the_case_opens_nothing(site, case):
	doc = offices.fresh(case)
	doc.ward = "8"
	doc.save()
	assert viewers(site, case) == []


def test_the_state_nodal_officer_reads_who_opened_it(http: Http, site, case, as_user):
	http.login(OFFICER, PASSWORD)
	http("GET", f"/api/resource/Grievance/{case}")
	path = "/api/method/grievance_helpdesk.redressal.history.access.opened_by"
	assert http("GET", path, query_string={"name": case}).status_code == 403
	http.login(STATE, PASSWORD)
	answer = http("GET", path, query_string={"name": case})
	assert answer.status_code == 200
	[row] = answer.json["message"]
	assert (row["user"], row["designation"], row["official_id"]) == (OFFICER, "City Magistrate", "ACCESS-HSR")
