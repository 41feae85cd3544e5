"""The Email Account as far as receiving goes: IMAP without encryption (servers on this machine) into Communications."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

import frappe

from ..model.document import Document
from ..utils import get_system_timezone
from ..utils.data import now_datetime

TIMEOUT = 20  # seconds


class EmailAccount(Document):
	"""Reads the first folder on ``email_server``:``incoming_port``; mails known by Message-ID are passed over."""

	def receive(self) -> None:
		with self._mailbox() as mailbox:
			for uid, message in self._new_messages(mailbox):
				self._store(uid, message)
				frappe.db.commit()

	@contextmanager
	def _mailbox(self) -> Iterator[imaplib.IMAP4]:
		mailbox = imaplib.IMAP4(self.email_server, int(self.incoming_port or 143), timeout=TIMEOUT)
		try:
			mailbox.login(self.email_id, self.get_password())
			mailbox.select(self.imap_folder[0].folder_name if self.imap_folder else "INBOX", readonly=True)
			yield mailbox
		finally:
			mailbox.logout()

	def _new_messages(self, mailbox: imaplib.IMAP4) -> Iterator[tuple[int, EmailMessage]]:
		newest = frappe.get_all(
			"Communication", {"email_account": self.name}, pluck="uid", order_by="uid desc", limit=1
		)
		last = newest[0] if newest else 0
		_status, found = mailbox.uid("SEARCH", None, f"UID {last + 1}:*")
		for uid in (found[0] or b"").split():
			# "n:*" always names the last message, also when it is older than n.
			if int(uid) > last:
				_status, parts = mailbox.uid("FETCH", uid, "(BODY.PEEK[])")
				yield int(uid), message_from_bytes(parts[0][1], policy=policy.default)

	def _store(self, uid: int, message: EmailMessage) -> None:
		message_id = (message["Message-ID"] or "").strip(" <>")
		if message_id and frappe.db.exists("Communication", {"message_id": message_id}):
			return
		name, address = parseaddr(message["From"] or "")
		parent = (message["In-Reply-To"] or "").strip(" <>")
		frappe.get_doc(
			{
				"doctype": "Communication",
				"communication_medium": "Email",
				"sent_or_received": "Received",
				"email_account": self.name,
				"uid": uid,
				"subject": message["Subject"] or "No Subject",
				"sender": address,
				"sender_full_name": name,
				"recipients": message["To"],
				"content": _content(message),
				"communication_date": _site_time(message["Date"]),
				"message_id": message_id,
				"in_reply_to": frappe.db.get_value("Communication", {"message_id": parent})
				if parent
				else None,
			}
		).insert(ignore_permissions=True)


def _content(message: EmailMessage) -> str:
	body = message.get_body(("html", "plain"))
	if body is None:
		return ""
	# Plain text stays as it is, in a field that others read as HTML: that is how Frappe does it.
	return body.get_content().replace("\r\n", "\n")


def _site_time(date: str | None):
	"""The header's instant in the site's time zone, as Frappe stores times; now when it cannot be read."""
	from zoneinfo import ZoneInfo

	try:
		return parsedate_to_datetime(date).astimezone(ZoneInfo(get_system_timezone())).replace(tzinfo=None)
	except (TypeError, ValueError):
		return now_datetime()
