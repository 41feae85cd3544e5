"""Placeholders of reply templates: which there are, and filling them in. Pure Python."""

from __future__ import annotations

import re
from collections.abc import Mapping

ALLOWED = (
	"number",
	"citizen",
	"category",
	"department",
	"district",
	"officer",
	"resolve_by",
	"expected_by",
)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def unknown(text: str) -> list[str]:
	"""What stands in braces and is no placeholder, as written; a brace without its partner is ``{`` or ``}``."""
	found = [match[0] for match in _PLACEHOLDER.finditer(text) if match[1] not in ALLOWED]
	rest = _PLACEHOLDER.sub("", text)
	return found + sorted({letter for letter in rest if letter in "{}"})


def left(text: str) -> list[str]:
	"""Placeholders that nobody filled in."""
	return [match[0] for match in _PLACEHOLDER.finditer(text) if match[1] in ALLOWED]


def fill(text: str, values: Mapping[str, str]) -> str:
	"""``text`` with each placeholder replaced once; braces inside a value stay as they are."""
	return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
