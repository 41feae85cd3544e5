"""Facebook's feed and comments are read whole: rows 27 to 30, 33 and 34 of the fault table, and 53."""

from __future__ import annotations

from datetime import timedelta

from grievance_helpdesk.intake.connectors.base import (
	AuthFailed,
	Permanent,
	PermissionDenied,
)
from tests.emulators.graph import error
from tests.emulators.reading import NOW, read
from tests.faults.posts import HOUR, id_set, publish_on_facebook, raised


def test_row_27_ranked_feed_is_read_to_the_end(graph, connect_facebook):
	old = {graph.add_post(f"old {n}", created_at=NOW - timedelta(days=60)) for n in range(150)}
	new = publish_on_facebook(graph, 150)
	run = read(connect_facebook())
	assert id_set(run) == new and not old & id_set(run)
	feed = [request["params"] for request in graph.requests if request["path"].endswith("/feed")]
	assert len(feed) == 3 and all(params["limit"] == "100" for params in feed)


def test_row_27_new_post_that_is_ranked_last_comes_with_the_next_whole_reading(
	graph, connect_facebook, clock
):
	publish_on_facebook(graph, 150)
	cursor = read(connect_facebook()).cursor
	late = publish_on_facebook(graph, 20)
	clock.tick(hours=7)
	assert late <= id_set(read(connect_facebook(rescan_posts=1), cursor, now=clock.now))


def test_row_28_empty_page_with_next_is_not_the_end(graph, connect_facebook):
	published = publish_on_facebook(graph, 3)
	graph.empty_first = True
	assert id_set(read(connect_facebook())) == published


def test_row_28_next_address_is_never_called_and_other_paging_keys_are_kept(graph, connect_facebook):
	publish_on_facebook(graph, 120)

	def without_cursors(body: dict) -> dict:
		return {**body, "paging": {"next": body["paging"]["next"]}}

	graph.script(path="/feed", change=without_cursors)
	run = read(connect_facebook())
	assert len(run.items) == 120 and run.error is None
	assert all("access_token" not in request["params"] for request in graph.requests)


def test_row_29_refused_cursor_starts_again_from_the_top(graph, connect_facebook):
	published = publish_on_facebook(graph, 250)
	graph.script(path="/feed", skip=1, status=400, json=error(400, 100, "(#100) Invalid cursor").payload)
	run = read(connect_facebook())
	assert id_set(run) == published and len(run.items) == 250 and run.error is None


def test_row_29_cursor_that_is_always_refused_does_not_loop(graph, connect_facebook):
	publish_on_facebook(graph, 250)
	graph.script(path="/feed", skip=1, status=400, json=error(400, 100, "Invalid cursor").payload)
	graph.script(path="/feed", skip=2, status=400, json=error(400, 100, "Invalid cursor").payload)
	run = read(connect_facebook())
	assert isinstance(run.error, Permanent) and len(graph.requests) == 5


def test_row_30_token_of_a_person_is_detected_instead_of_no_news(graph, connect_facebook):
	graph.add_comment(graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR), "no water")
	graph.add_user_token("user-token", "42")
	for action in (lambda c: read(c).error, lambda c: raised(c.verify_credentials)):
		refused = action(connect_facebook(token="user-token"))
		assert isinstance(refused, AuthFailed) and "Page token" in refused.advice


def test_row_30_missing_scope_and_missing_task_are_told(graph, connect_facebook):
	post = graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR)
	for n in range(6):
		graph.add_comment(post, f"comment {n}", created_at=NOW - HOUR)
	graph.tokens[graph.token].moderate = False
	assert "task Moderate" in read(connect_facebook()).notes
	graph.tokens[graph.token].scopes = ("pages_read_engagement",)
	denied = raised(connect_facebook().verify_credentials)
	assert isinstance(denied, PermissionDenied) and "pages_read_user_content" in str(denied)


def test_row_30_counted_but_unseen_comments_are_told(graph, connect_facebook):
	graph.add_comment(graph.add_post("Our notice", (graph.page_id, "CM Office"), NOW - HOUR), "no water")
	graph.script(path="/comments", json={"data": []})
	assert "counts 1 comments but shows none" in read(connect_facebook()).notes
