"""Phone numbers, e-mails, PIN codes and ID numbers in a post, and the text without them for the public.

Numbers that only look like phones (amounts, consumer, account, application and Aadhaar numbers) are told
apart by the words around them. Posts with fewer than five digits cost one search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import phonenumbers

from .text import Text, fold

REGION = "IN"
SHORTEST_PHONE = 7
# A bare row of so many digits is somebody's number, whatever it is: it does not go to the public.
SHORTEST_BARE_ID = 11

# The shortest thing looked for, an ID such as 4ABC1234, has five digits.
_FIVE_DIGITS = re.compile(r"\d(?:\D*\d){4}")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
# Digits in groups, with an optional country prefix: phones, Aadhaar, PIN codes and IDs alike.
_NUMBER = re.compile(
	r"(?<![\d\w/])(?:\+|00)?\(?\d(?:[ \t]?[-–—.()/ \t][ \t]?(?=\d)|[ \t]?\)[ \t]?(?=\d)|\d)*\d(?![\d])"
)
_PIN = re.compile(r"(?<![\d/])(?<!\d-)[1-9]\d{2}\s?\d{3}(?![\d/-]|\s\d)")
_AADHAAR = re.compile(r"(?<!\d)[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}(?!\d)")
# Vehicle numbers: HR 26 AB 1234, DL3CAF0001.
_VEHICLE = re.compile(
	r"(?<![a-z0-9])(?:hr|dl|pb|ch|up|uk|hp|rj|jk|mh|gj|mp|br|jh|wb|ka|tn|ts|ap|kl)[ -]?\d{1,2}[ -]?[a-z]{1,3}"
	r"[ -]?\d{4}(?![a-z0-9])"
)

# A word that says "the number that follows is an identifier"; up to a few filler words may stand between.
_ID_WORDS = (
	r"consumer|account|acct|a/c|ac|khata|khaata|application|appln?|complaint|complain|compl|token|reference|ref"
	r"|registration|regn?|reg|ticket|docket|grievance|shikayat|shikayt|aadhaa?r|aadhar|adhar|adhaar|ppp|family"
	r"|parivar pehchan(?: patra)?|pehchan|property|pid|ration card|ration|rc|dl|licen[cs]e|policy|challan|fir|receipt"
	r"|rasid|bill|invoice|meter|connection|customer|ca|k\.?no|roll|enrol(?:l)?ment|file|srn|urn|acknowledge?ment"
	r"|ack|udid|voter|epic|pan|ifsc|uan|pran|pension|case|order|awb|tracking"
	r"|उपभोक्ता|खाता|खाते|आवेदन|शिकायत|टोकन|आधार|पंजीकरण|रजिस्ट्रेशन|परिवार पहचान(?: पत्र)?|फैमिली|राशन कार्ड|बिल|मीटर"
	r"|कनेक्शन|रसीद|संदर्भ|फाइल|पेंशन|प्रॉपर्टी|चालान|कंज्यूमर|कंप्लेंट|एप्लीकेशन"
)
_FILLERS = (
	r"(?:id|ids|no|nos|num|number|numbr|nmbr|card|code|details?|ki|ka|ke|h|hai|is|was|with|my|mera|meri|bearing"
	r"|नंबर|नम्बर|नं|संख्या|सं|क्रमांक|आईडी|कार्ड|का|की|है)"
)
_ID_BEFORE = re.compile(rf"(?:^|[^\w/])(?:{_ID_WORDS})[\s.:;#=()-]*(?:{_FILLERS}[\s.:;#=()-]*){{0,4}}$")
_ID_VALUE = re.compile(
	rf"(?:^|(?<=[^\w/]))(?:{_ID_WORDS})[\s.:;#=()-]+(?:{_FILLERS}[\s.:;#=()-]+){{0,4}}"
	r"(?P<id>(?=[a-z0-9/-]*\d)[a-z0-9]{1,12}(?:[/-][a-z0-9]{1,12}){0,4})(?![a-z0-9])"
)
_PHONE_BEFORE = re.compile(
	r"(?:^|[^\w])(?:mno|m|mo|mob|mobile|mobil|mobail|phone|phn|ph|fon|fone|contact|cont|cell|call|tel|whatsapp|watsapp|wa"
	r"|मो|मोबाइल|मोबाईल|फोन|फ़ोन|संपर्क|सम्पर्क|व्हाट्सएप|दूरभाष)[\s.:;#=()-]*(?:(?:no|num|number|नंबर|नं)[\s.:;#=()-]*)?(?:me\s)?$"
)
_MONEY_BEFORE = re.compile(
	r"(?:^|[^\w])(?:rs|inr|rupees?|rupaye|rupee|rupya|रु|रू|रुपये|रुपए)[\s.:-]*$|[₹$][\s]*$"
)
_MONEY_AFTER = re.compile(
	r"^[\s/.-]*(?:rs|inr|rupees?|rupaye|rupye|rupya|rupay|rupe|रु|रू|रुपये|रुपए|रुपया|lakhs?|crores?|लाख|करोड़|करोड)\b|^\s*/-|^\s*₹"
)
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ -]?){3}")
_CONTEXT = 48

Span = tuple[int, int]


@dataclass(slots=True)
class Contacts:
	"""What was found. ``spans`` holds (kind, start, end) in ``Text.folded``, in order, never overlapping.

	``phones``: ten digits for mobiles, STD code and number (with the leading 0) for landlines; ``ids``:
	application, consumer, Aadhaar and Parivar Pehchan Patra numbers as written, lower case.
	"""

	phones: list[str] = field(default_factory=list)
	emails: list[str] = field(default_factory=list)
	pin_codes: list[str] = field(default_factory=list)
	ids: list[str] = field(default_factory=list)
	spans: list[tuple[str, int, int]] = field(default_factory=list)

	def as_evidence(self) -> dict[str, int]:
		"""JSON-able: how many of each were found. The numbers themselves are for fewer eyes than the reasons."""
		return {
			"phones": len(self.phones),
			"emails": len(self.emails),
			"pin_codes": len(self.pin_codes),
			"ids": len(self.ids),
		}


def find(text: Text) -> Contacts:
	"""Find contacts and ID numbers in ``text``."""
	folded = text.folded
	found = _Finder(folded)
	if "@" in folded:
		found.emails()
	if _FIVE_DIGITS.search(folded):
		found.skip_links()
		found.numbers()
	return found.contacts()


def redact(text: Text, contacts: Contacts) -> str:
	"""The clean text with phones, e-mails and ID numbers replaced by ``[phone]``, ``[email]``, ``[id]``."""
	parts, last = [], 0
	for kind, start, end in contacts.spans:
		if kind == "pin":
			continue
		parts.append(text.written(last, start))
		parts.append(f"[{kind}]")
		last = end
	parts.append(text.written(last, len(text.folded)))
	return "".join(parts)


class _Finder:
	"""Collects spans; an earlier claim on a span wins over a later one."""

	def __init__(self, folded: str) -> None:
		self.folded = folded
		self.taken: list[tuple[str, int, int, str]] = []

	def claim(self, kind: str, start: int, end: int, value: str) -> bool:
		if any(start < other_end and other_start < end for _, other_start, other_end, _ in self.taken):
			return False
		self.taken.append((kind, start, end, value))
		return True

	def emails(self) -> None:
		for found in _EMAIL.finditer(self.folded):
			self.claim("email", *found.span(), found[0].rstrip("."))

	def skip_links(self) -> None:
		for found in _LINK.finditer(self.folded):
			self.claim("link", *found.span(), "")

	def numbers(self) -> None:
		for found in _VEHICLE.finditer(self.folded):
			self.claim("vehicle", *found.span(), "")
		self.phones_by_cue()
		for found in _ID_VALUE.finditer(self.folded):
			self.id_after_word(found)
		for found in _NUMBER.finditer(self.folded):
			self.number(found)
		for found in _PIN.finditer(self.folded):
			if self.is_money(*found.span()) or self.is_id(found.start()):
				continue
			self.claim("pin", *found.span(), "".join(found[0].split()))

	def phones_by_cue(self) -> None:
		"""A number right behind "mob", "फोन" … is a phone, whatever stands before the cue."""
		for found in _NUMBER.finditer(self.folded):
			if _PHONE_BEFORE.search(self.before(found.start())):
				self.phones_in(found, cued=True)

	def id_after_word(self, found: re.Match[str]) -> None:
		value = found["id"]
		digits = sum(character.isdigit() for character in value)
		# "complaint 3 bar", "case 2022 me": short bare numbers are counts and years.
		if digits >= 5 or (digits >= 3 and digits < len(value) and len(value) >= 6):
			start, end = found.span("id")
			end = self.whole_number(start, end)
			if not self.is_money(start, end):
				self.claim("id", start, end, self.folded[start:end])

	def whole_number(self, start: int, end: int) -> int:
		"""End of a number that is written in groups ("1234 5678 9012")."""
		aadhaar = _AADHAAR.match(self.folded, start)
		return max(end, aadhaar.end()) if aadhaar else end

	def number(self, found: re.Match[str]) -> None:
		start, end = found.span()
		digits = sum(character.isdigit() for character in found[0])
		if digits < SHORTEST_PHONE:
			return
		if self.is_id(start):
			self.claim("id", start, end, found[0])
			return
		aadhaar = _AADHAAR.match(self.folded, start)
		if (
			aadhaar
			and aadhaar.end() == end
			and not _looks_otherwise(found[0])
			and not self.is_money(start, end)
		):
			self.claim("id", start, end, found[0])
			return
		if self.phones_in(found) or self.is_money(start, end):
			return
		if digits >= SHORTEST_BARE_ID and found[0].isdigit():
			self.claim("id", start, end, found[0])

	def phones_in(self, found: re.Match[str], cued: bool = False) -> bool:
		"""Claim the phones that ``found`` holds; two numbers may stand side by side ("98…/99…")."""
		start, end = found.span()
		any_found = False
		for piece_start, piece_end in _pieces(self.folded, start, end):
			number = read_phone(self.folded[piece_start:piece_end], landline=True)
			if number and not (not cued and self.is_money(piece_start, piece_end)):
				any_found = self.claim("phone", piece_start, piece_end, number) or any_found
		return any_found

	def before(self, start: int) -> str:
		return self.folded[max(0, start - _CONTEXT) : start]

	def is_money(self, start: int, end: int) -> bool:
		return bool(
			_MONEY_BEFORE.search(self.before(start)) or _MONEY_AFTER.match(self.folded[end : end + 12])
		)

	def is_id(self, start: int) -> bool:
		return bool(_ID_BEFORE.search(self.before(start)))

	def contacts(self) -> Contacts:
		contacts = Contacts()
		lists = {
			"phone": contacts.phones,
			"email": contacts.emails,
			"pin": contacts.pin_codes,
			"id": contacts.ids,
		}
		for kind, start, end, value in sorted(self.taken, key=lambda claim: claim[1]):
			if kind not in lists:
				continue
			contacts.spans.append((kind, start, end))
			if value not in lists[kind]:
				lists[kind].append(value)
		return contacts


def _looks_otherwise(written: str) -> bool:
	"""Whether twelve digits are a phone with its country code or a row of years, not an Aadhaar number."""
	return bool(_YEARS.fullmatch(written)) or (written.startswith("91") and bool(read_phone(written)))


_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?91[\s().-]{0,3}|0)?([6-9](?:[\s.-]{0,2}\d){9})(?!\d)")


def _pieces(folded: str, start: int, end: int) -> list[Span]:
	"""The mobiles inside a run of digits and separators, or the whole run."""
	pieces = [found.span() for found in _MOBILE.finditer(folded, start, end)]
	return pieces or [(start, end)]


def read_phone(written: str, landline: bool = True) -> str | None:
	"""National digits of an Indian phone as people write it, or ``None``.

	Ten digits for a mobile, ``0`` + STD code + number for a landline that is written with its code.
	"""
	digits = "".join(character for character in fold(written) if character.isdigit())
	mobile = _MOBILE.fullmatch(fold(written).strip())
	if mobile:
		ten = "".join(character for character in mobile[1] if character.isdigit())
		return ten if _is_valid(ten) else None
	if landline and digits.startswith("0") and len(digits) == 11 and _is_valid(digits):
		return digits
	if landline and written.lstrip().startswith("+91") and len(digits) == 12 and _is_valid(digits[2:]):
		return f"0{digits[2:]}"
	return None


def _is_valid(national: str) -> bool:
	try:
		number = phonenumbers.parse(national, REGION)
	except phonenumbers.NumberParseException:
		return False
	return phonenumbers.is_valid_number(number)
