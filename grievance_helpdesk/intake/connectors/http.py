"""One way out for every HTTP call: time-outs, no redirects, a size limit, and nothing but our own errors.

Query strings, headers and bodies may hold secrets, and the messages of ``requests`` quote them; so no message of the
libraries below is passed on, and their debug logs stay off.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from .base import AuthFailed, BadPayload, Permanent, Transient

Timeouts = tuple[float, float]  # seconds to connect, seconds between two bytes
DEFAULT_TIMEOUTS: Timeouts = (5, 20)
LARGEST_ANSWER = 16 * 1024 * 1024
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
CHATTY_LOGGERS = ("tweepy", "oauthlib", "requests_oauthlib", "urllib3")

log = logging.getLogger(__name__)


def quiet_libraries() -> None:
	"""At DEBUG these libraries log tokens; INFO is the most that they may say."""
	for name in CHATTY_LOGGERS:
		logger = logging.getLogger(name)
		logger.setLevel(max(logger.level, logging.INFO))


quiet_libraries()


class Secret(str):
	"""A string that does not show itself: error reports print the variables of each function on the way."""

	__slots__ = ()

	def __repr__(self) -> str:
		return "'***'"


class BearerAuth(requests.auth.AuthBase):
	"""Sets the header as ``auth`` so that a ``.netrc`` on the server cannot replace it."""

	def __init__(self, token: Secret) -> None:
		self._token = token

	def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
		request.headers["Authorization"] = f"Bearer {self._token}"
		return request


@dataclass(slots=True)
class Answer:
	"""What came back: ``status``, ``headers`` (names compare without case) and the raw ``body``."""

	status: int
	headers: Mapping[str, str]
	body: bytes

	def json_object(self) -> dict:
		"""The body as a JSON object, else :class:`BadPayload`."""
		try:
			payload = json.loads(self.body)
		except (ValueError, RecursionError):
			raise BadPayload(f"The answer (status {self.status}) is not JSON.") from None
		if not isinstance(payload, dict):
			raise BadPayload(f"The answer (status {self.status}) is JSON but not an object.")
		return payload

	def json_or_empty(self) -> dict:
		"""The body of an error, which need not be JSON."""
		try:
			return self.json_object()
		except BadPayload:
			return {}


def checked_base_url(url: str) -> str:
	"""``url`` without a trailing slash; https, or http on this machine only (tests and the demo)."""
	parts = urlsplit(url.strip())
	secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
	if not secure or not parts.hostname or parts.username or parts.query or parts.fragment:
		raise Permanent(
			"The base URL is not usable.",
			advice="Set the base URL of the Channel Account to https:// and a host name, without anything secret.",
		)
	return url.strip().rstrip("/")


def checked_secret(secret: str, label: str) -> Secret:
	"""``secret`` without surrounding blanks; letters outside ASCII or blanks inside mean a faulty paste."""
	secret = Secret((secret or "").strip())
	if not secret or not secret.isascii() or not secret.isprintable() or " " in secret:
		raise AuthFailed(
			f"The {label} is missing or damaged.",
			advice=f"Paste the {label} into the Channel Account again, without blanks or line breaks.",
		)
	return secret


def masked(text: str, secrets: Collection[str]) -> str:
	"""``text`` of a vendor without our secrets, which some errors quote."""
	for secret in secrets:
		if secret:
			text = text.replace(secret, "***")
	return text


def new_session(base_url: str) -> requests.Session:
	"""A session; on this machine proxies of the environment are left out."""
	session = requests.Session()
	session.trust_env = urlsplit(base_url).hostname not in LOOPBACK
	return session


def call(
	session: requests.Session, method: str, url: str, *, timeouts: Timeouts = DEFAULT_TIMEOUTS, **arguments
) -> Answer:
	"""One HTTP call, whatever its status. Raises :class:`Transient` when no whole answer came, :class:`Permanent` on a
	redirect. ``arguments`` go to ``requests`` (params, json, headers, auth)."""
	started = time.monotonic()
	path = urlsplit(url).path
	try:
		with session.request(
			method, url, timeout=timeouts, allow_redirects=False, stream=True, **arguments
		) as response:
			answer = Answer(response.status_code, response.headers, _read(response, started + sum(timeouts)))
	except requests.RequestException as error:
		log.info("%s %s failed: %s", method, path, type(error).__name__)
		raise Transient(f"No answer from {urlsplit(url).hostname}: {_in_words(error)}.") from None
	log.info("%s %s: %s in %d ms", method, path, answer.status, (time.monotonic() - started) * 1000)
	if 300 <= answer.status < 400:
		raise Permanent(
			"The server sent us to another address, which is not followed.",
			advice="Correct the base URL of the Channel Account.",
		)
	return answer


def _read(response: requests.Response, deadline: float) -> bytes:
	body = bytearray()
	for chunk in response.iter_content(8192):
		body += chunk
		if len(body) > LARGEST_ANSWER:
			raise BadPayload(f"The answer is larger than {LARGEST_ANSWER // 1024 // 1024} MB.")
		if time.monotonic() > deadline:
			raise Transient("The answer came too slowly.")
	return bytes(body)


def _in_words(error: requests.RequestException) -> str:
	if isinstance(error, requests.Timeout) or "timed out" in str(error):
		return "it took too long"
	if isinstance(error, requests.exceptions.SSLError):
		return "its certificate was not accepted"
	if isinstance(error, requests.exceptions.ChunkedEncodingError):
		return "the connection broke in the middle of the answer"
	return "the connection could not be made or broke"
