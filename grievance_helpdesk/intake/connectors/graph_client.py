"""Calls to Facebook's Graph API: token in the header, proof of the app secret, and errors told apart by their codes."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from . import http
from .base import (
	AuthFailed,
	NotFound,
	Permanent,
	PermissionDenied,
	RateLimited,
	Transient,
)
from .values import object_of, objects_of, text_of

VERSION = re.compile(r"v\d{1,2}\.\d")
LAST_DAYS = {
	"v19.0": date(2026, 5, 21),
	"v20.0": date(2026, 9, 24),
	"v21.0": date(2027, 1, 21),
	"v22.0": date(2027, 5, 20),
	"v23.0": date(2027, 10, 8),
	"v24.0": date(2028, 2, 18),
	"v25.0": date(2028, 7, 29),
}
WARN_AHEAD = timedelta(days=90)
NEARLY_FULL = 90  # percent of the quota
PAUSE_WHEN_NEARLY_FULL = timedelta(minutes=15)
PAUSE_WHEN_THROTTLED = timedelta(hours=1)
LONGEST_PAUSE = timedelta(hours=24)
PAUSE_WHEN_BLOCKED = timedelta(hours=6)
THROTTLED = {4, 17, 32, 341, 613, *range(80000, 80015)}
TOKEN_DEAD = {102, 190}
DENIED = {3, 10, *range(200, 300)}
PASSING = {1, 2}
WRONG_TOKEN_KIND = 32
BLOCKED = 368
BAD_REQUEST = 100
OBJECT_MISSING = 33
WHY_DEAD = {
	458: "the app was removed from the account",
	459: "Facebook wants the person behind the token to sign in once",
	460: "the password was changed",
	463: "it has expired",
	464: "the person behind the token is not confirmed",
	467: "it was revoked or the person signed out",
}
NEW_TOKEN = "Create a new Page token that does not expire and paste it into the Channel Account."


class InvalidRequest(Permanent):
	"""Facebook's code 100: a parameter, such as a paging cursor, was not accepted."""


class GraphClient:
	"""``version`` like "v25.0". All calls of a page share one quota, so one hold stops them all."""

	def __init__(
		self,
		*,
		token: http.Secret,
		app_secret: http.Secret,
		base_url: str,
		version: str,
		timeouts: http.Timeouts,
		clock: Callable[[], datetime],
	) -> None:
		self.base_url = f"{base_url}/{version}"
		self.timeouts = timeouts
		self.clock = clock
		self.hold: RateLimited | None = None
		self.nearly_full: RateLimited | None = None
		self.session = http.new_session(base_url)
		self._auth = http.BearerAuth(token)
		self._secrets = (token, app_secret)
		self._proof = {}
		if app_secret:
			proof = http.Secret(hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest())
			self._proof = {"appsecret_proof": proof}

	def get(self, path: str, **params: object) -> dict:
		"""The JSON object at ``path``; raises a ``ConnectorError``. ``nearly_full`` is set afterwards when the caller should soon
		stop; when Facebook names a time to regain access, the next call is refused here."""
		if self.hold and self.clock() < self.hold.until:
			raise RateLimited(str(self.hold), until=self.hold.until, advice=self.hold.advice)
		self.hold = None
		answer = http.call(
			self.session,
			"GET",
			f"{self.base_url}/{path}",
			timeouts=self.timeouts,
			params={**params, **self._proof},
			auth=self._auth,
		)
		now = self.clock()
		try:
			payload = checked_payload(answer, now, self._secrets)
		except RateLimited as error:
			self.hold = error
			raise
		percent, regain = usage_of(answer.headers)
		if regain:
			self.hold = RateLimited("Facebook's quota is used up.", until=now + min(regain, LONGEST_PAUSE))
		elif percent >= NEARLY_FULL:
			text = f"{percent} % of Facebook's quota is used."
			self.nearly_full = RateLimited(text, until=now + PAUSE_WHEN_NEARLY_FULL)
		return payload

	def inspect_token(self) -> dict:
		"""What Facebook knows of the token: type, profile_id, scopes, expires_at …"""
		return object_of(self.get("debug_token", input_token=self._secrets[0]).get("data"))


