"""The page of the channels' health: its figures, who may read them, and that their cost does not grow with accounts."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from grievance_helpdesk.intake import channel_health
from tests.contract import records
from tests.importing.world import make_account


@pytest.fixture
def no_roster(site):
	yield
	frappe.db.delete("Scheduled Job Log")
	frappe.db.commit()


def store(account: str, state: str, days_ago: float = 0) -> str:
	name = frappe.generate_hash(length=64)
	values = {
		"doctype": "Citizen Post",
		"name": name,
		"channel": "X",
		"channel_account": account,
		"text": "paani nahi",
		"state": state,
		"posted_at": add_to_date(now_datetime(), days=-days_ago),
	}
	return frappe.get_doc(values).insert(ignore_permissions=True, set_name=name).name


def account_named(name: str):
	return next(row for row in channel_health.overview()["accounts"] if row.name == name)


def test_an_empty_site_has_no_accounts_and_zeros(site):
	found = channel_health.overview()
	assert found["accounts"] == []
	assert found["waiting"] == {"New": 0, "For Review": 0, "Parked": 0}


def test_posts_are_counted_by_account_and_state(site):
	name, other = make_account("Health X").name, make_account("Health X two").name
	for state in ("Grievance", "For Review", "Parked"):
		store(name, state)
	store(other, "Parked")
	store(name, "Grievance", days_ago=2)
	found = channel_health.overview()
	assert found["waiting"] == {"New": 0, "For Review": 1, "Parked": 2}
	assert (account_named(name).posts_today, account_named(name).parked) == (3, 1)
	assert (account_named(other).posts_today, account_named(other).parked) == (1, 1)


@pytest.mark.parametrize(
	("minutes", "held", "late"), [(30, False, 30), (1, False, 0), (-5, False, 0), (30, True, 0)]
)
def test_an_overdue_account_is_late(site, minutes: int, held: bool, late: int):
	account = make_account("Health late")
	now = now_datetime()
	account.db_set(
		{
			"next_run_at": add_to_date(now, minutes=-minutes),
			"hold_until": add_to_date(now, minutes=20) if held else None,
		}
	)
	assert account_named(account.name).late_minutes == pytest.approx(late, abs=1)


def test_yesterdays_cost_is_not_todays(site):
	account = make_account("Health cost")
	account.db_set({"spent_today": 3.0, "spent_on": add_to_date(now_datetime(), days=-1).date()})
	assert account_named(account.name).spent_today == 0
	account.db_set({"spent_today": 3.0, "spent_on": now_datetime().date()})
	assert account_named(account.name).spent_today == 3.0


def test_the_number_of_queries_does_not_grow_with_accounts(site, monkeypatch):
	asked: list[str] = []
	execute = "execute" if hasattr(site.db, "execute") else "sql"
	database = type(site.db._get_current_object() if hasattr(site.db, "_get_current_object") else site.db)
	run = getattr(database, execute)

	def counting(self, query, *args, **kwargs):
		asked.append(str(query))
		return run(self, query, *args, **kwargs)

	monkeypatch.setattr(database, execute, counting)

	def queries(names: list[str]) -> int:
		for name in names:
			store(make_account(f"Health {name}").name, "Parked")
		channel_health.overview()  # what is asked once in a process
		asked.clear()
		channel_health.overview()
		return len(asked)

	assert 0 < queries(["a"]) == queries(list("bcdefgh"))


def test_secrets_do_not_travel(site):
	make_account("Health secret")
	(row,) = channel_health.overview()["accounts"]
	assert not {"bearer_token", "api_key", "app_secret", "page_access_token"} & set(row)


def test_cases_that_wait_are_counted_within_the_persons_sight(site, as_user):
	case = records.grievance(channel="X").insert()
	frappe.db.set_value("Grievance", case.name, {"routing_status": "Unrouted", "confidential": 1})
	cell = records.user("health-cell@example.org", "Grievance Cell").name
	everybody = channel_health.overview()["cases"]["unrouted"]
	with as_user(cell):
		assert channel_health.overview()["cases"]["unrouted"] == everybody - 1


def test_failures_of_a_job_since_yesterday_are_counted(site, no_roster):
	method = "grievance_helpdesk.intake.schedule.retry_posts"
	job = frappe.db.get_value("Scheduled Job Type", {"method": method})
	if not job:
		values = {"doctype": "Scheduled Job Type", "method": method, "frequency": "Cron"}
		job = frappe.get_doc(values).insert().name
	for status in ("Failed", "Failed", "Complete"):
		frappe.get_doc({"doctype": "Scheduled Job Log", "scheduled_job_type": job, "status": status}).insert()
	jobs = channel_health.overview()["jobs"]
	assert {row.name: row.failed for row in jobs["scheduled"]}[job] == 2
	assert isinstance(jobs["workers"], int)


@pytest.mark.parametrize("role", ["Grievance Administrator", "Grievance Cell", "State Nodal Officer"])
def test_who_may_read_it(site, as_user, monkeypatch, role: str):
	person = records.user("health-reader@example.org", role).name
	monkeypatch.setitem(frappe.flags, "in_test", False)  # Frappe asks for no role in tests
	with as_user(person):
		assert "accounts" in channel_health.overview()


def test_a_district_officer_may_not(site, as_user, monkeypatch):
	person = records.user("health-district@example.org", "District Nodal Officer").name
	monkeypatch.setitem(frappe.flags, "in_test", False)
	with as_user(person), pytest.raises(frappe.PermissionError):
		channel_health.overview()
