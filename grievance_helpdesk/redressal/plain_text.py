"""Text that people sent, made fit to keep and to show. Pure Python.

``harmless`` is for names, subjects and whatever lists, prints and mails show without escaping; ``written`` is for
words typed into a form: the same words, without what only misleads the reader's eye.
"""

from __future__ import annotations

import re

ANGLE_BRACKETS = str.maketrans("<>", "‹›")
# Direction marks turn sentences around on the screen; the joiners U+200C and U+200D stay, Hindi needs them.
_MISLEADING = re.compile(
	"[\x01-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def storable(text: str | None) -> str:
	"""Text that every database takes: without NUL and lone surrogates, everything else as it came."""
	if not text:
		return ""
	if "\0" in text:
		text = text.replace("\0", "")
	return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def harmless(text: str | None) -> str:
	"""Text for lists, prints and mails, which may not escape what they show: the same letters, but never a tag.

	Only ``text`` and ``raw`` keep a post as it came.
	"""
	return storable(text).translate(ANGLE_BRACKETS)


def fit(text: str | None, length: int) -> str:
	return harmless(text)[:length]


def written(text: str | None) -> str:
	"""Words typed by a person: no tags, no control or direction marks, at most one empty line in a row."""
	lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
	lines = lines.replace("\u2028", "\n").replace("\u2029", "\n")
	return _BLANK_LINES.sub("\n\n", _MISLEADING.sub("", harmless(lines))).strip()
