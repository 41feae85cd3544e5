"""Facebook misbehaves while a page is read: rows 27 to 34 of the fault table, and 53, 55 and 56."""

from __future__ import annotations

import json
import logging
import re
from datetime import datetime, timedelta, timezone

import pytest

from grievance_helpdesk.intake.connectors.base import (
	AuthFailed,
	BadPayload,
	ConnectorError,
	NotFound,
	Permanent,
	PermissionDenied,
	RateLimited,
	Transient,
)
from grievance_helpdesk.intake.connectors.facebook import FacebookConnector
from tests.emulators.graph import GraphEmulator, error
from tests.emulators.reading import NOW, Clock, Run, read

SHORT = (0.3, 0.3)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
	return Clock()


@pytest.fixture
def graph(clock):
	with GraphEmulator(clock=clock) as emulator:
		yield emulator


@pytest.fixture
def connect(graph, clock):
	def make(**settings) -> FacebookConnector:
		defaults = {
			"page_id": graph.page_id,
			"token": graph.token,
			"app_secret": graph.app_secret,
			"base_url": graph.url,
			"timeouts": SHORT,
			"clock": clock,
		}
		return FacebookConnector(**defaults | settings)

	return make


def publish(graph: GraphEmulator, count: int) -> set[str]:
	return {graph.add_post(f"no water in ward {n}", created_at=NOW - HOUR) for n in range(count)}


def ids(run: Run) -> set[str]:
	return {item.external_id for item in run.items}


def test_row_27_ranked_feed_is_read_to_the_end(graph, connect):
	old = {graph.add_post(f"old {n}", created_at=NOW - timedelta(days=60)) for n in range(150)}
	new = publish(graph, 150)
	run = read(connect())
	assert ids(run) == new and not old & ids(run)
	feed = [request["params"] for request in graph.requests if request["path"].endswith("/feed")]
	assert len(feed) == 3 and all(params["limit"] == "100" for params in feed)


def test_row_27_new_post_that_is_ranked_last_comes_with_the_next_whole_reading(graph, connect, clock):
	publish(graph, 150)
	cursor = read(connect()).cursor
	late = publish(graph, 20)
	clock.tick(hours=7)
	assert late <= ids(read(connect(rescan_posts=1), cursor, now=clock.now))


def test_row_28_empty_page_with_next_is_not_the_end(graph, connect):
	published = publish(graph, 3)
	graph.empty_first = True
	assert ids(read(connect())) == published


def test_row_28_next_address_is_never_called_and_other_paging_keys_are_kept(graph, connect):
	publish(graph, 120)

	def without_cursors(body: dict) -> dict:
		return {**body, "paging": {"next": body["paging"]["next"]}}

	graph.script(path="/feed", change=without_cursors)
	run = read(connect())
	assert len(run.items) == 120 and run.error is None
	assert all("access_token" not in request["params"] for request in graph.requests)


def test_row_29_refused_cursor_starts_again_from_the_top(graph, connect):
	published = publish(graph, 250)
	graph.script(path="/feed", skip=1, status=400, json=error(400, 100, "(#100) Invalid cursor").payload)
	run = read(connect())
	assert ids(run) == published and len(run.items) == 250 and run.error is None


def test_row_29_cursor_that_is_always_refused_does_not_loop(graph, connect):
	publish(graph, 250)
	graph.script(path="/feed", skip=1, status=400, json=error(400, 100, "Invalid cursor").payload)
	graph.script(path="/feed", skip=2, status=400, json=error(400, 100, "Invalid cursor").payload)
	run = read(connect())
	assert isinstance(run.error, Permanent) and len(graph.requests) == 5


def test_row_30_token_of_a_person_is_detected_instead_of_no_news(graph, connect):
	graph.add_comment(graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR), "no water")
	graph.add_user_token("user-token", "42")
	for action in (lambda c: read(c).error, lambda c: _raised(c.verify_credentials)):
		refused = action(connect(token="user-token"))
		assert isinstance(refused, AuthFailed) and "Page token" in refused.advice


def test_row_30_missing_scope_and_missing_task_are_told(graph, connect):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR)
	for n in range(6):
		graph.add_comment(post, f"comment {n}", created_at=NOW - HOUR)
	graph.tokens[graph.token].moderate = False
	assert "task Moderate" in read(connect()).notes
	graph.tokens[graph.token].scopes = ("pages_read_engagement",)
	denied = _raised(connect().verify_credentials)
	assert isinstance(denied, PermissionDenied) and "pages_read_user_content" in str(denied)


