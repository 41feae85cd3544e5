"""Mails that Frappe's own Email Account received, as :class:`Item`.

Frappe fetches and stores each mail as a Communication; the importer hands their values over, so this file needs neither
a network nor ``frappe``. Two mails are the same only if their Message-ID is: a subject says nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from email.parser import HeaderParser
from email.utils import getaddresses
from itertools import islice
from zoneinfo import ZoneInfo

from . import mail_text
from .base import AUTOMATIC, EPOCH, UTC, AccountInfo, Connector, Item, Limits, Page, Usage
from .values import either, json_text, text_of

MESSAGE_ID = re.compile(r"<([^<>\s]+)>")
PAGE_SIZE = 100
OVERLAP = timedelta(minutes=10)
NO_REPLY = re.compile(
	r"^(?:no|do-?not|donot)[-_.]?reply|^(?:mailer-daemon|postmaster|bounces?)\b", re.IGNORECASE
)
BOUNCE_SUBJECT = re.compile(
	r"^\s*(?:undeliver(?:ed|able)|delivery status notification|mail delivery failed)", re.I
)
AUTO_HEADERS = (
	"x-autoreply",
	"x-autorespond",
	"x-autoresponder",
	"x-auto-generated",
	"list-id",
	"list-unsubscribe",
)
LAYOUT = re.compile(
	r"<(?:!doctype|html|head|body|div|p|br|span|font|table|ul|ol|li|h[1-6]|blockquote|pre|a|img)\b[^>]*>",
	re.IGNORECASE,
)
BULK = {"auto_reply", "auto-reply", "bulk", "junk", "list"}

Source = Callable[[str], Iterable[Mapping]]


def item_from_communication(
	values: Mapping, *, time_zone: tzinfo | str = "UTC", own_addresses: Collection[str] = ()
) -> Item:
	"""``values`` are fields of a Communication: name, message_id, in_reply_to, sender, sender_full_name, subject, content
	(HTML), text_content, communication_date, email_account; and, where the importer has them, headers (a mapping or the
	header text of the mail), references, attachments (list of dicts with file_name and file_url).

	``communication_date`` without offset is in the site's ``time_zone``. ``in_reply_to`` counts only where it is a
	Message-ID: Frappe's own field of that name holds the name of another Communication.
	"""
	headers = _headers(values.get("headers"))
	message_id = _first_id(text_of(values.get("message_id"))) or _first_id(headers.get("message-id", ""))
	references = _ids(text_of(values.get("references")) or headers.get("references", ""))
	parent = _first_id(headers.get("in-reply-to", "")) or _first_id(text_of(values.get("in_reply_to")))
	parent = parent or (references[-1] if references else "")
	sender = _address(text_of(values.get("sender")))
	subject = " ".join(text_of(values.get("subject")).split())
	posted_at = _posted_at(values.get("communication_date"), time_zone)
	text = _text(values)
	problems = _problems(headers, sender, subject, message_id)
	if len(text_of(values.get("content"))) > mail_text.LONGEST_HTML:
		problems.append("The mail is very long; only its beginning was read.")
	if posted_at is None:
		problems.append("The date of the mail is missing.")
	external_id = message_id or _synthetic_id(values, headers)
	is_own = sender in {address.strip().lower() for address in own_addresses}
	return Item(
		channel="Email",
		kind="mail",
		external_id=external_id,
		posted_at=posted_at or EPOCH,
		raw=json_text(dict(values)),
		text=text,
		subject=subject,
		root_external_id=references[0] if references else parent or external_id,
		parent_external_id=parent,
		author_id=sender,
		author_handle=sender,
		author_name=text_of(values.get("sender_full_name")).strip(),
		author_email=sender,
		media=_media(values),
		is_own=is_own,
		can_reply=bool(sender) and not is_own and not any(p.startswith(AUTOMATIC) for p in problems),
		problems=tuple(problems),
	)


class EmailConnector(Connector):
	"""``source(after)`` gives Communications received by the account with ``creation >= after`` (text in the site's time),
	oldest first, each with ``creation``."""

	channel = "Email"

	def __init__(
		self,
		source: Source,
		*,
		address: str = "",
		time_zone: tzinfo | str = "UTC",
		own_addresses: Collection[str] = (),
	) -> None:
		self.source = source
		self.address = address.strip().lower()
		self.time_zone = time_zone
		self.own_addresses = {self.address, *own_addresses} - {""}

	def verify_credentials(self) -> AccountInfo:
		"""Frappe's Email Account holds the credentials and reports its own failures."""
		return AccountInfo(self.address, self.address)

	def fetch(self, cursor: dict, limits: Limits) -> Iterator[Page]:
		"""Each page is complete: mails come oldest first. The overlap finds rows whose transaction ended late; it is left
		out after a run that stopped at its limit of pages, or a flood of mails could keep it from going on."""
		newest = text_of(cursor.get("creation"))
		rows = iter(self.source(self._start(newest, bool(cursor.get("more")), limits)))
		for number in range(1, limits.max_pages + 1):
			batch = list(islice(rows, PAGE_SIZE))
			newest = max([newest, *(_creation(row) for row in batch)])
			state = {"creation": newest} if newest else {}
			full = len(batch) == PAGE_SIZE
			if full and number == limits.max_pages:
				state["more"] = True
			yield Page([self._item(row) for row in batch], state, complete=True, usage=Usage(0, len(batch)))
			if not full:
				return

	def _start(self, newest: str, more: bool, limits: Limits) -> str:
		if not newest:
			moment = (limits.now - limits.look_back).astimezone(_zone(self.time_zone)).replace(tzinfo=None)
		else:
			moment = datetime.fromisoformat(newest) - (timedelta() if more else OVERLAP)
		return moment.isoformat(" ", "microseconds")

	def rehydrate(self, ids: Collection[str]) -> dict[str, Item]:
		"""A mail that was sent stays sent."""
		return {}

	def _item(self, row: Mapping) -> Item:
		return item_from_communication(row, time_zone=self.time_zone, own_addresses=self.own_addresses)


def _zone(time_zone: tzinfo | str) -> tzinfo:
	return ZoneInfo(time_zone) if isinstance(time_zone, str) else time_zone


def _posted_at(value: object, time_zone: tzinfo | str) -> datetime | None:
	if isinstance(value, str):
		try:
			value = datetime.fromisoformat(value.strip())
		except ValueError:
			return None
	if not isinstance(value, datetime):
		return None
	return (value if value.tzinfo else value.replace(tzinfo=_zone(time_zone))).astimezone(UTC)


def _creation(row: Mapping) -> str:
	value = row.get("creation")
	return value.isoformat(" ", "microseconds") if isinstance(value, datetime) else text_of(value)


def _headers(value: object) -> dict[str, str]:
	"""Lower-case names to values, from a mapping or from the header text of a mail."""
	if isinstance(value, str):
		value = dict(HeaderParser().parsestr(value).items())
	if not isinstance(value, Mapping):
		return {}
	return {str(name).lower(): str(content).strip() for name, content in value.items()}


def _ids(text: str) -> list[str]:
	return MESSAGE_ID.findall(text) or [part for part in text.replace(",", " ").split() if "@" in part]


def _first_id(text: str) -> str:
	found = _ids(text)
	return found[0] if found else ""


def _address(sender: str) -> str:
	found = getaddresses([sender])
	return found[0][1].strip().lower() if found else ""


def _synthetic_id(values: Mapping, headers: Mapping[str, str]) -> str:
	"""The same mail, fetched again, gives the same id. Frappe puts the time of fetching where a mail has no date of its
	own, so the date counts only if the headers do not deny it."""
	dated = not headers or "date" in headers
	parts = [text_of(values.get(name)) for name in ("sender", "subject", "content", "text_content")]
	parts.append(str(values.get("communication_date") or "") if dated else "")
	digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
	return f"{digest[:48]}@no-message-id"


def _text(values: Mapping) -> str:
	"""Own words out of the HTML; where that leaves nothing, out of the plain text.

	Frappe keeps plain mail unescaped in the same field, so a stray tag of the citizen's does not make it HTML.
	"""
	content = text_of(values.get("content"))
	if LAYOUT.search(content):
		forwarded = "Forwarded message" in content
		content = mail_text.from_html(content, keep_quotes=forwarded) or mail_text.from_html(content)
	return mail_text.own_words(content) or mail_text.own_words(text_of(values.get("text_content")))


def _problems(headers: Mapping[str, str], sender: str, subject: str, message_id: str) -> list[str]:
	automatic = {
		"it says so itself (Auto-Submitted).": headers.get("auto-submitted", "no").lower() != "no",
		"it is sent in bulk (Precedence).": headers.get("precedence", "").lower() in BULK,
		"it has the marks of a list or an answering machine.": any(name in headers for name in AUTO_HEADERS),
		"it is a report that a mail was not delivered.": headers.get("return-path") == "<>"
		or "multipart/report" in headers.get("content-type", "").lower()
		or bool(BOUNCE_SUBJECT.match(subject)),
		"the sender does not read answers.": bool(NO_REPLY.match(sender)),
	}
	problems = [f"{AUTOMATIC}: {reason}" for reason, applies in automatic.items() if applies]
	if not message_id:
		problems.append("The mail has no Message-ID; one was made from its content.")
	if not sender:
		problems.append("The sender is missing.")
	return problems


def _media(values: Mapping) -> tuple[dict, ...]:
	attachments = values.get("attachments")
	if not isinstance(attachments, list):
		return ()
	found = []
	for attachment in attachments:
		url = text_of(either(attachment, "file_url", "url"))
		found.append({"type": "file", "url": url, "description": text_of(attachment.get("file_name"))})
	return tuple(found)
