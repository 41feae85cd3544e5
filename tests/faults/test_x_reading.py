"""X misbehaves while it is read: rows 1 to 20 of the fault table that need no database, and 53, 55 and 56."""

from __future__ import annotations

import json
import logging
import re
import socket
from datetime import datetime, timedelta, timezone

import pytest

from grievance_helpdesk.intake.connectors.base import (
	AuthFailed,
	BudgetExhausted,
	ConnectorError,
	PermissionDenied,
	RateLimited,
	Transient,
)
from grievance_helpdesk.intake.connectors.x import XConnector
from tests.emulators.reading import NOW, Clock, Run, read
from tests.emulators.x import XEmulator, problem

MENTION = "@cmohry no water in ward {}"
SHORT = (0.3, 0.3)


@pytest.fixture
def clock():
	return Clock()


@pytest.fixture
def x(clock):
	with XEmulator(clock=clock) as emulator:
		yield emulator


@pytest.fixture
def connect(x, clock):
	def make(**settings) -> XConnector:
		defaults = {
			"user_id": x.user_id,
			"handle": x.handle,
			"bearer_token": x.bearer_token,
			"base_url": x.url,
			"timeouts": SHORT,
			"clock": clock,
		}
		return XConnector(**defaults | settings)

	return make


def publish(x: XEmulator, count: int, before: timedelta = timedelta(hours=1)) -> list[str]:
	"""``count`` mentions, a second apart, the last of them ``before`` now; ids in that order."""
	first = x.now - before - timedelta(seconds=count)
	return [x.add_post(MENTION.format(n), created_at=first + timedelta(seconds=n)) for n in range(count)]


def ids(run: Run) -> list[str]:
	return [item.external_id for item in run.items]


def test_row_01_empty_page_leaves_the_cursor(x, connect):
	publish(x, 1)
	first = read(connect())
	x.script(path="/mentions", json={"meta": {"result_count": 0}})
	second = read(connect(), first.cursor)
	assert second.items == [] and second.error is None
	assert second.pages[-1].complete
	assert second.cursor["mentions"]["since_id"] == first.cursor["mentions"]["since_id"]


def test_row_02_crash_after_page_two_moves_nothing_and_loses_nothing(x, connect, clock):
	publish(x, 10, before=timedelta(hours=2))
	first = read(connect())
	new = publish(x, 250, before=timedelta(minutes=1))
	crashed = read(connect(), first.cursor, crash_after=2)
	assert len(crashed.items) == 200
	assert crashed.cursor == first.cursor
	second = read(connect(), crashed.cursor)
	assert set(new) <= set(ids(second))
	assert len(set(ids(second))) == len(ids(second))
	assert second.cursor["mentions"]["since_id"] == new[-1]
	since = [r["params"]["since_id"] for r in x.requests if "since_id" in r["params"]]
	assert len(set(since)) == 1, "the same since_id on every page of every try"


def test_row_03_same_post_on_two_pages_and_in_two_polls_has_one_key(x, connect):
	published = publish(x, 120)
	x.script(path="/mentions", duplicate=True)
	x.script(path="/mentions", change=lambda body: {**body, "data": [_row(published[50]), *body["data"]]})
	run = read(connect())
	assert sorted(ids(run)) == sorted(published)
	again = read(connect(search_query="water"), run.cursor)
	keys = {item.key("account") for item in run.items + again.items}
	assert len(again.items) > 0 and {item.kind for item in again.items} == {"mention", "search"}
	assert len(keys) == 120


def _row(post_id: str) -> dict:
	return {"id": post_id, "text": MENTION.format(50)}


def test_row_04_late_post_with_a_smaller_id_is_found_by_the_overlap(x, connect):
	publish(x, 2)
	first = read(connect())
	newest = first.items[0].posted_at
	late = x.add_post("@cmohry late one", created_at=newest - timedelta(seconds=100))
	assert late in ids(read(connect(), first.cursor))