def test_row_30_counted_but_unseen_comments_are_told(graph, connect):
	graph.add_comment(graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR), "no water")
	graph.script(path="/comments", json={"data": []})
	assert "counts 1 comments but shows none" in read(connect()).notes


def _raised(action) -> ConnectorError | None:
	try:
		action()
	except ConnectorError as raised:
		return raised
	return None


REGAIN = {
	"x-business-use-case-usage": json.dumps(
		{"5001": [{"type": "pages", "estimated_time_to_regain_access": 25}]}
	)
}


@pytest.mark.parametrize("code", [4, 17, 32, 341, 613, 80001])
@pytest.mark.parametrize(
	("headers", "wait"), [({}, 60), (REGAIN, 25), ({"x-business-use-case-usage": "{broken"}, 60)]
)
def test_row_31_throttled_page_is_left_alone(graph, connect, clock, code, headers, wait):
	publish(graph, 1)
	graph.script(path="/feed", status=400, headers=headers, json=error(400, code, "limit reached").payload)
	connector = connect()
	run = read(connector)
	assert isinstance(run.error, RateLimited) and run.error.until == NOW + timedelta(minutes=wait)
	calls = len(graph.requests)
	clock.tick(minutes=wait - 1)
	assert isinstance(read(connector).error, RateLimited) and len(graph.requests) == calls
	clock.tick(minutes=2)
	assert len(read(connector).items) == 1
	assert (code == 32) == ("person's token" in run.error.advice)


def test_row_31_at_ninety_percent_the_run_ends_early_and_loses_nothing(graph, connect):
	published = {graph.add_post(f"notice {n}", (graph.page_id, "CM"), NOW - HOUR) for n in range(3)}
	comments = {graph.add_comment(post, "no water", created_at=NOW - HOUR) for post in published}
	graph.usage = {"X-App-Usage": json.dumps({"call_count": 93, "total_time": 2, "total_cputime": 1})}
	first = read(connect())
	assert isinstance(first.error, RateLimited) and first.error.until == NOW + timedelta(minutes=15)
	assert len(graph.requests) == 3, "the token, one page of the feed, one of comments"
	found, cursor = ids(first), first.cursor
	for _ in range(2):
		run = read(connect(), cursor)
		found, cursor = found | ids(run), run.cursor
	assert found == published | comments


def test_row_31_at_ninety_percent_a_run_without_comments_rests_too(graph, connect):
	publish(graph, 2)
	graph.usage = {"X-Page-Usage": json.dumps({"call_count": 1, "total_time": 90, "total_cputime": 1})}
	run = read(connect())
	assert len(run.items) == 2 and isinstance(run.error, RateLimited)


def test_row_31_posts_without_comments_cost_no_calls(graph, connect):
	publish(graph, 20)
	read(connect())
	assert [path.rpartition("/")[2] for path in graph.paths()] == ["me", "feed"]


MAPPED = {
	"expired": (401, 190, 463, AuthFailed, "expired"),
	"password": (401, 190, 460, AuthFailed, "password was changed"),
	"logged out": (401, 190, 467, AuthFailed, "revoked"),
	"old session": (401, 102, 0, AuthFailed, "new Page token"),
	"permission": (403, 10, 0, PermissionDenied, "pages_read_engagement"),
	"permission 200": (403, 200, 0, PermissionDenied, "Moderate"),
	"missing": (400, 100, 33, NotFound, "id of the account or page"),
	"blocked": (400, 368, 0, PermissionDenied, "policies"),
	"service": (500, 2, 0, Transient, "next run"),
	"unknown": (500, 1, 0, Transient, "next run"),
	"new code": (400, 99999, 0, Permanent, "setting"),
}


@pytest.mark.parametrize("name", MAPPED)
def test_row_32_errors_are_told_apart_by_code(graph, connect, name):
	status, code, subcode, kind, advice = MAPPED[name]
	graph.script(path="/feed", status=status, json=error(status, code, "any words", subcode).payload)
	run = read(connect())
	assert type(run.error) is kind and advice in run.error.advice
	assert run.error.reference == "AbCdEf"


def test_row_32_blocked_page_is_left_alone_for_hours(graph, connect):
	graph.script(path="/feed", status=400, json=error(400, 368, "blocked").payload)
	assert read(connect()).error.until == NOW + timedelta(hours=6)


