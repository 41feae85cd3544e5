"""The posts and people behind the X emulator: publishing, editing, deleting, and how a post looks on the wire."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from .server import UTC, Emulator, Request

EPOCH_MS = 1_288_834_974_657
ALWAYS = {"id", "text", "edit_history"}


@dataclass
class Post:
	id: str
	text: str
	author_id: str
	created_at: datetime
	mentions: tuple[str, ...] = ()  # handles
	conversation_id: str = ""
	references: list[dict] = field(default_factory=list)
	history: list[str] = field(default_factory=list)
	media: list[dict] = field(default_factory=list)
	lang: str = "und"
	extra: dict = field(default_factory=dict)
	deleted: bool = False


class XWorld(Emulator):
	"""``user_id``/``handle`` are the account whose mentions are read. ``spelling`` is "tweet" or "post"."""

	def __init__(self, user_id: str, handle: str, clock: Callable[[], datetime] | None) -> None:
		super().__init__(clock)
		self.handle, self.user_id = handle, user_id
		self.spelling = "tweet"
		self.posts: dict[str, Post] = {}
		self.users: dict[str, dict] = {}
		self.add_user(user_id, handle, "Chief Minister's Office")

	def add_user(self, user_id: str, handle: str, name: str = "", protected: bool = False) -> dict:
		user = {"id": user_id, "username": handle, "name": name or handle, "protected": protected}
		return self.users.setdefault(user_id, user)

	def add_post(
		self,
		text: str,
		author_id: str = "2001",
		created_at: datetime | None = None,
		*,
		id: str = "",
		handle: str = "",
		name: str = "",
		mentions: tuple[str, ...] | None = None,
		reply_to: str = "",
		repost_of: str = "",
		quote_of: str = "",
		media: list[dict] | None = None,
		lang: str = "und",
		**extra: object,
	) -> str:
		"""Publish a post and return its id. ``mentions`` default to the handles in ``text``; ``extra`` fields are sent as
		they are, None removes one."""
		with self.lock:
			moment = (created_at or self.now).astimezone(UTC)
			self.add_user(author_id, handle or f"user{author_id}", name)
			post_id = id or self._new_id(moment)
			parent = self.posts.get(reply_to)
			kinds = {"replied_to": reply_to, "retweeted": repost_of, "quoted": quote_of}
			self.posts[post_id] = Post(
				id=post_id,
				text=text,
				author_id=author_id,
				created_at=moment,
				mentions=tuple(re.findall(r"@(\w{1,15})", text, re.ASCII)) if mentions is None else mentions,
				conversation_id=parent.conversation_id if parent else reply_to or post_id,
				references=[{"type": kind, "id": target} for kind, target in kinds.items() if target],
				history=[post_id],
				media=media or [],
				lang=lang,
				extra=extra,
			)
			return post_id

	def edit_post(self, post_id: str, text: str, moment: datetime | None = None) -> str:
		"""Each edit is a new post; lists show the newest version only."""
		old = self.posts[post_id]
		new_id = self.add_post(text, old.author_id, moment or self.now, mentions=old.mentions, lang=old.lang)
		new = self.posts[new_id]
		new.conversation_id, new.references, new.media = old.conversation_id, old.references, old.media
		new.history = [*old.history, new_id]
		for version in old.history:
			self.posts[version].extra["superseded"] = True
		return new_id

	def delete_post(self, post_id: str) -> None:
		for version in self.posts[post_id].history:
			self.posts[version].deleted = True

	def load(self, rows: list[dict]) -> dict[str, str]:
		"""Publish rows of ``demo/posts.jsonl`` (other channels are passed over); returns demo id → post id. All of
		them mention the account, as replies do even where the handle is not in the text."""
		ids: dict[str, str] = {}
		for row in rows:
			if row["channel"] != "X":
				continue
			author = row["author"]
			ids[row["id"]] = self.add_post(
				row["text"],
				author["id"],
				datetime.fromisoformat(row["posted_at"]),
				handle=author["handle"],
				name=author["name"],
				mentions=(self.handle,),
				reply_to=ids.get(row.get("in_reply_to", ""), ""),
				repost_of=ids.get(row.get("repost_of", ""), ""),
			)
		return ids

	def _shape(self, post: Post, request: Request) -> dict:
		s = self.spelling
		asked = set(
			(request.params.get("tweet.fields") or request.params.get("post.fields") or "").split(",")
		)
		long = len(post.text) > 280
		mentions = [{"username": name, "id": self._id_of(name)} for name in post.mentions]
		shape = {
			"id": post.id,
			"text": post.text[:277] + "…" if long else post.text,
			"edit_history": post.history,
			"author_id": post.author_id,
			"created_at": f"{post.created_at:%Y-%m-%dT%H:%M:%S}.{post.created_at.microsecond // 1000:03d}Z",
			"conversation_id": post.conversation_id,
			"lang": post.lang,
			"entities": {"mentions": mentions} if mentions else None,
			"referenced_tweets": post.references or None,
			"attachments": {"media_keys": [medium["media_key"] for medium in post.media]}
			if post.media
			else None,
			"note_tweet": {"text": post.text} if long else None,
		}
		shape = {name: value for name, value in shape.items() if value is not None and name in asked | ALWAYS}
		shape |= {name: value for name, value in post.extra.items() if name != "superseded"}
		names = {
			"edit_history": f"edit_history_{s}_ids",
			"referenced_tweets": f"referenced_{s}s",
			"note_tweet": f"note_{s}",
		}
		removed = {name for name, value in post.extra.items() if value is None}
		return {names.get(name, name): value for name, value in shape.items() if name not in removed}

	def _visible(self) -> list[Post]:
		"""Newest first by id, without deleted, superseded and protected posts."""
		shown = (
			post
			for post in self.posts.values()
			if not post.deleted
			and not post.extra.get("superseded")
			and not self.users[post.author_id]["protected"]
		)
		return sorted(shown, key=lambda post: int(post.id), reverse=True)

	def _id_of(self, handle: str) -> str:
		return next(
			(id for id, user in self.users.items() if user["username"].lower() == handle.lower()), "0"
		)

	def _first_id(self, moment: datetime) -> int:
		return (int(moment.timestamp() * 1000) - EPOCH_MS) << 22

	def _new_id(self, moment: datetime) -> str:
		number = self._first_id(moment)
		while str(number) in self.posts:
			number += 1
		return str(number)
