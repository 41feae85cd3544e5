"""Reads one Facebook page: its feed (own posts, visitors' posts) and the comments below.

The feed is ranked, not sorted, and knows no "since": each run reads the first ``rescan_posts`` again (the whole feed on
the first run and every six hours), and the comments of posts with life in them during the last 30 days. What is known already is dropped by its key in the importer.

The cursor: ``start``, before which nothing is imported; ``feed_at``, when the whole feed was read; ``posts``: for each post with ``updated`` (Facebook's
``updated_time``), ``read`` (the ``updated`` at which all comments were read), ``read_at`` and ``since`` (Unix seconds up
to which comments were read by a walk that had to stop).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from . import http
from .base import (
	EPOCH,
	UTC,
	AccountInfo,
	AuthFailed,
	Connector,
	ConnectorError,
	Item,
	Limits,
	NotFound,
	Page,
	Permanent,
	PermissionDenied,
	RateLimited,
	Usage,
	tombstone,
)
from .graph_client import NEW_TOKEN, GraphClient, checked_version
from .graph_posts import COMMENT_FIELDS, POST_FIELDS, comment_count, comment_item, id_of, post_item
from .graph_walk import walk
from .values import moment_of, object_of, text_of

DEFAULT_VERSION = "v25.0"
ALIVE = timedelta(days=30)
# The feed is ranked, so a new post may stand on a late page; the whole of it is at most six calls.
WHOLE_FEED_EVERY = timedelta(hours=1)
READ_AGAIN = timedelta(hours=6)
OVERLAP = timedelta(minutes=5)
NEEDED_SCOPES = {"pages_read_engagement", "pages_read_user_content"}
EXPIRY_WARNING = timedelta(days=14)
ANONYMOUS_MANY = 5


@dataclass(slots=True)
class _Run:
	limits: Limits
	state: dict
	pages: int = 0
	anonymous: int = 0
	named: int = 0
	answered: int = 0
	failures: list[ConnectorError] = field(default_factory=list)

	@property
	def start(self) -> datetime:
		return moment_of(self.state["start"]) or EPOCH

	@property
	def posts(self) -> dict[str, dict]:
		return self.state["posts"]

	def wants(self, item: Item) -> bool:
		"""Not older than the look-back of the first run; what has no time is kept."""
		return item.posted_at >= self.start or item.posted_at == EPOCH

	@property
	def is_over(self) -> bool:
		"""One page of the feed and one of comments are read even where the limit is smaller."""
		return self.pages >= max(self.limits.max_pages, 2)

	def count_page(self) -> None:
		self.pages += 1


class FacebookConnector(Connector):
	"""One page. ``token`` is a Page token; with ``app_secret`` each call carries its proof."""

	channel = "Facebook"

	def __init__(
		self,
		*,
		page_id: str,
		token: str,
		app_secret: str = "",
		base_url: str = "https://graph.facebook.com",
		version: str = DEFAULT_VERSION,
		rescan_posts: int = 100,
		timeouts: http.Timeouts = http.DEFAULT_TIMEOUTS,
		clock: Callable[[], datetime] = lambda: datetime.now(UTC),
	) -> None:
		self.page_id = page_id.strip()
		self.version = version.strip() or DEFAULT_VERSION
		self.rescan_posts = rescan_posts
		self.clock = clock
		self._client: GraphClient | None = None
		self._settings = (http.Secret(token), http.Secret(app_secret), base_url, timeouts)

	@property
	def client(self) -> GraphClient:
		"""Made at the first use, so that faulty settings are reported by the call that needs them."""
		if self._client is None:
			token, app_secret, base_url, timeouts = self._settings
			checked_version(self.version, self.clock())
			if not self.page_id.isdigit():
				raise Permanent(
					"The numeric id of the page is missing.",
					advice="Enter the page's id in the Channel Account; it stands in the page's settings.",
				)
			self._client = GraphClient(
				token=http.checked_secret(token, "Page token"),
				app_secret=http.checked_secret(app_secret, "app secret") if app_secret else http.Secret(),
				base_url=http.checked_base_url(base_url),
				version=self.version,
				timeouts=timeouts,
				clock=self.clock,
			)
		return self._client

	def verify_credentials(self) -> AccountInfo:
		page = self._checked_page()
		warnings = [checked_version(self.version, self.clock())]
		try:
			token = self.client.inspect_token()
		except (Permanent, PermissionDenied):
			token = {}
			warnings.append("Facebook did not let us look at the token: its expiry is not known.")
		expires_at, warning = self._expiry(token)
		missing = NEEDED_SCOPES - set(map(text_of, token.get("scopes") or NEEDED_SCOPES))
		if missing:
			raise PermissionDenied(f"The token lacks {' and '.join(sorted(missing))}.")
		if token and text_of(token.get("type")) not in ("PAGE", "SYSTEM_USER"):
			raise AuthFailed("The token is not a Page token.", advice=NEW_TOKEN)
		return AccountInfo(
			self.page_id,
			name=text_of(page.get("name")),
			expires_at=expires_at,
			warnings=tuple(filter(None, [*warnings, warning])),
		)

	def fetch(self, cursor: dict, limits: Limits) -> Iterator[Page]:
		self._checked_page()
		state = copy.deepcopy(cursor)
		state.setdefault("start", (limits.now - limits.look_back).isoformat())
		state.setdefault("posts", {})
		run = _Run(limits, state)
		yield from self._feed(run)
		for post_id in self._due(run):
			if run.is_over:
				return
			yield from self._comments(post_id, run)
		self._slow_down()
		if run.failures and not run.answered:
			raise run.failures[-1]

	def rehydrate(self, ids: Collection[str]) -> dict[str, Item]:
		"""One call each: asked for many at once, Facebook answers nothing if one of them is gone."""
		self._checked_page()
		return {thing_id: self._look_up(thing_id) for thing_id in ids}

	def _look_up(self, thing_id: str) -> Item:
		is_post = thing_id.startswith(f"{self.page_id}_")
		try:
			thing = self.client.get(thing_id, fields=POST_FIELDS if is_post else COMMENT_FIELDS)
		except NotFound:
			reason = "Facebook no longer shows it: it was deleted or is no longer public."
			return tombstone("Facebook", "post" if is_post else "comment", thing_id, reason)
		if is_post:
			return post_item(thing, self.page_id)
		return comment_item(thing, self.page_id, text_of(object_of(thing.get("object")).get("id")))

	def _checked_page(self) -> dict:
		"""Whose token it is. With a person's token Facebook shows an empty page instead of an error."""
		me = self.client.get("me", fields="id,name")
		if text_of(me.get("id")) != self.page_id:
			raise AuthFailed(
				"The token does not belong to this page, so Facebook would show no comments.",
				advice=NEW_TOKEN,
			)
		return me

	def _slow_down(self) -> None:
		"""Near the end of the quota a run reads one page of the feed and one of comments, then rests."""
		soon = self.client.nearly_full
		if soon:
			raise RateLimited(str(soon), until=soon.until, advice=soon.advice)

	def _expiry(self, token: dict) -> tuple[datetime | None, str]:
		"""(the earlier of the token's two ends or None, a warning or "")."""
		ends = [token.get("expires_at"), token.get("data_access_expires_at")]
		seconds = [end for end in ends if isinstance(end, int) and end > 0]
		if not seconds:
			return None, ""
		end = datetime.fromtimestamp(min(seconds), UTC)
		if end - self.clock() > EXPIRY_WARNING:
			return end, ""
		return end, f"The Page token ends on {end:%d %B %Y}. {NEW_TOKEN}"

	def _feed(self, run: _Run) -> Iterator[Page]:
		share = max(run.limits.max_pages // 2, 1)
		read_at = moment_of(run.state.get("feed_at"))
		whole = read_at is None or run.limits.now - read_at >= WHOLE_FEED_EVERY
		read = 0
		for rows, last in walk(self.client, f"{self.page_id}/feed", {"fields": POST_FIELDS}, run.count_page):
			rows = [row for row in rows if row.get("is_published") is not False]
			for row in rows:
				self._remember(row, run)
			items = [post_item(row, self.page_id) for row in rows]
			read += len(rows)
			if whole and last:
				run.state["feed_at"] = run.limits.now.isoformat()
			last = last or (read >= self.rescan_posts and not whole) or run.pages >= share
			last = last or self.client.nearly_full is not None
			fresh = [item for item in items if run.wants(item)]
			yield Page(fresh, copy.deepcopy(run.state), last, Usage(1, len(fresh)))
			if last:
				break

	def _remember(self, post: dict, run: _Run) -> None:
		"""Posts without life for 30 days are forgotten; the feed brings them back when someone comments. A new post for which
		Facebook counts no comment needs no call yet."""
		updated = text_of(post.get("updated_time")) or text_of(post.get("created_time"))
		moment = moment_of(updated)
		if moment and run.limits.now - moment <= ALIVE:
			entry = run.posts.setdefault(id_of(post), {})
			entry["updated"] = updated
			entry["count"] = comment_count(post)
			entry["ours"] = text_of(object_of(post.get("from")).get("id")) == self.page_id
			if entry["count"] == 0 and "read_at" not in entry:
				entry |= {"read": updated, "read_at": run.limits.now.isoformat()}

	def _due(self, run: _Run) -> list[str]:
		"""Posts whose comments must be read: changed ones first, then those not read for longest."""
		for post_id in list(run.posts):
			moment = moment_of(run.posts[post_id].get("updated"))
			if moment is None or run.limits.now - moment > ALIVE:
				del run.posts[post_id]

		def age(post_id: str) -> datetime:
			return moment_of(run.posts[post_id].get("read_at")) or EPOCH

		changed = [id for id, entry in run.posts.items() if entry.get("read") != entry["updated"]]
		old = [id for id in run.posts if id not in changed and run.limits.now - age(id) >= READ_AGAIN]
		return sorted(changed, key=age) + sorted(old, key=age)

	def _comments(self, post_id: str, run: _Run) -> Iterator[Page]:
		entry = run.posts[post_id]
		params: dict = {"fields": COMMENT_FIELDS, "filter": "stream", "order": "chronological"}
		if entry.get("since"):
			params["since"] = entry["since"] - int(OVERLAP.total_seconds())
		found = 0
		try:
			for rows, last in walk(self.client, f"{post_id}/comments", params, run.count_page):
				items = [comment_item(row, self.page_id, post_id, entry.get("ours", False)) for row in rows]
				found += len(items)
				self._count_authors(items, run)
				notes = self._finish(entry, items, found, last, run)
				fresh = [item for item in items if run.wants(item)]
				yield Page(fresh, copy.deepcopy(run.state), True, Usage(1, len(fresh)), notes)
				self._slow_down()
				if run.is_over:
					return
		except (Permanent, PermissionDenied) as error:
			run.failures.append(error)
			if isinstance(error, NotFound):
				del run.posts[post_id]
			yield Page([], copy.deepcopy(run.state), True, notes=[f"Comments of {post_id}: {error}"])
			return
		run.answered += 1

	def _finish(self, entry: dict, items: list[Item], found: int, last: bool, run: _Run) -> list[str]:
		"""Note how far this post's comments are read. Comments come oldest first, so a stopped walk can go on."""
		if not last:
			newest = max((item.posted_at for item in items), default=EPOCH)
			entry["since"] = max(int(newest.timestamp()), entry.get("since", 0))
			return []
		entry["read"] = entry["updated"]
		entry["read_at"] = run.limits.now.isoformat()
		counted, asked_all = entry.get("count", 0), "since" not in entry
		entry.pop("since", None)
		notes = []
		if counted > 0 and not found and asked_all:
			notes.append(
				f"Facebook counts {counted} comments but shows none: check the tasks behind the token."
			)
		if run.anonymous >= ANONYMOUS_MANY and not run.named:
			notes.append("All comments come without authors: the token lacks the task Moderate on the page.")
		return notes

	def _count_authors(self, items: list[Item], run: _Run) -> None:
		named = sum(bool(item.author_id) for item in items)
		run.named += named
		run.anonymous += len(items) - named