def test_row_32_transient_flag_wins_over_an_unknown_code(graph, connect):
	body = error(400, 99999, "try later").payload
	body["error"]["is_transient"] = True
	graph.script(path="/feed", status=400, json=body)
	assert type(read(connect()).error) is Transient


BROKEN = {
	"500 HTML": ({"status": 500, "body": "<html>Sorry</html>"}, Transient),
	"200 HTML": ({"body": "<html>Sorry</html>"}, BadPayload),
	"list": ({"json": []}, BadPayload),
	"truncated": ({"truncate": 25}, BadPayload),
	"error in a 200": ({"json": error(200, 2, "later").payload}, Transient),
	"hang": ({"hang": True}, Transient),
	"closed": ({"close": "before"}, Transient),
	"reset in the body": ({"break_after": 20}, Transient),
}


@pytest.mark.parametrize("name", BROKEN)
def test_row_32_broken_answers_are_transient(graph, connect, name):
	publish(graph, 1)
	fault, kind = BROKEN[name]
	graph.script(path="/feed", **fault)
	run = read(connect())
	assert type(run.error) is kind and run.items == [] and run.cursor == {}


def test_row_33_pages_share_nothing(graph, connect):
	graph.add_page("6001", "Other office", "other-token")
	mine = publish(graph, 3)
	others = {graph.add_post(f"other {n}", created_at=NOW - HOUR, page_id="6001") for n in range(130)}
	graph.script(path="/5001/feed", status=401, json=error(401, 190, "dead", 463).payload)
	assert isinstance(read(connect()).error, AuthFailed)
	other = read(connect(page_id="6001", token="other-token"))
	assert ids(other) == others and other.error is None
	assert ids(read(connect())) == mine


def test_row_33_one_post_that_fails_does_not_block_the_others(graph, connect):
	notices = [graph.add_post(f"notice {n}", (graph.page_id, "CM"), NOW - HOUR) for n in range(3)]
	comments = {graph.add_comment(post, "no water", created_at=NOW - HOUR) for post in notices}
	graph.script(path=f"{notices[1]}/comments", status=403, json=error(403, 10, "not this one").payload)
	run = read(connect())
	assert len(ids(run) & comments) == 2 and run.error is None
	assert notices[1] in run.notes
	assert ids(read(connect(), run.cursor)) >= comments - ids(run), "and it is tried again"


def test_row_34_nested_comments_make_one_thread(graph, connect):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR)
	first = graph.add_comment(post, "no water", created_at=NOW - HOUR)
	second = graph.add_comment(first, "here too", created_at=NOW - HOUR)
	answer = graph.add_comment(first, "We look into it", (graph.page_id, "CM Office"), NOW - HOUR)
	items = {item.external_id: item for item in read(connect()).items}
	assert {item.root_external_id for item in items.values()} == {post}
	assert [items[id].parent_external_id for id in (post, first, second)] == ["", post, first]
	assert items[post].is_own and items[answer].is_own and not items[first].is_own
	assert items[first].can_reply and not items[answer].can_reply


def test_row_34_edited_comment_keeps_its_key_and_brings_the_new_text(graph, connect, clock):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR)
	comment = graph.add_comment(post, "no watr", created_at=NOW - HOUR)
	first = read(connect())
	graph.edit(comment, "no water")
	clock.tick(hours=6)
	second = read(connect(), first.cursor, now=clock.now)
	old, new = (
		{item.key("a"): item.text for item in run.items if item.kind == "comment"} for run in (first, second)
	)
	assert old.keys() == new.keys() and list(new.values()) == ["no water"]


def test_row_34_hidden_anonymous_and_removed_comments(graph, connect):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR)
	hidden = graph.add_comment(post, "my number is 9417580005", created_at=NOW - HOUR)
	unnamed = graph.add_comment(post, "no water", None, NOW - HOUR)
	graph.hide(hidden)
	items = {item.external_id: item for item in read(connect()).items}
	assert "Hidden on the page" in items[hidden].problems[0] and items[hidden].text
	assert items[unnamed].author_id == "" and "anonymous" in items[unnamed].problems[0]
	graph.remove(unnamed)
	found = connect().rehydrate([hidden, unnamed, post])
	assert found[unnamed].removed and found[unnamed].text == "" and found[unnamed].kind == "comment"
	assert found[hidden].text and found[post].kind == "post" and not found[post].removed


