"""Finds what the public must not read in an officer's words: phone numbers, e-mail addresses, identity numbers.

Pure Python. Triage reads citizens' posts with more care (``intake/triage/contacts.py``); here a person sits at the
screen and can write the sentence again, so a plain rule is enough. Offices' own addresses (``…gov.in``, ``…nic.in``),
toll-free numbers and short helplines pass.
"""

from __future__ import annotations

import re
import unicodedata

PHONE, EMAIL, IDENTITY = "phone", "email", "id"

_EMAIL = re.compile(r"[\w.+-]{1,64}@(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63})+)")
_OFFICE_HOST = re.compile(r"(?:^|\.)(?:gov|nic)\.in$", re.IGNORECASE)
# Digits in groups, as people write phones and identity numbers.
_NUMBER = re.compile(r"(?<![\w₹])\+?\(?\d(?:[ \t]?[-–.() \t]?[ \t]?\d){7,19}(?!\w)")
_DATE = re.compile(r"(?<!\d)\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_MONEY = re.compile(r"(?:₹|\brs\.?|\binr|रु\.?|रुपये|रुपए)\s*[\d,. ]*\d", re.IGNORECASE)
_TAX_CARD = re.compile(r"(?<![A-Za-z0-9])[A-Z]{5}\d{4}[A-Z](?![A-Za-z0-9])")
_TOLL_FREE = re.compile(r"^0?1[89]00?\d{6,9}$|^0?1[89]\d0\d{6,7}$")
_MOBILE = re.compile(r"^(?:0|91|091|0091)?[6-9]\d{9}$")
_LANDLINE = re.compile(r"^(?:0|91|0091)[1-9]\d{8,9}$")

Found = tuple[str, int, int]


def find(text: str) -> list[Found]:
	"""(kind, start, end) of each piece of personal data in ``text``, in order."""
	folded = _digits(text)
	found = [
		(EMAIL, *match.span()) for match in _EMAIL.finditer(folded) if not _OFFICE_HOST.search(match["host"])
	]
	found += [(IDENTITY, *match.span()) for match in _TAX_CARD.finditer(folded)]
	harmless = [match.span() for rule in (_DATE, _MONEY) for match in rule.finditer(folded)]
	for match in _NUMBER.finditer(_blank(folded, harmless)):
		kind = kind_of_number("".join(filter(str.isdigit, match[0])))
		if kind:
			found.append((kind, *match.span()))
	return sorted(found, key=lambda item: item[1:])


def redact(text: str) -> str:
	"""The text with each find replaced by its kind: ``[phone]``, ``[email]``, ``[id]``."""
	for kind, start, end in reversed(find(text)):
		text = f"{text[:start]}[{kind}]{text[end:]}"
	return text


def kind_of_number(digits: str) -> str | None:
	"""What a row of digits is; None for what may be said in public."""
	if _TOLL_FREE.match(digits):
		return None
	if _MOBILE.match(digits) or _LANDLINE.match(digits):
		return PHONE
	# Aadhaar has twelve digits; any other row of eleven or more is somebody's account, meter or card.
	return IDENTITY if len(digits) >= 11 else None


def _digits(text: str) -> str:
	"""The same number of characters, with every script's digits as 0-9."""
	if text.isascii():
		return text
	return "".join(
		str(unicodedata.decimal(letter)) if letter.isdecimal() and not letter.isascii() else letter
		for letter in text
	)


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
	"""``text`` with the spans as dots of the same length, so that nothing is joined across them."""
	for start, end in spans:
		text = f"{text[:start]}{'|' * (end - start)}{text[end:]}"
	return text
