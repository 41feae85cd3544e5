"""Posts of X, in either spelling of its fields (``tweet…`` or ``post…``), as :class:`Item`.

X renames its fields step by step, and leaves out what it does not feel like sending; a post is always kept, and what was
missing stands in ``problems``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .base import EPOCH, Item
from .snowflake import time_of
from .values import either, https_or_empty, json_text, moment_of, object_of, objects_of, text_of

POST_ID = re.compile(r"[0-9]{1,19}")
HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")


@dataclass(frozen=True, slots=True)
class Author:
	"""Someone on X; ``protected`` when only followers may read their posts."""

	id: str
	handle: str = ""
	name: str = ""
	protected: bool = False


@dataclass(frozen=True, slots=True)
class Account:
	"""Ours: the numeric user id and the handle without @."""

	user_id: str
	handle: str


@dataclass(slots=True)
class Batch:
	"""One answer of a list endpoint: posts still as dicts, what came along, and the paging."""

	posts: list[dict]
	authors: dict[str, Author]
	media: dict[str, dict]
	referenced: dict[str, dict]
	notes: list[str]
	newest_id: str
	next_token: str


def batch_of(payload: dict) -> Batch:
	includes = object_of(payload.get("includes"))
	meta = object_of(payload.get("meta"))
	data = payload.get("data")
	posts = objects_of([data] if isinstance(data, dict) else data)
	notes = [_note(error) for error in objects_of(payload.get("errors"))]
	skipped = len(data) - len(posts) if isinstance(data, list) else 0
	if skipped:
		notes.append(f"{skipped} entries of the answer were no posts.")
	referenced = objects_of(includes.get("tweets")) + objects_of(includes.get("posts"))
	ids = [post_id for post_id in [text_of(meta.get("newest_id")), *map(id_of, posts)] if is_id(post_id)]
	return Batch(
		posts=posts,
		authors={author.id: author for author in map(author_of, objects_of(includes.get("users")))},
		media={text_of(medium.get("media_key")): medium for medium in objects_of(includes.get("media"))},
		referenced={text_of(post.get("id")): post for post in referenced},
		notes=notes,
		newest_id=max(ids, key=int, default=""),
		next_token=text_of(meta.get("next_token")),
	)


def author_of(user: dict) -> Author:
	return Author(
		text_of(user.get("id")),
		text_of(user.get("username")),
		text_of(user.get("name")),
		user.get("protected") is True,
	)


def is_id(text: str) -> bool:
	return POST_ID.fullmatch(text) is not None


def id_of(post: dict) -> str:
	"""The post's id, or a stand-in made from its content, so that even a broken post can be stored once."""
	post_id = text_of(post.get("id"))
	return post_id or "unknown-" + hashlib.sha256(json_text(post).encode("utf-8", "replace")).hexdigest()[:40]


def item_of(post: dict, batch: Batch, kind: str, account: Account, authors: Mapping[str, Author]) -> Item:
	"""One post. ``authors`` are those known from elsewhere; what the answer itself says comes first."""
	post_id = id_of(post)
	problems: list[str] = []
	versions = [text_of(version) for version in _versions(post)]
	author_id = text_of(post.get("author_id"))
	author = batch.authors.get(author_id) or authors.get(author_id) or Author(author_id)
	references = _references(post)
	entities = [object_of(post.get("entities")), object_of(_long_post(post).get("entities"))]
	text = text_of(_long_post(post).get("text")) or text_of(post.get("text"))
	conversation = text_of(post.get("conversation_id"))
	problems += _problems(post, author, text)
	return Item(
		channel="X",
		kind=kind,
		external_id=post_id,
		posted_at=_posted_at(post, post_id, problems),
		raw=json_text(_whole(post, batch)),
		text=text,
		language=text_of(post.get("lang")),
		root_external_id=versions[0] if conversation in versions else conversation or post_id,
		# A bare repost hangs below what it repeats.
		parent_external_id=next(
			(references[kind] for kind in ("replied_to", "retweeted", "reposted") if kind in references), ""
		),
		author_id=author_id,
		author_handle=author.handle,
		author_name=author.name,
		permalink=_permalink(author.handle, post_id),
		media=tuple(_medium(batch.media[key]) for key in _media_keys(post) if key in batch.media),
		is_own=author_id == account.user_id,
		is_repost="retweeted" in references or "reposted" in references,
		can_reply=_may_reply(text, entities, references, batch, account),
		revision_of=versions[0] if versions and versions[0] != post_id else "",
		problems=tuple(problems),
	)


