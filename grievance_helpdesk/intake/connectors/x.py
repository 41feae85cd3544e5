"""Reads mentions of one account on X and, if wanted, the posts that a saved query finds.

Prices are those of X's pay-per-use list (2026): US dollars for each post or user that is returned. What came along in
``includes`` is counted too, although X does not say whether it is billed: the estimate is rather too high.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta

from . import http
from .base import (
	UTC,
	AccountInfo,
	AuthFailed,
	Connector,
	ConnectorError,
	Item,
	Limits,
	Page,
	Permanent,
	Usage,
	tombstone,
)
from .snowflake import time_of
from .values import object_of, objects_of, text_of
from .x_client import XClient
from .x_posts import Account, Author, Batch, author_of, batch_of, item_of
from .x_walk import FALLBACK, MENTIONS_DEPTH, SEARCH_WINDOW, Run, Stream, Walk

OWN_MENTION = 0.001
POST = 0.005
USER = 0.010
IDS_IN_ONE_CALL = 100
USAGE_WARNING = 0.8
GONE = {
	"resource-not-found": "The post was deleted.",
	"not-authorized-for-resource": "The post is no longer public.",
}
FIELDS = {
	"tweet_fields": "author_id,conversation_id,created_at,in_reply_to_user_id,referenced_tweets,edit_controls,"
	"entities,attachments,lang,note_tweet,reply_settings,possibly_sensitive,withheld",
	"expansions": "attachments.media_keys,referenced_tweets.id",
	"media_fields": "media_key,type,url,preview_image_url,alt_text,variants,duration_ms",
}
USER_FIELDS = "username,name,protected,verified_type"

AuthorBook = Callable[[Collection[str]], Mapping[str, Author]]


class XConnector(Connector):
	"""One account. With ``keys`` (API key, its secret, access token, its secret) calls are signed with OAuth 1.0a, else
	they carry ``bearer_token``. ``authors`` gives those of the asked user ids that the caller knows; the others
	are looked up, and paid for, only with ``look_up_authors``. ``search_query`` adds a recent search."""

	channel = "X"

	def __init__(
		self,
		*,
		user_id: str,
		handle: str,
		bearer_token: str = "",
		keys: tuple[str, str, str, str] | None = None,
		search_query: str = "",
		base_url: str = "https://api.x.com",
		authors: AuthorBook | None = None,
		look_up_authors: bool = False,
		overlap: timedelta = timedelta(minutes=3),
		timeouts: http.Timeouts = http.DEFAULT_TIMEOUTS,
		clock: Callable[[], datetime] = lambda: datetime.now(UTC),
	) -> None:
		self.account = Account(user_id.strip(), handle.strip().lstrip("@"))
		self.search_query = search_query.strip()
		self.authors = authors
		self.look_up_authors = look_up_authors
		self.overlap = overlap
		self._client: XClient | None = None
		keys = tuple(map(http.Secret, keys)) if keys else None
		self._settings = (http.Secret(bearer_token), keys, base_url, timeouts, clock)

	@property
	def client(self) -> XClient:
		"""Made at the first use, so that faulty settings are reported by the call that needs them."""
		if self._client is None:
			bearer_token, keys, base_url, timeouts, clock = self._settings
			if keys and all(keys):
				names = ("API key", "API secret", "access token", "access token secret")
				keys = tuple(map(http.checked_secret, keys, names))
			else:
				keys = None
			if bearer_token or not keys:
				bearer_token = http.checked_secret(bearer_token, "bearer token")
			self._client = XClient(
				bearer_token=bearer_token,
				keys=keys,
				base_url=http.checked_base_url(base_url),
				timeouts=timeouts,
				clock=clock,
			)
		return self._client

	def verify_credentials(self) -> AccountInfo:
		user = self._own_user()
		author = author_of(user)
		if not author.id:
			raise Permanent(
				"X does not know this account.", advice=f"Check the handle @{self.account.handle}."
			)
		if self.account.user_id and author.id != self.account.user_id:
			raise AuthFailed(
				f"The credentials belong to @{author.handle}, not to this Channel Account.",
				advice=f"Create the keys while signed in as @{self.account.handle}, or correct the user id.",
			)
		return AccountInfo(author.id, author.handle, author.name, warnings=self._usage_warnings())

	def fetch(self, cursor: dict, limits: Limits) -> Iterator[Page]:
		if not self.account.user_id.isdigit():
			raise Permanent(
				"The numeric user id of the account is missing.",
				advice="Check the connection in the Channel Account: that fills in the user id.",
			)
		run = Run(limits, copy.deepcopy(cursor))
		yield from self._read(self._mentions(), run)
		if self._has_fallback(run):
			query = f"@{self.account.handle} -is:retweet"
			yield from self._read(self._search(FALLBACK, query, once=True), run)
		if self.search_query:
			yield from self._read(self._search("search", self.search_query), run)

	def rehydrate(self, ids: Collection[str]) -> dict[str, Item]:
		found: dict[str, Item] = {}
		wanted = [post_id for post_id in ids if post_id.isdigit()]
		for start in range(0, len(wanted), IDS_IN_ONE_CALL):
			chunk = wanted[start : start + IDS_IN_ONE_CALL]
			payload = self._call(self.client.get_tweets, chunk, **FIELDS)
			batch = batch_of(payload)
			found |= {item.external_id: item for item in self._items(batch, "post", {})}
			found |= {post_id: _gone(post_id, why) for post_id, why in _missing(payload) if post_id in chunk}
		return found

	def _call(self, method: Callable, *arguments: object, **parameters: object) -> dict:
		return method(*arguments, user_auth=self.client.user_auth, **parameters).json_object()

	def _own_user(self) -> dict:
		if self.client.user_auth:
			return object_of(self._call(self.client.get_me, user_fields=USER_FIELDS).get("data"))
		answer = self._call(self.client.get_user, username=self.account.handle, user_fields=USER_FIELDS)
		return object_of(answer.get("data"))

	def _usage_warnings(self) -> tuple[str, ...]:
		"""Only a bearer token may ask for the usage; without the answer there is just no warning."""
		if not self.client.bearer_token:
			return ()
		try:
			payload = self.client.request("GET", "/2/usage/tweets").json_object()
			usage = object_of(payload.get("data"))
			used, cap = (int(text_of(usage.get(name)) or 0) for name in ("project_usage", "project_cap"))
		except (ConnectorError, ValueError):
			return ()
		if not cap or used < cap * USAGE_WARNING:
			return ()
		return (f"{used} of this month's {cap} posts are used.",)

	def _read(self, stream: Stream, run: Run) -> Iterator[Page]:
		"""An unfinished walk is finished first, then the posts that are newer than its beginning are read."""
		resumed = bool(run.state.get(stream.name, {}).get("walk"))
		yield from Walk(stream, run, self.overlap).pages()
		finished = not run.state.get(stream.name, {}).get("walk")
		if resumed and finished and not stream.once:
			yield from Walk(stream, run, self.overlap).pages()

	def _has_fallback(self, run: Run) -> bool:
		"""Whether older mentions are left to the search; what the search cannot reach any more is dropped."""
		state = run.state.get(FALLBACK)
		if not state:
			return False
		within_reach = time_of(state["walk"]["until_id"]) > run.limits.now - SEARCH_WINDOW
		if not within_reach or not self.account.handle:
			del run.state[FALLBACK]
			return False
		return True

	def _mentions(self) -> Stream:
		def read(parameters: dict) -> tuple[Batch, Usage]:
			payload = self._call(self.client.get_users_mentions, self.account.user_id, **FIELDS, **parameters)
			return batch_of(payload), Usage(calls=1)

		return Stream("mentions", read, self._converter("mention"), OWN_MENTION, 5, depth=MENTIONS_DEPTH)

	def _search(self, name: str, query: str, once: bool = False) -> Stream:
		def read(parameters: dict) -> tuple[Batch, Usage]:
			payload = self._call(self.client.search_recent_tweets, query, **FIELDS, **parameters)
			return batch_of(payload), Usage(calls=1)

		return Stream(
			name,
			read,
			self._converter("search"),
			POST,
			10,
			window=SEARCH_WINDOW,
			token_name="next_token",
			once=once,
		)

	def _converter(self, kind: str) -> Callable[[Batch], tuple[list[Item], Usage, list[str]]]:
		def convert(batch: Batch) -> tuple[list[Item], Usage, list[str]]:
			authors, usage, notes = self._authors_of(batch)
			extras = len(batch.referenced) * POST + len(batch.authors) * USER
			usage += Usage(0, len(batch.referenced) + len(batch.authors), extras)
			return self._items(batch, kind, authors), usage, notes

		return convert

	def _items(self, batch: Batch, kind: str, authors: Mapping[str, Author]) -> list[Item]:
		return [item_of(post, batch, kind, self.account, authors) for post in batch.posts]

	def _authors_of(self, batch: Batch) -> tuple[dict[str, Author], Usage, list[str]]:
		"""Names for the authors of a page; a failed look-up costs the names, never the posts."""
		wanted = {text_of(post.get("author_id")) for post in batch.posts} - set(batch.authors)
		wanted = {
			author_id for author_id in wanted if author_id.isdigit() and author_id != self.account.user_id
		}
		known = dict(self.authors(wanted)) if self.authors and wanted else {}
		unknown = sorted(wanted - set(known))
		if not unknown or not self.look_up_authors:
			return known, Usage(), []
		try:
			payload = self._call(self.client.get_users, ids=unknown, user_fields=USER_FIELDS)
		except ConnectorError as error:
			return known, Usage(calls=1), [f"The authors' names could not be read: {error}"]
		found = [author_of(user) for user in objects_of(payload.get("data"))]
		return (
			known | {author.id: author for author in found},
			Usage(1, len(found), len(found) * USER),
			[],
		)


def _missing(payload: dict) -> Iterator[tuple[str, str]]:
	"""(id, reason) of posts that a look-up says are gone; other errors say nothing about a post."""
	for error in objects_of(payload.get("errors")):
		problem = text_of(error.get("type")).rstrip("/").rpartition("/")[2]
		if problem in GONE:
			yield text_of(error.get("resource_id") or error.get("value")), GONE[problem]


def _gone(post_id: str, reason: str) -> Item:
	"""The id still tells when the post was made."""
	return dataclasses.replace(tombstone("X", "post", post_id, reason), posted_at=time_of(post_id))
