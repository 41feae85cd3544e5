"""The Action Taken Report: what stands in it for whom, in both languages; on the bench as HTML and as PDF."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.letters.action_taken import action_taken_letter, letter
from grievance_helpdesk.redressal.letters.words import WORDS, language_of, masked
from tests.contract import offices, records
from tests.contract.closures import ACTION, RECEIVED, RESOLVED, World

FORMAT = "Action Taken Report"
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"
AUDITOR = "atr-auditor@example.com"


@pytest.fixture
def world(site) -> World:
	records.user(AUDITOR, "Grievance Auditor")
	return World("ATR")


def texts(part) -> str:
	"""Every value of a letter as one text."""
	if isinstance(part, dict):
		return " ".join(texts(value) for value in part.values())
	return " ".join(map(texts, part)) if isinstance(part, list) else str(part)


def fact(shown: dict, label: str) -> str:
	return next(row["value"] for row in shown["facts"] if row["label"] == label)


def test_both_languages_tell_the_same_case(world):
	doc = world.resolved(public_text="The lamp in ward 4 is dark")
	with moment.fixed(RESOLVED):
		english, hindi = letter(doc, "en"), letter(doc, "hi")
	assert (english["title"], hindi["title"]) == ("Action Taken Report", "की गई कार्रवाई की रिपोर्ट")
	assert (english["date"], hindi["date"]) == ("5 March 2026", "5 मार्च 2026")
	assert fact(english, "Category") == "Contract ATR-CAT"
	assert fact(hindi, "शिकायत का विषय") == "स्ट्रीट लाइट"
	assert english["officer"] == "Junior Engineer (ID ATR-JUN)"
	assert hindi["officer"] == "कनिष्ठ अभियंता (आईडी ATR-JUN)"
	for shown in (english, hindi):
		assert shown["number"] == doc.name
		assert shown["reported"] == "The lamp in ward 4 is dark"
		assert shown["action"]["text"] == ACTION
		assert shown["citizen"] == "Contract Citizenname"
		assert "Secretname" not in texts(shown)
		assert "9812345678" not in texts(shown)
		assert [bool(row["at"]) for row in shown["history"]] == [True] * len(shown["history"])
	assert english["history"][0]["title"] == "Your complaint was registered."
	assert english["history"][-1]["title"] == "The office reports that action was taken."


@pytest.mark.parametrize(
	("language", "kept", "missed"), [("en", "Kept", "Missed"), ("hi", "समय पर", "समय-सीमा के बाद")]
)
def test_a_limit_is_kept_up_to_its_last_second(world, language: str, kept: str, missed: str):
	due = world.case().resolve_by
	doc = world.resolved(at=due)
	assert letter(doc, language)["limits"][1]["result"] == kept
	late = world.resolved(at=due + timedelta(seconds=1))
	row = letter(late, language)["limits"][1]
	assert (row["result"], row["missed"]) == (missed, True)


def test_an_open_case_gives_an_interim_report(world):
	doc = world.case()
	with moment.fixed(RECEIVED):
		shown = letter(doc, "en")
	assert shown["title"] == "Interim Report on a Grievance"
	assert shown["action"]["text"].startswith("No action has been recorded so far.")
	assert [row["result"] for row in shown["limits"]] == ["Running", "Running"]
	assert shown["limits"][0]["done"] == "not yet"


def test_a_rejected_case_says_why(world):
	doc = world.rejected(rejection_reply="Please write to the court.")
	shown = letter(doc, "en")["action"]
	assert shown["heading"] == "Why it was not taken up"
	assert "Please write to the court." in shown["text"]
	assert len(shown["text"].splitlines()) == 2


def test_a_name_is_masked_below_level_1_and_in_a_confidential_case(world, as_user):
	doc = world.resolved()
	with as_user(world.user("JUN")):
		assert letter(offices.fresh(doc.name), "en")["citizen"] == "Contract Citizenname"
	with as_user(AUDITOR):
		assert letter(offices.fresh(doc.name), "en")["citizen"] == "C*** C***"
		assert "9812345678" not in texts(letter(offices.fresh(doc.name), "en"))
	secret = world.resolved(confidential=1)
	shown = letter(secret, "en")
	assert (shown["confidential"], shown["citizen"]) == (True, "C*** C***")
	assert letter(world.case(citizen_name=""), "hi")["citizen"] == "(नाम प्रकट नहीं)"


def test_a_case_from_the_counter_tells_its_words_without_contacts(world, as_user):
	doc = world.case(description="No light. Call 9812345678", subject="No light")
	assert letter(doc, "en")["reported"] == "No light. Call [phone]"
	with as_user(AUDITOR):
		assert letter(offices.fresh(doc.name), "en")["reported"] == "No light"


def test_the_letter_tells_what_is_stored_and_escapes_it(site, world):
	doc = world.resolved()
	site.db.set_value("Grievance", doc.name, {"public_text": HOSTILE, "citizen_name": HOSTILE})
	typed = offices.fresh(doc.name)
	typed.action_taken = "Typed in the form, never saved"
	shown = action_taken_letter(typed)
	assert shown["action"]["text"] == ACTION
	assert "<" not in texts(shown)
	assert "{" not in texts(shown)
	assert shown["reported"] == "&lt;script&gt;alert(1)&lt;/script&gt;&#123;&#123; 7*7 &#125;&#125;"


def test_words_stand_in_both_languages():
	assert all(english and hindi for english, hindi in WORDS.values())
	asked = {
		"hi": "hi",
		"hi-IN": "hi",
		"hi-Latn": "hi",
		"mixed": "hi",
		"en": "en",
		"en-US": "en",
		"ta": "en",
		None: "en",
	}
	assert {code: language_of(code) for code in asked} == asked
	assert masked(" Ram  Kumar ") == "R*** K***"
	assert masked("राम") == "र***"
	assert masked(None) == ""


# On the bench


def printed(site, name: str, language: str, **options):
	from frappe.translate import print_language

	with print_language(language):
		return site.get_print("Grievance", name, FORMAT, **options)


@pytest.mark.bench
@pytest.mark.parametrize(
	("language", "title", "action"),
	[("en", "Action Taken Report", "Action taken"), ("hi", "की गई कार्रवाई की रिपोर्ट", "की गई कार्रवाई")],
)
def test_the_print_follows_the_language(site, world, language: str, title: str, action: str):
	doc = world.resolved()
	site.db.set_value("Grievance", doc.name, "public_text", HOSTILE)
	html = printed(site, doc.name, language)
	assert f'<div class="atr-title">{title}</div>' in html
	assert f"<h4>{action}</h4>" in html
	assert ACTION in html
	assert "<script>alert" not in html
	assert "49" not in html.partition("&lt;script&gt;alert(1)&lt;/script&gt;")[2][:40]


@pytest.mark.bench
@pytest.mark.parametrize(("language", "word"), [("en", "Action Taken Report"), ("hi", "अभियंता")])
def test_the_pdf_holds_the_words_and_the_letters_for_them(site, world, language: str, word: str):
	from frappe.utils.pdf import get_pdf
	from pypdf import PdfReader

	doc = world.resolved(public_text="गली में रोशनी नहीं है")
	# Nobody serves the site's own style sheet here.
	pdf = get_pdf(re.sub(r"<link[^>]*>", "", printed(site, doc.name, language)))
	assert pdf.startswith(b"%PDF-")
	page = PdfReader(io.BytesIO(pdf)).pages[0]
	assert doc.name in page.extract_text()
	fonts = " ".join(str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values())
	assert "Devanagari" in fonts
	if language == "en":
		assert word in " ".join(page.extract_text().split())


@pytest.mark.bench
def test_only_who_may_see_the_case_prints_it(site, as_user):
	staff = offices.make()
	doc = offices.at_work()
	secret = offices.case(confidential=1, officer="CW-ULB")
	with as_user(staff.hisar):
		assert doc.name in printed(site, doc.name, "en")
		with pytest.raises(site.PermissionError):
			printed(site, secret.name, "en")
	with as_user(staff.sirsa), pytest.raises(site.PermissionError):
		printed(site, doc.name, "en")
	with as_user(staff.ulb):
		assert "CONFIDENTIAL" in printed(site, secret.name, "en")
	with as_user(staff.state):
		assert "गोपनीय" in printed(site, secret.name, "hi")
