"""Spelling keys: what Haryana's people write differently and mean alike.

``romanise`` writes Devanagari (and Gurmukhi) in Latin letters with the unspoken "a" left out. ``sound_key``
joins spellings that sound alike (k1); ``skeleton`` keeps only the consonants (k2: sevrege, sivrej, सीवरेज →
``svrj``). A skeleton says little when it is short (``pani`` = pain, pune, pin): see :data:`SHORTEST`.
"""

from __future__ import annotations

import re
from functools import lru_cache

SHORTEST = 4  # letters that a skeleton needs before it may join two words

_INDEPENDENT = {
	"अ": "a", "आ": "aa", "इ": "i", "ई": "ee", "उ": "u", "ऊ": "oo", "ऋ": "ri", "ए": "e", "ऐ": "ai", "ऍ": "e",
	"ऎ": "e", "ओ": "o", "औ": "au", "ऑ": "o", "ऒ": "o",
}  # fmt: skip
_SIGNS = {
	"ा": "aa", "ि": "i", "ी": "ee", "ु": "u", "ू": "oo", "ृ": "ri", "े": "e", "ै": "ai", "ॅ": "e", "ॆ": "e",
	"ो": "o", "ौ": "au", "ॉ": "o", "ॊ": "o",
}  # fmt: skip
_CONSONANTS = {
	"क": "k", "ख": "kh", "ग": "g", "घ": "gh", "ङ": "n", "च": "ch", "छ": "chh", "ज": "j", "झ": "jh", "ञ": "n",
	"ट": "t", "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t", "थ": "th", "द": "d", "ध": "dh", "न": "n",
	"प": "p", "फ": "f", "ब": "b", "भ": "bh", "म": "m", "य": "y", "र": "r", "ल": "l", "ळ": "l", "व": "v",
	"श": "sh", "ष": "sh", "स": "s", "ह": "h",
}  # fmt: skip
_VIRAMA, _NUKTA, _ANUSVARA, _CHANDRABINDU, _VISARGA = "्", "़", "ं", "ँ", "ः"
_LABIALS = "पफबभम"
_FLAPPED = {"ड": "r", "ढ": "rh"}
_INDIC = re.compile("[\u0900-\u097f\u0a00-\u0a7f]")
# Gurmukhi stands in the same order as Devanagari, 0x100 further; tippi is an anusvara, addak doubles.
_GURMUKHI = {code: code - 0x100 for code in range(0x0A01, 0x0A66)} | {0x0A70: 0x0902, 0x0A71: None}
# Keeps the spoken "a" at a word's end: Kurukshetra, Rajya.
_HEAVY_ENDS = ("r", "y", "v")


def romanise(word: str) -> str:
	"""A Devanagari or Gurmukhi word in Latin letters (पंचकूला → ``panchkoolaa``); other text comes back as it is."""
	if not _INDIC.search(word):
		return word
	return "".join(_spoken(_syllables(word.translate(_GURMUKHI).replace("ज्ञ", "ग्य"))))


def _syllables(word: str) -> list[list[str]]:
	"""``[consonants, vowel, nasal]`` of each syllable; vowel ``"ə"`` is the unwritten a, ``""`` none."""
	syllables: list[list[str]] = []
	for index, character in enumerate(word):
		last = syllables[-1] if syllables else None
		if character in _CONSONANTS:
			sound = _CONSONANTS[character]
			if character in _FLAPPED and _is_flapped(word, index):
				sound = _FLAPPED[character]
			syllables.append([sound, "ə", ""])
		elif character in _INDEPENDENT:
			syllables.append(["", _INDEPENDENT[character], ""])
		elif last is None or character == _NUKTA:
			continue
		elif character in _SIGNS:
			last[1] = _SIGNS[character]
		elif character == _VIRAMA:
			last[1] = ""
		elif character in (_ANUSVARA, _CHANDRABINDU):
			last[2] = "m" if word[index + 1 : index + 2] in tuple(_LABIALS) else "n"
		elif character == _VISARGA:
			last[2] = "h"
		else:
			syllables.append([character, "", ""])
	return syllables


def _is_flapped(word: str, index: int) -> bool:
	"""Whether ड, ढ is spoken ड़, ढ़: written so, or between vowels (citizens leave the dot out)."""
	if word[index + 1 : index + 2] == _NUKTA:
		return True
	if index == 0 or word[index - 1] in (_VIRAMA, _ANUSVARA, _CHANDRABINDU):
		return False
	return word[index + 1 : index + 2] != _VIRAMA


def _spoken(syllables: list[list[str]]) -> list[str]:
	"""Leave out the unwritten "a" where Hindi does: at the end, and between vowel-consonant and consonant-vowel."""
	last = len(syllables) - 1
	if last > 0 and syllables[last][1] == "ə" and not syllables[last][2]:
		in_cluster = syllables[last - 1][1] == "" and syllables[last][0] in _HEAVY_ENDS
		syllables[last][1] = "a" if in_cluster else ""
	for index in range(last - 1, 0, -1):
		_, vowel, nasal = syllables[index]
		if vowel != "ə" or nasal:
			continue
		after = syllables[index + 1]
		if syllables[index - 1][1] and after[0] and after[1]:
			syllables[index][1] = ""
	return [sound + vowel.replace("ə", "a") + nasal for sound, vowel, nasal in syllables]


_SOUNDS = [
	(re.compile(pattern), sound)
	for pattern, sound in (
		(r"[^a-z]+", ""),
		(r"ph", "f"),
		(r"[ct]ion", "shn"),
		(r"ck|q", "k"),
		(r"x", "ks"),
		(r"c(?=[eiy])", "s"),
		(r"c(?!h)", "k"),
		(r"z", "j"),
		(r"w", "v"),
		(r"ge$|dg(?=[ei])", "j"),
		(r"av(?=u|oo|[^aeiouy]|$)", "o"),
		(r"aa+", "a"),
		(r"ee+|ea|ii+|ie|iy(?=[aeo])", "i"),
		(r"oo+|uu+|ou", "u"),
		(r"ai|ei|ay", "e"),
		(r"au|ao", "o"),
		(r"n(?=[pbm])", "m"),
		(r"([a-z])\1+", r"\1"),
		(r"y$", "i"),
		(r"(?<=[a-z]{2})[ae]$", ""),
	)
]
_BREATH = re.compile(r"(?<=[bcdfgjkprstv])h|h$|y")
# "kheda" and "khera", "sadak" and "sarak": between vowels, and at the end, citizens write d for the flapped r.
_FLAP = re.compile(r"(?<=[aeiou])dh?(?=[aeiou]|$)")
_VOWELS = re.compile(r"[aeiou]+")
_FIRST = {"a": "a", "e": "e", "i": "e", "o": "u", "u": "u"}
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=16384)
def sound_key(word: str) -> str:
	"""k1: joins w/v, ph/f, z/j, doubled letters and long vowels; keeps nine names in ten apart."""
	key = romanise(word)
	for pattern, sound in _SOUNDS:
		key = pattern.sub(sound, key)
	return key


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
	"""k2: the consonants of the sound key without breath (bh → b, sh → s), and the first vowel's class."""
	key = sound_key(word)
	if not key:
		return ""
	first = _FIRST.get(key[0], "")
	return _DOUBLED.sub(r"\1", first + _VOWELS.sub("", _BREATH.sub("", _FLAP.sub("r", key))))


def joins(skeleton_of_word: str) -> bool:
	"""Whether a skeleton is long enough to join two words."""
	return len(skeleton_of_word) >= SHORTEST
