"""The citizen's own words out of a mail: HTML to plain text, and the quoted earlier mails cut away."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = {
	"address",
	"article",
	"blockquote",
	"div",
	"footer",
	"form",
	"h1",
	"h2",
	"h3",
	"h4",
	"h5",
	"h6",
	"header",
}
BLOCKS |= {"hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}
UNSEEN = {"head", "script", "style", "title"}
QUOTE_CLASSES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
LONGEST_HTML = 1_000_000

ATTRIBUTION = re.compile(
	r"^\s*(?:On\b.{5,200}\bwrote|.{0,200}\bने\s+लिखा|.{5,200}\bको\b.{3,200}\bलिखा)\s*:\s*$",
	re.IGNORECASE,
)
EARLIER_MAIL = re.compile(r"^\s*(?:-{3,}\s*(?:Original Message|मूल संदेश)\s*-{3,}|_{20,})\s*$", re.IGNORECASE)
OUTLOOK_HEAD = re.compile(r"^\s*\*?From:\*?\s.{3,200}$", re.IGNORECASE)
OUTLOOK_NEXT = re.compile(r"^\s*\*?(?:Sent|Date|To|Subject):\*?\s", re.IGNORECASE)
FORWARD = re.compile(r"^\s*-{3,}\s*Forwarded message\s*-{3,}\s*$", re.IGNORECASE)


class _Reader(HTMLParser):
	"""Collects text; skips what a browser does not show and what mail programs mark as a quotation."""

	def __init__(self, keep_quotes: bool) -> None:
		super().__init__(convert_charrefs=True)
		self.keep_quotes = keep_quotes
		self.pieces: list[str] = []
		self.hidden: list[str] = []

	def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
		if tag in VOID:
			if tag in ("br", "hr"):
				self.pieces.append("\n")
			return
		if self.hidden or tag in UNSEEN or self._is_quote(tag, dict(attrs)):
			self.hidden.append(tag)
		elif tag in BLOCKS:
			self._new_line()
			if tag == "p" and self.pieces:
				self.pieces.append("\n")
		elif tag in ("td", "th"):
			self.pieces.append(" ")

	def handle_endtag(self, tag: str) -> None:
		if self.hidden:
			if tag in self.hidden:
				while self.hidden.pop() != tag:
					pass
		elif tag in BLOCKS:
			self._new_line()

	def handle_data(self, data: str) -> None:
		if not self.hidden:
			self.pieces.append(re.sub(r"[ \t\r\n\f]+", " ", data))

	def _is_quote(self, tag: str, attributes: dict[str, str | None]) -> bool:
		if self.keep_quotes:
			return False
		classes = attributes.get("class") or ""
		cited = tag == "blockquote" and (attributes.get("type") or "").lower() == "cite"
		return cited or any(name in classes for name in QUOTE_CLASSES)

	def _new_line(self) -> None:
		"""A block begins a new line only where the line has text already."""
		written = next((piece for piece in reversed(self.pieces) if piece.strip(" ")), "\n")
		if written != "\n":
			self.pieces.append("\n")


def from_html(content: str, keep_quotes: bool = True) -> str:
	"""Plain text with the line breaks that a reader sees. Never HTML, whatever came in."""
	reader = _Reader(keep_quotes)
	reader.feed(content[:LONGEST_HTML])
	reader.close()
	lines = [line.strip() for line in "".join(reader.pieces).replace("\xa0", " ").split("\n")]
	return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def own_words(text: str) -> str:
	"""``text`` without quoted earlier mails. A forwarded mail stays (it is what the citizen wants to show), and so does
	everything when nothing else would be left."""
	kept: list[str] = []
	lines = text.splitlines()
	for number, line in enumerate(lines):
		if FORWARD.match(line):
			kept += lines[number:]
			break
		if EARLIER_MAIL.match(line) or _is_outlook_head(lines, number):
			break
		if line.lstrip().startswith(">") or _is_attribution(lines, number):
			continue
		kept.append(line)
	own = "\n".join(kept).strip()
	return own or text.strip()


def _is_attribution(lines: list[str], number: int) -> bool:
	"""``On … wrote:``, which mail programs break over two lines."""
	if ATTRIBUTION.match(lines[number]):
		return True
	following = lines[number + 1] if number + 1 < len(lines) else ""
	starts = re.match(r"\s*On\b.{10,}", lines[number], re.IGNORECASE)
	ends = re.search(r"\bwrote\s*:\s*$", following, re.IGNORECASE)
	return bool(starts and ends) or bool(
		number
		and re.match(r"\s*On\b.{10,}", lines[number - 1], re.IGNORECASE)
		and re.search(r"\bwrote\s*:\s*$", lines[number])
	)


def _is_outlook_head(lines: list[str], number: int) -> bool:
	following = [line for line in lines[number + 1 : number + 6] if line.strip()]
	return bool(
		OUTLOOK_HEAD.match(lines[number])
		and len([line for line in following if OUTLOOK_NEXT.match(line)]) >= 2
	)
