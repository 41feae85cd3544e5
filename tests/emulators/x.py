"""X's API v2 as far as the connector uses it, in memory. It speaks the ``tweet…`` names of its fields, or with
``spelling = "post"`` those that X moves to, and answers only with fields that were asked for.

Wordings and shapes follow X's public documentation; prices and limits are those of pay-per-use.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote

from oauthlib.oauth1.rfc5849 import signature

from .server import UTC, Reply, Request
from .x_world import Post, XWorld

WINDOW = timedelta(minutes=15)
SEARCH_WINDOW = timedelta(days=7)
PROBLEM = "https://api.x.com/2/problems/"
LIST_PARAMS = {
	"max_results", "since_id", "until_id", "start_time", "end_time", "tweet.fields", "post.fields", "expansions",
	"media.fields", "user.fields", "place.fields", "poll.fields", "pagination_token",
}  # fmt: skip
PRICES = {"mentions": 0.001, "search": 0.005, "lookup": 0.005, "users": 0.010}


class XEmulator(XWorld):
	"""``user_id``/``handle`` are the account whose mentions are read; ``bearer_token`` and ``keys`` its credentials."""

	def __init__(
		self,
		user_id: str = "1001",
		handle: str = "cmohry",
		bearer_token: str = "bearer-emulator",
		keys: tuple[str, str, str, str] = ("key", "key-secret", "1001-token", "token-secret"),
		clock: Callable[[], datetime] | None = None,
	) -> None:
		super().__init__(user_id, handle, clock)
		self.bearer_token, self.keys = bearer_token, keys
		self.depth = 800
		self.limits = {
			"mentions": 450,
			"search": 450,
			"lookup": 3500,
			"users": 300,
			"create": 100,
			"usage": 50,
		}
		self.used: dict[str, tuple[datetime, int]] = {}
		self.credits: float | None = None
		self.spent = 0.0
		self.project_usage, self.project_cap = 0, 3_000_000
		self.tokens: dict[str, tuple] = {}

	def _route(self, request: Request) -> tuple[str, Callable[[Request], Reply]] | None:
		path, post = request.path, request.method == "POST"
		if path == f"/2/users/{self.user_id}/mentions":
			return "mentions", self._mentions
		if path.startswith("/2/users/by/username/"):
			return "users", lambda _: self._user(unquote(path.rpartition("/")[2]))
		routes = {
			"/2/tweets/search/recent": ("search", self._search),
			"/2/tweets": ("create", self._create) if post else ("lookup", self._lookup),
			"/2/users": ("users", self._look_up_users),
			"/2/users/me": ("users", lambda _: self._user(self.handle)),
			"/2/usage/tweets": ("usage", self._usage),
		}
		return routes.get(path)

	def respond(self, request: Request) -> Reply:
		route = self._route(request)
		if route is None:
			return problem(404, "Not Found Error", "resource-not-found", "There is no such path.")
		endpoint, answer = route
		user_context = request.headers.get("authorization", "").startswith("OAuth ")
		if not (self._signed(request) if user_context else self._has_bearer(request)):
			return Reply(
				401, {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
			)
		if not user_context and (endpoint == "create" or request.path == "/2/users/me"):
			return problem(
				403, "Unsupported Authentication", "unsupported-authentication", "User context only."
			)
		limited, headers = self._count_call(endpoint)
		if limited:
			return Reply(
				429,
				{"title": "Too Many Requests", "detail": "Too Many Requests", "type": "about:blank"},
				headers,
			)
		if self.credits is not None and self.credits <= self.spent:
			return problem(
				402, "CreditsDepleted", "credits", "Your account has no credits to fulfill this request."
			)
		reply = answer(request)
		rows = reply.payload.get("data", [])
		self.spent += PRICES.get(endpoint, 0.0) * (len(rows) if isinstance(rows, list) else 1)
		reply.headers = headers
		return reply

	def _has_bearer(self, request: Request) -> bool:
		return request.headers.get("authorization") == f"Bearer {self.bearer_token}"

	def _signed(self, request: Request) -> bool:
		"""OAuth 1.0a, HMAC-SHA1 over method, URL and all parameters; JSON bodies are not signed."""
		given = dict(re.findall(r'(\w+)="([^"]*)"', request.headers["authorization"]))
		if (given.get("oauth_consumer_key"), given.get("oauth_token")) != (self.keys[0], self.keys[2]):
			return False
		params = signature.collect_parameters(
			uri_query=request.url.partition("?")[2],
			headers={"Authorization": request.headers["authorization"]},
		)
		base = signature.signature_base_string(
			request.method,
			signature.base_string_uri(request.url),
			signature.normalize_parameters(params),
		)
		return signature.sign_hmac_sha1_with_client(base, _Secrets(self.keys[1], self.keys[3])) == unquote(
			given.get("oauth_signature", "")
		)

	def _count_call(self, endpoint: str) -> tuple[bool, dict[str, str]]:
		start, count = self.used.get(endpoint, (self.now, 0))
		if self.now >= start + WINDOW:
			start, count = self.now, 0
		limit = self.limits[endpoint]
		self.used[endpoint] = (start, count + 1)
		headers = {
			"x-rate-limit-limit": str(limit),
			"x-rate-limit-remaining": str(max(limit - count - 1, 0)),
			"x-rate-limit-reset": str(int((start + WINDOW).timestamp())),
		}
		return count >= limit, headers

	def _mentions(self, request: Request) -> Reply:
		bad = self._invalid(request, LIST_PARAMS, 5)
		handle = self.handle.lower()
		found = [
			post
			for post in self._visible()
			if handle in {name.lower() for name in post.mentions}
			or any(
				self.posts[r["id"]].author_id == self.user_id
				for r in post.references
				if r["id"] in self.posts
			)
		]
		return bad or self._page(request, found[: self.depth], "pagination_token")

	def _search(self, request: Request) -> Reply:
		bad = self._invalid(request, LIST_PARAMS | {"query", "next_token", "sort_order"}, 10)
		query = request.params.get("query", "")
		if not bad and not 0 < len(query) <= 512:
			bad = invalid("query", "'query' must have 1 to 512 characters")
		since = self.now - SEARCH_WINDOW
		start = _moment(request.params.get("start_time", ""))
		if not bad and start and start < since:
			bad = invalid("start_time", f"'start_time' must be on or after {since:%Y-%m-%dT%H:%MZ}")
		found = [post for post in self._visible() if post.created_at >= since and _matches(post, query)]
		return bad or self._page(request, found, "next_token")

	def _invalid(self, request: Request, known: set[str], smallest: int) -> Reply | None:
		params = request.params
		for name in set(params) - known:
			return invalid(name, f"The query parameter [{name}] is not one of [{','.join(sorted(known))}]")
		size = params.get("max_results", "10")
		if not size.isdigit() or not smallest <= int(size) <= 100:
			return invalid(
				"max_results",
				f"The `max_results` query parameter value [{size}] is not between {smallest} and 100",
			)
		for name in ("since_id", "until_id"):
			if name in params and not re.fullmatch(r"[0-9]{1,19}", params[name]):
				return invalid(name, f"The `{name}` query parameter value is not valid")
		for name in ("start_time", "end_time"):
			if name in params and _moment(params[name]) is None:
				return invalid(name, f"The `{name}` query parameter value is not a valid time")
		oldest = self._first_id(self.now - SEARCH_WINDOW)
		if "since_id" in params and int(params["since_id"]) < oldest:
			edge = f"{self.now - SEARCH_WINDOW:%Y-%m-%dT%H:%MZ}"
			return invalid(
				"since_id",
				f"'since_id' must be a tweet id created after {edge}. Please use a 'since_id' that is larger than {oldest}",
			)
		return None

	def _page(self, request: Request, posts: list[Post], token_name: str) -> Reply:
		params = request.params
		token = params.get(token_name)
		bounds = tuple(params.get(name) for name in ("query", "since_id", "until_id", "start_time"))
		if token is not None and self.tokens.get(token, ("", ""))[0] != bounds:
			return invalid(token_name, f"The `{token_name}` does not belong to this request")
		below = int(self.tokens[token][1]) if token else int(params.get("until_id") or 2**63)
		start = _moment(params.get("start_time", ""))
		above = int(params.get("since_id") or 0)
		rows = [
			post
			for post in posts
			if above < int(post.id) < below and (start is None or post.created_at >= start)
		]
		size = int(params.get("max_results", "10"))
		page = rows[:size]
		meta: dict = {"result_count": len(page)}
		if page:
			meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
		if len(rows) > size:
			meta["next_token"] = f"7140{int(page[-1].id):x}"
			self.tokens[meta["next_token"]] = (bounds, page[-1].id)
		return Reply(200, {**self._payload(request, page), "meta": meta})

	def _payload(self, request: Request, page: list[Post], errors: list[dict] | None = None) -> dict:
		"""``data`` is left out when there is none, and so are empty ``includes`` and ``errors``."""
		errors = errors or []
		expansions = request.params.get("expansions", "").split(",")
		includes: dict[str, list] = {}
		if "attachments.media_keys" in expansions:
			includes["media"] = [medium for post in page for medium in post.media]
		if "author_id" in expansions:
			includes["users"] = [self.users[id] for id in dict.fromkeys(post.author_id for post in page)]
		if "referenced_tweets.id" in expansions:
			wanted = dict.fromkeys(reference["id"] for post in page for reference in post.references)
			found = [self.posts[id] for id in wanted if id in self.posts and not self.posts[id].deleted]
			includes[f"{self.spelling}s"] = [self._shape(post, request) for post in found]
			gone = set(wanted) - {post.id for post in found}
			errors = errors + [missing(id, f"referenced_{self.spelling}s.id") for id in sorted(gone)]
		payload = {
			"data": [self._shape(post, request) for post in page],
			"includes": {name: rows for name, rows in includes.items() if rows},
			"errors": errors,
		}
		return {name: value for name, value in payload.items() if value}

	def _lookup(self, request: Request) -> Reply:
		ids = request.params.get("ids", "").split(",")
		if not 0 < len(ids) <= 100 or not all(id.isdigit() for id in ids):
			return invalid("ids", "The `ids` query parameter must hold 1 to 100 ids")
		found = [self.posts[id] for id in ids if id in self.posts and not self.posts[id].deleted]
		shown = [post for post in found if not self.users[post.author_id]["protected"]]
		gone = [missing(id, "ids") for id in ids if id not in {post.id for post in found}]
		hidden = [
			missing(post.id, "ids", "not-authorized-for-resource") for post in found if post not in shown
		]
		return Reply(200, self._payload(request, shown, gone + hidden))

	def _look_up_users(self, request: Request) -> Reply:
		ids = request.params.get("ids", "").split(",")
		if len(ids) > 100:
			return invalid("ids", "The `ids` query parameter must hold 1 to 100 ids")
		found = [self.users[id] for id in ids if id in self.users]
		payload = {"data": found, "errors": [missing(id, "ids") for id in ids if id not in self.users]}
		return Reply(200, {name: value for name, value in payload.items() if value})

	def _user(self, handle: str) -> Reply:
		for user in self.users.values():
			if user["username"].lower() == handle.lower():
				return Reply(200, {"data": user})
		return Reply(200, {"errors": [missing(handle, "username")]})

	def _usage(self, _request: Request) -> Reply:
		usage = {"project_usage": str(self.project_usage), "project_cap": str(self.project_cap)}
		return Reply(200, {"data": usage})

	def _create(self, request: Request) -> Reply:
		body = request.json()
		text, target = (
			str(body.get("text") or ""),
			str((body.get("reply") or {}).get("in_reply_to_tweet_id") or ""),
		)
		own = [post for post in self.posts.values() if post.author_id == self.user_id and not post.deleted]
		if not text or len(re.sub(r"https?://\S+", "x" * 23, text)) > 280:
			return invalid("text", "The text is empty or too long")
		if any(post.text == text for post in own):
			return forbidden("You are not allowed to create a Tweet with duplicate content.")
		parent = self.posts.get(target)
		if target and (parent is None or parent.deleted):
			return forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
		if parent and self.handle.lower() not in {name.lower() for name in parent.mentions}:
			return forbidden(
				"You can only reply to or quote posts where you are mentioned or are the author."
			)
		post_id = self.add_post(text, self.user_id, reply_to=target)
		return Reply(
			201, {"data": {"id": post_id, "text": text, f"edit_history_{self.spelling}_ids": [post_id]}}
		)


@dataclass
class _Secrets:
	client_secret: str
	resource_owner_secret: str


def _moment(text: str) -> datetime | None:
	try:
		return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
	except ValueError:
		return None


def _matches(post: Post, query: str) -> bool:
	"""Words, #tags, @handles, "phrases", -is:retweet, joined by blanks (all) or OR (any)."""

	def has(term: str) -> bool:
		if term == "-is:retweet":
			return not any(reference["type"] == "retweeted" for reference in post.references)
		if term.startswith("@"):
			return term[1:].lower() in {name.lower() for name in post.mentions}
		return term.strip('"').lower() in post.text.lower()

	return any(
		all(has(term) for term in re.findall(r'"[^"]*"|\S+', part)) for part in re.split(r"\s+OR\s+", query)
	)


def problem(status: int, title: str, kind: str, detail: str) -> Reply:
	return Reply(status, {"title": title, "type": PROBLEM + kind, "detail": detail, "status": status})


def forbidden(detail: str) -> Reply:
	return Reply(403, {"detail": detail, "title": "Forbidden", "type": "about:blank", "status": 403})


def invalid(name: str, message: str) -> Reply:
	reply = problem(
		400, "Invalid Request", "invalid-request", "One or more parameters to your request was invalid."
	)
	reply.payload["errors"] = [{"parameters": {name: []}, "message": message}]
	return reply


def missing(id: str, parameter: str, kind: str = "resource-not-found") -> dict:
	titles = {"resource-not-found": "Not Found Error", "not-authorized-for-resource": "Authorization Error"}
	return {
		"resource_id": id,
		"value": id,
		"parameter": parameter,
		"resource_type": "tweet",
		"title": titles[kind],
		"detail": f"Could not find tweet with {parameter}: [{id}].",
		"type": PROBLEM + kind,
	}
