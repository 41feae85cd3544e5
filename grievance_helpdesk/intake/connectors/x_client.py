"""tweepy's ``Client`` with its ``request`` replaced, and X's answers turned into our errors.

tweepy builds the calls and signs them. What it does badly is done here: it knows one host only, has no time-out, throws
headers away, sleeps or recurses on a rate limit, and lets errors of ``requests`` through.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import requests
import tweepy

from . import backoff, http
from .base import (
	AuthFailed,
	BudgetExhausted,
	NotFound,
	Permanent,
	PermissionDenied,
	RateLimited,
	Transient,
)

LONGEST_QUOTE = 300


class InvalidParameter(Permanent):
	"""X did not accept parameters; ``names`` are those it complained about."""

	def __init__(self, message: str, names: frozenset[str]) -> None:
		super().__init__(message, advice="Check the handle and the search query of the Channel Account.")
		self.names = names


class XClient(tweepy.Client):
	"""Each call returns an :class:`http.Answer` of status 2xx or raises a ``ConnectorError``."""

	def __init__(
		self,
		*,
		bearer_token: http.Secret,
		keys: tuple[http.Secret, ...] | None,
		base_url: str,
		timeouts: http.Timeouts,
		clock: Callable[[], datetime],
	) -> None:
		key, key_secret, token, token_secret = keys or (None, None, None, None)
		super().__init__(
			bearer_token=bearer_token,
			consumer_key=key,
			consumer_secret=key_secret,
			access_token=token,
			access_token_secret=token_secret,
			return_type=requests.Response,
			wait_on_rate_limit=False,
		)
		self.user_auth = keys is not None
		self.secrets = (bearer_token, *(keys or ()))
		self.base_url = base_url
		self.timeouts = timeouts
		self.clock = clock
		self.calls = 0
		self.holds: dict[str, RateLimited | BudgetExhausted] = {}
		self.session = http.new_session(base_url)

	def request(self, method, route, params=None, json=None, user_auth=False):
		"""Signature of ``tweepy.BaseClient.request``; a test compares the two."""
		self._refuse_while_held(route)
		self.calls += 1
		answer = http.call(
			self.session,
			method,
			self.base_url + route,
			timeouts=self.timeouts,
			params=params,
			json=json,
			headers={"User-Agent": self.user_agent},
			auth=self._auth(user_auth),
		)
		try:
			raise_for(answer, self.clock(), self.secrets)
		except (RateLimited, BudgetExhausted) as error:
			self.holds[route] = error
			raise
		self._hold_when_used_up(route, answer)
		return answer

	def _auth(self, user_auth: bool) -> requests.auth.AuthBase:
		if not user_auth:
			return http.BearerAuth(self.bearer_token)
		return tweepy.OAuth1UserHandler(
			self.consumer_key, self.consumer_secret, self.access_token, self.access_token_secret
		).apply_auth()

	def _refuse_while_held(self, route: str) -> None:
		held = self.holds.get(route)
		if held is None:
			return
		if held.until is None or self.clock() < held.until:
			raise type(held)(str(held), until=held.until, advice=held.advice)
		del self.holds[route]

	def _hold_when_used_up(self, route: str, answer: http.Answer) -> None:
		"""The last call of a window was answered: the next one would be refused, so it is not made."""
		if answer.headers.get("x-rate-limit-remaining", "").strip() == "0":
			until = backoff.end_of_hold(answer.headers, self.clock())
			self.holds[route] = RateLimited("X's rate limit for this window is used up.", until=until)


def raise_for(answer: http.Answer, now: datetime, secrets: Collection[str] = ()) -> None:
	"""Raise the error that fits ``answer``; return for 2xx. X names a problem by the last part of its ``type``."""
	if 200 <= answer.status < 300:
		return
	body = answer.json_or_empty()
	problem = str(body.get("type") or "").rstrip("/").rpartition("/")[2]
	title = str(body.get("title") or "")
	text = f"X answered {answer.status}: {http.masked(_quote(body), secrets)}"
	reference = answer.headers.get("x-transaction-id", "")
	if answer.status == 402:
		raise BudgetExhausted(text, advice="X's credits are used up: add credits in the developer console.")
	if answer.status == 429:
		_raise_limit(answer, text, problem == "usage-capped" or title == "UsageCapExceeded", body, now)
	if answer.status == 400:
		raise InvalidParameter(text, _parameters(body))
	if answer.status == 401:
		raise AuthFailed(
			text,
			advice="The bearer token or the keys were refused: create new ones in X's developer console "
			"and paste them into the Channel Account.",
			reference=reference,
		)
	if answer.status == 403:
		raise PermissionDenied(
			text,
			advice="X does not let this app do that: check the app's access level and its terms of use.",
			reference=reference,
		)
	if answer.status == 404:
		raise NotFound(text, advice="X does not know this account or post: check the handle and the user id.")
	if answer.status >= 500:
		raise Transient(text, reference=reference)
	raise Permanent(text, reference=reference)


def _raise_limit(answer: http.Answer, text: str, capped: bool, body: dict, now: datetime) -> None:
	if not capped:
		raise RateLimited(text, until=backoff.end_of_hold(answer.headers, now))
	monthly = str(body.get("period") or "Monthly").lower() == "monthly"
	until = first_of_next_month(now) if monthly else now + timedelta(days=1)
	raise BudgetExhausted(
		text, until=until, advice="X's cap of posts for this period is used up: raise the plan, or wait."
	)


def first_of_next_month(now: datetime) -> datetime:
	return (now.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=32)).replace(day=1)


def _errors(body: dict) -> list[dict]:
	errors = body.get("errors")
	return [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []


def _quote(body: dict) -> str:
	"""The vendor's own words, shortened; of the older shape ``{"errors": [{"code", "message"}]}`` too."""
	words = [str(body.get(name) or "") for name in ("title", "detail")]
	words += [str(error.get("message") or "") for error in _errors(body)]
	return " ".join(" ".join(word for word in words if word).split())[:LONGEST_QUOTE] or "no reason given"


def _parameters(body: dict) -> frozenset[str]:
	names: set[str] = set()
	for error in _errors(body):
		parameters = error.get("parameters")
		names |= set(parameters) if isinstance(parameters, dict) else set()
	known = ("since_id", "until_id", "start_time", "end_time", "pagination_token", "next_token", "query")
	return frozenset(names | {name for name in known if f"'{name}'" in _quote(body)})