def test_row_05_edited_post_is_a_revision_with_the_same_key(x, connect):
	first_id = x.add_post("@cmohry no watr", created_at=NOW - timedelta(minutes=9))
	first = read(connect())
	second_id = x.edit_post(first_id, "@cmohry no water", NOW - timedelta(minutes=8))
	second = read(connect(), first.cursor)
	[edited] = second.items
	assert (edited.external_id, edited.revision_of, edited.text) == (second_id, first_id, "@cmohry no water")
	assert edited.key("a") == first.items[0].key("a")
	assert edited.root_external_id == first_id


@pytest.mark.parametrize("spelling", ["tweet", "post"])
def test_row_06_both_spellings_give_long_text_thread_and_edits(x, connect, spelling):
	x.spelling = spelling
	root = x.add_post("@cmohry root", created_at=NOW - timedelta(minutes=9))
	long = x.add_post("@cmohry " + "पानी " * 200, created_at=NOW - timedelta(minutes=8), reply_to=root)
	edited = x.edit_post(root, "@cmohry root, better", NOW - timedelta(minutes=7))
	by_id = {item.external_id: item for item in read(connect()).items}
	assert by_id[long].text == "@cmohry " + "पानी " * 200
	assert (by_id[long].parent_external_id, by_id[long].root_external_id) == (root, root)
	assert by_id[edited].revision_of == root


def test_row_07_partial_errors_keep_the_data(x, connect):
	gone = x.add_post("gone", created_at=NOW - timedelta(minutes=9), mentions=())
	reply = x.add_post("@cmohry same here", created_at=NOW - timedelta(minutes=8), reply_to=gone)
	x.delete_post(gone)
	run = read(connect())
	assert ids(run) == [reply] and run.error is None
	assert run.items[0].parent_external_id == gone
	assert gone in run.notes


def test_row_08_stale_since_id_restarts_seven_days_back_and_flags_the_gap(x, connect, clock):
	publish(x, 1)
	first = read(connect())
	clock.tick(days=10)
	new = publish(x, 3)
	run = read(connect(), first.cursor, now=clock.now)
	assert sorted(ids(run)) == new and run.error is None
	[gap] = run.gaps
	assert gap.start == NOW and gap.end == clock.now - timedelta(days=7) + timedelta(minutes=1)
	assert "seven days" in run.notes
	assert run.cursor["mentions"]["since_id"] == new[-1]
	assert read(connect(), run.cursor, now=clock.now).error is None


def test_row_08_quiet_account_that_was_read_all_along_has_no_gap(x, connect, clock):
	publish(x, 1)
	cursor = read(connect()).cursor
	for _ in range(4):
		clock.tick(days=3)
		run = read(connect(), cursor, now=clock.now)
		cursor = run.cursor
		assert run.error is None and run.gaps == []


def test_row_09_more_than_800_mentions_are_flagged_and_searched(x, connect):
	publish(x, 1, before=timedelta(hours=5))
	first = read(connect())
	new = publish(x, 1000, before=timedelta(minutes=5))
	run = read(connect(), first.cursor, max_pages=50)
	assert set(new) <= set(ids(run)) and run.error is None
	[gap] = run.gaps
	assert "800" in gap.reason and gap.start < gap.end < NOW
	searches = [r for r in x.requests if r["path"].endswith("/search/recent")]
	assert searches[0]["params"]["query"] == "@cmohry -is:retweet"
	assert int(searches[0]["params"]["until_id"]) == int(new[200])
	assert run.cursor.keys() == {"mentions"}


def test_row_09_fallback_is_continued_after_a_stop(x, connect):
	publish(x, 1, before=timedelta(hours=5))
	first = read(connect())
	new = publish(x, 1000, before=timedelta(minutes=5))
	one = read(connect(), first.cursor, max_pages=9)
	assert set(new) - set(ids(one))
	two = read(connect(), one.cursor, max_pages=9)
	assert set(new) <= set(ids(one)) | set(ids(two))
	assert two.cursor.keys() == {"mentions"}


def test_row_10_repeated_token_ends_the_walk_and_nothing_is_lost(x, connect):
	published = publish(x, 150)
	x.script(path="/mentions", times=100, change=_always_the_first_page())
	cursor, found = {}, set()
	for most in (2, 3, 2):
		run = read(connect(), cursor, max_pages=50)
		assert run.error is None and len(run.pages) <= most
		cursor = run.cursor
		found |= set(ids(run))
		x.faults.clear()
	assert found == set(published)


