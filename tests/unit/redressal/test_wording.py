"""What the guards read in an officer's words: no site, no database."""

from __future__ import annotations

import pytest

from grievance_helpdesk.redressal.casework.wording import in_language, plain, wrong_door

PHRASES = "does not pertain\nnot related to this department\n\nsambandhit nahi\nसंबंधित नहीं"


@pytest.mark.parametrize(
	"text",
	[
		"This does not pertain to our office.",
		"It DOES NOT   PERTAIN here",
		"It doesn't pertain to PHED",
		"It doesn’t pertain to PHED",
		"does-not-pertain",
		"does not per\u200btain",
		"Matter not\nrelated to this department",
		"Yah mamla hamare vibhag se sambandhit nahi hai",
		"यह मामला इस कार्यालय से संबंधित नहीं है।",
	],
)
def test_a_text_that_shows_the_citizen_another_door_is_found(text: str) -> None:
	assert wrong_door(text, PHRASES)


@pytest.mark.parametrize(
	"text",
	[
		"The pipe was mended on 3 July.",
		"The repair pertains to ward 13 and is done.",
		"पाइप की मरम्मत कर दी गई है।",
		"",
		None,
	],
)
def test_other_texts_are_left_alone(text: str | None) -> None:
	assert wrong_door(text, PHRASES) is None


def test_the_phrase_comes_back_as_the_admin_wrote_it() -> None:
	assert wrong_door("It doesn't pertain to us", " Does not PERTAIN ") == "Does not PERTAIN"


@pytest.mark.parametrize("phrases", ["", None, "\n  \n", "...\n"])
def test_without_phrases_nothing_is_refused(phrases: str | None) -> None:
	assert wrong_door("does not pertain ...", phrases) is None


@pytest.mark.parametrize("text", [None, "", "  \n", "...", "\u200b", "—"])
def test_marks_alone_are_no_words(text: str | None) -> None:
	assert plain(text) == ""


@pytest.mark.parametrize(
	("language", "text"),
	[
		("en", "No"),
		("", "No"),
		(None, "No"),
		("hi", "नहीं"),
		("hi-Latn", "नहीं\n\nNo"),
		("mixed", "नहीं\n\nNo"),
	],
)
def test_the_citizen_is_answered_in_the_own_language(language: str | None, text: str) -> None:
	assert in_language(language, "No", "नहीं") == text
