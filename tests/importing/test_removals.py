"""A post that was deleted on its channel is found by the daily look-up: words and pictures go, the grievance stays."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest

from grievance_helpdesk.intake import removals
from grievance_helpdesk.intake.importer import Run
from tests.emulators.x import XEmulator
from tests.importing.world import LIGHT, grievances, health, make_account, posts


@pytest.fixture
def x(clock):
	with XEmulator(clock=lambda: clock.now) as emulator:
		yield emulator


@pytest.fixture
def account(x):
	return make_account(
		handle=x.handle, external_account_id=x.user_id, bearer_token=x.bearer_token, base_url=x.url
	)


def test_a_deleted_post_is_blanked_and_its_officer_told(x, account, clock):
	gone = x.add_post(LIGHT, created_at=clock.now - timedelta(hours=2))
	x.add_post("No water supply in Kalka, Panchkula @cmohry", "2002", clock.now - timedelta(hours=1))
	Run(account.name, clock=clock.site).run()
	spent = health(account).spent_today
	x.delete_post(gone)
	clock.tick(hours=12)
	(name,) = removals.check_account(account.name, clock=clock.site)
	removed, kept = frappe.get_doc("Citizen Post", name), posts(state="Grievance")[0]
	assert (removed.state, removed.text, removed.raw, removed.media) == ("Removed", "", "{}", "[]")
	assert removed.grievance in {grievance.name for grievance in grievances()} and kept.text
	told = frappe.get_all("Comment", {"reference_name": removed.grievance}, pluck="content")
	assert any("took the post back" in content for content in told)
	assert health(account).spent_today == pytest.approx(spent + 2 * removals.PRICE_OF_POST)
	assert removals.check_account(account.name, clock=clock.site) == []


def test_a_failed_look_up_blanks_nothing_and_leaves_a_record(x, account, clock):
	x.add_post(LIGHT, created_at=clock.now - timedelta(hours=2))
	Run(account.name, clock=clock.site).run()
	x.script(path="/2/tweets", status=503, json={"title": "Service Unavailable"})
	assert removals.check_account(account.name, clock=clock.site) == []
	assert posts()[0].text == LIGHT
	(record,) = frappe.get_all("Error Log", {"method": ["like", "Removed posts of%"]}, pluck="error")
	assert x.bearer_token not in record


def test_without_money_nothing_is_looked_up(x, account, clock):
	x.add_post(LIGHT, created_at=clock.now - timedelta(hours=2))
	Run(account.name, clock=clock.site).run()
	today = clock.site.site_now().date()
	frappe.db.set_value(
		"Channel Account", account.name, {"daily_budget": 1, "spent_today": 1, "spent_on": today}
	)
	calls = len(x.requests)
	assert removals.check_account(account.name, clock=clock.site) == []
	assert len(x.requests) == calls


def test_each_account_in_good_health_gets_a_job_of_its_own(account, clock, monkeypatch):
	jobs = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **options: jobs.append(options["account"]))
	removals.enqueue()
	assert account.name in jobs
	frappe.db.set_value("Channel Account", account.name, "health", "Needs Re-auth")
	jobs.clear()
	removals.enqueue()
	assert account.name not in jobs
