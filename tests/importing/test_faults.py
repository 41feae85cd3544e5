"""The importer under faults: rows 2, 3, 5, 12, 13, 17–20, 33, 34 and 53–56 of the fault table, and what must never happen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import frappe
import pytest

from grievance_helpdesk.intake import accounts, schedule
from grievance_helpdesk.intake.connectors.base import (
	AuthFailed,
	BudgetExhausted,
	PermissionDenied,
	RateLimited,
	Transient,
	tombstone,
)
from grievance_helpdesk.intake.importer import Run
from grievance_helpdesk.intake.times import Clock, site_time
from tests.emulators.reading import NOW
from tests.emulators.x import XEmulator
from tests.importing.world import (
	LIGHT,
	ROAD,
	WATER,
	Given,
	Killed,
	grievances,
	health,
	make_account,
	make_item,
	posts,
	run,
	states,
)


def connector_that_raises(error: Exception) -> Given:
	def fail(_number: int) -> None:
		raise error

	return Given([], on_page=fail)


def test_a_post_becomes_a_routed_grievance_with_its_reasons(clock):
	run(make_account(), [make_item(LIGHT + " call 9800012345")], clock=clock)
	(grievance,), (post,) = grievances(), posts()
	assert (post.state, post.grievance) == ("Grievance", grievance.name)
	assert (grievance.category, grievance.district) == ("LGT", "Hisar")
	assert grievance.contact_phone == "9800012345"
	assert "9800012345" in grievance.description
	assert "9800012345" not in grievance.public_text + grievance.subject
	assert grievance.source_post == post.name and grievance.citizen == post.citizen
	assert json.loads(grievance.triage_evidence)["fields"]["category"]["reasons"]
	assert grievance.routing_code


def test_crash_after_page_two_loses_nothing_and_doubles_nothing(clock):
	account = make_account()
	pages = [[make_item(LIGHT, "1")], [make_item(WATER, "2", "2002")], [make_item(ROAD, "3", "2003")]]
	with pytest.raises(Killed):
		run(account, connector=Given(*pages, crash_before=2), clock=clock)
	assert len(posts()) == 2 and not health(account).cursor_state
	assert not health(account).lease_token
	clock.tick(minutes=6)
	summary = run(account, *pages, clock=clock)
	assert (summary.new, summary.known) == (1, 2)
	assert len(posts()) == 3 and len(grievances()) == 3
	assert json.loads(health(account).cursor_state) == {"since": "end"}


def test_the_same_post_on_two_pages_and_in_two_runs_is_one_grievance(clock):
	account, item = make_account(), make_item(LIGHT)
	run(account, [item, item], [replace(item, kind="search")], clock=clock)
	run(account, [item], clock=clock)
	assert len(posts()) == len(grievances()) == 1


def test_one_post_seen_by_two_accounts_is_one_grievance_and_no_message(clock):
	run(make_account("One"), [make_item(LIGHT)], clock=clock)
	run(make_account("Two"), [make_item(LIGHT)], clock=clock)
	(grievance,) = grievances()
	assert sorted(states()) == ["Grievance", "Thread"]
	assert not grievance.citizen_wrote_again and not grievance.support_count


def test_ids_that_differ_only_in_case_are_two_posts(clock):
	run(make_account(), [make_item(LIGHT, "m_AbC"), make_item(WATER, "m_aBc", "2002")], clock=clock)
	assert {post.external_id for post in posts()} == {"m_AbC", "m_aBc"}


def test_edited_post_keeps_its_record_and_tells_the_officer(clock):
	account = make_account()
	run(account, [make_item(LIGHT, "1")], clock=clock)
	edited = make_item(LIGHT + " Now the pole is bent too.", "9", revision_of="1")
	summary = run(account, [edited], clock=clock)
	(post,), (grievance,) = posts(), grievances()
	assert summary.edited == 1
	assert post.text.endswith("bent too.")
	assert [version["text"] for version in json.loads(post.revisions)] == [LIGHT]
	assert grievance.citizen_wrote_again == 1
	assert "edited" in frappe.get_all("Comment", pluck="content")[0]


def test_an_older_version_that_comes_again_changes_nothing(clock):
	account = make_account()
	run(account, [make_item(LIGHT, "1")], clock=clock)
	run(account, [make_item(WATER, "9", revision_of="1")], clock=clock)
	assert run(account, [make_item(LIGHT, "1")], clock=clock).edited == 0
	assert posts()[0].text == WATER


def test_removed_post_is_blanked_and_its_grievance_stays(clock):
	account = make_account()
	run(account, [make_item(LIGHT, "1")], clock=clock)
	run(account, [tombstone("X", "post", "1", "The post was deleted.")], clock=clock)
	(post,), (grievance,) = posts(), grievances()
	assert (post.state, post.text, post.raw, post.public_text) == ("Removed", "", "{}", "")
	assert post.grievance == grievance.name and grievance.status == "Open"


def test_a_removal_that_comes_before_the_post_wins(clock):
	account = make_account()
	run(account, [tombstone("X", "post", "1", "gone")], clock=clock)
	run(account, [make_item(LIGHT, "1")], clock=clock)
	assert states() == ["Removed"] and not grievances()


def test_money_is_counted_and_the_budget_stops_reading(clock):
	account = make_account(daily_budget=1)
	run(account, connector=Given([make_item(LIGHT)], cost=1.0), clock=clock)
	assert health(account).spent_today == 1.0
	unread = Given([make_item(WATER, "2")])
	summary = run(account, connector=unread, clock=clock)
	assert unread.seen_limits is None and "budget" in summary.stopped
	state = health(account)
	assert state.health == "Paused" and "budget of 1" in state.health_reason
	assert state.hold_until == datetime(2026, 11, 19)
	clock.tick(days=1)
	assert run(account, connector=unread, clock=clock).new == 1
	assert health(account).health == "OK"


def test_spent_credit_pauses_the_account_and_tells_the_administrators(clock):
	account = make_account()
	run(account, connector=connector_that_raises(BudgetExhausted("402: no credits left")), clock=clock)
	state = health(account)
	assert state.health == "Out of Credit" and "no credits" in state.health_reason
	assert account.name not in accounts.due(clock.site.site_now())
	assert frappe.db.count("Notification Log", {"document_name": account.name}) >= 1


@pytest.mark.parametrize("error", [AuthFailed("401"), PermissionDenied("403")])
def test_two_refusals_stop_the_account_loudly_and_others_go_on(error, clock):
	account, other = make_account("Refused"), make_account("Other")
	run(account, connector=connector_that_raises(error), clock=clock)
	assert health(account).health == "Degraded"
	clock.tick(minutes=6)
	assert set(accounts.due(clock.site.site_now())) == {"Refused", "Other"}
	run(account, connector=connector_that_raises(error), clock=clock)
	assert health(account).health == "Needs Re-auth"
	clock.tick(hours=5)
	assert accounts.due(clock.site.site_now()) == [other.name]
	assert frappe.db.count("Error Log", {"method": ["like", "Refused%"]}) == 1
	assert frappe.db.count("Notification Log", {"document_name": account.name}) >= 1


def test_new_credentials_start_the_account_again(clock):
	account = make_account()
	for _ in range(2):
		run(account, connector=connector_that_raises(AuthFailed("401")), clock=clock)
		clock.tick(minutes=6)
	document = frappe.get_doc("Channel Account", account.name)
	document.bearer_token = "renewed"
	document.save()
	assert accounts.due(clock.site.site_now()) == [account.name]


def test_passing_faults_back_off_with_jitter_and_a_bound(clock):
	account = make_account()
	pauses = []
	for _ in range(9):
		run(account, connector=connector_that_raises(Transient("503")), clock=clock, random=lambda: 0.5)
		pauses.append(health(account).hold_until - clock.site.site_now())
		clock.tick(hours=2)
	assert pauses[0] == timedelta(minutes=1)
	assert pauses == sorted(pauses) and pauses[-1] == timedelta(minutes=30)
	assert health(account).consecutive_failures == 9 and health(account).health == "Degraded"
	run(account, [make_item(LIGHT)], clock=clock)
	assert (health(account).health, health(account).consecutive_failures) == ("OK", 0)


def test_a_rate_limit_holds_the_account_until_it_ends_and_is_no_failure(clock):
	account = make_account()
	until = clock.now + timedelta(minutes=12)
	run(account, connector=connector_that_raises(RateLimited("429", until=until)), clock=clock)
	state = health(account)
	assert (state.hold_until, state.health, state.consecutive_failures) == (site_time(until), "OK", 0)


def test_a_hold_from_a_wrong_clock_is_bounded(clock):
	account = make_account()
	until = clock.now + timedelta(days=900)
	run(account, connector=connector_that_raises(RateLimited("429", until=until)), clock=clock)
	assert health(account).hold_until <= clock.site.site_now() + timedelta(hours=24)


def test_own_posts_reposts_and_machines_are_ignored(clock):
	account = make_account()
	items = [
		make_item(LIGHT, "1", is_own=True),
		make_item("RT " + LIGHT, "2", "2002", is_repost=True),
		make_item(LIGHT, "3", "2003", problems=("automatic mail: it says so itself.",)),
	]
	run(account, items, clock=clock)
	assert states() == ["Ignored"] * 3 and not grievances()


def test_a_repost_of_a_grievance_supports_it(clock):
	account = make_account()
	run(account, [make_item(LIGHT, "1")], clock=clock)
	run(account, [make_item("RT", "2", "2002", is_repost=True, parent_external_id="1")], clock=clock)
	assert grievances()[0].support_count == 1


def test_first_run_asks_for_the_look_back_only(clock):
	given = Given([])
	run(make_account(look_back_hours=6), connector=given, clock=clock)
	assert given.seen_limits.look_back == timedelta(hours=6)


def test_disabled_in_the_middle_of_a_run_stops_at_the_next_page(clock):
	account = make_account()

	def switch_off(number: int) -> None:
		if number == 1:
			frappe.db.set_value("Channel Account", account.name, "enabled", 0)

	pages = [[make_item(LIGHT, "1")], [make_item(WATER, "2")], [make_item(ROAD, "3")]]
	summary = run(account, connector=Given(*pages, on_page=switch_off), clock=clock)
	assert (summary.pages, len(posts())) == (2, 2) and "switched off" in summary.stopped
	assert not health(account).cursor_state


def test_time_over_within_a_walk_goes_on_with_fewer_pages(clock):
	account = make_account()

	def slow(_number: int) -> None:
		clock.seconds += 100

	pages = [[make_item(LIGHT, "1")], [make_item(WATER, "2", "2002")], [make_item(ROAD, "3", "2003")]]
	summary = run(account, connector=Given(*pages, on_page=slow), clock=clock)
	assert summary.pages == 2 and account.name in accounts.due(clock.site.site_now())
	again = Given(*pages)
	run(account, connector=again, clock=clock)
	assert again.seen_limits.max_pages == 1
	assert health(account).page_limit == 0


def test_a_second_run_does_not_start_while_the_first_works(clock):
	account = make_account()
	token = accounts.take_lease(account.name, clock.site.site_now(), 240)
	assert token and accounts.take_lease(account.name, clock.site.site_now(), 240) is None
	assert account.name not in accounts.due(clock.site.site_now())
	summary = run(account, [make_item(LIGHT)], clock=clock)
	assert "Another run" in summary.stopped and not posts()
	clock.tick(minutes=7)
	assert run(account, [make_item(LIGHT)], clock=clock).new == 1, "the lease of a dead worker ends"


def test_a_tick_enqueues_each_due_account_once(clock, monkeypatch):
	make_account("One")
	make_account("Two")
	make_account("Off", enabled=0)
	held = make_account("Held")
	accounts.write(held.name, {"hold_until": clock.site.site_now() + timedelta(hours=1)})
	jobs = []
	monkeypatch.setattr(frappe, "enqueue", lambda *args, **kwargs: jobs.append(kwargs))
	assert sorted(schedule.enqueue_due_accounts(clock.site)) == ["One", "Two"]
	assert sorted(job["job_id"] for job in jobs) == ["import_account::One", "import_account::Two"]
	assert all(job["deduplicate"] for job in jobs)


def test_x_stays_off_until_the_terms_are_accepted(clock):
	account = make_account()
	frappe.db.set_value("Channel Account", account.name, "terms_accepted", 0)
	assert accounts.due(clock.site.site_now()) == []


@pytest.mark.parametrize(
	("zone", "expected"),
	[
		("Asia/Kolkata", "2026-10-25 06:00:01"),
		("Europe/Berlin", "2026-10-25 02:30:01"),
		("UTC", "2026-10-25 00:30:01"),
	],
)
def test_times_are_right_to_the_second_in_the_sites_zone(zone, expected, clock, monkeypatch):
	monkeypatch.setattr("grievance_helpdesk.intake.times.get_system_timezone", lambda: zone)
	moment = datetime(2026, 10, 25, 0, 30, 1, 999_000, tzinfo=timezone.utc)
	run(make_account(), [make_item(LIGHT, posted_at=moment)], clock=clock)
	assert str(posts()[0].posted_at) == expected


def test_no_secret_stands_in_logs_or_messages(clock):
	account = make_account(bearer_token="very-secret-token")
	with XEmulator(clock=lambda: clock.now) as x:
		frappe.db.set_value("Channel Account", account.name, "base_url", x.url)
		frappe.db.commit()
		for _ in range(2):
			Run(account.name, clock=clock.site).run()
			clock.tick(minutes=10)
	assert health(account).health == "Needs Re-auth"
	logged = json.dumps(frappe.get_all("Error Log", fields=["*"]), default=str) + json.dumps(
		health(account), default=str
	)
	assert "very-secret-token" not in logged


def test_x_end_to_end_through_the_real_connector(clock):
	with XEmulator(clock=lambda: clock.now) as x:
		account = make_account(
			handle=x.handle, external_account_id=x.user_id, bearer_token=x.bearer_token, base_url=x.url
		)
		first = x.add_post(
			LIGHT, created_at=clock.now - timedelta(hours=2), handle="asha_k", name="Asha Kumari"
		)
		x.add_post(
			"still dark tonight",
			created_at=clock.now - timedelta(hours=1),
			reply_to=first,
			mentions=(x.handle,),
		)
		x.add_post("@cmohry " + LIGHT, created_at=clock.now - timedelta(days=3), author_id="2009")
		summary = Run(account.name, clock=clock.site).run()
		assert (summary.new, summary.error) == (2, ""), "the third is older than the look-back"
		assert [post.state for post in posts()] == ["Grievance", "Thread"]
		assert {(post.author_handle, post.author_name) for post in posts()} == {("asha_k", "Asha Kumari")}
		x.edit_post(first, LIGHT + " Urgent!", clock.now - timedelta(minutes=30))
		clock.tick(minutes=6)
		assert Run(account.name, clock=clock.site).run().edited == 1
		assert len(grievances()) == 1


def test_clock_of_the_site_counts_to_the_second():
	assert Clock(now=lambda: NOW).site_now().microsecond == 0
