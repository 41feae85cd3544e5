"""Normalising: what citizens paste, and what must never break."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance_helpdesk.intake.triage.text import fold, normalise

CLEANED = [
	("à¤¸à¤¡à¤¼à¤• à¤–à¤°à¤¾à¤¬", "सड़क खराब"),
	("सड़क खराब".encode().decode("latin-1"), "सड़क खराब"),
	("Itâ€™s broken", "It’s broken"),
	("ðŸ™\u008f please", "🙏 please"),
	("25Â° hot", "25° hot"),
	("kar\u200bnal ram na\u200dgar", "karnal ram nagar"),
	("\u200fSector 49\u200f Gurugram\ufeff", "Sector 49 Gurugram"),
	("bijli\x00 nahi\x07", "bijli nahi"),
	("ｓｅｃｔｏｒ　１４", "sector 14"),
	("आय &amp; जाति", "आय & जाति"),
	("<p>Road is <i>broken</i></p><img src=x onerror=alert(1)>", "Road is  broken"),
	("a<br>b", "a\nb"),
	("<script>alert(1)</script>paani", "paani"),
	("lone \ud83d surrogate", "lone  surrogate"),
	("a\r\nb\u2028c", "a\nb\nc"),
	("2 < 3 and 4 > 1", "2 < 3 and 4 > 1"),
	("café, señor", "café, señor"),
]


@pytest.mark.parametrize(("raw", "clean"), CLEANED)
def test_clean(raw, clean):
	assert normalise(raw).clean == unicodedata.normalize("NFKC", clean)


FOLDED = [
	("सड़क", "सडक"),
	("फ़तेहाबाद", "फतेहाबाद"),
	("९४१७५८०००५", "9417580005"),
	("ਵਾਰਡ ੧੩", "ਵਾਰਡ 13"),
	("SECTOR 56", "sector 56"),
	("गाँव", "गांव"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text, folded):
	assert fold(unicodedata.normalize("NFKC", text)) == folded


def test_words_keep_vowel_signs_and_leave_handles_and_links_out():
	text = normalise("@DC_Hisar गांव की सड़क टूटी है https://x.co/hisar a.b@hisar.gov.in #Rohtak_City।")
	assert text.words == ["गांव", "की", "सडक", "टूटी", "है", "rohtak", "city"]


def test_written_gives_the_citizens_own_letters_behind_a_nukta():
	text = normalise("रेवाड़ी के Model Town में")
	first, *_, town, _ = text.tokens
	assert text.written(first.start, first.end) == unicodedata.normalize("NFKC", "रेवाड़ी")
	assert text.written(town.start, town.end) == "Town"


def test_masked_hides_what_identifies():
	masked = normalise("@cmohry call 98000 12345 or a@b.in, ward 13, https://x.co/1").masked
	assert masked.split() == "handle call phone or mail , ward number , url".split()


@pytest.mark.parametrize(
	"raw",
	[
		"गांव की सड़क " * 2000,
		"<" * 25_000,
		"<script>" * 3_000,
		"&amp;" * 5_000,
		"&" + "amp;" * 6_000,
		"à¤" * 12_000,
		"a@" * 12_000,
		"\ud800" * 25_000,
		"9" * 25_000,
		"🙏" * 12_000,
	],
	ids=[
		"letter",
		"open",
		"scripts",
		"entities",
		"nested",
		"mojibake",
		"mails",
		"surrogates",
		"digits",
		"emoji",
	],
)
def test_a_long_hostile_post_is_read_in_bounded_work(raw):
	text = normalise(raw)
	assert len(text.plain) <= 6000
	assert text.tokens == text.tokens
	text.clean.encode()
	assert isinstance(text.masked, str)


ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(raw):
	once = normalise(raw)
	assert normalise(once.clean).clean == once.clean


@given(ANY_TEXT)
def test_tokens_lie_in_the_folded_text(raw):
	text = normalise(raw)
	text.clean.encode()
	for token in text.tokens:
		assert text.plain[token.start : token.end] == token.text
		assert text.written(token.start, token.end)
	assert [token.text for token in text.tokens] == text.words
