"""The citizen's own words are kept, whatever mail program wrote around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance_helpdesk.intake.connectors.email import item_from_communication
from grievance_helpdesk.intake.connectors.mail_text import from_html, own_words


def text_of(content: str) -> str:
	return item_from_communication({"content": content, "sender": "a@x.example"}).text


def test_html_becomes_lines_as_a_reader_sees_them():
	html = "<style>p{}</style><p>No&nbsp;water   in<br>ward&nbsp;3</p><ul><li>since Monday<li>at night</ul>&lt;b&gt;"
	assert text_of(html) == "No water in\nward 3\nsince Monday\nat night\n<b>"


@pytest.mark.parametrize(
	"quote",
	[
		'<div class="gmail_quote">On Mon, CM Office wrote:<blockquote>We closed it</blockquote></div>',
		'<blockquote type="cite">We closed it</blockquote>',
		'<div class="yahoo_quoted"><div>We <b>closed</b> it</div></div>',
		"<div>-----Original Message-----</div><div>We closed it</div>",
		"<div>From: CM Office</div><div>Sent: Monday</div><div>Subject: Case</div><div>We closed it</div>",
		"<div>On Mon, 16 Nov 2026 at 10:00, CM Office wrote:</div><div>&gt; We closed it</div>",
		"<div>16 नव॰ 2026 को CM Office ने लिखा:</div><div>&gt; We closed it</div>",
	],
)
def test_quoted_mail_is_cut_and_signature_is_kept(quote):
	assert text_of(f"<div>It is not solved</div><div>--<br>Ram, 9417580005</div>{quote}") == (
		"It is not solved\n--\nRam, 9417580005"
	)


def test_quoted_mail_stays_in_raw():
	item = item_from_communication({"content": '<p>No</p><div class="gmail_quote">We closed it</div>'})
	assert "We closed it" not in item.text and "We closed it" in item.raw


def test_answer_below_the_quotation_is_kept():
	assert own_words(
		"On Mon, 16 Nov 2026, CM Office\n<cm@x.example> wrote:\n> We closed it\n\nIt is not solved"
	) == ("It is not solved")


def test_forwarded_mail_is_the_matter_itself():
	html = (
		'<div>Please see</div><div class="gmail_quote">---------- Forwarded message ---------<br>From: JE<br>'
		"Sent: Monday<br>Subject: x<br>Pay Rs 500 first</div>"
	)
	assert "Pay Rs 500 first" in text_of(html)


def test_mail_that_is_only_a_quotation_is_kept_whole():
	assert "no water" in text_of('<div class="gmail_quote">no water in ward 3</div>')
	assert own_words("> no water") == "> no water"


def test_plain_text_with_angle_brackets_is_no_html():
	assert text_of("pressure < 2 bar since 3 > days") == "pressure < 2 bar since 3 > days"


def test_plain_text_keeps_its_lines_and_its_stray_tags():
	text = "Sir,\n\nno water in <b>sector 4</b>\n<script>alert(1)</script>"
	assert text_of(text) == text


def test_plain_text_is_the_last_resort():
	item = item_from_communication({"content": "<img src=x>", "text_content": "no water"})
	assert item.text == "no water"


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
	from_html(text)
	from_html(f"<div>{text}<blockquote type=cite>{text}", keep_quotes=False)
	own_words(text)


@given(st.text(alphabet="abc <>/divp&;\n", max_size=80))
def test_a_script_never_survives(text):
	assert "alert" not in from_html(f"{text}<script>alert(1)</script>") or "<" in text
