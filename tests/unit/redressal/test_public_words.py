"""What may stand in public, as pure functions: personal data, plain text, placeholders, sentences in both languages."""

from __future__ import annotations

import string
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance_helpdesk.redressal import plain_text
from grievance_helpdesk.redressal.citizen_side import personal_data, placeholders
from grievance_helpdesk.redressal.citizen_side import words as citizen_words


@pytest.mark.parametrize(
	("text", "kinds"),
	[
		("Call 9812345678.", ["phone"]),
		("+91 98123-45678", ["phone"]),
		("091-9812345678", ["phone"]),
		("(98123) 45678", ["phone"]),
		("9 8 1 2 3 4 5 6 7 8", ["phone"]),
		("9812345678/9812345679", ["phone", "phone"]),
		("०१७२ २७४००००", ["phone"]),
		("a.b+c@mail.example.com", ["email"]),
		("2345 6789 0123", ["id"]),
		("consumer 12345678901", ["id"]),
		("ABCDE1234F", ["id"]),
		("mail x@y.in, phone 9812345678", ["email", "phone"]),
		("x@fakegov.in", ["email"]),
		("sdo@hry.nic.in, cm@haryana.gov.in", []),
		("1800-180-2124, 18001802124, 1912, 112", []),
		("12-10-2026 11-12-2026 to 2026-12-11 10:30:00", []),
		("₹ 9876543210 and Rs. 98,76,54,321", []),
		("GRV-2026-000123, memo 1234-40, PIN 125001", []),
		("", []),
	],
)
def test_what_counts_as_personal_data(text: str, kinds: list[str]):
	assert [kind for kind, _start, _end in personal_data.find(text)] == kinds


def test_finds_are_replaced_by_their_kind():
	text = "मेरा नंबर ९८१२३४५६७८ है, x@y.com भी"
	assert personal_data.redact(text) == "मेरा नंबर [phone] है, [email] भी"


@given(
	st.integers(6, 9),
	st.text(string.digits, min_size=9, max_size=9),
	st.sampled_from(["", " ", "-"]),
	st.text(max_size=20),
)
def test_no_mobile_number_survives_redaction(first: int, rest: str, separator: str, before: str):
	number = f"{first}{rest[:4]}{separator}{rest[4:]}"
	shown = personal_data.redact(f"{before} : {number} ;")
	assert number not in shown


@given(st.text(max_size=300))
def test_what_is_written_holds_no_tag_and_reading_it_again_changes_nothing(text: str):
	shown = plain_text.written(text)
	assert not set("<>\0\r\u202e\u2066\u200b") & set(shown)
	assert plain_text.written(shown) == shown
	assert len(shown) <= len(text)


@given(st.text(alphabet="{}nuber x", max_size=30))
def test_a_text_without_unknown_placeholders_is_filled_without_rest(text: str):
	if not placeholders.unknown(text):
		filled = placeholders.fill(text, dict.fromkeys(placeholders.ALLOWED, "value"))
		assert not set("{}") & set(filled)


def test_both_languages_say_every_sentence_with_the_same_values():
	for key, (english, hindi) in citizen_words.WORDS.items():
		fields = [
			sorted(name for _text, name, *_rest in string.Formatter().parse(words) if name)
			for words in (english, hindi)
		]
		assert english and hindi, key
		assert fields[0] == fields[1], key
		if key != "other_language":
			assert any("\u0900" <= letter <= "\u097f" for letter in hindi) or "{" in hindi, key
			assert not any("\u0900" <= letter <= "\u097f" for letter in english), key


@pytest.mark.parametrize("status", ["Open", "On Hold", "Resolved", "Closed", "Rejected", "Merged"])
def test_every_status_has_its_words(status: str):
	for acknowledged in (True, False):
		for reopened in (True, False):
			key = citizen_words.status_key(status, acknowledged, reopened)
			assert citizen_words.say(key, "en")
			assert citizen_words.say(key, "hi")


def test_moments_in_words():
	assert citizen_words.spoken_date(datetime(2026, 3, 5, 9, 5), "en") == "5 March 2026, 09:05"
	assert citizen_words.spoken_date(date(2026, 3, 5), "hi") == "5 मार्च 2026"
	assert citizen_words.spoken_date(None, "hi") == ""