def test_row_10_ever_new_tokens_without_new_posts_end_too(x, connect):
	publish(x, 800)
	x.script(path="/mentions", times=100, change=_same_posts_with_their_own_token())
	run = read(connect(), max_pages=50)
	assert run.error is None and len(run.pages) <= 5 and "same page again" in run.notes


def _same_posts_with_their_own_token():
	"""The token is the server's own, so that it accepts it; the posts are always those of the first page."""
	first: list[dict] = []

	def change(body: dict) -> dict:
		first.append(body)
		return {**first[0], "meta": body["meta"]}

	return change


def _always_the_first_page():
	first: list[dict] = []

	def change(body: dict) -> dict:
		first.append(body)
		return first[0]

	return change


RESETS = {
	"reset": (
		{"x-rate-limit-reset": str(int((NOW + timedelta(minutes=7)).timestamp()))},
		timedelta(minutes=7),
	),
	"none": ({}, timedelta(minutes=15)),
	"not a number": ({"x-rate-limit-reset": "soon"}, timedelta(minutes=15)),
	"past": ({"x-rate-limit-reset": str(int((NOW - timedelta(hours=1)).timestamp()))}, timedelta(minutes=1)),
	"far": ({"x-rate-limit-reset": "99999999999"}, timedelta(minutes=16)),
	"absurd": ({"x-rate-limit-reset": "9" * 40}, timedelta(minutes=15)),
}


@pytest.mark.parametrize("name", RESETS)
def test_row_11_rate_limit_holds_for_a_bounded_time_without_calls(x, connect, clock, name):
	headers, wait = RESETS[name]
	x.script(path="/mentions", status=429, headers=headers, json={"title": "Too Many Requests"})
	connector = connect()
	run = read(connector)
	assert isinstance(run.error, RateLimited) and run.error.until == NOW + wait
	assert len(x.requests) == 1, "no second try of its own"
	clock.tick(seconds=wait.total_seconds() - 1)
	assert isinstance(read(connector).error, RateLimited) and len(x.requests) == 1
	clock.tick(seconds=2)
	assert read(connector).error is None and len(x.requests) == 2


@pytest.mark.parametrize("skew", [-600, 600])
def test_row_11_wrong_clock_here_does_not_change_the_wait(x, connect, skew):
	x.clock_offset = timedelta(seconds=skew)
	reset = int((x.now + timedelta(minutes=7)).timestamp())
	x.script(path="/mentions", status=429, headers={"x-rate-limit-reset": str(reset)})
	assert read(connect()).error.until == NOW + timedelta(minutes=7)


def test_row_11_last_call_of_a_window_is_the_last_one_made(x, connect, clock):
	published = publish(x, 250)
	x.limits["mentions"] = 2
	run = read(connect())
	assert isinstance(run.error, RateLimited) and run.error.until == NOW + timedelta(minutes=15)
	assert len(run.items) == 200 and len(x.requests) == 2
	clock.tick(minutes=16)
	rest = read(connect(), run.cursor)
	assert sorted(ids(rest))[: len(published) - 200] == published[:50], "goes on where it stopped"
	assert rest.cursor["mentions"]["since_id"] == published[-1]


def test_row_12_usage_cap_waits_for_the_next_month(x, connect):
	body = {
		"title": "UsageCapExceeded",
		"type": "https://api.twitter.com/2/problems/usage-capped",
		"period": "Monthly",
	}
	x.script(path="/mentions", status=429, json=body, drop_headers=("x-rate-limit-reset",))
	error = read(connect()).error
	assert isinstance(error, BudgetExhausted) and error.until == datetime(2026, 12, 1, tzinfo=timezone.utc)
	assert "raise the plan" in error.advice


def test_row_12_no_credits_left(x, connect):
	x.credits = 0.0
	error = read(connect()).error
	assert isinstance(error, BudgetExhausted) and "add credits" in error.advice


def test_row_13_refused_token_says_what_to_do(x, connect):
	error = read(connect(bearer_token="rotated")).error
	assert isinstance(error, AuthFailed) and "paste them into the Channel Account" in error.advice
	assert len(x.requests) == 1


