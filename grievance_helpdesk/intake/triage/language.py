"""Which language a post is in: ``en``, ``hi``, ``hi-Latn`` (romanised Hindi), ``mixed`` or ``und``.

By the share of scripts, then for Latin letters by function words. Off-the-shelf identifiers do not know
romanised Hindi.
"""

from __future__ import annotations

import re

from .language_words import ENGLISH, HINDI, UNSURE
from .result import Field, Reason
from .text import Text

# Words of the other script beyond which a post counts as mixed: acronyms and names (JE, BPL, a place) do not.
MIXED_SHARE = 0.1
MIXED_WORDS = 2
SHORT = 3

_INDIC_OR_OTHER = re.compile("[\u0370-\u1fff\u2c00-\ud7ff]")
_DEVANAGARI = re.compile("^[\u0900-\u097f]")
_LATIN = re.compile("^[a-z\u00c0-\u024f]")
# Endings of Hindi verbs, for a post without a single listed word.
_HINDI_ENDING = re.compile(
	r"(?:[^aeiou]iye|enge|unga|ungi|oge|ogi|ayega|ayegi|wala|wale|wali|rha|rhi|rhe|raha|rahi|rahe|aya|ayi|aye|iyo|iyon)$"
)


def detect(text: Text) -> Field:
	"""Language of ``text`` with confidence and reasons."""
	words = text.words
	if _INDIC_OR_OTHER.search(text.plain):
		return _by_script(words)
	return _latin(words)


def _by_script(words: list[str]) -> Field:
	hindi = sum(1 for word in words if _DEVANAGARI.match(word))
	latin = [word for word in words if _LATIN.match(word)]
	other = sum(1 for word in words if word[0] > "\u024f") - hindi
	total = hindi + len(latin) + other
	if not total:
		return _field("und", 0.0, "no words")
	if other > hindi:
		if len(latin) >= MIXED_WORDS:
			return _field("mixed", 0.7, f"{other} words in another script, {len(latin)} in Latin letters")
		return _field("und", 0.6, f"{other} words in a script other than Devanagari and Latin")
	latin_share, hindi_share = len(latin) / total, hindi / total
	if latin_share <= MIXED_SHARE or len(latin) < MIXED_WORDS:
		return _field("hi", 0.9 + 0.1 * hindi_share, f"{hindi} of {total} words in Devanagari")
	if hindi_share <= MIXED_SHARE and len(latin) > SHORT:
		return _latin(latin)
	return _field("mixed", 0.85, f"{hindi} words in Devanagari, {len(latin)} in Latin letters")


# Function words from which on an ending (as that of a place's name) is no sign of Hindi.
CLEARLY_ENGLISH = 2


def _latin(words: list[str]) -> Field:
	distinct = set(words)
	hindi = len(distinct & HINDI)
	english = len(distinct & ENGLISH)
	if not hindi and english < CLEARLY_ENGLISH:
		hindi = sum(
			1 for word in distinct if len(word) > SHORT and _HINDI_ENDING.search(word) and word not in ENGLISH
		)
		hindi = min(hindi, 1) if english else hindi
	unsure = len(distinct & UNSURE)
	if hindi:
		hindi += unsure / 2
		english -= len(distinct & UNSURE & ENGLISH)
	elif not english:
		return _without_function_words(distinct, unsure)
	confidence = 0.5 + abs(hindi - english) / (2 * (hindi + max(english, 0) + 1))
	text = f"{hindi:.0f} Hindi and {max(english, 0)} English function words"
	return _field("hi-Latn" if hindi >= english * HINDI_SHARE else "en", confidence, text)


# English content words come with their articles and prepositions into Hindi sentences, hardly the other way.
HINDI_SHARE = 0.5


def _without_function_words(distinct: set[str], unsure: int) -> Field:
	if unsure >= 2:
		return _field("hi-Latn", 0.55, "only short forms of Hindi words")
	if any(_LATIN.match(word) for word in distinct):
		return _field("en", 0.5, "Latin letters without a word that tells")
	return _field("und", 0.0, "no words")


def _field(value: str, confidence: float, text: str) -> Field:
	return Field(value, confidence, [Reason("language.words", text, weight=confidence)])
