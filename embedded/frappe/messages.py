"""Messages to the person at the screen, and the exceptions that carry them."""

from __future__ import annotations

import json

from . import exceptions
from .gettext.translate import translations
from .state import _dict, flags, local


def _(msg: str, lang: str | None = None, context: str | None = None) -> str:
	"""The text in ``lang``, or the language of whoever asks; where nobody translated it, the text itself."""
	lang = lang or getattr(local, "lang", "en")
	if lang == "en":
		return msg
	known = translations(lang)
	return known.get(f"{msg}:{context}") or known.get(msg) or msg


def bold(text: str) -> str:
	return f"<strong>{text}</strong>"


def msgprint(
	msg: str,
	title: str | None = None,
	raise_exception: bool | type[Exception] | Exception = False,
	indicator: str | None = None,
	alert: bool = False,
) -> None:
	"""Queue a message for the client; with ``raise_exception`` raise it as well."""
	local.message_log.append(
		_dict(message=msg, title=title, indicator=indicator or ("red" if raise_exception else None))
	)
	if not raise_exception:
		return
	if isinstance(raise_exception, Exception):
		raise raise_exception
	kind = raise_exception if isinstance(raise_exception, type) else exceptions.ValidationError
	raise kind(msg)


def throw(
	msg: str,
	exc: type[Exception] | Exception = exceptions.ValidationError,
	title: str | None = None,
) -> None:
	msgprint(msg, raise_exception=exc, title=title, indicator="red")


def get_message_log() -> list:
	return list(local.message_log)


def clear_messages() -> None:
	local.message_log = []


def clear_last_message() -> None:
	if local.message_log:
		local.message_log.pop()


def as_json(obj, indent: int = 1, separators=None, ensure_ascii: bool = True) -> str:
	from .utils.data import json_default

	return json.dumps(
		obj,
		indent=indent,
		sort_keys=True,
		default=json_default,
		separators=separators or (",", ": "),
		ensure_ascii=ensure_ascii,
	)


def log_error(
	title: str | None = None,
	message: str | None = None,
	reference_doctype: str | None = None,
	reference_name: str | None = None,
):
	"""Keep an Error Log row in the current transaction and return it."""
	import traceback

	from .records import get_doc

	trace = traceback.format_exc() if not message or not title else ""
	if title and "\n" in title:
		title, message = message, title
	return get_doc(
		{
			"doctype": "Error Log",
			"method": (title or trace.strip().rsplit("\n", 1)[-1] or "Error")[:140],
			"error": message or trace,
			"reference_doctype": reference_doctype,
			"reference_name": reference_name,
		}
	).insert(ignore_permissions=True)


def get_traceback(with_context: bool = False) -> str:
	import traceback

	return traceback.format_exc()


def publish_realtime(
	event: str | None = None,
	message: dict | None = None,
	user: str | None = None,
	doctype: str | None = None,
	docname: str | None = None,
	after_commit: bool = False,
) -> None:
	"""There is no socket to a browser: the events stand in ``frappe.flags.realtime_log`` for tests to read."""
	flags.setdefault("realtime_log", []).append(_dict(event=event, message=message, user=user))


def publish_progress(
	percent: float,
	title: str | None = None,
	doctype: str | None = None,
	docname: str | None = None,
	description: str | None = None,
) -> None:
	publish_realtime("progress", {"percent": percent, "title": title, "description": description})
