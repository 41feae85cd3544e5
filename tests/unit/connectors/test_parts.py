"""The small parts: keys, times in ids, waiting, reading other people's JSON, and the one way out."""

from __future__ import annotations

import inspect
import random
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import requests
import tweepy
from hypothesis import given
from hypothesis import strategies as st

from grievance_helpdesk.intake import connectors
from grievance_helpdesk.intake.connectors import backoff, base, http, snowflake, values
from grievance_helpdesk.intake.connectors.x_client import XClient

NOW = datetime(2026, 11, 18, 6, 0, tzinfo=timezone.utc)


def item(**fields) -> base.Item:
	return base.Item(
		**{"channel": "X", "kind": "mention", "external_id": "7", "posted_at": NOW, "raw": "{}"} | fields
	)


def test_key_is_the_same_for_each_way_to_find_a_post_and_differs_by_account():
	key = item().key("CM Office")
	assert re.fullmatch(r"[0-9a-f]{64}", key)
	assert item(kind="search").key("CM Office") == key
	assert item(external_id="8", revision_of="7").key("CM Office") == key
	assert key not in (item().key("cm office"), item(channel="Email").key("CM Office"))


def test_ids_that_differ_only_in_case_have_two_keys():
	assert item(external_id="m_AbC").key("a") != item(external_id="m_aBc").key("a")


@pytest.mark.parametrize(
	"kind",
	[kind for kind in vars(base).values() if inspect.isclass(kind) and issubclass(kind, base.ConnectorError)],
)
def test_each_error_says_what_to_do(kind):
	made = kind("it failed", until=NOW)
	assert made.advice.endswith(".") and str(made) == "it failed" and made.until == NOW
	assert kind("x", advice="Do that.", until=NOW).advice == "Do that."


@given(st.datetimes(datetime(2011, 1, 1), datetime(2090, 1, 1), timezones=st.just(timezone.utc)))
def test_snowflake_there_and_back(moment):
	whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
	assert snowflake.time_of(snowflake.id_at(moment)) == whole
	assert snowflake.time_of(
		snowflake.moved_back(snowflake.id_at(moment), timedelta(minutes=3))
	) == whole - timedelta(minutes=3)


def test_snowflake_of_a_known_post():
	assert snowflake.time_of("1212092628029698048") == datetime(
		2019, 12, 31, 19, 26, 16, 771000, timezone.utc
	)
	assert snowflake.moved_back("5", timedelta(days=1)) == "0"


@given(st.integers(-3, 10_000))
def test_wait_after_failures_is_bounded_and_jittered(failures):
	wait = backoff.after_failures(failures, random.Random(1))
	assert timedelta(seconds=15) <= wait <= timedelta(hours=1)
	assert wait != backoff.after_failures(failures, random.Random(2)) or failures <= 1


def test_wait_grows():
	always = random.Random()
	always.random = lambda: 1.0
	assert [backoff.after_failures(n, always).total_seconds() for n in (1, 2, 3, 20)] == [30, 60, 120, 3600]


@given(st.dictionaries(st.sampled_from(["x-rate-limit-reset", "date"]), st.text(max_size=40)))
def test_no_header_makes_a_hold_longer_than_its_bounds(headers):
	hold = backoff.end_of_hold(headers, NOW) - NOW
	assert timedelta(minutes=1) <= hold <= timedelta(minutes=16)


@pytest.mark.parametrize(
	("text", "expected"),
	[
		("2026-11-18T06:00:07.123Z", NOW.replace(second=7, microsecond=123000)),
		("2026-11-18T11:30:07+0530", NOW.replace(second=7)),
		("2026-11-18T06:00:07.1Z", NOW.replace(second=7, microsecond=100000)),
		("2026-11-18T06:00:07", None),
		("yesterday", None),
		(None, None),
		(["2026"], None),
	],
)
def test_moments(text, expected):
	assert values.moment_of(text) == expected


@given(
	st.recursive(
		st.none() | st.booleans() | st.floats() | st.text(),
		lambda x: st.lists(x) | st.dictionaries(st.text(), x),
	)
)
def test_no_json_breaks_the_readers(value):
	assert isinstance(values.text_of(value).encode(), bytes)
	assert isinstance(values.object_of(value), dict) and isinstance(values.objects_of(value), list)
	values.moment_of(value)
	assert values.json_text(value).encode()


@pytest.mark.parametrize(
	"url", ["http://api.x.com", "https://u:p@api.x.com", "https://api.x.com/?a=b", "ftp://x", "", "api.x.com"]
)
def test_base_url_is_https_or_this_machine(url):
	with pytest.raises(base.Permanent) as refused:
		http.checked_base_url(url)
	assert "https://" in refused.value.advice and "u:p" not in str(refused.value)


def test_base_url_of_this_machine():
	assert http.checked_base_url("http://127.0.0.1:80/") == "http://127.0.0.1:80"
	assert http.checked_base_url(" https://api.x.com/ ") == "https://api.x.com"


@pytest.mark.parametrize("secret", ["", "two words", "line\nbreak", "टोकन", "“quoted”"])
def test_damaged_secret_is_refused_without_being_shown(secret):
	with pytest.raises(base.AuthFailed) as refused:
		http.checked_secret(secret, "bearer token")
	assert "bearer token" in refused.value.advice and (not secret or secret not in str(refused.value))


def test_secret_does_not_show_itself_among_the_variables_of_an_error_report():
	secret = http.checked_secret(" hidden ", "app secret")
	assert secret == "hidden" and "hidden" not in repr({"token": (secret,)})


def test_netrc_does_not_replace_the_token(tmp_path, monkeypatch):
	(tmp_path / "netrc").write_text("machine api.example login somebody password else\n")
	monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
	session = http.new_session("https://api.example")
	prepared = session.prepare_request(
		requests.Request("GET", "https://api.example/", auth=http.BearerAuth("t"))
	)
	assert prepared.headers["Authorization"] == "Bearer t"


def test_tweepy_still_has_the_method_that_is_replaced():
	theirs = inspect.signature(tweepy.client.BaseClient.request)
	assert str(theirs) == "(self, method, route, params=None, json=None, user_auth=False)"
	assert str(inspect.signature(XClient.request)) == str(theirs)
	assert "self.request(method, route, params=request_params" in inspect.getsource(
		tweepy.client.BaseClient._make_request
	)


def test_connectors_do_not_know_frappe():
	for path in Path(connectors.__file__).parent.glob("*.py"):
		assert not re.search(r"^\s*(import|from) frappe", path.read_text(), re.MULTILINE), path.name
