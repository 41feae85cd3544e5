"""X refuses, breaks or limits: rows 11 to 15 of the fault table."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta, timezone

import pytest

from grievance_helpdesk.intake.connectors.base import (
	AuthFailed,
	BudgetExhausted,
	PermissionDenied,
	RateLimited,
	Transient,
)
from tests.emulators.reading import NOW, read
from tests.emulators.x import problem
from tests.faults.posts import ids, publish_on_x

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
def test_row_11_rate_limit_holds_for_a_bounded_time_without_calls(x, connect_x, clock, name):
	headers, wait = RESETS[name]
	x.script(path="/mentions", status=429, headers=headers, json={"title": "Too Many Requests"})
	connector = connect_x()
	run = read(connector)
	assert isinstance(run.error, RateLimited) and run.error.until == NOW + wait
	assert len(x.requests) == 1, "no second try of its own"
	clock.tick(seconds=wait.total_seconds() - 1)
	assert isinstance(read(connector).error, RateLimited) and len(x.requests) == 1
	clock.tick(seconds=2)
	assert read(connector).error is None and len(x.requests) == 2


@pytest.mark.parametrize("skew", [-600, 600])
def test_row_11_wrong_clock_here_does_not_change_the_wait(x, connect_x, skew):
	x.clock_offset = timedelta(seconds=skew)
	reset = int((x.now + timedelta(minutes=7)).timestamp())
	x.script(path="/mentions", status=429, headers={"x-rate-limit-reset": str(reset)})
	assert read(connect_x()).error.until == NOW + timedelta(minutes=7)


def test_row_11_last_call_of_a_window_is_the_last_one_made(x, connect_x, clock):
	published = publish_on_x(x, 250)
	x.limits["mentions"] = 2
	run = read(connect_x())
	assert isinstance(run.error, RateLimited) and run.error.until == NOW + timedelta(minutes=15)
	assert len(run.items) == 200 and len(x.requests) == 2
	clock.tick(minutes=16)
	rest = read(connect_x(), run.cursor)
	assert sorted(ids(rest))[: len(published) - 200] == published[:50], "goes on where it stopped"
	assert rest.cursor["mentions"]["since_id"] == published[-1]


def test_row_12_usage_cap_waits_for_the_next_month(x, connect_x):
	body = {
		"title": "UsageCapExceeded",
		"type": "https://api.twitter.com/2/problems/usage-capped",
		"period": "Monthly",
	}
	x.script(path="/mentions", status=429, json=body, drop_headers=("x-rate-limit-reset",))
	error = read(connect_x()).error
	assert isinstance(error, BudgetExhausted) and error.until == datetime(2026, 12, 1, tzinfo=timezone.utc)
	assert "raise the plan" in error.advice


def test_row_12_no_credits_left(x, connect_x):
	x.credits = 0.0
	error = read(connect_x()).error
	assert isinstance(error, BudgetExhausted) and "add credits" in error.advice


def test_row_13_refused_token_says_what_to_do(x, connect_x):
	error = read(connect_x(bearer_token="rotated")).error
	assert isinstance(error, AuthFailed) and "paste them into the Channel Account" in error.advice
	assert len(x.requests) == 1


def test_row_13_app_without_access(x, connect_x):
	reply = problem(403, "Client Forbidden", "client-forbidden", "This app lacks access.")
	x.script(path="/mentions", status=403, json=reply.payload)
	error = read(connect_x()).error
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
def test_row_14_and_15_broken_answer_is_transient_and_imports_nothing(x, connect_x, name):
	published = publish_on_x(x, 3)
	x.script(path="/mentions", **BROKEN[name])
	run = read(connect_x())
	assert isinstance(run.error, Transient) and run.items == [] and run.cursor == {}
	assert sorted(ids(read(connect_x()))) == published


def test_row_15_refused_connection_and_unknown_host(connect_x):
	with socket.socket() as unused:
		unused.bind(("127.0.0.1", 0))
		port = unused.getsockname()[1]
	for url in (f"http://127.0.0.1:{port}", "https://nowhere.invalid"):
		assert isinstance(read(connect_x(base_url=url)).error, Transient)


def test_row_15_standard_timeouts_are_short():
	from grievance_helpdesk.intake.connectors import http

	assert http.DEFAULT_TIMEOUTS == (5, 20)
