"""The meeting pack: its figures within the viewer's scope, in both languages; on the bench as a PDF and as a weekly mail."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.digest import sending as digest_sending
from grievance_helpdesk.redressal.meeting_pack import api, content, paper, sending
from grievance_helpdesk.redressal.meeting_pack.words import WORDS
from grievance_helpdesk.redressal.reporting import filters, pendency
from tests.contract import offices, records

# A Monday
NOW = datetime(2026, 11, 23, 9, 0)
HOSTILE = "<script>alert(1)</script>"
ADMIN = "pack-admin@example.com"


@pytest.fixture
def staff(site):
	for doctype in ("Grievance", "Nodal Officer"):
		site.db.delete(doctype)
	return offices.make()


def case(site, days: float, **values):
	"""A case of ULB in Hisar that was received so many days ago; ``values`` are then set as they stand."""
	made = {field: values.pop(field) for field in ("jurisdiction", "officer") if field in values}
	with moment.fixed(NOW - timedelta(days=days)):
		doc = offices.case(**{"officer": "CW-ULB", **made})
	usual = {"resolve_by": NOW + timedelta(days=1), "acknowledged_at": NOW - timedelta(days=days)}
	site.db.set_value("Grievance", doc.name, usual | values, update_modified=False)
	return doc.name


def pack(chosen: dict | None = None, language: str = "en") -> dict:
	with moment.fixed(NOW):
		return content.collect(filters.read(chosen or {}), NOW, language)


def names(rows: list) -> list[str]:
	return [row["name"] for row in rows]


def test_the_ages_and_totals_are_the_reports(site, staff):
	for days in (1, 8, 16, 31, 61, 121):
		case(site, days)
	case(site, 200, status="Closed")
	found = pack()
	assert found["totals"] == {
		**{"pending": 6, "over_7": 5, "over_15": 4, "over_30": 3, "over_60": 2, "over_120": 1},
		**{"overdue": 0, "untouched": 0},
	}
	[row] = found["departments"]
	assert row["title"] == "Urban Local Bodies"
	assert [row[name] for name in pendency.AGES] == [5, 4, 3, 2, 1]
	assert [row["title"] for row in found["districts"]] == ["Hisar"]


def test_action_taken_is_missing_when_too_old_or_late_and_nothing_is_written(site, staff):
	old = case(site, 121)
	late = case(site, 10, resolve_by=NOW - timedelta(seconds=1))
	case(site, 119)
	case(site, 122, action_taken="The team went there twice.")
	case(site, 11, resolve_by=NOW - timedelta(days=1), status="On Hold")
	found = pack()["missing"]
	assert (found["count"], names(found["rows"])) == (2, [old, late])
	assert [row["days"] for row in found["rows"]] == [121, 10]


def test_disputes_the_oldest_and_who_has_not_started(site, staff):
	disputed = case(site, 5, disputed_count=1)
	case(site, 6, disputed_count=1, status="Closed")
	untouched = {"acknowledged_at": None, "acknowledge_by": NOW - timedelta(days=1)}
	oldest = case(site, 50, department="PHED", **untouched)
	case(site, 2, acknowledged_at=None, acknowledge_by=NOW + timedelta(hours=1))
	found = pack()
	assert (found["disputed"]["count"], names(found["disputed"]["rows"])) == (1, [disputed])
	assert names(found["oldest"])[0] == oldest
	assert [(row["department"], row["untouched"]) for row in found["letters"]] == [("PHED", 1)]


def test_no_list_is_longer_than_a_meeting_can_read(site, staff):
	for days in range(130, 130 + content.LISTED + 2):
		case(site, days)
	found = pack()
	assert len(found["oldest"]) == len(found["missing"]["rows"]) == content.LISTED
	assert found["missing"]["count"] == content.LISTED + 2
	assert found["oldest"][0]["days"] == 151


def test_each_sees_the_own_area_only(site, staff, as_user):
	hisar = case(site, 9)
	sirsa = case(site, 8, jurisdiction="Sirsa", officer="CW-SIRSA")
	secret = case(site, 7, confidential=1)
	seen = {}
	for user in (staff.state, staff.hisar, staff.sirsa, staff.phed):
		with as_user(user):
			seen[user] = names(pack()["oldest"])
	assert seen == {
		staff.state: [hisar, sirsa, secret],
		staff.hisar: [hisar],
		staff.sirsa: [sirsa],
		staff.phed: [],
	}
	with as_user(staff.hisar), pytest.raises(site.PermissionError, match="lies outside your area"):
		pack({"district": "Sirsa"})


def test_a_filter_narrows_the_pack(site, staff):
	case(site, 9)
	case(site, 8, department="PHED")
	assert pack({"department": "PHED"})["totals"]["pending"] == 1
	with pytest.raises(site.ValidationError, match="does not exist"):
		pack({"department": "No Such"})


def test_the_paper_speaks_both_languages_and_escapes(site, staff):
	case(site, 9, subject=HOSTILE, disputed_count=1)
	case(site, 8, subject="Bribe asked by the clerk", confidential=1)
	english, hindi = paper.document(pack(), "en"), paper.document(pack(language="hi"), "hi")
	for words in ("Government of Haryana", "Review of Public Grievances", "As of 23 November 2026, 09:00"):
		assert words in english
	for words in ("हरियाणा सरकार", "जन शिकायतों की समीक्षा", "शहरी स्थानीय निकाय", "हिसार", "(गोपनीय)"):
		assert words in hindi
	for html in (english, hindi):
		assert "<script>" not in html
		assert "&lt;script&gt;" in html
		assert "Bribe" not in html
		assert html.count("<svg ") == 2


def test_without_cases_the_paper_says_so(site, staff):
	html = paper.document(pack(), "en")
	assert "Nothing is pending: every grievance that you may see is decided." in html
	assert "<svg" not in html
	assert "<table" not in html


def test_the_reports_and_the_paper_have_the_same_ages():
	assert paper.LIMITS == pendency.LIMITS
	assert all(english and hindi for english, hindi in WORDS.values())


def test_who_has_no_reports_gets_no_pack(site, as_user):
	records.user("pack-nobody@example.com")
	with (
		as_user("pack-nobody@example.com"),
		pytest.raises(site.PermissionError, match="does not include reports"),
	):
		api.download()


# The weekly mail


@pytest.fixture
def sent(site, staff, monkeypatch) -> list[dict]:
	"""What is given to Frappe to send; nothing is committed, and the PDF is the page itself."""
	mails: list[dict] = []
	site.db.delete(
		"Has Role", {"parenttype": "User", "role": ["in", sending.ROLES], "parent": ["!=", staff.state]}
	)
	records.user(ADMIN, "Grievance Administrator")

	def keep(**mail) -> None:
		if mail.get("attachments"):
			mails.append(mail)

	monkeypatch.setattr(site, "sendmail", keep)
	monkeypatch.setattr(site.db, "commit", lambda: None)
	monkeypatch.setattr(sending, "get_pdf", lambda html, options: html.encode())
	monkeypatch.setattr(digest_sending, "can_send", lambda: True)
	offices.settings(weekly_pack=1, pack_day="Monday", digest_hour=8)
	site.db.set_single_value("Grievance Settings", "pack_sent_on", None)
	return mails


def test_the_pack_goes_out_once_a_week_on_its_day(site, staff, sent):
	case(site, 9)
	site.db.set_value("User", staff.state, "language", "hi")
	assert sending.run(NOW - timedelta(days=1)) is None
	assert sending.run(NOW.replace(hour=7)) is None
	assert sending.run(NOW) == {"sent": 2, "failed": 0, "nothing": 0}
	mails = {mail["recipients"][0]: mail for mail in sent}
	assert set(mails) == {staff.state, ADMIN}
	assert mails[staff.state]["subject"] == "बैठक सामग्री: 23 नवंबर 2026 की शिकायतें"
	assert mails[ADMIN]["message"].startswith("The pack for the review meeting is attached: 1 grievances")
	[attached] = mails[ADMIN]["attachments"]
	assert attached["fname"] == "grievances-2026-11-23.pdf"
	assert ADMIN in attached["fcontent"].decode()
	assert sending.run(NOW + timedelta(hours=2)) is None
	assert sending.run(NOW + timedelta(days=7))["sent"] == 2
	assert site.session.user == "Administrator"


def test_each_pack_is_counted_under_its_readers_own_scope(site, staff, sent):
	case(site, 9, complaint_against="CW-STATE")
	sending.run(NOW)
	texts = {mail["recipients"][0]: mail["message"] for mail in sent}
	assert "0 grievances are pending" in texts[staff.state]
	assert "1 grievances are pending" in texts[ADMIN]


def test_one_failing_pack_stops_nobody(site, staff, sent, monkeypatch):
	failure = {"method": f"Mail to an officer failed: {ADMIN}"}
	site.db.delete("Error Log", failure)
	build = api.build

	def refuse(chosen, language):
		if site.session.user == ADMIN:
			raise ValueError("no figures")
		return build(chosen, language)

	monkeypatch.setattr(api, "build", refuse)
	assert sending.run(NOW) == {"sent": 1, "failed": 1, "nothing": 0}
	assert site.session.user == "Administrator"
	[log] = site.get_all("Error Log", failure, ["error"])
	assert "no figures" in log.error
	site.db.delete("Error Log", failure)


# On the bench


@pytest.mark.bench
@pytest.mark.parametrize("language", ["en", "hi"])
def test_the_button_answers_with_a_pdf(site, staff, as_user, language: str):
	from pypdf import PdfReader

	name = case(site, 130)
	with as_user(staff.hisar), moment.fixed(NOW):
		api.download(language=language)
	assert (site.response.type, site.response.filename) == ("pdf", "grievances-2026-11-23.pdf")
	pages = PdfReader(io.BytesIO(site.response.filecontent)).pages
	assert name in "".join(page.extract_text() for page in pages)
	fonts = [
		str(font.get_object()["/BaseFont"]) for page in pages for font in page["/Resources"]["/Font"].values()
	]
	assert any("Devanagari" in font for font in fonts) == (language == "hi")
