"""Mails through Frappe's Email Account: rows 43, 44, 47, 48 and 49 of the fault table."""

from __future__ import annotations

import frappe
import pytest

from grievance_helpdesk.intake import mail
from grievance_helpdesk.intake.importer import Run
from tests.importing.world import SetClock, clean, grievances, make_account, posts, states

BODY = "<p>Sir, there is no water supply in Kalka, Panchkula since ten days. Please help.</p>"


@pytest.fixture(autouse=True)
def clean_intake():
	clean()
	frappe.db.delete("Email Account", {"name": ["in", ("Grievances", "Second")]})
	for name in ("Grievances", "Second"):
		address = f"{name.lower()}@example.org"
		frappe.get_doc(
			{
				"doctype": "Email Account",
				"email_account_name": name,
				"email_id": address,
				"enable_incoming": 0,
			}
		).db_insert()
	frappe.db.commit()
	yield
	clean()
	frappe.db.delete("Email Account", {"name": ["in", ("Grievances", "Second")]})
	frappe.db.commit()


@pytest.fixture
def clock():
	return SetClock()


@pytest.fixture
def account():
	return make_account("Mail", channel="Email", email_account="Grievances")


def receive(message_id: str | None, subject: str = "Complaint", **fields: object) -> str:
	"""A Communication as Frappe's Email Account stores a received mail."""
	clock = SetClock().site.site_now()
	values = {
		"doctype": "Communication",
		"communication_type": "Communication",
		"communication_medium": "Email",
		"sent_or_received": "Received",
		"email_account": "Grievances",
		"sender": "suresh@example.com",
		"sender_full_name": "Suresh Kumar",
		"subject": subject,
		"content": BODY,
		"message_id": message_id,
		"communication_date": clock,
	}
	communication = frappe.get_doc(values | fields)
	communication.set_new_name()
	communication.creation = communication.modified = clock
	communication.owner = communication.modified_by = "Administrator"
	communication.db_insert()
	frappe.db.commit()
	return communication.name


def run(account, clock):
	return Run(account.name, clock=clock.site).run()


def test_a_mail_becomes_a_grievance_of_its_sender(account, clock):
	receive("one@example.com", "No water in Kalka")
	run(account, clock)
	(grievance,) = grievances()
	assert grievance.subject == "No water in Kalka"
	assert (grievance.channel, grievance.contact_email) == ("Email", "suresh@example.com")
	assert (grievance.category, grievance.district) == ("WAT-NO", "Panchkula")


def test_a_mail_without_message_id_is_imported_once(account, clock):
	receive(None)
	receive(None)
	run(account, clock)
	run(account, clock)
	assert len(posts()) == len(grievances()) == 1


def test_one_mail_to_two_accounts_is_one_grievance(account, clock):
	second = make_account("Second mailbox", channel="Email", email_account="Second")
	receive("one@example.com")
	receive("one@example.com", email_account="Second")
	run(account, clock)
	run(second, clock)
	assert len(grievances()) == 1 and sorted(states()) == ["Grievance", "Thread"]


def test_a_reply_continues_its_grievance(account, clock):
	first = receive("one@example.com")
	receive("two@example.com", "Re: Complaint", in_reply_to=first, content="<p>Still nobody came.</p>")
	run(account, clock)
	(grievance,) = grievances()
	assert states().count("Thread") == 1 and grievance.citizen_wrote_again == 1


def test_a_foreign_sender_with_a_grievance_number_in_the_subject_is_not_threaded(account, clock):
	receive("one@example.com")
	run(account, clock)
	(grievance,) = grievances()
	receive(
		"evil@example.net",
		f"Re: #{grievance.name}",
		sender="mallory@example.net",
		sender_full_name="Mallory",
		content="<p>Garbage is lying in the streets of Hisar for weeks.</p>",
	)
	run(account, clock)
	assert len(grievances()) == 2


def test_two_complaints_of_one_sender_are_two_grievances(account, clock):
	receive("one@example.com")
	receive("two@example.com", content="<p>Street lights in Sector 14, Hisar are off for a month.</p>")
	run(account, clock)
	assert len(grievances()) == 2


@pytest.mark.parametrize(
	("sender", "subject"),
	[("no-reply@bank.example", "Statement"), ("mailer-daemon@example.com", "Undeliverable: your mail")],
)
def test_machines_make_no_grievance(account, clock, sender, subject):
	receive("auto@example.com", subject, sender=sender)
	run(account, clock)
	assert states() == ["Ignored"]


def test_our_own_mail_makes_no_grievance(account, clock):
	receive("own@example.org", sender="second@example.org")
	run(account, clock)
	assert states() == ["Ignored"]


def test_many_mails_of_one_second_are_all_read(account, clock, monkeypatch):
	monkeypatch.setattr(mail, "PAGE", 3)
	for number in range(8):
		receive(f"{number}@example.com", sender=f"s{number}@example.com")
	source = mail.received_by("Grievances")
	assert len({row.message_id for row in source("2020-01-01")}) == 8
	run(account, clock)
	assert len(posts()) == 8
