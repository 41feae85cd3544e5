"""Facebook's Graph API as far as the connector uses it: one or more pages, visitors' posts, comments, tokens.

Strict about the version in the path, the kind of token, ``appsecret_proof``, field names and ``limit``. A person's token gets
an empty answer instead of an error, as at Facebook. The feed is ranked: its order has little to do with time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from .server import UTC, Emulator, Reply, Request

VERSIONS = {"v22.0", "v23.0", "v24.0", "v25.0", "v26.0"}
SCOPES = ("pages_show_list", "pages_read_engagement", "pages_read_user_content", "pages_manage_engagement")
POST_FIELDS = set(
	"id from message story created_time updated_time permalink_url is_published is_hidden status_type attachments "
	"comments".split()
)
COMMENT_FIELDS = set(
	"id from message created_time parent attachment permalink_url is_hidden can_reply_privately".split()
)
ALWAYS = {"access_token", "appsecret_proof", "fields", "limit", "after", "before"}


@dataclass
class Token:
	"""``kind`` is PAGE or USER; ``owner`` the page's or person's id. ``moderate``: may see who wrote a comment."""

	value: str
	owner: str
	kind: str = "PAGE"
	scopes: tuple[str, ...] = SCOPES
	expires_at: int = 0
	moderate: bool = True


@dataclass
class Thing:
	"""A post (``root`` is "") or a comment below the post ``root``, answering the comment ``parent`` or ""."""

	id: str
	page_id: str
	author: dict | None
	message: str
	created: datetime
	updated: datetime
	root: str = ""
	parent: str = ""
	hidden: bool = False
	extra: dict = field(default_factory=dict)


class GraphEmulator(Emulator):
	def __init__(
		self,
		page_id: str = "5001",
		page_name: str = "CM Office",
		token: str = "page-token",
		app_secret: str = "app-secret",
		clock: Callable[[], datetime] | None = None,
	) -> None:
		super().__init__(clock)
		self.page_id, self.token, self.app_secret = page_id, token, app_secret
		self.owners: dict[str, str] = {}
		self.tokens: dict[str, Token] = {}
		self.things: dict[str, Thing] = {}
		self.subscribed: set[str] = set()
		self.empty_first = False
		self.usage: dict[str, str] = {}
		self.add_page(page_id, page_name, token)

	def add_page(self, page_id: str, name: str, token: str) -> None:
		self.owners[page_id] = name
		self.tokens[token] = Token(token, page_id)

	def add_user_token(self, value: str, user_id: str, name: str = "Somebody") -> None:
		self.owners[user_id] = name
		self.tokens[value] = Token(value, user_id, "USER")

	def add_post(
		self,
		message: str,
		author: tuple[str, str] | None = ("9001", "Asha"),
		created_at: datetime | None = None,
		page_id: str = "",
		**extra: object,
	) -> str:
		"""``author`` is (id, name); None: not shown. Fields in ``extra`` are sent as they are."""
		page_id = page_id or self.page_id
		return self._add(f"{page_id}_{self._number()}", page_id, author, message, created_at, "", "", extra)

	def add_comment(
		self,
		target: str,
		message: str,
		author: tuple[str, str] | None = ("9002", "Balbir"),
		created_at: datetime | None = None,
		**extra: object,
	) -> str:
		"""``target`` is a post or a comment of it."""
		above = self.things[target]
		root = self.things[above.root or above.id]
		comment_id = f"{root.id.partition('_')[2]}_{self._number()}"
		parent = target if above.root else ""
		self._add(comment_id, root.page_id, author, message, created_at, root.id, parent, extra)
		root.updated = max(root.updated, self.things[comment_id].created)
		return comment_id

	def edit(self, thing_id: str, message: str) -> None:
		self.things[thing_id].message = message
		self.things[thing_id].updated = self.now

	def remove(self, thing_id: str) -> None:
		del self.things[thing_id]

	def hide(self, thing_id: str) -> None:
		self.things[thing_id].hidden = True

	def load(self, rows: list[dict]) -> dict[str, str]:
		"""Publish rows of ``demo/posts.jsonl`` (other channels are passed over); returns demo id → Facebook id."""
		ids: dict[str, str] = {}
		for row in rows:
			if row["channel"] != "Facebook":
				continue
			author, moment = (
				(row["author"]["id"], row["author"]["name"]),
				datetime.fromisoformat(row["posted_at"]),
			)
			above = ids.get(row.get("in_reply_to", ""))
			ids[row["id"]] = (
				self.add_comment(above, row["text"], author, moment)
				if above
				else self.add_post(row["text"], author, moment)
			)
		return ids

	def respond(self, request: Request) -> Reply:
		parts = request.path.strip("/").split("/")
		if parts[0] not in VERSIONS or len(parts) < 2:
			return error(400, 2500, f"Unknown path components: {request.path}")
		token = self.tokens.get(self._given_token(request))
		if token is None or (token.expires_at and token.expires_at < self.now.timestamp()):
			subcode = 463 if token else 0
			return error(401, 190, "Error validating access token", subcode, "OAuthException")
		if not self._proven(request, token):
			return error(400, 100, "Invalid appsecret_proof provided in the API argument")
		reply = self._dispatch(request, parts[1], parts[2] if len(parts) > 2 else "", token)
		return Reply(reply.status, reply.payload, self.usage | reply.headers)

	def _given_token(self, request: Request) -> str:
		header = request.headers.get("authorization", "")
		return header[7:] if header.startswith("Bearer ") else request.params.get("access_token", "")

	def _proven(self, request: Request, token: Token) -> bool:
		wanted = hmac.new(self.app_secret.encode(), token.value.encode(), hashlib.sha256).hexdigest()
		return not self.app_secret or hmac.compare_digest(request.params.get("appsecret_proof", ""), wanted)

	def _dispatch(self, request: Request, node: str, edge: str, token: Token) -> Reply:
		if node == "me" and not edge:
			return Reply(200, {"id": token.owner, "name": self.owners[token.owner]})
		if node == "debug_token":
			return self._debug(request)
		if edge == "subscribed_apps" and node in self.owners:
			return self._subscribe(request, node, token)
		if edge == "feed" and node in self.owners:
			posts = [thing for thing in self.things.values() if thing.page_id == node and not thing.root]
			ranked = sorted(posts, key=lambda post: hashlib.sha256(post.id.encode()).hexdigest())
			return self._list(request, ranked, token, POST_FIELDS, set())
		thing = self.things.get(node)
		if thing is None:
			text = f"Unsupported get request. Object with ID '{node}' does not exist or cannot be loaded"
			return error(400, 100, text, 33, "GraphMethodException")
		if edge == "comments":
			return self._comments(request, thing, token)
		known = COMMENT_FIELDS if thing.root else POST_FIELDS
		names, unknown = _fields(request, known)
		return unknown or Reply(200, self._shape(thing, names, token))

	def _comments(self, request: Request, thing: Thing, token: Token) -> Reply:
		params = request.params
		if params.get("filter", "toplevel") not in ("stream", "toplevel"):
			return error(400, 100, "(#100) Param filter must be one of {TOPLEVEL, STREAM}")
		below = [other for other in self.things.values() if thing.id in (other.root, other.parent)]
		if params.get("filter") != "stream":
			below = [other for other in below if not other.parent and not other.hidden]
		since = int(params.get("since") or 0)
		below = [other for other in below if other.created.timestamp() >= since]
		newest_first = params.get("order") != "chronological"
		below.sort(key=lambda other: (other.created, other.id), reverse=newest_first)
		return self._list(request, below, token, COMMENT_FIELDS, {"filter", "order", "since"})

	def _list(
		self, request: Request, things: list[Thing], token: Token, known: set[str], params: set[str]
	) -> Reply:
		names, bad = _fields(request, known)
		size = request.params.get("limit", "25")
		if not bad and (not size.isdigit() or not 1 <= int(size) <= 100):
			bad = error(400, 100, "(#100) Please reduce the amount of data: limit must be 1 to 100")
		for name in set(request.params) - ALWAYS - params:
			bad = bad or error(400, 100, f"(#100) Unknown parameter {name}")
		after = request.params.get("after", "")
		offset = _offset(after)
		if bad or offset is None:
			return bad or error(400, 100, "(#100) Invalid cursor")
		if token.kind == "USER" or (token.owner not in {thing.page_id for thing in things} and things):
			return Reply(200, {"data": []})
		size = 0 if self.empty_first and not after else int(size)
		page = things[offset : offset + size]
		end = offset + size
		paging: dict = {"cursors": {"before": _cursor(offset), "after": _cursor(end)}}
		if end < len(things):
			paging["next"] = (
				f"http://attacker.invalid{request.path}?access_token={token.value}&after={_cursor(end)}"
			)
		return Reply(200, {"data": [self._shape(thing, names, token) for thing in page], "paging": paging})

	def _shape(self, thing: Thing, names: set[str], token: Token) -> dict:
		below = sum(thing.id == other.root and not other.parent for other in self.things.values())
		author = thing.author if token.kind == "PAGE" and (token.moderate or not thing.root) else None
		shape = {
			"id": thing.id,
			"from": author,
			"message": thing.message or None,
			"created_time": f"{thing.created:%Y-%m-%dT%H:%M:%S}+0000",
			"updated_time": f"{thing.updated:%Y-%m-%dT%H:%M:%S}+0000",
			"permalink_url": f"https://www.facebook.com/{thing.id}",
			"is_published": True,
			"is_hidden": thing.hidden,
			"parent": {"id": thing.parent} if thing.parent else None,
			"comments": {"data": [], "summary": {"total_count": below}},
			**thing.extra,
		}
		return {name: value for name, value in shape.items() if name in names | {"id"} and value is not None}

	def _debug(self, request: Request) -> Reply:
		token = self.tokens.get(request.params.get("input_token", ""))
		if token is None:
			return Reply(200, {"data": {"is_valid": False, "error": {"code": 190}, "scopes": []}})
		data = {
			"type": token.kind,
			"profile_id": token.owner,
			"is_valid": True,
			"expires_at": token.expires_at,
			"data_access_expires_at": 0,
			"scopes": list(token.scopes),
		}
		return Reply(200, {"data": data})

	def _subscribe(self, request: Request, page_id: str, token: Token) -> Reply:
		if token.owner != page_id:
			return error(403, 210, "(#210) A page access token is required to request this resource.")
		if request.method == "POST":
			self.subscribed.add(page_id)
			return Reply(200, {"success": True})
		rows = [{"id": "1", "name": "Helpdesk", "subscribed_fields": ["feed"]}]
		return Reply(200, {"data": rows if page_id in self.subscribed else []})

	def _add(
		self,
		thing_id: str,
		page_id: str,
		author: tuple[str, str] | None,
		message: str,
		created: datetime | None,
		root: str,
		parent: str,
		extra: dict,
	) -> str:
		moment = (created or self.now).astimezone(UTC)
		person = {"id": author[0], "name": author[1]} if author else None
		self.things[thing_id] = Thing(
			thing_id, page_id, person, message, moment, moment, root, parent, extra=extra
		)
		return thing_id

	def _number(self) -> int:
		self.counter = getattr(self, "counter", 70_000) + 1
		return self.counter


def error(status: int, code: int, message: str, subcode: int = 0, kind: str = "OAuthException") -> Reply:
	body = {"message": message, "type": kind, "code": code, "fbtrace_id": "AbCdEf"}
	if subcode:
		body["error_subcode"] = subcode
	return Reply(status, {"error": body})


def _fields(request: Request, known: set[str]) -> tuple[set[str], Reply | None]:
	"""Top-level names of ``fields=a,b{c,d},e.limit(0){…}``; an unknown one is an error, as at Facebook."""
	text = request.params.get("fields", "id,message,created_time")
	while re.search(r"\{[^{}]*\}|\([^()]*\)", text):
		text = re.sub(r"\{[^{}]*\}|\([^()]*\)", "", text)
	names = {name.split(".")[0] for name in text.split(",") if name}
	unknown = names - known
	if unknown:
		return set(), error(400, 100, f"(#100) Tried accessing nonexisting field ({sorted(unknown)[0]})")
	return names, None


def _cursor(offset: int) -> str:
	return base64.urlsafe_b64encode(f"at:{offset}".encode()).decode()


def _offset(cursor: str) -> int | None:
	if not cursor:
		return 0
	try:
		text = base64.urlsafe_b64decode(cursor).decode()
	except (binascii.Error, ValueError):
		return None
	return int(text[3:]) if re.fullmatch(r"at:\d+", text) else None