def _long_post(post: dict) -> dict:
	return object_of(either(post, "note_tweet", "note_post"))


def _versions(post: dict) -> list:
	versions = either(post, "edit_history_tweet_ids", "edit_history_post_ids")
	return versions if isinstance(versions, list) else []


def _references(post: dict) -> dict[str, str]:
	references = objects_of(either(post, "referenced_tweets", "referenced_posts"))
	return {text_of(reference.get("type")): text_of(reference.get("id")) for reference in references}


def _media_keys(post: dict) -> list[str]:
	keys = object_of(post.get("attachments")).get("media_keys")
	return [text_of(key) for key in keys] if isinstance(keys, list) else []


def _medium(medium: dict) -> dict:
	found = {
		"type": text_of(medium.get("type")) or "unknown",
		"url": https_or_empty(either(medium, "url", "preview_image_url")),
		"description": text_of(medium.get("alt_text")),
	}
	return {name: value for name, value in found.items() if value}


def _posted_at(post: dict, post_id: str, problems: list[str]) -> datetime:
	moment = moment_of(post.get("created_at"))
	if moment:
		return moment
	problems.append("The time of the post is missing; it was taken from its id.")
	return time_of(post_id) if is_id(post_id) else EPOCH


def _permalink(handle: str, post_id: str) -> str:
	if not is_id(post_id):
		return ""
	owner = handle if HANDLE.fullmatch(handle) else "i/web"
	return f"https://x.com/{owner}/status/{post_id}"


def _problems(post: dict, author: Author, text: str) -> list[str]:
	checks = {
		"The id of the post is missing.": not post.get("id"),
		"The author is missing.": not author.id,
		"The author's name is not known.": bool(author.id) and not author.handle,
		"The author's posts are protected: do not show this one in public.": author.protected,
		"X withholds this post in some countries.": bool(post.get("withheld")),
		"The post has no text.": not text,
	}
	return [problem for problem, applies in checks.items() if applies]


def _may_reply(
	text: str, entities: list[dict], references: dict[str, str], batch: Batch, account: Account
) -> bool:
	"""X lets an app answer only a post that mentions its account, or quotes one of its posts."""
	quoted = batch.referenced.get(references.get("quoted", ""), {})
	if quoted and text_of(quoted.get("author_id")) == account.user_id:
		return True
	mentions = [mention for part in entities for mention in objects_of(part.get("mentions"))]
	if any(text_of(mention.get("id")) == account.user_id for mention in mentions):
		return True
	handles = {text_of(mention.get("username")).lower() for mention in mentions}
	handles |= {match.lower() for match in re.findall(r"(?<![\w@])@(\w{1,15})(?!\w)", text, re.ASCII)}
	return bool(account.handle) and account.handle.lower() in handles


def _whole(post: dict, batch: Batch) -> dict:
	"""The post with the parts of ``includes`` that belong to it: enough to interpret it again later."""
	includes = {
		"media": [batch.media[key] for key in _media_keys(post) if key in batch.media],
		"tweets": [batch.referenced[id] for id in _references(post).values() if id in batch.referenced],
	}
	return {"data": post, "includes": {name: found for name, found in includes.items() if found}}


def _note(error: dict) -> str:
	words = text_of(either(error, "detail", "title", "message")) or "no reason given"
	return f"X left something out: {words[:300]}"
