"""The daily digest: who gets one, what it counts, what it never says, and that one bad address stops nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.digest import figures, paper, recipients, sending
from grievance_helpdesk.redressal.digest.words import WORDS
from tests.contract import offices

# A Wednesday
NOW = datetime(2026, 3, 11, 8, 30)
HOSTILE = '<img src=x onerror="alert(1)">'
NONE = dict.fromkeys(figures.FIGURES, 0)


@pytest.fixture
def staff(site):
	for doctype in ("Grievance", "Nodal Officer"):
		site.db.delete(doctype)
	return offices.make()


def case(received: datetime = NOW - timedelta(days=5), officer: str = "CW-ULB", **values):
	with moment.fixed(received):
		return offices.case(officer=officer, **values)


def change(site, doc, **values):
	site.db.set_value("Grievance", doc.name, values, update_modified=False)
	return doc


def due(site, doc, at: datetime):
	return change(site, doc, resolve_by=at)


def digests(now: datetime = NOW) -> dict:
	"""``{user: digest or None}`` of everybody."""
	people = recipients.on(now.date())
	figured = sending.Figured.of(people, now)
	return {person.user: figured.digest(person) for person in people}


def test_each_figure_counts_what_it_says(site, staff):
	due(site, case(), NOW - timedelta(seconds=1))
	due(site, case(), NOW)
	due(site, case(), datetime(2026, 3, 11, 23, 59, 59))
	due(site, case(), datetime(2026, 3, 12))
	change(site, due(site, case(), NOW + timedelta(days=9)), disputed_count=1)
	for days, seconds in ((3, 1), (3, 0)):
		paused = NOW - timedelta(days=days, seconds=seconds)
		change(site, case(), status="On Hold", paused_since=paused, resolve_by=NOW - timedelta(days=1))
	change(site, due(site, case(), NOW + timedelta(days=9)), assigned_on=NOW - timedelta(days=1))
	change(site, case(), status="Closed", resolve_by=NOW)
	found = digests()[staff.ulb]
	assert found["own"] == {"open": 8, "overdue": 1, "due_today": 2, "disputed": 1, "waiting": 1, "new": 1}
	assert found["day"] == NOW.date()


def test_nothing_is_sent_where_nothing_presses(site, staff):
	due(site, case(), NOW + timedelta(days=9))
	assert set(digests().values()) == {None}


def test_the_most_pressing_come_first_and_not_more_than_eight(site, staff):
	names = [due(site, case(), NOW - timedelta(hours=hours)).name for hours in range(1, 11)]
	found = digests()[staff.ulb]
	assert [row["number"] for row in found["cases"]] == names[::-1][: figures.MOST_CASES]
	assert all(row["late"] for row in found["cases"])
	assert found["own"]["overdue"] == 10


def test_an_officer_reads_the_own_cases_and_a_leader_the_area(site, staff):
	late = due(site, case(), NOW - timedelta(days=1))
	found = digests()
	assert [row["number"] for row in found[staff.ulb]["cases"]] == [late.name]
	magistrate = found[staff.hisar]
	assert (magistrate["own"], magistrate["cases"]) == (NONE, [])
	assert magistrate["area"]["overdue"] == 1
	assert magistrate["officers"][0]["title"] == "Department Officer (ID CW-ULB)"
	assert found[staff.state]["area"]["open"] == 1
	# Another district, another department, and who leads nobody
	assert found[staff.sirsa] is None
	assert found[staff.phed] is None
	assert found[staff.junior] is None


def test_a_department_head_reads_the_department_in_that_district_only(site, staff):
	due(site, case(), NOW - timedelta(days=1))
	due(site, case(officer="CW-JUNIOR"), NOW - timedelta(days=2))
	change(site, due(site, case(officer="CW-PHED"), NOW - timedelta(days=1)), department="PHED")
	due(site, case(officer="CW-SIRSA", jurisdiction="Sirsa"), NOW - timedelta(days=1))
	found = digests()
	assert found[staff.ulb]["area"]["overdue"] == 2
	assert found[staff.ulb]["own"]["overdue"] == 1
	assert found[staff.hisar]["area"]["overdue"] == 3
	assert found[staff.sirsa]["area"]["overdue"] == 1
	assert found[staff.phed]["area"] is None


def test_a_complaint_about_an_officer_is_in_no_mail(site, staff):
	doc = due(site, case(), NOW - timedelta(days=1))
	change(site, doc, complaint_against="CW-PHED")
	assert set(digests().values()) == {None}


def test_of_a_confidential_case_a_mail_holds_the_number_only(site, staff):
	doc = due(site, case(confidential=1, subject="Bribe asked by the clerk"), NOW - timedelta(days=1))
	found = digests()
	html = paper.mail(found[staff.ulb], "en")
	assert doc.name in html
	assert "(confidential)" in html
	assert "Bribe" not in html
	# The magistrate may not see it, the State Nodal Officer may.
	assert found[staff.hisar] is None
	assert found[staff.state]["area"]["overdue"] == 1


def test_the_cases_of_an_absent_officer_go_to_whoever_acts(site, staff):
	due(site, case(), NOW - timedelta(days=1))
	away = {"away_from": NOW.date(), "away_to": NOW.date(), "acting_officer": "CW-PHED"}
	site.db.set_value("Nodal Officer", "CW-ULB", away)
	today = {person.user: person.officers for person in recipients.on(NOW.date())}
	assert today[staff.phed] == ("CW-PHED", "CW-ULB")
	assert staff.ulb not in today
	assert digests()[staff.phed]["own"]["overdue"] == 1
	tomorrow = {person.user: person.officers for person in recipients.on(NOW.date() + timedelta(days=1))}
	assert tomorrow[staff.ulb] == ("CW-ULB",)


def test_two_absent_officers_who_act_for_each_other_do_not_hang(site, staff):
	for officer, acting in (("CW-ULB", "CW-PHED"), ("CW-PHED", "CW-ULB")):
		away = {"away_from": NOW.date(), "away_to": NOW.date(), "acting_officer": acting}
		site.db.set_value("Nodal Officer", officer, away)
	read = sorted(name for person in recipients.on(NOW.date()) for name in person.officers)
	assert read == sorted(["CW-HISAR", "CW-JUNIOR", "CW-PHED", "CW-SIRSA", "CW-STATE", "CW-ULB"])


def test_who_is_disabled_gets_no_mail(site, staff):
	site.db.set_value("User", staff.ulb, "enabled", 0)
	site.db.set_value("Nodal Officer", "CW-PHED", "disabled", 1)
	assert not {staff.ulb, staff.phed} & {person.user for person in recipients.on(NOW.date())}


def test_the_language_is_the_users(site, staff):
	site.db.set_value("User", staff.ulb, "language", "hi")
	languages = {person.user: person.language for person in recipients.on(NOW.date())}
	assert (languages[staff.ulb], languages[staff.phed]) == ("hi", "en")
	due(site, case(), NOW - timedelta(days=1))
	digest = digests()[staff.ulb]
	html = paper.mail(digest, "hi")
	for words in ("आज की आपकी शिकायतें", "11 मार्च 2026", "समय-सीमा से बाहर", "आपका क्षेत्र"):
		assert words in html
	assert sending.subject(digest, "hi") == "11 मार्च 2026 की शिकायतें: 1 समय-सीमा से बाहर, 0 आज देय"


def test_what_a_citizen_wrote_is_escaped(site, staff):
	doc = due(site, case(), NOW - timedelta(days=1))
	change(site, doc, subject=HOSTILE)
	html = paper.mail(digests()[staff.ulb], "en")
	assert "<img" not in html
	assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;" in html
	assert f'/app/grievance/{doc.name}"' in html


def test_the_number_of_queries_does_not_grow_with_the_officers(site, staff, monkeypatch):
	"""Who leads an area costs one query and the look at the scope; everybody else costs none."""
	people = [person for person in recipients.on(NOW.date()) if not person.leads]
	assert len(people) == 2
	due(site, case(officer="CW-JUNIOR"), NOW - timedelta(days=1))

	def refused(*args, **kwargs):
		raise AssertionError("one query too many")

	figured = sending.Figured.of(people, NOW)
	monkeypatch.setattr(figures, "area", refused)
	monkeypatch.setattr(site.db, "get_value", refused)
	monkeypatch.setattr(site, "get_all", refused)
	told = {person.user: bool(figured.digest(person)) for person in people}
	assert told == {staff.junior: True, staff.phed: False}


# The job


def is_digest(mail: dict) -> bool:
	"""Frappe writes to people too, of an assignment for example."""
	return mail.get("reference_doctype") == "Grievance Settings"


@pytest.fixture
def sent(site, staff, monkeypatch) -> list[dict]:
	"""What is given to Frappe to send; nothing is committed."""
	mails: list[dict] = []
	monkeypatch.setattr(site, "sendmail", lambda **mail: mails.append(mail) if is_digest(mail) else None)
	monkeypatch.setattr(site.db, "commit", lambda: None)
	monkeypatch.setattr(sending, "can_send", lambda: True)
	offices.settings(daily_digest=1, digest_hour=8, waiting_days=3)
	site.db.set_single_value("Grievance Settings", "digest_sent_on", None)
	return mails


def test_the_digest_goes_out_once_a_day_from_its_hour_on(site, staff, sent):
	due(site, case(), NOW - timedelta(days=1))
	assert sending.run(NOW.replace(hour=7, minute=59)) is None
	assert sending.run(NOW) == {"sent": 3, "failed": 0, "nothing": 3}
	assert sorted(mail["recipients"][0] for mail in sent) == [staff.hisar, staff.state, staff.ulb]
	assert sending.run(NOW.replace(hour=23)) is None
	assert sending.run(NOW + timedelta(days=1))["sent"] == 3
	outcome = site.db.get_single_value("Grievance Settings", "digest_outcome")
	assert outcome == "3 sent, 0 failed (see Error Log), 3 had nothing to tell"


def test_it_can_be_switched_off_and_waits_for_a_mail_account(site, staff, sent, monkeypatch):
	due(site, case(), NOW - timedelta(days=1))
	offices.settings(daily_digest=0)
	assert sending.run(NOW) is None
	offices.settings(daily_digest=1)
	monkeypatch.setattr(sending, "can_send", lambda: False)
	assert sending.run(NOW) is None
	assert sending.is_due(NOW)
	assert sent == []


def test_one_failing_address_stops_nobody_and_is_logged(site, staff, sent, monkeypatch):
	due(site, case(), NOW - timedelta(days=1))

	def refuse(**mail):
		if is_digest(mail) and mail["recipients"] == [staff.hisar]:
			raise ValueError("no such mailbox")
		if is_digest(mail):
			sent.append(mail)

	failure = {"method": f"Mail to an officer failed: {staff.hisar}"}
	# On a bench no transaction takes back what stands in the Error Log.
	site.db.delete("Error Log", failure)
	monkeypatch.setattr(site, "sendmail", refuse)
	assert sending.run(NOW) == {"sent": 2, "failed": 1, "nothing": 3}
	assert sorted(mail["recipients"][0] for mail in sent) == [staff.state, staff.ulb]
	[log] = site.get_all("Error Log", failure, ["error"])
	assert "no such mailbox" in log.error
	site.db.delete("Error Log", failure)


def test_an_hour_that_no_clock_shows_is_refused(site):
	with pytest.raises(site.ValidationError, match="hour of the day, from 0 to 23"):
		offices.settings(digest_hour=24)


def test_words_stand_in_both_languages():
	assert all(english and hindi for english, hindi in WORDS.values())
	assert {*figures.FIGURES} == {*paper.TILES} <= set(WORDS)


# On the bench


@pytest.fixture
def forgotten_account(site, monkeypatch) -> None:
	"""Frappe remembers the account that sends for as long as the process lives: later tests must not send with it."""
	monkeypatch.setattr(site.local, "outgoing_email_account", {}, raising=False)


def mail_account(site) -> None:
	"""An account that sends by default; nobody connects to its server before the queue is worked off."""
	fields = {"email_account_name": "Digest Contract", "email_id": "grievance@example.com"}
	account = site.get_doc({"doctype": "Email Account", **fields, "smtp_server": "localhost"})
	account.update({"enable_outgoing": 1, "default_outgoing": 1, "no_smtp_authentication": 1})
	account.db_insert()


@pytest.mark.bench
def test_mails_stand_in_the_queue_and_who_unsubscribed_has_none(site, staff, forgotten_account):
	due(site, case(), NOW - timedelta(days=1))
	# Not before: of the new case Frappe would mail at once, and commit.
	mail_account(site)
	site.get_doc(
		{
			"doctype": "Email Unsubscribe",
			"email": staff.hisar,
			"reference_doctype": "Grievance Settings",
			"reference_name": "Grievance Settings",
		}
	).insert(ignore_permissions=True)
	assert sending.can_send()
	sending.send(recipients.on(NOW.date()), NOW)
	queue = site.get_all(
		"Email Queue", {"reference_doctype": "Grievance Settings"}, ["name", "status", "message"]
	)
	to = [
		name
		for row in queue
		for name in site.get_all("Email Queue Recipient", {"parent": row.name}, pluck="recipient")
	]
	assert sorted(to) == [staff.state, staff.ulb]
	assert {row.status for row in queue} == {"Not Sent"}
	assert all("Stop the daily digest" in row.message for row in queue)
