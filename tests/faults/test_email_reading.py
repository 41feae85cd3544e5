"""Mail behaves badly on its way in: rows 43 to 49 of the fault table as far as they need no database, and 55 and 56.

``pull`` fetches as Frappe's Email Account does with the rule ALL and builds what it would store as a Communication.
"""

from __future__ import annotations

import email
import email.policy
import imaplib
from datetime import datetime, timedelta, timezone
from email.utils import parseaddr

import pytest

from grievance_helpdesk.intake.connectors.base import Item
from grievance_helpdesk.intake.connectors.email import EmailConnector, item_from_communication
from tests.emulators.mail import MailEmulator
from tests.emulators.reading import read

KOLKATA = "Asia/Kolkata"
SENT = datetime(2026, 11, 18, 9, 30, tzinfo=timezone.utc)


@pytest.fixture
def server():
	with MailEmulator() as emulator:
		yield emulator


def connected(server: MailEmulator) -> imaplib.IMAP4:
	client = imaplib.IMAP4("127.0.0.1", server.port, timeout=2)
	client.login(server.user, server.password)
	return client


def pull(server: MailEmulator, after_uid: int = 0, fetched_at: str = "2026-11-18 15:05:00") -> list[dict]:
	"""Mails from ``after_uid`` on, as values of Communications; a broken connection is made again, once."""
	for attempt in range(2):
		client, found = connected(server), []
		try:
			client.select("INBOX", readonly=True)
			_, [uids] = client.uid("search", None, f"UID {after_uid + 1}:*")
			for uid in uids.split():
				_, answer = client.uid("fetch", uid, "(BODY.PEEK[] BODY.PEEK[HEADER] FLAGS)")
				found.append(communication(answer[0][1], fetched_at))
			client.logout()
			return found
		except imaplib.IMAP4.abort:
			if attempt:
				raise
	return []


def communication(raw: bytes, fetched_at: str) -> dict:
	"""What Frappe keeps of a mail: times in the site's zone, no angle brackets, the time of fetching for a missing date."""
	message = email.message_from_bytes(raw, policy=email.policy.default)
	name, address = parseaddr(message["From"])
	date = (
		message["Date"].datetime.astimezone(timezone(timedelta(hours=5, minutes=30)))
		if message["Date"]
		else None
	)
	return {
		"message_id": (message["Message-ID"] or "").strip("<>"),
		"sender": address,
		"sender_full_name": name,
		"subject": message["Subject"],
		"content": message.get_body().get_content(),
		"communication_date": f"{date:%Y-%m-%d %H:%M:%S}" if date else fetched_at,
		"headers": dict(message.items()),
	}


def item(values: dict, **settings) -> Item:
	return item_from_communication(values, **{"time_zone": KOLKATA} | settings)


def keys(rows: list[dict], account: str = "Mail") -> list[str]:
	return [item(row).key(account) for row in rows]


@pytest.mark.parametrize("date", [SENT, None])
def test_row_43_mail_without_message_id_has_one_key_however_often_it_is_fetched(server, date):
	server.add_mail("no water", message_id="", date=date)
	last = pull(server, after_uid=1, fetched_at="2026-11-18 15:05:00")
	again = pull(server, after_uid=1, fetched_at="2026-11-18 15:06:00")
	assert len(last) == len(again) == 1, "n:* always includes the last mail"
	assert keys(last) == keys(again)
	assert "no Message-ID" in item(last[0]).problems[0]


def test_row_43_two_different_mails_without_message_id_are_two(server):
	server.add_mail("no water", message_id="", date=SENT)
	server.add_mail("no power", message_id="", date=SENT)
	server.add_mail("no power", message_id="", date=SENT + timedelta(days=7))
	assert len(set(keys(pull(server)))) == 3


def test_row_44_same_message_in_two_accounts_has_two_keys(server):
	server.add_mail("no water", message_id="<one@example.com>")
	[row] = pull(server)
	assert item(row).key("CM Office") != item(row).key("Haryana Helpdesk")


def test_row_45_broken_connection_loses_no_mail_and_marks_none_as_read(server):
	for n in range(5):
		server.add_mail(f"no water in ward {n}", date=SENT)
	server.drop_after_fetches = 2
	assert len(pull(server)) == 5
	assert server.drop_after_fetches == -1, "the connection did break"
	assert all(not message.flags for message in server.folders["INBOX"].messages)
	assert not [line for line in server.log if "STORE" in line]


def test_row_46_new_uidvalidity_brings_no_duplicates_and_loses_nothing(server):
	for n in range(3):
		server.add_mail(f"no water in ward {n}", date=SENT)
	before = keys(pull(server))
	server.folders["INBOX"].messages.pop(0)
	server.renumber()
	server.add_mail("no power", message_id="<new@example.com>")
	after = keys(pull(server))
	assert after[:2] == before[1:] and after[2] not in before and len(after) == 3


def test_row_47_threads_by_headers_and_never_by_subject(server):
	server.add_mail("still no water", message_id="<2@x>", In_Reply_To="<1@x>")
	server.add_mail("still none", message_id="<3@x>", References="<0@x>  <1@x> <2@x>")
	server.add_mail("let me in", message_id="<4@x>", subject="Re: your case #GRV-2026-00012")
	by_header, by_references, by_subject = map(item, pull(server))
	assert (by_header.parent_external_id, by_header.root_external_id) == ("1@x", "1@x")
	assert (by_references.parent_external_id, by_references.root_external_id) == ("2@x", "0@x")
	assert by_subject.parent_external_id == "" and by_subject.root_external_id == "4@x"


