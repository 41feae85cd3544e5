"""The embedded site's own page, its guard against forged requests, its server, schedule and jobs."""

from __future__ import annotations

from datetime import datetime
from urllib.request import urlopen

import pytest

from tests.contract import records
from tests.contract.conftest import Http

pytestmark = pytest.mark.embedded


@pytest.fixture
def shouting(site):
	doc = records.grievance(subject="<script>alert(1)</script>").insert()
	site.db.commit()
	yield doc
	site.delete_doc(doc.doctype, doc.name, force=True)
	site.db.commit()


def test_the_page_lists_what_the_user_may_see_and_escapes_it(http: Http, shouting):
	page = http("GET", "/").text
	assert "for trying and testing" in page
	assert shouting.name not in page
	assert http("POST", "/login", data={"usr": "Administrator", "pwd": "<wrong>"}).status_code == 401
	assert http("POST", "/login", data={"usr": "Administrator", "pwd": "admin"}).status_code == 303
	page = http("GET", "/").text
	assert shouting.name in page
	assert "<script" not in page
	assert "&lt;script&gt;" in page


def test_a_session_that_has_seen_a_page_must_send_its_token(http: Http, shouting):
	http.login("Administrator", "admin")
	path, body = f"/api/resource/Grievance/{shouting.name}", {"ward": "7"}
	page = http("GET", "/").text
	answer = http("PUT", path, json=body)
	assert (answer.status_code, answer.json["exc_type"]) == (400, "CSRFTokenError")
	token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
	assert http("PUT", path, json=body, headers={"X-Frappe-CSRF-Token": token}).status_code == 200


def test_what_is_missing_says_so(http: Http):
	http.login("Administrator", "admin")
	answer = http("GET", '/api/resource/Grievance?fields=["citizen.citizen_name"]')
	assert (answer.status_code, answer.json["exc_type"]) == (501, "NotImplementedError")


def test_the_server_serves(runtime):
	from server import Server

	with Server(runtime, jobs=False) as server, urlopen(f"{server.url}/api/method/ping") as answer:
		assert answer.read() == b'{"message": "pong"}'


@pytest.mark.parametrize(
	("cron", "last", "now", "due"),
	[
		("* * * * *", "10:00:30", "10:01:00", True),
		("* * * * *", "10:00:00", "10:00:59", False),
		("*/5 * * * *", "10:01:00", "10:04:59", False),
		("*/5 * * * *", "10:01:00", "10:05:00", True),
		("0 0 * * *", "00:00:10", "23:59:00", False),
		("30 9-11 * * 1-5", "09:31:00", "10:30:00", True),
		("0 6,18 * * *", "07:00:00", "17:59:00", False),
	],
)
def test_when_a_schedule_is_due(site, cron: str, last: str, now: str, due: bool):
	from frappe.utils.scheduler import is_due

	day = "2026-03-02 "
	assert is_due(cron, datetime.fromisoformat(day + last), datetime.fromisoformat(day + now)) is due


def test_the_schedule_queues_what_is_due_once(site, runtime):
	from frappe.utils.scheduler import enqueue_due, scheduled_methods

	minutely = {path for cron, path, _queue in scheduled_methods() if cron == "* * * * *"}
	daily = {path for cron, path, _queue in scheduled_methods() if cron == "0 0 * * *"}
	assert minutely
	assert daily
	found = {job.method for job in enqueue_due(datetime(2026, 3, 2, 10, 1))}
	assert minutely <= found
	assert not daily & found
	assert enqueue_due(datetime(2026, 3, 2, 10, 2)) == [], "what still waits is not queued again"
	runtime.jobs.clear()
	assert daily <= {job.method for job in enqueue_due(datetime(2026, 3, 3, 0, 0, 30))}
	site.db.delete("DefaultValue", {"parent": "__scheduler"})
	site.db.commit()


def test_jobs_run_as_their_user_and_a_failing_one_is_logged(site):
	from frappe.utils.background_jobs import is_job_enqueued, work_off

	site.enqueue("frappe.utils.get_fullname", user="Guest", job_id="contract", deduplicate=True)
	assert site.enqueue("frappe.utils.get_fullname", job_id="contract", deduplicate=True) is None
	assert is_job_enqueued("contract")
	site.enqueue("frappe.utils.getdate", string_date="no date")
	first, second = work_off()
	assert (first.status, first.result) == ("finished", "Guest")
	assert second.status == "failed"
	assert not is_job_enqueued("contract")
	assert site.db.exists("Error Log", {"method": "frappe.utils.getdate"})
	site.db.delete("Error Log")
	site.db.commit()
