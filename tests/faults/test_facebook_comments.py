"""Facebook's pages, posts and comments: rows 33 and 34 of the fault table, and 56."""

from __future__ import annotations

from datetime import timedelta

from grievance_helpdesk.intake.connectors.base import (
	AuthFailed,
)
from tests.emulators.graph import error
from tests.emulators.reading import NOW, read
from tests.faults.posts import HOUR, id_set, publish_on_facebook


def test_row_33_pages_share_nothing(graph, connect_facebook):
	graph.add_page("6001", "Other office", "other-token")
	mine = publish_on_facebook(graph, 3)
	others = {graph.add_post(f"other {n}", created_at=NOW - HOUR, page_id="6001") for n in range(130)}
	graph.script(path="/5001/feed", status=401, json=error(401, 190, "dead", 463).payload)
	assert isinstance(read(connect_facebook()).error, AuthFailed)
	other = read(connect_facebook(page_id="6001", token="other-token"))
	assert id_set(other) == others and other.error is None
	assert id_set(read(connect_facebook())) == mine


def test_row_33_one_post_that_fails_does_not_block_the_others(graph, connect_facebook):
	notices = [graph.add_post(f"notice {n}", (graph.page_id, "CM"), NOW - HOUR) for n in range(3)]
	comments = {graph.add_comment(post, "no water", created_at=NOW - HOUR) for post in notices}
	graph.script(path=f"{notices[1]}/comments", status=403, json=error(403, 10, "not this one").payload)
	run = read(connect_facebook())
	assert len(id_set(run) & comments) == 2 and run.error is None
	assert notices[1] in run.notes
	assert id_set(read(connect_facebook(), run.cursor)) >= comments - id_set(run), "and it is tried again"


def test_row_34_nested_comments_make_one_thread(graph, connect_facebook):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR)
	first = graph.add_comment(post, "no water", created_at=NOW - HOUR)
	second = graph.add_comment(first, "here too", created_at=NOW - HOUR)
	answer = graph.add_comment(first, "We look into it", (graph.page_id, "CM Office"), NOW - HOUR)
	items = {item.external_id: item for item in read(connect_facebook()).items}
	assert [items[id].root_external_id for id in (post, first, second, answer)] == [post, first, first, first]
	assert [items[id].parent_external_id for id in (post, first, second)] == ["", post, first]
	assert items[post].is_own and items[answer].is_own and not items[first].is_own
	assert items[first].can_reply and not items[answer].can_reply


def test_row_34_comments_below_a_visitors_post_belong_to_it(graph, connect_facebook):
	post = graph.add_post("no water in ward 3", created_at=NOW - HOUR)
	first = graph.add_comment(post, "here too", created_at=NOW - HOUR)
	second = graph.add_comment(first, "and here", created_at=NOW - HOUR)
	items = {item.external_id: item for item in read(connect_facebook()).items}
	assert {items[id].root_external_id for id in (post, first, second)} == {post}


def test_row_34_edited_comment_keeps_its_key_and_brings_the_new_text(graph, connect_facebook, clock):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR)
	comment = graph.add_comment(post, "no watr", created_at=NOW - HOUR)
	first = read(connect_facebook())
	graph.edit(comment, "no water")
	clock.tick(hours=6)
	second = read(connect_facebook(), first.cursor, now=clock.now)
	old, new = (
		{item.key("a"): item.text for item in run.items if item.kind == "comment"} for run in (first, second)
	)
	assert old.keys() == new.keys() and list(new.values()) == ["no water"]


def test_row_34_hidden_anonymous_and_removed_comments(graph, connect_facebook):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR)
	hidden = graph.add_comment(post, "my number is 9417580005", created_at=NOW - HOUR)
	unnamed = graph.add_comment(post, "no water", None, NOW - HOUR)
	graph.hide(hidden)
	items = {item.external_id: item for item in read(connect_facebook()).items}
	assert "Hidden on the page" in items[hidden].problems[0] and items[hidden].text
	assert items[unnamed].author_id == "" and "anonymous" in items[unnamed].problems[0]
	graph.remove(unnamed)
	found = connect_facebook().rehydrate([hidden, unnamed, post])
	assert found[unnamed].removed and found[unnamed].text == "" and found[unnamed].kind == "comment"
	assert found[hidden].text and found[post].kind == "post" and not found[post].removed


def test_row_34_post_without_a_time_is_kept(graph, connect_facebook):
	graph.add_post("no water", created_at=NOW - HOUR, created_time=None)
	[found] = read(connect_facebook()).items
	assert "The time is missing." in found.problems


def test_row_34_new_comment_on_an_old_post_is_found(graph, connect_facebook, clock):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - timedelta(days=20))
	cursor = read(connect_facebook()).cursor
	comment = graph.add_comment(post, "no water", created_at=NOW + HOUR)
	clock.tick(hours=2)
	run = read(connect_facebook(), cursor, now=clock.now)
	assert id_set(run) == {comment}
	assert read(connect_facebook(), run.cursor, now=clock.now).items == [], (
		"an unchanged post is not read again"
	)


def test_row_34_more_comments_than_one_run_may_read(graph, connect_facebook):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - timedelta(hours=20))
	comments = {
		graph.add_comment(post, f"no water {n}", created_at=NOW - timedelta(seconds=60_000 - 60 * n))
		for n in range(450)
	}
	found, cursor, longest = set(), {}, 0
	for _ in range(5):
		run = read(connect_facebook(), cursor, max_pages=3)
		found, cursor, longest = found | id_set(run), run.cursor, max(longest, len(run.pages))
	assert found == comments | {post} and longest <= 3


def test_reactions_and_shares_are_not_posts(graph, connect_facebook):
	graph.add_post("", created_at=NOW - HOUR, status_type="shared_story", story="Asha shared a post")
	[shared] = read(connect_facebook()).items
	assert shared.is_repost


def test_draft_of_the_page_is_left_out(graph, connect_facebook):
	graph.add_post("draft", (graph.page_id, "CM Office"), NOW - HOUR, is_published=False)
	assert read(connect_facebook()).items == []
