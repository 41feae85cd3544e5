"""What the guards read in an officer's words, and what a rejected citizen is told. Pure Python."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# Readers of Hinglish and of mixed texts may read either script best.
BOTH_LANGUAGES = ("hi-Latn", "mixed")
SHORT_NOT = (("n't", " not"), ("n’t", " not"))


def plain(text: str | None) -> str:
	"""Words in one spelling, separated by single spaces; marks that nobody sees, and punctuation, do not count."""
	text = unicodedata.normalize("NFKC", text or "").casefold()
	for short, long in SHORT_NOT:
		text = text.replace(short, long)
	# Cf: zero-width joiners and the like, with which a phrase would look the same and read differently.
	kept = (
		"" if (kind := unicodedata.category(letter)) == "Cf" else " " if kind[0] in "PSZC" else letter
		for letter in text
	)
	return " ".join("".join(kept).split())


def wrong_door(text: str | None, phrases: str | Iterable[str] | None) -> str | None:
	"""The first phrase (one a line, or an iterable) that says "not our business" in ``text``; None when none does."""
	lines = phrases.splitlines() if isinstance(phrases, str) else phrases or ()
	words = f" {plain(text)} "
	for phrase in lines:
		wanted = plain(phrase)
		if wanted and f" {wanted} " in words:
			return phrase.strip()
	return None


def in_language(language: str | None, english: str, hindi: str) -> str:
	"""The text that a citizen who wrote in ``language`` (en, hi, hi-Latn, mixed or empty) reads."""
	if language == "hi":
		return hindi
	if language in BOTH_LANGUAGES:
		return f"{hindi}\n\n{english}"
	return english
