"""The Email Account that receives citizens' mails: Frappe's own on a bench, its stand-in on the embedded site."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from tests.emulators.mail import MailEmulator

INDIA = timezone(timedelta(hours=5, minutes=30))
MOMENT = datetime(2026, 11, 18, 9, 30, tzinfo=INDIA)
FIELDS = [
	"subject",
	"sender",
	"sender_full_name",
	"content",
	"message_id",
	"communication_date",
	"in_reply_to",
	"name",
]


@pytest.fixture
def mailbox():
	with MailEmulator() as emulator:
		yield emulator


@pytest.fixture
def account(site, mailbox):
	document = site.get_doc(
		{
			"doctype": "Email Account",
			"email_account_name": "Contract Mailbox",
			"email_id": mailbox.user,
			"password": mailbox.password,
			"enable_incoming": 1,
			"use_imap": 1,
			"email_server": "127.0.0.1",
			"incoming_port": mailbox.port,
			"email_sync_option": "ALL",
			"imap_folder": [{"folder_name": "INBOX"}],
		}
	).insert()
	yield document
	# Receiving commits, so that what it made must be deleted by hand.
	for name in received(site, pluck="name"):
		site.delete_doc("Communication", name, force=True)
	site.delete_doc("Email Account", document.name, force=True)
	site.db.commit()


def received(site, **options):
	options.setdefault("fields", FIELDS)
	if "pluck" in options:
		del options["fields"]
	return site.get_all(
		"Communication", filters={"email_account": "Contract Mailbox"}, order_by="uid asc", **options
	)


def receive(site) -> None:
	site.get_doc("Email Account", "Contract Mailbox").receive()


def test_a_mail_becomes_a_communication(site, mailbox, account) -> None:
	mailbox.add_mail(
		"गली में <b>पानी</b> भरा है", "Ram Lal <ram@example.com>", "Jal bharav", "<one@example.com>", MOMENT
	)
	receive(site)
	(mail,) = received(site)
	assert (mail.subject, mail.sender, mail.sender_full_name) == ("Jal bharav", "ram@example.com", "Ram Lal")
	assert mail.message_id == "one@example.com"
	assert "गली में <b>पानी</b> भरा है" in mail.content
	zone_time = MOMENT.astimezone(_zone(site)).replace(tzinfo=None)
	assert mail.communication_date == zone_time


def test_a_mail_is_received_once_and_a_reply_names_its_parent(site, mailbox, account) -> None:
	mailbox.add_mail("first", message_id="<one@example.com>", date=MOMENT)
	receive(site)
	mailbox.add_mail("second", message_id="<two@example.com>", date=MOMENT, In_Reply_To="<one@example.com>")
	receive(site)
	receive(site)
	first, second = received(site)
	assert second.in_reply_to == first.name


def _zone(site):
	from zoneinfo import ZoneInfo

	return ZoneInfo(site.utils.get_system_timezone())