def test_row_34_post_without_a_time_is_kept(graph, connect):
	graph.add_post("no water", created_at=NOW - HOUR, created_time=None)
	[found] = read(connect()).items
	assert "The time is missing." in found.problems


def test_row_34_new_comment_on_an_old_post_is_found(graph, connect, clock):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - timedelta(days=20))
	cursor = read(connect()).cursor
	comment = graph.add_comment(post, "no water", created_at=NOW + HOUR)
	clock.tick(hours=2)
	run = read(connect(), cursor, now=clock.now)
	assert ids(run) == {comment}
	assert read(connect(), run.cursor, now=clock.now).items == [], "an unchanged post is not read again"


def test_row_34_more_comments_than_one_run_may_read(graph, connect):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - timedelta(hours=20))
	comments = {
		graph.add_comment(post, f"no water {n}", created_at=NOW - timedelta(seconds=60_000 - 60 * n))
		for n in range(450)
	}
	found, cursor, longest = set(), {}, 0
	for _ in range(5):
		run = read(connect(), cursor, max_pages=3)
		found, cursor, longest = found | ids(run), run.cursor, max(longest, len(run.pages))
	assert found == comments | {post} and longest <= 3


def test_reactions_and_shares_are_not_posts(graph, connect):
	graph.add_post("", created_at=NOW - HOUR, status_type="shared_story", story="Asha shared a post")
	[shared] = read(connect()).items
	assert shared.is_repost


def test_draft_of_the_page_is_left_out(graph, connect):
	graph.add_post("draft", (graph.page_id, "CM Office"), NOW - HOUR, is_published=False)
	assert read(connect()).items == []


@pytest.mark.parametrize(
	("version", "now", "outcome"),
	[
		("v25.0", NOW, ""),
		("v21.0", datetime(2026, 11, 18, tzinfo=timezone.utc), "off on 21 January 2027"),
		("v20.0", NOW, Permanent),
		("25", NOW, Permanent),
	],
)
def test_version_warns_ahead_and_is_refused_after_its_date(graph, connect, clock, version, now, outcome):
	from grievance_helpdesk.intake.connectors.graph_client import checked_version

	if outcome is Permanent:
		refused = _raised(connect(version=version).verify_credentials)
		assert isinstance(refused, Permanent) and "API version" in refused.advice and graph.requests == []
	else:
		assert outcome in checked_version(version, now) and bool(outcome) == bool(
			checked_version(version, now)
		)


def test_expiring_token_is_told_ahead(graph, connect):
	graph.tokens[graph.token].expires_at = int((NOW + timedelta(days=5)).timestamp())
	info = connect().verify_credentials()
	assert info.expires_at == NOW + timedelta(days=5) and "23 November 2026" in info.warnings[0]


def test_wrong_proof_of_the_app_secret_is_refused(graph, connect):
	assert isinstance(read(connect(app_secret="wrong")).error, Permanent)


def test_row_53_nothing_is_asked_after_the_importer_stops(graph, connect):
	publish(graph, 250)
	read(connect(), crash_after=1)
	assert [path.rpartition("/")[2] for path in graph.paths()] == ["me", "feed"]


def test_row_55_no_secret_in_logs_errors_or_items(graph, connect, caplog):
	caplog.set_level(logging.DEBUG)
	publish(graph, 120)
	connector = connect()
	connector.verify_credentials()
	run = read(connector)
	echo = error(401, 190, f"Malformed access token {graph.token} {graph.app_secret}").payload
	errors = []
	for fault in ({"status": 401, "json": echo}, {"hang": True}, {"close": "before"}):
		graph.script(path="/feed", **fault)
		errors.append(read(connect()).error)
	proof = next(request["params"]["appsecret_proof"] for request in graph.requests)
	shown = [f"{raised} {raised!r} {raised.advice} {raised.__cause__}" for raised in errors]
	whole = caplog.text + "".join(shown) + repr(vars(connector)) + repr(vars(connector.client)) + repr(run)
	assert all(isinstance(raised, ConnectorError) for raised in errors) and len(caplog.records) > 3
	assert not re.search("|".join([graph.token, graph.app_secret, proof]), whole)


def test_row_56_times_are_right_to_the_second(graph, connect):
	graph.add_post("no water", created_at=datetime.fromisoformat("2026-11-18T11:00:07+05:30"))
	[item] = read(connect()).items
	assert item.posted_at == datetime(2026, 11, 18, 5, 30, 7, tzinfo=timezone.utc)
