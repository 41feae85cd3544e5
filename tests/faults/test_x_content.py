"""What X's posts hold: rows 16 to 20 of the fault table that need no database, and 53, 55 and 56."""

from __future__ import annotations

import json
import logging
import re
from datetime import datetime, timedelta

import pytest

from grievance_helpdesk.intake.connectors.base import (
	ConnectorError,
)
from tests.emulators.reading import NOW, read
from tests.faults.posts import ids, publish_on_x


def test_row_16_unknown_null_and_missing_fields_are_imported(x, connect_x):
	x.add_post("@cmohry a", created_at=NOW - timedelta(minutes=9), author_id="77", fresh={"a": 1}, lang=None)
	run = read(connect_x())
	assert run.items[0].author_id == "77" and run.items[0].author_handle == ""
	assert "The author's name is not known." in run.items[0].problems
	rows = [
		{"id": "1990000000000000000", "text": None, "entities": [], "attachments": 3},
		{"text": "no id"},
		"x",
	]
	x.script(path="/mentions", json={"data": rows, "includes": None, "meta": None, "errors": None})
	odd = read(connect_x())
	assert odd.error is None and len(odd.items) == 2
	assert odd.items[0].posted_at.year == 2025, "from the id"
	assert odd.items[1].external_id.startswith("unknown-")
	assert "The author is missing." in odd.items[1].problems
	assert "1 entries" in odd.notes


def test_row_17_own_posts_reposts_and_protected_authors_are_marked(x, connect_x):
	post = x.add_post("@cmohry road", created_at=NOW - timedelta(minutes=9))
	x.add_post("@cmohry our own", x.user_id, NOW - timedelta(minutes=8))
	x.add_post("RT @user2001: @cmohry road", "2002", NOW - timedelta(minutes=7), repost_of=post)
	run = read(connect_x())
	assert [(item.is_own, item.is_repost) for item in run.items] == [
		(False, True),
		(True, False),
		(False, False),
	]
	assert run.items[0].parent_external_id == post, "what the repost repeats"
	x.users["2001"]["protected"] = True
	x.script(path="/mentions", json={"data": [{"id": post, "text": "@cmohry", "author_id": "2001"}]})
	protected = read(connect_x(look_up_authors=True)).items[0]
	assert any("protected" in problem for problem in protected.problems)


def test_row_18_deleted_and_protected_posts_become_tombstones(x, connect_x):
	kept, deleted, hidden = [
		*publish_on_x(x, 2),
		x.add_post("@cmohry secret", "2009", NOW - timedelta(hours=1)),
	]
	x.delete_post(deleted)
	x.users["2009"]["protected"] = True
	found = connect_x().rehydrate([kept, deleted, hidden, "not an id"])
	assert found.keys() == {kept, deleted, hidden}
	assert not found[kept].removed and found[kept].text
	for gone in (deleted, hidden):
		assert found[gone].removed and found[gone].text == "" and found[gone].media == ()
	assert "deleted" in found[deleted].problems[0] and "no longer public" in found[hidden].problems[0]


def test_row_18_a_failed_look_up_is_no_deletion(x, connect_x):
	[post] = publish_on_x(x, 1)
	x.script(path="/2/tweets", json={"errors": [{"resource_id": post, "type": "about:blank"}]})
	assert connect_x().rehydrate([post]) == {}


@pytest.mark.parametrize(
	"text",
	[
		"@cmohry 👨‍👩‍👧‍👦 𝒲ater न\u200dी \u202eright to left\u202c",
		"@cmohry <script>alert(1)</script> & <b>bold</b>",
		"@cmohry " + "x" * 25_000,
	],
)
def test_row_19_text_arrives_whole(x, connect_x, text):
	x.add_post(text, created_at=NOW - timedelta(minutes=1))
	[item] = read(connect_x()).items
	assert item.text == text
	assert json.loads(item.raw)["data"]["id"] == item.external_id


def test_row_19_half_a_character_does_not_break_the_database(x, connect_x):
	x.script(path="/mentions", json={"data": [{"id": "2119275352814518272", "text": "@cmohry \ud83d!"}]})
	[item] = read(connect_x()).items
	assert item.text == "@cmohry \ufffd!" and item.raw.encode()


def test_row_20_first_run_reads_the_look_back_only(x, connect_x):
	publish_on_x(x, 50, before=timedelta(days=3))
	new = publish_on_x(x, 3, before=timedelta(hours=1))
	run = read(connect_x(), look_back=timedelta(hours=24))
	assert sorted(ids(run)) == new and run.gaps == []


def test_row_20_first_search_reads_the_look_back_and_at_most_its_week(x, connect_x):
	far, near = (
		x.add_post("no water", created_at=NOW - timedelta(days=days), mentions=()) for days in (6, 0.5)
	)
	connector = connect_x(search_query="water")
	assert ids(read(connector, look_back=timedelta(hours=24))) == [near]
	long = read(connector, look_back=timedelta(days=60))
	assert ids(long) == [near, far] and long.gaps == []


def test_row_20_posts_between_two_empty_first_runs_are_not_lost(x, connect_x, clock):
	first = read(connect_x(), look_back=timedelta(hours=1))
	late = x.add_post("@cmohry early", created_at=NOW - timedelta(minutes=50))
	clock.tick(days=2)
	assert ids(read(connect_x(), first.cursor, now=clock.now, look_back=timedelta(hours=1))) == [late]


def test_row_53_nothing_is_asked_after_the_importer_stops(x, connect_x):
	publish_on_x(x, 300)
	read(connect_x(), crash_after=1)
	assert len(x.requests) == 1


SECRETS = ("bearer-emulator", "key-secret", "token-secret")


@pytest.mark.parametrize("signed", [False, True])
def test_row_55_no_secret_in_logs_errors_or_items(x, connect_x, caplog, signed):
	caplog.set_level(logging.DEBUG)
	publish_on_x(x, 3)
	settings = {"keys": x.keys, "bearer_token": ""} if signed else {}
	held = " ".join(SECRETS[1:] if signed else SECRETS[:1])
	connector = connect_x(**settings)
	connector.verify_credentials()
	run = read(connector)
	errors = []
	for fault in (
		{"status": 401, "json": {"title": "Bad", "detail": f"Token {held} is bad"}},
		{"status": 500, "body": held},
		{"hang": True},
	):
		x.script(path="/mentions", **fault)
		errors.append(read(connect_x(**settings)).error)
	shown = [f"{error} {error!r} {error.advice} {error.__cause__}" for error in errors]
	whole = caplog.text + "".join(shown) + repr(vars(connector)) + repr(vars(connector.client)) + repr(run)
	assert len(caplog.records) > 3 and all(isinstance(error, ConnectorError) for error in errors)
	assert not re.search("|".join(SECRETS), whole)
	assert logging.getLogger("tweepy.client").getEffectiveLevel() >= logging.INFO


@pytest.mark.parametrize("offset", ["+05:30", "-05:00", "Z"])
def test_row_56_times_are_right_to_the_second(x, connect_x, offset):
	x.script(path="/mentions", json={"data": [{"id": "1", "created_at": f"2026-11-01T01:30:07.000{offset}"}]})
	[item] = read(connect_x()).items
	assert item.posted_at == datetime.fromisoformat("2026-11-01T01:30:07" + offset.replace("Z", "+00:00"))
	assert item.posted_at.utcoffset() == timedelta(0)
