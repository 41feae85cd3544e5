"""Mails for the e-mail connector: what Frappe's own Email Account received and stored as Communication.

Frappe fetches the mail; this only reads what it stored, so Frappe's own threading by subject never decides where a mail
belongs. The connector goes by Message-ID and by what its headers say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import frappe

PAGE = 100
FIELDS = [
	"name",
	"creation",
	"message_id",
	"in_reply_to",
	"sender",
	"sender_full_name",
	"subject",
	"content",
	"text_content",
	"communication_date",
	"email_account",
]


def received_by(email_account: str) -> Callable[[str], Iterator[dict]]:
	"""A source for :class:`EmailConnector`: received mails with ``creation >= after``, oldest first, page by page."""

	def source(after: str) -> Iterator[dict]:
		start, seen = after, frozenset()
		while True:
			rows = [row for row in _page(email_account, start, len(seen)) if row.name not in seen]
			if not rows:
				return
			_add_parents(rows)
			_add_attachments(rows)
			yield from rows
			last = rows[-1].creation
			# Mails of one instant may straddle two pages: the instant is read again, without those already given.
			same = {row.name for row in rows if row.creation == last}
			seen = frozenset(same | seen) if str(last) == start else frozenset(same)
			start = str(last)

	return source


def _page(email_account: str, after: str, extra: int) -> list[frappe._dict]:
	return frappe.get_all(
		"Communication",
		filters={
			"communication_type": "Communication",
			"communication_medium": "Email",
			"sent_or_received": "Received",
			"email_account": email_account,
			"creation": [">=", after],
		},
		fields=FIELDS,
		order_by="creation, name",
		limit=PAGE + extra,
	)


def _add_parents(rows: list[frappe._dict]) -> None:
	"""Frappe's ``in_reply_to`` names a Communication; the connector wants its Message-ID, and the mail before that one."""
	names = {row.in_reply_to for row in rows if row.in_reply_to}
	if not names:
		return
	found = frappe.get_all(
		"Communication",
		filters={"name": ["in", sorted(names)]},
		fields=["name", "message_id", "in_reply_to"],
		limit=0,
	)
	ids = {row.name: row.message_id for row in found if row.message_id}
	for row in rows:
		if row.in_reply_to in ids:
			row.in_reply_to = f"<{ids[row.in_reply_to].strip('<> ')}>"


def _add_attachments(rows: list[frappe._dict]) -> None:
	files = defaultdict(list)
	for file in frappe.get_all(
		"File",
		filters={
			"attached_to_doctype": "Communication",
			"attached_to_name": ["in", [row.name for row in rows]],
		},
		fields=["attached_to_name", "file_name", "file_url"],
		limit=0,
	):
		files[file.attached_to_name].append({"file_name": file.file_name, "file_url": file.file_url})
	for row in rows:
		row.attachments = files.get(row.name, [])


def own_addresses() -> list[str]:
	"""Addresses that this site sends from: their mails are never a citizen's."""
	return [address for address in frappe.get_all("Email Account", pluck="email_id", limit=0) if address]
