"""Normalising a citizen's post: one clean text for people, one folded text with tokens for the rules.

Nothing here fails on any input: lone surrogates, NUL, bidi marks, HTML from mail, 25,000 characters.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import NamedTuple

# Characters read for tokens and models. A longer letter keeps its whole text in `clean` and `folded`.
READ_LIMIT = 6000
MOST_LAYERS = 8

_CONTROLS = re.compile(
	"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
	"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff"
	"\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_TAG = re.compile(
	r"<(script|style)\b[^>]{0,400}>.{0,2000}?</\1\s*>|<!--.{0,2000}?-->|</?[a-z][^<>]{0,400}>", re.I | re.S
)
_BREAK_TAG = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)\b", re.I)

# Letters, digits and the marks that belong to them in folded text. `\w` would lose Devanagari vowel signs.
_WORD = re.compile(
	"[0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0963\u0966-\u1fff\u2c00-\u2dff\u3040-\ud7ff"
	"\uf900-\ufdff\ufe70-\ufefc\U00010000-\U0001efff]+"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|(?<![\w@])@\w+")
_MASKS = re.compile(
	r"(?P<url>(?:https?://|www\.)\S+)|(?P<mail>[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)|(?P<handle>@\w+)"
	r"|(?P<phone>(?<!\d)(?:\+?91[\s-]?)?[6-9]\d{4}[\s-]?\d{5}(?!\d))|(?P<number>\d+)"
)

_NUKTA = "\u093c"
_FOLD: dict[int, str | None] = {
	code: str(unicodedata.decimal(chr(code)))
	for code in range(0x80, 0x11E00)
	if unicodedata.category(chr(code)) == "Nd"
}
_FOLD.update(dict.fromkeys((0x93C, 0x9BC, 0xA3C, 0xABC, 0xB3C), None))
_FOLD[0x0901] = "\u0902"  # chandrabindu and anusvara are written for each other


class Token(NamedTuple):
	"""A word of ``Text.folded`` and where it stands there."""

	text: str
	start: int
	end: int


class Text:
	"""A post in the forms that the parts of triage read; the costly ones are made when first asked for.

	``raw`` as it came; ``clean`` NFKC, mojibake and HTML undone, invisibles gone, case kept, for people;
	``folded`` for rules: casefolded, ASCII digits, no nukta. Spans of reasons and tokens count in ``folded``;
	:meth:`written` gives the citizen's own letters of a span.
	"""

	__slots__ = ("_masked", "_offsets", "_plain", "_spans", "_words", "clean", "folded", "raw")

	def __init__(self, raw: str, clean: str, folded: str) -> None:
		self.raw = raw
		self.clean = clean
		self.folded = folded
		self._plain: str | None = None
		self._words: list[str] | None = None
		self._spans: list[tuple[int, int]] | None = None
		self._masked: str | None = None
		self._offsets: list[int] | None = None

	@property
	def plain(self) -> str:
		"""``folded`` up to ``READ_LIMIT``, with links, mails and handles blanked out, offsets unchanged."""
		if self._plain is None:
			plain = self.folded[:READ_LIMIT]
			if "@" in plain or "://" in plain or "www." in plain:
				plain = _ADDRESS.sub(lambda found: " " * len(found[0]), plain)
			self._plain = plain
		return self._plain

	@property
	def words(self) -> list[str]:
		"""The words of ``plain`` without offsets: the cheap form."""
		if self._words is None:
			self._words = _WORD.findall(self.plain)
		return self._words

	@property
	def spans(self) -> list[tuple[int, int]]:
		"""Start and end of each of ``words`` in ``folded``."""
		if self._spans is None:
			self._spans = [found.span() for found in _WORD.finditer(self.plain)]
		return self._spans

	@property
	def tokens(self) -> list[Token]:
		"""The words of ``plain`` with offsets."""
		return [Token(word, start, end) for word, (start, end) in zip(self.words, self.spans, strict=True)]

	@property
	def masked(self) -> str:
		"""Text for the text models: ``folded`` with links, mails, handles, phones and numbers replaced."""
		if self._masked is None:
			self._masked = _MASKS.sub(lambda found: f" {found.lastgroup} ", self.folded[:READ_LIMIT])
		return self._masked

	def written(self, start: int, end: int) -> str:
		"""What the citizen wrote at ``folded[start:end]``, from ``clean``."""
		if len(self.folded) == len(self.clean):
			return self.clean[start:end]
		if self._offsets is None:
			self._offsets = _offsets(self.clean)
		return self.clean[self._offsets[start] : self._offsets[end]]

	def __repr__(self) -> str:
		return f"Text({self.clean[:60]!r})"


def normalise(raw: str) -> Text:
	"""Make a :class:`Text` of any string."""
	clean = _clean(raw)
	return Text(raw, clean, fold(clean))


def fold(text: str) -> str:
	"""Casefolded, Indic digits as ASCII, nukta removed, chandrabindu as anusvara."""
	if text.isascii():
		return text.lower()
	return text.casefold().translate(_FOLD)


def _clean(text: str) -> str:
	# Undoing one layer can uncover the next ("&amp;lt;", twice broken mojibake). Nobody writes more than a few
	# layers by accident, and a text made of thousands must not stall a worker.
	for _ in range(MOST_LAYERS):
		before = text
		text = _one_layer(text)
		if text == before:
			break
	return text


def _one_layer(text: str) -> str:
	if not text.isascii():
		if _LEAD.search(text):
			text = _repair_mojibake(text)
		if not unicodedata.is_normalized("NFKC", text):
			text = unicodedata.normalize("NFKC", text)
	if "&" in text and ";" in text:
		text = html.unescape(text)
	if "<" in text and ">" in text:
		text = _TAG.sub(lambda found: "\n" if _BREAK_TAG.match(found[0]) else " ", text)
	text = _LINE_ENDS.sub("\n", text)
	return _CONTROLS.sub("", text).strip()


def _offsets(clean: str) -> list[int]:
	"""Index in ``clean`` of each character of its folded form, and one more for the end."""
	offsets = []
	lengths: dict[str, int] = {}
	for index, character in enumerate(clean):
		length = lengths.get(character)
		if length is None:
			length = lengths[character] = len(fold(character))
		if length == 1:
			offsets.append(index)
		else:
			offsets.extend([index] * length)
	offsets.append(len(clean))
	return offsets


# --- mojibake: UTF-8 read as cp1252 or latin-1 -----------------------------------------------------------


def _sloppy_bytes() -> dict[str, int]:
	"""Character → the byte it came from, where cp1252 leaves holes as latin-1 does."""
	table = {}
	for byte in range(0x80, 0x100):
		table[chr(byte)] = byte
		try:
			table[bytes([byte]).decode("cp1252")] = byte
		except UnicodeDecodeError:
			continue
	return table


_BYTE = _sloppy_bytes()
_CONTINUATION = "".join(re.escape(character) for character, byte in _BYTE.items() if byte < 0xC0)
# Only the lead bytes that citizens' posts can hold: Latin-1, Arabic script, Indic scripts, punctuation, emoji.
_LEAD = re.compile("[\u00c2\u00c3\u00d8\u00d9\u00e0\u00e2\u00ef\u00f0]")
_MOJIBAKE = re.compile(
	f"[\u00c2\u00c3\u00d8\u00d9][{_CONTINUATION}]|[\u00e0\u00e2\u00ef][{_CONTINUATION}]{{2}}"
	f"|\u00f0[{_CONTINUATION}]{{3}}"
)


def _repair_mojibake(text: str) -> str:
	# A no-break space that somebody turned into a space was the last byte of "ठ".
	return _MOJIBAKE.sub(_decoded, text.replace("\u00e0\u00a4 ", "\u0920"))


def _decoded(found: re.Match[str]) -> str:
	try:
		return bytes(_BYTE[character] for character in found[0]).decode("utf-8")
	except UnicodeDecodeError:
		return found[0]
