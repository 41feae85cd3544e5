"""X misbehaves while a walk reads its pages: rows 1 to 10 of the fault table that need no database, and 53."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.emulators.reading import NOW, read
from tests.faults.posts import MENTION, ids, publish_on_x


def test_row_01_empty_page_leaves_the_cursor(x, connect_x):
	publish_on_x(x, 1)
	first = read(connect_x())
	x.script(path="/mentions", json={"meta": {"result_count": 0}})
	second = read(connect_x(), first.cursor)
	assert second.items == [] and second.error is None
	assert second.pages[-1].complete
	assert second.cursor["mentions"]["since_id"] == first.cursor["mentions"]["since_id"]


def test_row_02_crash_after_page_two_moves_nothing_and_loses_nothing(x, connect_x, clock):
	publish_on_x(x, 10, before=timedelta(hours=2))
	first = read(connect_x())
	new = publish_on_x(x, 250, before=timedelta(minutes=1))
	crashed = read(connect_x(), first.cursor, crash_after=2)
	assert len(crashed.items) == 200
	assert crashed.cursor == first.cursor
	second = read(connect_x(), crashed.cursor)
	assert set(new) <= set(ids(second))
	assert len(set(ids(second))) == len(ids(second))
	assert second.cursor["mentions"]["since_id"] == new[-1]
	since = [r["params"]["since_id"] for r in x.requests if "since_id" in r["params"]]
	assert len(set(since)) == 1, "the same since_id on every page of every try"


def test_row_03_same_post_on_two_pages_and_in_two_polls_has_one_key(x, connect_x):
	published = publish_on_x(x, 120)
	x.script(path="/mentions", duplicate=True)
	x.script(path="/mentions", change=lambda body: {**body, "data": [_row(published[50]), *body["data"]]})
	run = read(connect_x())
	assert sorted(ids(run)) == sorted(published)
	again = read(connect_x(search_query="water"), run.cursor)
	keys = {item.key("account") for item in run.items + again.items}
	assert len(again.items) > 0 and {item.kind for item in again.items} == {"mention", "search"}
	assert len(keys) == 120


def _row(post_id: str) -> dict:
	return {"id": post_id, "text": MENTION.format(50)}


def test_row_04_late_post_with_a_smaller_id_is_found_by_the_overlap(x, connect_x):
	publish_on_x(x, 2)
	first = read(connect_x())
	newest = first.items[0].posted_at
	late = x.add_post("@cmohry late one", created_at=newest - timedelta(seconds=100))
	assert late in ids(read(connect_x(), first.cursor))


def test_row_05_edited_post_is_a_revision_with_the_same_key(x, connect_x):
	first_id = x.add_post("@cmohry no watr", created_at=NOW - timedelta(minutes=9))
	first = read(connect_x())
	second_id = x.edit_post(first_id, "@cmohry no water", NOW - timedelta(minutes=8))
	second = read(connect_x(), first.cursor)
	[edited] = second.items
	assert (edited.external_id, edited.revision_of, edited.text) == (second_id, first_id, "@cmohry no water")
	assert edited.key("a") == first.items[0].key("a")
	assert edited.root_external_id == first_id


@pytest.mark.parametrize("spelling", ["tweet", "post"])
def test_row_06_both_spellings_give_long_text_thread_and_edits(x, connect_x, spelling):
	x.spelling = spelling
	root = x.add_post("@cmohry root", created_at=NOW - timedelta(minutes=9))
	long = x.add_post("@cmohry " + "पानी " * 200, created_at=NOW - timedelta(minutes=8), reply_to=root)
	edited = x.edit_post(root, "@cmohry root, better", NOW - timedelta(minutes=7))
	by_id = {item.external_id: item for item in read(connect_x()).items}
	assert by_id[long].text == "@cmohry " + "पानी " * 200
	assert (by_id[long].parent_external_id, by_id[long].root_external_id) == (root, root)
	assert by_id[edited].revision_of == root


def test_row_07_partial_errors_keep_the_data(x, connect_x):
	gone = x.add_post("gone", created_at=NOW - timedelta(minutes=9), mentions=())
	reply = x.add_post("@cmohry same here", created_at=NOW - timedelta(minutes=8), reply_to=gone)
	x.delete_post(gone)
	run = read(connect_x())
	assert ids(run) == [reply] and run.error is None
	assert run.items[0].parent_external_id == gone
	assert gone in run.notes


def test_row_08_stale_since_id_restarts_seven_days_back_and_flags_the_gap(x, connect_x, clock):
	publish_on_x(x, 1)
	first = read(connect_x())
	clock.tick(days=10)
	new = publish_on_x(x, 3)
	run = read(connect_x(), first.cursor, now=clock.now)
	assert sorted(ids(run)) == new and run.error is None
	[gap] = run.gaps
	assert gap.start == NOW and gap.end == clock.now - timedelta(days=7) + timedelta(minutes=1)
	assert "seven days" in run.notes
	assert run.cursor["mentions"]["since_id"] == new[-1]
	assert read(connect_x(), run.cursor, now=clock.now).error is None


def test_row_08_quiet_account_that_was_read_all_along_has_no_gap(x, connect_x, clock):
	publish_on_x(x, 1)
	cursor = read(connect_x()).cursor
	for _ in range(4):
		clock.tick(days=3)
		run = read(connect_x(), cursor, now=clock.now)
		cursor = run.cursor
		assert run.error is None and run.gaps == []


def test_row_09_more_than_800_mentions_are_flagged_and_searched(x, connect_x):
	publish_on_x(x, 1, before=timedelta(hours=5))
	first = read(connect_x())
	new = publish_on_x(x, 1000, before=timedelta(minutes=5))
	run = read(connect_x(), first.cursor, max_pages=50)
	assert set(new) <= set(ids(run)) and run.error is None
	[gap] = run.gaps
	assert "800" in gap.reason and gap.start < gap.end < NOW
	searches = [r for r in x.requests if r["path"].endswith("/search/recent")]
	assert searches[0]["params"]["query"] == "@cmohry -is:retweet"
	assert int(searches[0]["params"]["until_id"]) == int(new[200])
	assert run.cursor.keys() == {"mentions"}


def test_row_09_fallback_is_continued_after_a_stop(x, connect_x):
	publish_on_x(x, 1, before=timedelta(hours=5))
	first = read(connect_x())
	new = publish_on_x(x, 1000, before=timedelta(minutes=5))
	one = read(connect_x(), first.cursor, max_pages=9)
	assert set(new) - set(ids(one))
	two = read(connect_x(), one.cursor, max_pages=9)
	assert set(new) <= set(ids(one)) | set(ids(two))
	assert two.cursor.keys() == {"mentions"}


def test_row_10_repeated_token_ends_the_walk_and_nothing_is_lost(x, connect_x):
	published = publish_on_x(x, 150)
	x.script(path="/mentions", times=100, change=_always_the_first_page())
	cursor, found = {}, set()
	for most in (2, 3, 2):
		run = read(connect_x(), cursor, max_pages=50)
		assert run.error is None and len(run.pages) <= most
		cursor = run.cursor
		found |= set(ids(run))
		x.faults.clear()
	assert found == set(published)


def test_row_10_ever_new_tokens_without_new_posts_end_too(x, connect_x):
	publish_on_x(x, 800)
	x.script(path="/mentions", times=100, change=_same_posts_with_their_own_token())
	run = read(connect_x(), max_pages=50)
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
