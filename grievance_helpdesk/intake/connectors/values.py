"""Reading other people's JSON: every field may be missing, null, of another type, or under another name."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from typing import Any

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
OFFSET_WITHOUT_COLON = re.compile(r"([+-]\d{2})(\d{2})$")


def text_of(value: Any) -> str:
	"""A string as it is (half characters, which no database stores, become U+FFFD); numbers as digits; else ""."""
	if isinstance(value, str):
		return LONE_SURROGATE.sub("\ufffd", value)
	return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def object_of(value: Any) -> dict:
	return value if isinstance(value, dict) else {}


def objects_of(value: Any) -> list[dict]:
	return [element for element in value if isinstance(element, dict)] if isinstance(value, list) else []


def either(source: dict, *names: str) -> Any:
	"""The first of the names that has a value."""
	for name in names:
		if source.get(name) is not None:
			return source[name]
	return None


def moment_of(value: Any) -> datetime | None:
	"""Aware UTC from RFC 3339 as X writes it (``…Z``) or as Facebook does (``…+0000``); None when unreadable or naive."""
	text = OFFSET_WITHOUT_COLON.sub(r"\1:\2", text_of(value).strip())
	if text.endswith(("Z", "z")):
		text = text[:-1] + "+00:00"
	text = re.sub(r"\.(\d{1,6})\d*", lambda match: "." + match[1].ljust(6, "0"), text)
	try:
		moment = datetime.fromisoformat(text)
	except ValueError:
		return None
	return moment.astimezone(timezone.utc) if moment.tzinfo else None


def https_or_empty(value: Any) -> str:
	"""A link that can be shown, else ""."""
	text = text_of(value).strip()
	return text if text.startswith("https://") else ""


def json_text(value: Any) -> str:
	"""Compact JSON text; letters stay letters unless half characters among them need their escapes, and
	other values, such as times, become text."""
	text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
	return json.dumps(value, separators=(",", ":"), default=str) if LONE_SURROGATE.search(text) else text