def test_row_13_app_without_access(x, connect):
	reply = problem(403, "Client Forbidden", "client-forbidden", "This app lacks access.")
	x.script(path="/mentions", status=403, json=reply.payload)
	error = read(connect()).error
	assert isinstance(error, PermissionDenied) and "access level" in error.advice


BROKEN = {
	"503": {"status": 503, "json": {"title": "Service Unavailable"}},
	"502 HTML": {"status": 502, "body": "<html>Bad gateway</html>"},
	"200 HTML": {"body": "<html>Please sign in</html>"},
	"truncated": {"truncate": 40},
	"list": {"json": [1, 2]},
	"503 list": {"status": 503, "json": [{"message": "Over capacity"}]},
	"hang": {"hang": True},
	"closed": {"close": "before"},
	"closed after the work": {"close": "after"},
	"reset in the body": {"break_after": 30},
}


@pytest.mark.parametrize("name", BROKEN)
def test_row_14_and_15_broken_answer_is_transient_and_imports_nothing(x, connect, name):
	published = publish(x, 3)
	x.script(path="/mentions", **BROKEN[name])
	run = read(connect())
	assert isinstance(run.error, Transient) and run.items == [] and run.cursor == {}
	assert sorted(ids(read(connect()))) == published


def test_row_15_refused_connection_and_unknown_host(connect):
	with socket.socket() as unused:
		unused.bind(("127.0.0.1", 0))
		port = unused.getsockname()[1]
	for url in (f"http://127.0.0.1:{port}", "https://nowhere.invalid"):
		assert isinstance(read(connect(base_url=url)).error, Transient)


def test_row_15_standard_timeouts_are_short():
	from grievance_helpdesk.intake.connectors import http

	assert http.DEFAULT_TIMEOUTS == (5, 20)


def test_row_16_unknown_null_and_missing_fields_are_imported(x, connect):
	x.add_post("@cmohry a", created_at=NOW - timedelta(minutes=9), author_id="77", fresh={"a": 1}, lang=None)
	run = read(connect())
	assert run.items[0].author_id == "77" and run.items[0].author_handle == ""
	assert "The author's name is not known." in run.items[0].problems
	rows = [
		{"id": "1990000000000000000", "text": None, "entities": [], "attachments": 3},
		{"text": "no id"},
		"x",
	]
	x.script(path="/mentions", json={"data": rows, "includes": None, "meta": None, "errors": None})
	odd = read(connect())
	assert odd.error is None and len(odd.items) == 2
	assert odd.items[0].posted_at.year == 2025, "from the id"
	assert odd.items[1].external_id.startswith("unknown-")
	assert "The author is missing." in odd.items[1].problems
	assert "1 entries" in odd.notes


def test_row_17_own_posts_reposts_and_protected_authors_are_marked(x, connect):
	post = x.add_post("@cmohry road", created_at=NOW - timedelta(minutes=9))
	x.add_post("@cmohry our own", x.user_id, NOW - timedelta(minutes=8))
	x.add_post("RT @user2001: @cmohry road", "2002", NOW - timedelta(minutes=7), repost_of=post)
	run = read(connect())
	assert [(item.is_own, item.is_repost) for item in run.items] == [
		(False, True),
		(True, False),
		(False, False),
	]
	x.users["2001"]["protected"] = True
	x.script(path="/mentions", json={"data": [{"id": post, "text": "@cmohry", "author_id": "2001"}]})
	protected = read(connect(look_up_authors=True)).items[0]
	assert any("protected" in problem for problem in protected.problems)


def test_row_18_deleted_and_protected_posts_become_tombstones(x, connect):
	kept, deleted, hidden = [*publish(x, 2), x.add_post("@cmohry secret", "2009", NOW - timedelta(hours=1))]
	x.delete_post(deleted)
	x.users["2009"]["protected"] = True
	found = connect().rehydrate([kept, deleted, hidden, "not an id"])
	assert found.keys() == {kept, deleted, hidden}
	assert not found[kept].removed and found[kept].text
	for gone in (deleted, hidden):
		assert found[gone].removed and found[gone].text == "" and found[gone].media == ()
	assert "deleted" in found[deleted].problems[0] and "no longer public" in found[hidden].problems[0]


