"""Who is calling: session cookie, API token, and the token that guards a browser's session against forged requests."""

from __future__ import annotations

import base64
import binascii
import secrets

from . import exceptions
from .messages import _, throw
from .state import _dict, db, local, set_user
from .utils.data import cint
from .utils.password import check_password, get_decrypted_password

COOKIE = "sid"
UNSAFE_METHODS = ("POST", "PUT", "DELETE", "PATCH")
SESSIONS = "sessions"
MAX_FAILURES, FAILURE_SECONDS = 10, 60


def authenticate(request) -> None:
	"""Become the user whom the request proves, else stay Guest; a wrong token is an error."""
	sid = request.cookies.get(COOKIE)
	session = local.cache.hget(SESSIONS, sid) if sid else None
	if session and cint(db.get_value("User", session.user, "enabled")):
		set_user(session.user)
		local.session.sid, local.session.data = sid, session.data
		_check_csrf_token(request)
	scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
	if token:
		_authenticate_token(scheme.lower(), token)
	local.lang = db.get_value("User", local.session.user, "language") or local.lang


def _check_csrf_token(request) -> None:
	saved = local.session.data.csrf_token
	if request.method not in UNSAFE_METHODS or not saved:
		return
	sent = request.headers.get("X-Frappe-CSRF-Token") or local.form_dict.pop("csrf_token", None) or ""
	if not secrets.compare_digest(sent.encode(), saved.encode()):
		throw(_("Invalid Request"), exceptions.CSRFTokenError)


def _authenticate_token(scheme: str, token: str) -> None:
	if scheme == "basic":
		try:
			token = base64.b64decode(token, validate=True).decode()
		except (binascii.Error, UnicodeDecodeError):
			token = ""
	elif scheme != "token":
		raise NotImplementedError(f"embedded site: Authorization {scheme}")
	key, _colon, secret = token.partition(":")
	user = db.get_value("User", {"api_key": key, "enabled": 1}) if key and secret else None
	stored = user and get_decrypted_password("User", user, "api_secret", raise_exception=False)
	if not stored or not secrets.compare_digest(stored.encode(), secret.encode()):
		raise exceptions.AuthenticationError
	if local.session.user == "Guest":
		set_user(user)


def login(user: str, password: str) -> str:
	"""Begin a session; returns its id for the cookie."""
	failures = f"login_failed:{user}"
	if cint(local.cache.get(failures)) >= MAX_FAILURES:
		throw(
			_("Your account has been locked and will resume after {0} seconds").format(FAILURE_SECONDS),
			exceptions.AuthenticationError,
		)
	try:
		name = check_password(db.get_value("User", user) or "", password)
		if not cint(db.get_value("User", name, "enabled")):
			raise exceptions.AuthenticationError
	except exceptions.AuthenticationError:
		if not local.cache.get(failures):
			local.cache.setex(failures, FAILURE_SECONDS, 0)
		local.cache.incrby(failures)
		throw(_("Invalid login credentials"), exceptions.AuthenticationError)
	local.cache.delete_value(failures)
	sid = secrets.token_urlsafe(32)
	local.cache.hset(SESSIONS, sid, _dict(user=name, data=_dict()))
	set_user(name)
	local.session.sid, local.session.data = sid, local.cache.hget(SESSIONS, sid).data
	return sid


def logout() -> None:
	local.cache.hdel(SESSIONS, local.session.sid)
	set_user("Guest")


def get_csrf_token() -> str:
	"""The token of this session; once a page has asked for it, every unsafe request must carry it."""
	if not local.session.data.csrf_token:
		local.session.data.csrf_token = secrets.token_hex(28)
	return local.session.data.csrf_token
