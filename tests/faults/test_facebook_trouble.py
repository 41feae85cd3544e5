"""Facebook refuses, breaks or limits: rows 31 and 32 of the fault table, versions and tokens, and 53 to 56."""

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
from tests.emulators.graph import error
from tests.emulators.reading import NOW, read
from tests.faults.posts import HOUR, id_set, publish_on_facebook, raised

REGAIN = {
	"x-business-use-case-usage": json.dumps(
		{"5001": [{"type": "pages", "estimated_time_to_regain_access": 25}]}
	)
}


@pytest.mark.parametrize("code", [4, 17, 32, 341, 613, 80001])
@pytest.mark.parametrize(
	("headers", "wait"), [({}, 60), (REGAIN, 25), ({"x-business-use-case-usage": "{broken"}, 60)]
)
def test_row_31_throttled_page_is_left_alone(graph, connect_facebook, clock, code, headers, wait):
	publish_on_facebook(graph, 1)
	graph.script(path="/feed", status=400, headers=headers, json=error(400, code, "limit reached").payload)
	connector = connect_facebook()
	run = read(connector)
	assert isinstance(run.error, RateLimited) and run.error.until == NOW + timedelta(minutes=wait)
	calls = len(graph.requests)
	clock.tick(minutes=wait - 1)
	assert isinstance(read(connector).error, RateLimited) and len(graph.requests) == calls
	clock.tick(minutes=2)
	assert len(read(connector).items) == 1
	assert (code == 32) == ("person's token" in run.error.advice)


def test_row_31_at_ninety_percent_the_run_ends_early_and_loses_nothing(graph, connect_facebook):
	published = {graph.add_post(f"notice {n}", (graph.page_id, "CM"), NOW - HOUR) for n in range(3)}
	comments = {graph.add_comment(post, "no water", created_at=NOW - HOUR) for post in published}
	graph.usage = {"X-App-Usage": json.dumps({"call_count": 93, "total_time": 2, "total_cputime": 1})}
	first = read(connect_facebook())
	assert isinstance(first.error, RateLimited) and first.error.until == NOW + timedelta(minutes=15)
	assert len(graph.requests) == 3, "the token, one page of the feed, one of comments"
	found, cursor = id_set(first), first.cursor
	for _ in range(2):
		run = read(connect_facebook(), cursor)
		found, cursor = found | id_set(run), run.cursor
	assert found == published | comments


def test_row_31_at_ninety_percent_a_run_without_comments_rests_too(graph, connect_facebook):
	publish_on_facebook(graph, 2)
	graph.usage = {"X-Page-Usage": json.dumps({"call_count": 1, "total_time": 90, "total_cputime": 1})}
	run = read(connect_facebook())
	assert len(run.items) == 2 and isinstance(run.error, RateLimited)


def test_row_31_posts_without_comments_cost_no_calls(graph, connect_facebook):
	publish_on_facebook(graph, 20)
	read(connect_facebook())
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
def test_row_32_errors_are_told_apart_by_code(graph, connect_facebook, name):
	status, code, subcode, kind, advice = MAPPED[name]
	graph.script(path="/feed", status=status, json=error(status, code, "any words", subcode).payload)
	run = read(connect_facebook())
	assert type(run.error) is kind and advice in run.error.advice
	assert run.error.reference == "AbCdEf"


def test_row_32_blocked_page_is_left_alone_for_hours(graph, connect_facebook):
	graph.script(path="/feed", status=400, json=error(400, 368, "blocked").payload)
	assert read(connect_facebook()).error.until == NOW + timedelta(hours=6)


def test_row_32_transient_flag_wins_over_an_unknown_code(graph, connect_facebook):
	body = error(400, 99999, "try later").payload
	body["error"]["is_transient"] = True
	graph.script(path="/feed", status=400, json=body)
	assert type(read(connect_facebook()).error) is Transient


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
def test_row_32_broken_answers_are_transient(graph, connect_facebook, name):
	publish_on_facebook(graph, 1)
	fault, kind = BROKEN[name]
	graph.script(path="/feed", **fault)
	run = read(connect_facebook())
	assert type(run.error) is kind and run.items == [] and run.cursor == {}


@pytest.mark.parametrize(
	("version", "now", "outcome"),
	[
		("v25.0", NOW, ""),
		("v21.0", datetime(2026, 11, 18, tzinfo=timezone.utc), "off on 21 January 2027"),
		("v20.0", NOW, Permanent),
		("25", NOW, Permanent),
	],
)
def test_version_warns_ahead_and_is_refused_after_its_date(
	graph, connect_facebook, clock, version, now, outcome
):
	from grievance_helpdesk.intake.connectors.graph_client import checked_version

	if outcome is Permanent:
		refused = raised(connect_facebook(version=version).verify_credentials)
		assert isinstance(refused, Permanent) and "API version" in refused.advice and graph.requests == []
	else:
		assert outcome in checked_version(version, now) and bool(outcome) == bool(
			checked_version(version, now)
		)


def test_expiring_token_is_told_ahead(graph, connect_facebook):
	graph.tokens[graph.token].expires_at = int((NOW + timedelta(days=5)).timestamp())
	info = connect_facebook().verify_credentials()
	assert info.expires_at == NOW + timedelta(days=5) and "23 November 2026" in info.warnings[0]


def test_wrong_proof_of_the_app_secret_is_refused(graph, connect_facebook):
	assert isinstance(read(connect_facebook(app_secret="wrong")).error, Permanent)


def test_row_53_nothing_is_asked_after_the_importer_stops(graph, connect_facebook):
	publish_on_facebook(graph, 250)
	read(connect_facebook(), crash_after=1)
	assert [path.rpartition("/")[2] for path in graph.paths()] == ["me", "feed"]


def test_row_55_no_secret_in_logs_errors_or_items(graph, connect_facebook, caplog):
	caplog.set_level(logging.DEBUG)
	publish_on_facebook(graph, 120)
	connector = connect_facebook()
	connector.verify_credentials()
	run = read(connector)
	echo = error(401, 190, f"Malformed access token {graph.token} {graph.app_secret}").payload
	errors = []
	for fault in ({"status": 401, "json": echo}, {"hang": True}, {"close": "before"}):
		graph.script(path="/feed", **fault)
		errors.append(read(connect_facebook()).error)
	proof = next(request["params"]["appsecret_proof"] for request in graph.requests)
	shown = [f"{error} {error!r} {error.advice} {error.__cause__}" for error in errors]
	whole = caplog.text + "".join(shown) + repr(vars(connector)) + repr(vars(connector.client)) + repr(run)
	assert all(isinstance(error, ConnectorError) for error in errors) and len(caplog.records) > 3
	assert not re.search("|".join([graph.token, graph.app_secret, proof]), whole)


def test_row_56_times_are_right_to_the_second(graph, connect_facebook):
	graph.add_post("no water", created_at=datetime.fromisoformat("2026-11-18T11:00:07+05:30"))
	[item] = read(connect_facebook()).items
	assert item.posted_at == datetime(2026, 11, 18, 5, 30, 7, tzinfo=timezone.utc)