def test_row_18_a_failed_look_up_is_no_deletion(x, connect):
	[post] = publish(x, 1)
	x.script(path="/2/tweets", json={"errors": [{"resource_id": post, "type": "about:blank"}]})
	assert connect().rehydrate([post]) == {}


@pytest.mark.parametrize(
	"text",
	[
		"@cmohry 👨‍👩‍👧‍👦 𝒲ater न\u200dी \u202eright to left\u202c",
		"@cmohry <script>alert(1)</script> & <b>bold</b>",
		"@cmohry " + "x" * 25_000,
	],
)
def test_row_19_text_arrives_whole(x, connect, text):
	x.add_post(text, created_at=NOW - timedelta(minutes=1))
	[item] = read(connect()).items
	assert item.text == text
	assert json.loads(item.raw)["data"]["id"] == item.external_id


def test_row_19_half_a_character_does_not_break_the_database(x, connect):
	x.script(path="/mentions", json={"data": [{"id": "2119275352814518272", "text": "@cmohry \ud83d!"}]})
	[item] = read(connect()).items
	assert item.text == "@cmohry \ufffd!" and item.raw.encode()


def test_row_20_first_run_reads_the_look_back_only(x, connect):
	publish(x, 50, before=timedelta(days=3))
	new = publish(x, 3, before=timedelta(hours=1))
	run = read(connect(), look_back=timedelta(hours=24))
	assert sorted(ids(run)) == new and run.gaps == []


def test_row_20_first_search_reads_the_look_back_and_at_most_its_week(x, connect):
	far, near = (
		x.add_post("no water", created_at=NOW - timedelta(days=days), mentions=()) for days in (6, 0.5)
	)
	connector = connect(search_query="water")
	assert ids(read(connector, look_back=timedelta(hours=24))) == [near]
	long = read(connector, look_back=timedelta(days=60))
	assert ids(long) == [near, far] and long.gaps == []


def test_row_20_posts_between_two_empty_first_runs_are_not_lost(x, connect, clock):
	first = read(connect(), look_back=timedelta(hours=1))
	late = x.add_post("@cmohry early", created_at=NOW - timedelta(minutes=50))
	clock.tick(days=2)
	assert ids(read(connect(), first.cursor, now=clock.now, look_back=timedelta(hours=1))) == [late]


def test_row_53_nothing_is_asked_after_the_importer_stops(x, connect):
	publish(x, 300)
	read(connect(), crash_after=1)
	assert len(x.requests) == 1


SECRETS = ("bearer-emulator", "key-secret", "token-secret")


@pytest.mark.parametrize("signed", [False, True])
def test_row_55_no_secret_in_logs_errors_or_items(x, connect, caplog, signed):
	caplog.set_level(logging.DEBUG)
	publish(x, 3)
	settings = {"keys": x.keys, "bearer_token": ""} if signed else {}
	held = " ".join(SECRETS[1:] if signed else SECRETS[:1])
	connector = connect(**settings)
	connector.verify_credentials()
	run = read(connector)
	errors = []
	for fault in (
		{"status": 401, "json": {"title": "Bad", "detail": f"Token {held} is bad"}},
		{"status": 500, "body": held},
		{"hang": True},
	):
		x.script(path="/mentions", **fault)
		errors.append(read(connect(**settings)).error)
	shown = [f"{error} {error!r} {error.advice} {error.__cause__}" for error in errors]
	whole = caplog.text + "".join(shown) + repr(vars(connector)) + repr(vars(connector.client)) + repr(run)
	assert len(caplog.records) > 3 and all(isinstance(error, ConnectorError) for error in errors)
	assert not re.search("|".join(SECRETS), whole)
	assert logging.getLogger("tweepy.client").getEffectiveLevel() >= logging.INFO


@pytest.mark.parametrize("offset", ["+05:30", "-05:00", "Z"])
def test_row_56_times_are_right_to_the_second(x, connect, offset):
	x.script(path="/mentions", json={"data": [{"id": "1", "created_at": f"2026-11-01T01:30:07.000{offset}"}]})
	[item] = read(connect()).items
	assert item.posted_at == datetime.fromisoformat("2026-11-01T01:30:07" + offset.replace("Z", "+00:00"))
	assert item.posted_at.utcoffset() == timedelta(0)
