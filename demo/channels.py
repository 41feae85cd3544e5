"""The three channels of the demo: servers on this machine that speak X's, Facebook's and mail's protocols."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta, timezone

import frappe

from grievance_helpdesk.intake.connectors.base import item_key
from tests.emulators.graph import GraphEmulator
from tests.emulators.mail import MailEmulator
from tests.emulators.x import XEmulator

X_ACCOUNT, FACEBOOK_ACCOUNT, MAIL_ACCOUNT = "CM Office on X", "CM Office on Facebook", "CM Office by e-mail"
MAILBOX = "CM Office"
LOOK_BACK_HOURS = 24 * 14


class Channels:
	"""Publishes demo posts as citizens would; a context manager that runs the servers."""

	def __init__(self) -> None:
		self.now = datetime.now(timezone.utc)
		self.x = XEmulator(clock=lambda: self.now)
		self.facebook = GraphEmulator(clock=lambda: self.now)
		self.mail = MailEmulator()
		self.stored_as: dict[str, str] = {}  # demo id -> name of the Citizen Post
		self._published: dict[str, str] = {}  # demo id -> id on its channel
		self._servers = ExitStack()

	def __enter__(self) -> Channels:
		for server in (self.x, self.facebook, self.mail):
			self._servers.enter_context(server)
		return self

	def __exit__(self, *error) -> None:
		self._servers.close()

	def publish(self, row: dict, moment: datetime) -> None:
		"""Put one row of posts.jsonl on its channel as posted at ``moment`` (aware), which is the servers' now."""
		self.now = moment.astimezone(timezone.utc)
		publish = {"X": self._publish_on_x, "Facebook": self._publish_on_facebook, "Email": self._send_mail}
		account = {"X": X_ACCOUNT, "Facebook": FACEBOOK_ACCOUNT, "Email": MAIL_ACCOUNT}[row["channel"]]
		external_id = publish[row["channel"]](row, moment)
		self._published[row["id"]] = external_id
		self.stored_as[row["id"]] = item_key(row["channel"], account, external_id)

	def _publish_on_x(self, row: dict, moment: datetime) -> str:
		author = row["author"]
		return self.x.add_post(
			row["text"],
			author["id"],
			moment,
			handle=author["handle"],
			name=author["name"],
			mentions=(self.x.handle,),
			reply_to=self._published.get(row.get("in_reply_to", ""), ""),
			repost_of=self._published.get(row.get("repost_of", ""), ""),
		)

	def _publish_on_facebook(self, row: dict, moment: datetime) -> str:
		author = (row["author"]["id"], row["author"]["name"])
		above = self._published.get(row.get("in_reply_to", ""))
		if above:
			return self.facebook.add_comment(above, row["text"], author, moment)
		return self.facebook.add_post(row["text"], author, moment)

	def _send_mail(self, row: dict, moment: datetime) -> str:
		message_id = f"{row['id']}@example.com"
		above = self._published.get(row.get("in_reply_to", ""))
		headers = {"In_Reply_To": f"<{above}>", "References": f"<{above}>"} if above else {}
		sender = f"{row['author']['name']} <{row['author']['id']}>"
		self.mail.add_mail(row["text"], sender, row.get("subject", ""), f"<{message_id}>", moment, **headers)
		return message_id

	def create_accounts(self) -> None:
		"""Channel Accounts and the Email Account that read these servers; like an admin would make them."""
		frappe.get_doc(
			{
				"doctype": "Email Account",
				"email_account_name": MAILBOX,
				"email_id": self.mail.user,
				"password": self.mail.password,
				"enable_incoming": 1,
				"use_imap": 1,
				"email_server": "127.0.0.1",
				"incoming_port": self.mail.port,
				"email_sync_option": "ALL",
				"imap_folder": [{"folder_name": "INBOX"}],
			}
		).insert()
		shared = {"doctype": "Channel Account", "enabled": 1, "look_back_hours": LOOK_BACK_HOURS}
		frappe.get_doc(
			{
				**shared,
				"account_name": X_ACCOUNT,
				"channel": "X",
				"terms_accepted": 1,
				"handle": self.x.handle,
				"external_account_id": self.x.user_id,
				"bearer_token": self.x.bearer_token,
				"base_url": self.x.url,
			}
		).insert()
		frappe.get_doc(
			{
				**shared,
				"account_name": FACEBOOK_ACCOUNT,
				"channel": "Facebook",
				"external_account_id": self.facebook.page_id,
				"page_access_token": self.facebook.token,
				"app_secret": self.facebook.app_secret,
				"api_version": "v25.0",
				"base_url": self.facebook.url,
			}
		).insert()
		frappe.get_doc(
			{**shared, "account_name": MAIL_ACCOUNT, "channel": "Email", "email_account": MAILBOX}
		).insert()


def moments(rows: list[dict], now: datetime) -> list[datetime]:
	"""When each row is posted: as in the file, moved so that the last one came an hour before ``now``."""
	written = [datetime.fromisoformat(row["posted_at"]) for row in rows]
	shift = now - timedelta(hours=1) - written[-1]
	return [moment + shift for moment in written]
