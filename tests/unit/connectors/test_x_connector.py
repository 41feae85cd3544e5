"""What the X connector does when nothing is broken: money, names, signatures, threads, searching."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grievance_helpdesk.intake.connectors.base import (
	AuthFailed,
	BudgetExhausted,
	Permanent,
	PermissionDenied,
	RateLimited,
)
from grievance_helpdesk.intake.connectors.x import XConnector
from grievance_helpdesk.intake.connectors.x_posts import Author
from tests.emulators.reading import NOW, Clock, read
from tests.emulators.x import XEmulator

MINUTE = timedelta(minutes=1)
POSTS_FILE = Path(__file__).resolve().parents[3] / "demo" / "posts.jsonl"


@pytest.fixture
def clock():
	return Clock()


@pytest.fixture
def x(clock):
	with XEmulator(clock=clock) as emulator:
		yield emulator


def connect(x: XEmulator, clock: Clock, **settings) -> XConnector:
	defaults = {"user_id": x.user_id, "handle": x.handle, "bearer_token": x.bearer_token, "base_url": x.url}
	return XConnector(**defaults | {"clock": clock, "timeouts": (1, 1)} | settings)


def mention(x: XEmulator, n: int, **settings) -> str:
	return x.add_post(f"@cmohry no water {n}", str(3000 + n), NOW - n * MINUTE, **settings)


def test_signed_calls_are_accepted_and_wrong_keys_are_not(x, clock):
	mention(x, 1)
	signed = connect(x, clock, bearer_token="", keys=x.keys, search_query='"no water" OR #पानी')
	assert signed.verify_credentials().external_id == x.user_id
	assert len(read(signed).items) == 2
	wrong = connect(x, clock, bearer_token="", keys=(*x.keys[:3], "wrong"))
	assert isinstance(read(wrong).error, AuthFailed)


def test_credentials_of_another_account_are_refused(x, clock):
	with pytest.raises(AuthFailed, match="not to this Channel Account"):
		connect(x, clock, user_id="999").verify_credentials()


def test_unknown_handle_and_missing_user_id_say_what_to_correct(x, clock):
	with pytest.raises(Permanent) as unknown:
		connect(x, clock, handle="nobody", user_id="").verify_credentials()
	assert "@nobody" in unknown.value.advice
	assert "user id" in str(read(connect(x, clock, user_id="")).error)


def test_usage_near_the_cap_is_a_warning(x, clock):
	x.project_usage, x.project_cap = 90, 100
	assert connect(x, clock).verify_credentials().warnings == ("90 of this month's 100 posts are used.",)


def test_cost_is_counted_by_kind(x, clock):
	for n in range(1, 5):
		mention(x, n)
	run = read(connect(x, clock, search_query="water"))
	assert run.usage.calls == 2 and run.usage.resources == 8
	assert run.usage.cost == pytest.approx(4 * 0.001 + 4 * 0.005)


def test_posts_read_again_on_the_same_day_cost_nothing(x, clock):
	mention(x, 1)
	first = read(connect(x, clock))
	again = read(connect(x, clock), first.cursor)
	assert len(again.items) == 1 and again.usage.cost == 0
	tomorrow = read(connect(x, clock), first.cursor, now=NOW + timedelta(days=1))
	assert tomorrow.usage.cost == pytest.approx(0.001)


def test_budget_shrinks_the_page_and_then_stops_without_losing_the_place(x, clock):
	published = {mention(x, n) for n in range(1, 131)}
	run = read(connect(x, clock), budget=0.107)
	assert isinstance(run.error, BudgetExhausted)
	assert run.error.until == NOW.replace(hour=0) + timedelta(days=1)
	assert len(run.items) == 107 and run.usage.cost == pytest.approx(0.107)
	rest = read(connect(x, clock), run.cursor)
	found = {item.external_id for item in run.items + rest.items}
	assert found == published and rest.error is None and "walk" not in rest.cursor["mentions"]


def test_no_budget_means_no_call(x, clock):
	assert isinstance(read(connect(x, clock), budget=0.004).error, BudgetExhausted)
	assert x.requests == []


def test_limit_of_pages_is_a_resting_point_and_new_posts_come_after(x, clock):
	old = {mention(x, n) for n in range(1, 251)}
	one = read(connect(x, clock), max_pages=2)
	assert one.error is None and len(one.items) == 200 and "since_id" not in one.cursor["mentions"]
	new = x.add_post("@cmohry new", created_at=NOW)
	two = read(connect(x, clock), one.cursor)
	assert {item.external_id for item in one.items + two.items} == old | {new}
	assert two.cursor["mentions"]["since_id"] == new


def test_only_unknown_authors_are_looked_up_and_only_when_asked(x, clock):
	for n in range(1, 4):
		mention(x, n, handle=f"asha{n}")
	assert {item.author_handle for item in read(connect(x, clock)).items} == {""}
	asked = []

	def book(ids):
		asked.append(set(ids))
		return {"3001": Author("3001", "asha_from_book", "Asha")}

	run = read(connect(x, clock, authors=book, look_up_authors=True))
	assert asked == [{"3001", "3002", "3003"}]
	assert [item.author_handle for item in run.items] == ["asha_from_book", "asha2", "asha3"]
	assert run.items[1].permalink.startswith("https://x.com/asha2/status/")
	lookups = [request["params"]["ids"] for request in x.requests if request["path"] == "/2/users"]
	assert lookups == ["3002,3003"]
	assert run.usage.cost == pytest.approx(3 * 0.001 + 2 * 0.010)


def test_failed_look_up_costs_the_names_and_not_the_posts(x, clock):
	mention(x, 1)
	x.limits["users"] = 0
	run = read(connect(x, clock, look_up_authors=True))
	assert len(run.items) == 1 and run.error is None and "names could not be read" in run.notes


def test_only_mentions_and_quotes_can_be_answered(x, clock):
	ours = x.add_post("Camp on Monday", x.user_id, NOW - 9 * MINUTE)
	x.add_post("@CMOHRY water", created_at=NOW - 8 * MINUTE)
	x.add_post("water, look at this", created_at=NOW - 7 * MINUTE, quote_of=ours)
	x.add_post("water and mail@cmohry.example", created_at=NOW - 6 * MINUTE, mentions=())
	x.add_post("water " * 60 + "@cmohry", created_at=NOW - 5 * MINUTE)
	run = read(connect(x, clock, search_query="water"))
	found = {item.text[:12].strip(): item.can_reply for item in run.items if item.kind == "search"}
	assert found == {"@CMOHRY wate": True, "water, look": True, "water and ma": False, "water water": True}


def test_media_come_with_their_description(x, clock):
	photo = {
		"media_key": "3_1",
		"type": "photo",
		"url": "https://pbs.example/1.jpg",
		"alt_text": "open drain",
	}
	mention(x, 1, media=[photo])
	[item] = read(connect(x, clock)).items
	assert item.media == ({"type": "photo", "url": "https://pbs.example/1.jpg", "description": "open drain"},)
	assert json.loads(item.raw)["includes"]["media"] == [photo]


def test_search_has_its_own_place_and_is_not_read_after_a_rate_limit(x, clock):
	mention(x, 1)
	x.limits["mentions"] = 0
	run = read(connect(x, clock, search_query="water"))
	assert isinstance(run.error, RateLimited) and len(x.requests) == 1


def test_bad_query_is_told(x, clock):
	error = read(connect(x, clock, search_query="x" * 600)).error
	assert isinstance(error, Permanent) and "search query" in error.advice


def test_redirect_is_not_followed(x, clock):
	x.script(path="/mentions", status=302, headers={"Location": "http://127.0.0.1:1/"})
	error = read(connect(x, clock)).error
	assert isinstance(error, Permanent) and "base URL" in error.advice


def test_demo_posts_arrive_whole(x, clock):
	rows = [json.loads(line) for line in POSTS_FILE.read_text("utf-8").splitlines()]
	ids = x.load(rows)
	clock.tick(days=1)
	run = read(connect(x, clock), now=clock.now, look_back=timedelta(days=60))
	texts = {item.external_id: item for item in run.items}
	assert texts.keys() == set(ids.values())
	for row in rows:
		if row["channel"] == "X":
			found = texts[ids[row["id"]]]
			assert found.text == row["text"] and found.author_id == row["author"]["id"]
			assert found.is_repost == ("repost_of" in row)


def test_faults_can_be_scripted_from_outside(x, clock):
	order = json.dumps({"fault": {"status": 403, "path": "/mentions"}, "clock_offset": 60}).encode()
	urlopen(Request(f"{x.url}/__control", order, {"Content-Type": "application/json"}), timeout=2).read()
	assert isinstance(read(connect(x, clock)).error, PermissionDenied)
	log = json.load(urlopen(f"{x.url}/__log", timeout=2))["requests"]
	assert [(entry["path"], entry["status"]) for entry in log] == [("/2/users/1001/mentions", 403)]
	assert x.clock_offset == timedelta(seconds=60)


EVENTS = st.lists(
	st.sampled_from(["post", "late", "edit", "read", "crash", "limit", "duplicate"]), max_size=25
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS)
def test_every_post_arrives_once_by_its_key_whatever_happens(events):
	clock = Clock()
	with XEmulator(clock=clock) as x:
		cursor, stored, chains = {}, {}, []
		for event in [*events, "read", "read"]:
			clock.tick(seconds=20)
			if event in ("post", "late"):
				moment = clock.now - timedelta(seconds=90 if event == "late" else 0)
				chains.append([x.add_post(f"@cmohry {len(chains)}", created_at=moment)])
			elif event == "edit" and chains:
				chains[-1].append(x.edit_post(chains[-1][-1], f"@cmohry edited {len(chains)}", clock.now))
			elif event in ("read", "crash", "limit", "duplicate"):
				if event == "duplicate":
					x.script(path="/mentions", duplicate=True, reverse=True)
				crash = 1 if event == "crash" else None
				pages = 1 if event == "limit" else 20
				run = read(connect(x, clock), cursor, now=clock.now, crash_after=crash, max_pages=pages)
				assert run.error is None
				cursor = run.cursor
				for item in run.items:
					stored.setdefault(item.key("a"), []).append(item.external_id)
		assert len(stored) == len(chains)
		assert {ids[-1] for ids in stored.values()} == {chain[-1] for chain in chains}
