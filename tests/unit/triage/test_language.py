"""Languages of short posts, Haryanvi turns among them."""

import pytest

from grievance_helpdesk.intake.triage.language import detect
from grievance_helpdesk.intake.triage.text import normalise

POSTS = [
	("Namaste sir ji please mere yaha ki gali banva do or sevrege ki bhe problem hai", "hi-Latn"),
	("bijli aali koni sunde, ghar me lugai balak andhere me baithe se", "hi-Latn"),
	("mhare gaam ki sadak kad banegi", "hi-Latn"),
	("manne tharo number konya milya", "hi-Latn"),
	("sector 14 me pani ni aa rha", "hi-Latn"),
	("street light kharab h pls krwa do", "hi-Latn"),
	("Timer badlo", "hi-Latn"),
	("No electricity in Sector 56, Gurugram since 4 am", "en"),
	("Street light not working", "en"),
	("Potholes everywhere!!", "en"),
	("Please send this to Ram and Jane", "en"),
	("Bad smell from the drain near my house", "en"),
	("सेक्टर 14 में तीन दिन से पानी नहीं आया", "hi"),
	("@cmohry सीवर जाम है, JE फोन नहीं उठाता", "hi"),
	("Hisar में BPL card automatically कट गया क्योंकि electricity bill ज्यादा था", "mixed"),
	("DLF Phase 3 में daily power cut, inverter भी बैठ गया", "mixed"),
	("ਵਿੱਚ ਬਿਜਲੀ ਦੇ ਕੱਟ ਲੱਗ ਰਹੇ ਹਨ Dabwali city Sirsa", "mixed"),
	("ਅੰਬਾਲਾ ਸ਼ਹਿਰ ਵਿੱਚ ਪਾਣੀ ਨਹੀਂ", "und"),
	("குருகிராமில் குப்பை", "und"),
	("🙏🙏🙏", "und"),
	("12345", "und"),
	("", "und"),
	("https://x.co/abc @cmohry", "und"),
]


@pytest.mark.parametrize(("post", "language"), POSTS)
def test_language(post, language):
	found = detect(normalise(post))
	assert found.value == language
	assert 0 <= found.confidence <= 1
	assert found.reasons


def test_more_evidence_is_more_confidence():
	short = detect(normalise("Garbage here"))
	long = detect(
		normalise("The garbage has not been lifted from our street for three weeks and nobody is listening")
	)
	assert short.value == long.value == "en"
	assert long.confidence > short.confidence
