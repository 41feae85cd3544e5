"""Phones and what only looks like one; the public text never shows either."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance_helpdesk.intake.triage.contacts import find, redact
from grievance_helpdesk.intake.triage.text import normalise

# post, phones, PIN codes, ids
CASES = [
	("vill abheypur ward no 13 panchkula mno -9417580005", ["9417580005"], [], []),
	("98000-12345", ["9800012345"], [], []),
	("98000 12345", ["9800012345"], [], []),
	("98 000 123 45", ["9800012345"], [], []),
	("call 98000.12345 now", ["9800012345"], [], []),
	("+91 98000 12345", ["9800012345"], [], []),
	("+91-9800012345", ["9800012345"], [], []),
	("00919800012345", ["9800012345"], [], []),
	("919800012345", ["9800012345"], [], []),
	("09800012345", ["9800012345"], [], []),
	("मो. ९८००० १२३४५", ["9800012345"], [], []),
	("९४१७५८०००५ पर फोन करें", ["9417580005"], [], []),
	("9800012345/9800054321", ["9800012345", "9800054321"], [], []),
	("9800012345, 9800054321", ["9800012345", "9800054321"], [], []),
	("9800012345 9800012345", ["9800012345"], [], []),
	("whatsapp:9800012345", ["9800012345"], [], []),
	("(9800012345)", ["9800012345"], [], []),
	("0172-2560000", ["01722560000"], [], []),
	("(0172) 2560000", ["01722560000"], [], []),
	("office 01262-275000", ["01262275000"], [], []),
	("ward no 13 94175 80005", ["9417580005"], [], []),
	("rs 14 9800012345", ["9800012345"], [], []),
	("Rs 9000000000", [], [], []),
	("Rs. 9000000000/-", [], [], []),
	("9000000000 rupaye ka ghotala", [], [], []),
	("₹9000000000", [], [], []),
	("9000000000 रुपये", [], [], []),
	("Consumer no 7012345678", [], [], ["7012345678"]),
	("Consumer no 7012345678. Mob 9800012345", ["9800012345"], [], ["7012345678"]),
	("उपभोक्ता संख्या 7012345678 है", [], [], ["7012345678"]),
	("a/c no. 9876543210", [], [], ["9876543210"]),
	("account number is 9876543210", [], [], ["9876543210"]),
	("Application no HR2026/557120", [], [], ["hr2026/557120"]),
	("complaint number 9876543210 not resolved", [], [], ["9876543210"]),
	("शिकायत संख्या 9876543210", [], [], ["9876543210"]),
	("token 9876543210", [], [], ["9876543210"]),
	("Aadhaar 9876 5432 1098", [], [], ["9876 5432 1098"]),
	("my number 2345 6789 0123", [], [], ["2345 6789 0123"]),
	("aadhar no 234567890123", [], [], ["234567890123"]),
	("family id 4ABC1234", [], [], ["4abc1234"]),
	("PPP id 1XYZ2345", [], [], ["1xyz2345"]),
	("HR 26 DK 8337 and HR26AB1234", [], [], []),
	("complaint kiye 5 din ho gye, 9800012345", ["9800012345"], [], []),
	("complaint no. not even registered", [], [], []),
	("complaint 3 bar ki 2022 2023 2024", [], [], []),
	("helpline 1912, 1800-180-2345", [], [], []),
	("https://x.com/i/status/9800012345", [], [], []),
	("@user9800012345 hi", [], [], []),
	("Panchkula-134109", [], ["134109"], []),
	("pin code 122001 mob 9876543210", ["9876543210"], ["122001"], []),
	("PIN 134 109", [], ["134109"], []),
	("bill of Rs 134109", [], [], []),
	("in 2025-26 on 12/11/2026 at 10:30-11:30", [], [], []),
	("no digits at all", [], [], []),
]


@pytest.mark.parametrize(("post", "phones", "pins", "ids"), CASES)
def test_numbers(post, phones, pins, ids):
	found = find(normalise(post))
	assert (found.phones, found.pin_codes, found.ids) == (phones, pins, ids)


def test_emails():
	found = find(normalise("write to Ram.Kumar_2@gmail.com, or dc@hry.nic.in."))
	assert found.emails == ["ram.kumar_2@gmail.com", "dc@hry.nic.in"]


@pytest.mark.parametrize(
	("post", "public"),
	[
		("Gali banwa do, mno -9417580005 Panchkula", "Gali banwa do, mno -[phone] Panchkula"),
		("Consumer no 7012345678. Mob 98000 12345", "Consumer no [id]. Mob [phone]"),
		("रेवाड़ी से सुनीता, मो. ९८००० ४५६७८ जी", "रेवाड़ी से सुनीता, मो. [phone] जी"),
		("Aadhaar 9876 5432 1098, a.b@c.in", "Aadhaar [id], [email]"),
		("Sector 14, PIN 125001, Rs 5000000", "Sector 14, PIN 125001, Rs 5000000"),
	],
)
def test_redact(post, public):
	text = normalise(post)
	assert redact(text, find(text)) == normalise(public).clean


def test_spans_are_where_the_numbers_stand():
	text = normalise("ज़िला 9800012345 और a@b.in")
	found = find(text)
	assert [(kind, text.folded[start:end]) for kind, start, end in found.spans] == [
		("phone", "9800012345"),
		("email", "a@b.in"),
	]


WORDS = st.sampled_from("गांव की सड़क mob ph call mno fir complaint no sector 14 rs ward, hai. please".split())
MOBILES = st.from_regex(r"\A[6-9][0-9]{9}\Z")


@given(
	st.lists(WORDS, max_size=8),
	MOBILES,
	st.sampled_from(["{}", "+91 {}", "0{}", "mob-{}", "{}."]),
	st.lists(WORDS),
)
def test_a_mobile_never_reaches_the_public_text(before, mobile, form, after):
	if before and before[-1].startswith("rs"):
		before.append("mob")
	text = normalise(" ".join([*before, form.format(mobile), "ji", *after]))
	public = redact(text, find(text))
	assert mobile not in public
	assert not find(normalise(public)).phones


@given(st.text(max_size=120))
def test_any_text_is_read(raw):
	text = normalise(raw)
	found = find(text)
	assert all(0 <= start < end <= len(text.folded) for _, start, end in found.spans)
	redact(text, found)


def test_a_long_row_of_digits_is_read_in_bounded_work():
	for raw in ("9" * 25_000, "98 " * 8_000, "mob " * 6_000, "no no no " * 2_500 + "12345"):
		text = normalise(raw)
		redact(text, find(text))