def test_row_47_name_of_a_communication_is_no_message_id():
	found = item(
		{"message_id": "2@x", "sender": "a@x.example", "in_reply_to": "a1b2c3d4e5", "content": "hello"}
	)
	assert found.parent_external_id == ""


def test_row_48_two_mails_named_complaint_from_one_sender_are_two(server):
	server.add_mail("no water", date=SENT)
	server.add_mail("no water", date=SENT)
	first, second = map(item, pull(server))
	assert first.subject == second.subject == "Complaint"
	assert first.key("a") != second.key("a") and first.root_external_id != second.root_external_id


AUTOMATIC = {
	"out of office": {"Auto_Submitted": "auto-replied"},
	"bulk": {"Precedence": "bulk"},
	"mailing list": {"List_Id": "<news.example.com>"},
	"bounce": {"Return_Path": "<>"},
	"other helpdesk": {"X_Autoreply": "yes"},
	"no-reply": {"sender": "noreply@bank.example"},
	"bounce by sender": {"sender": "MAILER-DAEMON@mx.example.com"},
	"bounce by subject": {"subject": "Undeliverable: your complaint"},
}


@pytest.mark.parametrize("name", AUTOMATIC)
def test_row_49_automatic_mail_is_marked_and_not_answered(server, name):
	server.add_mail("I am away until Monday", **AUTOMATIC[name])
	[found] = map(item, pull(server))
	assert found.is_automatic and not found.can_reply


def test_row_49_a_citizens_mail_is_not_automatic(server):
	server.add_mail("no water", Auto_Submitted="no", Precedence="first-class")
	[found] = map(item, pull(server))
	assert not found.is_automatic and found.can_reply and not found.is_own


def test_row_49_our_own_address_is_ours_in_any_spelling(server):
	server.add_mail("We look into it", sender="CM Office <CMOffice@Example.com>")
	[row] = pull(server)
	found = item(row, own_addresses=[server.user])
	assert found.is_own and not found.can_reply


def test_row_51_odd_mails_are_kept():
	found = item(
		{"sender": None, "subject": None, "content": "<p>no \ud83d water\x00", "communication_date": "soon"}
	)
	assert found.text == "no \ufffd water\x00" and found.raw.encode()
	assert "The sender is missing." in found.problems and "The date of the mail is missing." in found.problems


def test_row_52_refused_login_is_passed_on_by_the_server(server):
	server.refuse_logins = 1
	with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
		connected(server)
	connected(server).logout()
	assert not any(server.password in line for line in server.log)


class Mailbox:
	"""Communications in order of their creation, one each minute of the site's time."""

	def __init__(self, count: int) -> None:
		start = datetime(2026, 11, 18, 8, 0)
		self.rows = [self._row(n, start + timedelta(minutes=n)) for n in range(count)]
		self.asked: list[str] = []

	def _row(self, n: int, moment: datetime) -> dict:
		return {
			"name": f"c{n}",
			"creation": moment,
			"message_id": f"{n}@x",
			"sender": "a@x.example",
			"content": f"mail {n}",
			"communication_date": moment,
		}

	def __call__(self, after: str):
		self.asked.append(after)
		return [row for row in self.rows if row["creation"] >= datetime.fromisoformat(after)]


def test_row_53_stop_between_pages_goes_on_there():
	mailbox = Mailbox(250)
	connector = EmailConnector(mailbox, time_zone=KOLKATA)
	stopped = read(connector, look_back=timedelta(hours=24), crash_after=1)
	rest = read(connector, stopped.cursor)
	assert len(stopped.items) == 100
	assert {found.external_id for found in stopped.items + rest.items} == {f"{n}@x" for n in range(250)}


def test_first_run_asks_for_the_look_back_in_the_sites_time():
	mailbox = Mailbox(0)
	run = read(EmailConnector(mailbox, time_zone=KOLKATA), look_back=timedelta(hours=2))
	assert mailbox.asked == ["2026-11-18 09:30:00.000000"] and run.pages[-1].complete


def test_row_that_was_stored_late_is_found_by_the_overlap():
	mailbox = Mailbox(30)
	late = mailbox.rows.pop(25)
	connector = EmailConnector(mailbox, time_zone=KOLKATA)
	first = read(connector, look_back=timedelta(hours=24))
	mailbox.rows.insert(25, late)
	assert "25@x" in {found.external_id for found in read(connector, first.cursor).items}


def test_flood_of_mails_within_the_overlap_does_not_stop_progress():
	mailbox = Mailbox(0)
	start = datetime(2026, 11, 18, 8, 0)
	mailbox.rows = [mailbox._row(n, start + timedelta(milliseconds=n)) for n in range(500)]
	connector, cursor, found = EmailConnector(mailbox, time_zone=KOLKATA), {}, set()
	for _ in range(4):
		run = read(connector, cursor, look_back=timedelta(hours=24), max_pages=2)
		cursor, found = run.cursor, found | {got.external_id for got in run.items}
	assert len(found) == 500


@pytest.mark.parametrize(
	("zone", "stored", "utc"),
	[
		(KOLKATA, "2026-11-18 11:30:07", "2026-11-18T06:00:07+00:00"),
		("America/New_York", "2026-07-01 08:00:07", "2026-07-01T12:00:07+00:00"),
		("America/New_York", "2026-12-01 08:00:07", "2026-12-01T13:00:07+00:00"),
		("UTC", datetime(2026, 11, 18, 6, 0, 7), "2026-11-18T06:00:07+00:00"),
		("UTC", "2026-11-18 11:30:07+05:30", "2026-11-18T06:00:07+00:00"),
	],
)
def test_row_56_site_time_becomes_utc_to_the_second(zone, stored, utc):
	assert item({"communication_date": stored, "content": "x"}, time_zone=zone).posted_at.isoformat() == utc