def checked_version(version: str, now: datetime) -> str:
	"""A warning ("" if none) about the version; raises :class:`Permanent` when it is malformed or past its date."""
	if not VERSION.fullmatch(version):
		raise Permanent(
			f"The Graph API version {version!r} is not one.",
			advice="Set the API version of the Channel Account, for example to v25.0.",
		)
	last_day = LAST_DAYS.get(version)
	if last_day is None:
		return ""
	if now.date() > last_day:
		raise Permanent(
			f"Facebook switched the Graph API {version} off on {last_day:%d %B %Y}.",
			advice="Set a newer API version in the Channel Account.",
		)
	if now.date() > last_day - WARN_AHEAD:
		return (
			f"Facebook switches the Graph API {version} off on {last_day:%d %B %Y}: set a newer API version."
		)
	return ""


def checked_payload(answer: http.Answer, now: datetime, secrets: tuple[str, ...]) -> dict:
	"""The JSON object, or the error that fits. Facebook may put an error even into a 200."""
	payload = answer.json_object() if answer.status < 400 else answer.json_or_empty()
	error = object_of(payload.get("error"))
	if answer.status < 400 and not error:
		return payload
	code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
	words = http.masked(text_of(error.get("message"))[:300], secrets) or "no reason given"
	text = f"Facebook answered {answer.status} (code {code}, {subcode}): {words}"
	reference = text_of(error.get("fbtrace_id"))
	if code in THROTTLED or (not code and answer.status == 429):
		raise _throttled(code, text, answer.headers, now, reference)
	if error.get("is_transient") is True or code in PASSING or (not code and answer.status >= 500):
		raise Transient(text, reference=reference)
	_raise_by_code(code, subcode, answer.status, text, now, reference)
	raise Permanent(text, reference=reference)


def _raise_by_code(code: int, subcode: int, status: int, text: str, now: datetime, reference: str) -> None:
	if code in TOKEN_DEAD or (not code and status == 401):
		why = WHY_DEAD.get(subcode, "Facebook does not accept it any more")
		raise AuthFailed(
			text, advice=f"The Page token is no longer valid: {why}. {NEW_TOKEN}", reference=reference
		)
	if code == BLOCKED:
		raise PermissionDenied(
			text,
			until=now + PAUSE_WHEN_BLOCKED,
			advice="Facebook blocked this page's app for a while because of its policies: look into the page's support "
			"inbox before anything is sent again.",
			reference=reference,
		)
	if code in DENIED or (not code and status == 403):
		raise PermissionDenied(
			text,
			advice="Give the app pages_read_engagement and pages_read_user_content, and the person behind the token the "
			"task Moderate on the page; then create a new Page token.",
			reference=reference,
		)
	if (code == BAD_REQUEST and subcode == OBJECT_MISSING) or (not code and status == 404):
		raise NotFound(text, reference=reference)
	if code == BAD_REQUEST:
		raise InvalidRequest(text, reference=reference)


def _throttled(
	code: int, text: str, headers: Mapping[str, str], now: datetime, reference: str
) -> RateLimited:
	_percent, regain = usage_of(headers)
	advice = ""
	if code == WRONG_TOKEN_KIND:
		advice = f"The token is a person's token, which has a small quota. {NEW_TOKEN}"
	pause = min(regain or PAUSE_WHEN_THROTTLED, LONGEST_PAUSE)
	return RateLimited(text, until=now + pause, advice=advice, reference=reference)


def usage_of(headers: Mapping[str, str]) -> tuple[int, timedelta]:
	"""(highest percentage of any quota, time until access comes back) from the three usage headers."""
	rows = [_json(headers.get("x-app-usage")), _json(headers.get("x-page-usage"))]
	for entries in _json(headers.get("x-business-use-case-usage")).values():
		rows += objects_of(entries)
	percent = max(
		(_number(row.get(name)) for row in rows for name in ("call_count", "total_cputime", "total_time")),
		default=0,
	)
	regain = max((_number(row.get("estimated_time_to_regain_access")) for row in rows), default=0)
	return percent, timedelta(minutes=max(regain, 0))


def _json(text: str | None) -> dict:
	try:
		return object_of(json.loads(text or "{}"))
	except ValueError:
		return {}


def _number(value: object) -> int:
	try:
		return int(float(value))  # numbers come as 1, 1.0 or "1"
	except (TypeError, ValueError, OverflowError):
		return 0
