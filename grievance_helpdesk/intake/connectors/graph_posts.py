"""Posts and comments of a Facebook page as :class:`Item`. A post or comment keeps its id when it is edited."""

from __future__ import annotations

import hashlib

from .base import EPOCH, Item
from .values import either, https_or_empty, json_text, moment_of, object_of, objects_of, text_of

ATTACHMENT = "{media_type,type,url,title,description,media,subattachments}"
POST_FIELDS = (
	"id,from{id,name},message,story,created_time,updated_time,permalink_url,is_published,is_hidden,status_type,"
	f"attachments{ATTACHMENT},comments.limit(0).summary(total_count)"
)
COMMENT_FIELDS = (
	"id,from{id,name},message,created_time,parent{id},attachment,permalink_url,is_hidden,can_reply_privately"
)


def id_of(thing: dict) -> str:
	"""The id, or a stand-in from the content, so that even a broken entry can be stored once."""
	found = text_of(thing.get("id"))
	return found or "unknown-" + hashlib.sha256(json_text(thing).encode("utf-8", "replace")).hexdigest()[:40]


def post_item(post: dict, page_id: str) -> Item:
	"""A post of the page itself (``is_own``), of a visitor, or one that names the page."""
	post_id = id_of(post)
	rows = objects_of(object_of(post.get("attachments")).get("data"))
	shared = text_of(post.get("status_type")) == "shared_story"
	return _item(post, "post", page_id, post_id, "", rows, is_repost=shared and not post.get("message"))


def comment_item(comment: dict, page_id: str, post_id: str, ours: bool = False) -> Item:
	"""A comment below ``post_id``; its parent is the comment that it answers, if any.

	Below a post of the page's own (``ours``) each comment begins a conversation; a visitor's post is one with its comments.
	"""
	above = text_of(object_of(comment.get("parent")).get("id"))
	root = (above or id_of(comment)) if ours else post_id
	attachment = object_of(comment.get("attachment"))
	return _item(comment, "comment", page_id, root, above or post_id, [attachment] if attachment else [])


def comment_count(post: dict) -> int:
	"""How many comments Facebook counts, -1 where it does not say."""
	count = object_of(object_of(post.get("comments")).get("summary")).get("total_count")
	return count if isinstance(count, int) else -1


def _item(
	thing: dict, kind: str, page_id: str, root: str, parent: str, rows: list[dict], is_repost: bool = False
) -> Item:
	author = object_of(thing.get("from"))
	author_id = text_of(author.get("id"))
	text = text_of(thing.get("message"))
	posted_at = moment_of(thing.get("created_time"))
	checks = {
		"The id is missing.": not thing.get("id"),
		"Facebook does not show the author: treated as anonymous.": not author_id,
		"The time is missing.": posted_at is None,
		"Hidden on the page: others do not see it.": thing.get("is_hidden") is True,
		"There is no text.": not text,
	}
	is_own = author_id == page_id
	return Item(
		channel="Facebook",
		kind=kind,
		external_id=id_of(thing),
		posted_at=posted_at or EPOCH,
		raw=json_text(thing),
		text=text,
		root_external_id=root,
		parent_external_id=parent,
		author_id=author_id,
		author_name=text_of(author.get("name")),
		permalink=https_or_empty(thing.get("permalink_url")),
		media=tuple(medium for row in rows for medium in _media(row)),
		is_own=is_own,
		is_repost=is_repost,
		can_reply=not is_own,
		problems=tuple(problem for problem, applies in checks.items() if applies),
	)


def _media(row: dict) -> list[dict]:
	"""An attachment and those inside it (an album)."""
	image = object_of(object_of(row.get("media")).get("image"))
	found = {
		"type": text_of(either(row, "media_type", "type")) or "unknown",
		"url": https_or_empty(either(image, "src") or row.get("url")),
		"description": text_of(either(row, "description", "title")),
	}
	inner = objects_of(object_of(row.get("subattachments")).get("data"))
	own = {name: value for name, value in found.items() if value}
	return ([own] if found["url"] and not inner else []) + [
		medium for part in inner for medium in _media(part)
	]
