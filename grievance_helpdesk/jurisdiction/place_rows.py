"""Understands the rows of official place lists. Pure Python; :mod:`place_import` puts them on the site.

Known shapes: the Local Government Directory's downloads ("Village Code", "Village Name (In English)",
"Subdistrict Name (In English)" …), the census directory ("Town-Village Code", "Town-Village Name",
"Sub-District Name" …) and our own template (level, name, name_hi, district, …). Column order does not matter, nor do
capitals, blanks and punctuation in a header.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from .state_data import LEVELS, is_pin_code

TEMPLATE_COLUMNS = (
	"level",
	"name",
	"name_hi",
	"district",
	"subdistrict",
	"lgd_code",
	"census_code",
	"pin_codes",
	"aliases",
)
TEMPLATE_EXAMPLES = (
	("Village", "Example Khurd", "", "Panchkula", "Kalka", "56946", "", "133302", "Eg. Khurd|Example Khrud"),
	("Ward", "Ward 7", "वार्ड 7", "Gurugram", "Gurugram", "", "", "", ""),
)
# Header (folded) -> field. The first column of a row that has text wins.
HEADERS = {
	"level": ("level", "kind", "type"),
	"title": (
		"name",
		"title",
		"place",
		"villagename",
		"villagenameinenglish",
		"townvillagename",
		"areaname",
		"wardname",
		"wardnameinenglish",
		"localbodyname",
		"localbodynameinenglish",
	),
	"name_hi": (
		"namehi",
		"namehindi",
		"villagenameinlocal",
		"villagenameinlocallanguage",
		"localbodynameinlocal",
	),
	"district": ("district", "districtname", "districtnameinenglish"),
	"district_code": ("districtcode",),
	"subdistrict": ("subdistrict", "subdistrictname", "subdistrictnameinenglish", "tehsil", "tehsilname"),
	"subdistrict_code": ("subdistrictcode",),
	"lgd_code": ("lgdcode", "villagecode", "wardcode", "localbodycode", "code"),
	"census_code": ("censuscode", "census2011code", "townvillagecode"),
	"pin_codes": ("pincodes", "pincode", "pin"),
	"aliases": ("aliases", "spellings"),
	"source": ("source",),
}
KINDS = {
	"village": "Village",
	"gaon": "Village",
	"town": "Urban Body",
	"ulb": "Urban Body",
	"urbanbody": "Urban Body",
	"urbanlocalbody": "Urban Body",
	"ward": "Ward",
	"locality": "Locality",
	"postoffice": "Locality",
	"block": "Block",
	"district": "District",
	"subdistrict": "Sub-division",
	"subdivision": "Sub-division",
	"tehsil": "Sub-division",
}
# One code column serves several lists; the source tells whose code it is.
CODE_OF_SOURCE = (("census", "census_code"), ("post", "pin_codes"))


class RowError(ValueError):
	"""A row cannot be imported; the message says why and what to do."""


@dataclass(slots=True)
class PlaceRow:
	"""One row of a list, ``number`` as in a spreadsheet (the header is row 1)."""

	number: int
	level: str
	title: str
	district: str = ""
	district_code: str = ""
	subdistrict: str = ""
	subdistrict_code: str = ""
	name_hi: str = ""
	lgd_code: str = ""
	census_code: str = ""
	pin_codes: list[str] = field(default_factory=list)
	aliases: list[str] = field(default_factory=list)
	source: str = ""


def fold(text: str) -> str:
	"""Key of a name: case, blanks and punctuation do not count; Devanagari's vowel signs do."""
	text = unicodedata.normalize("NFKC", text).casefold()
	return "".join(letter for letter in text if unicodedata.category(letter)[0] in "LMN")


def read_row(number: int, cells: dict[str, str | None]) -> PlaceRow:
	"""The row's fields, or :class:`RowError`. ``cells`` maps the list's own headers to text."""
	values = _by_field(cells)
	title = " ".join(values.get("title", "").split())
	if not title:
		raise RowError("the place has no name")
	if len(title) > 100:
		raise RowError("the name is longer than 100 letters")
	row = PlaceRow(number=number, level=_level(values, cells), title=title)
	for name in ("district", "subdistrict", "name_hi", "source"):
		setattr(row, name, " ".join(values.get(name, "").split()))
	for name in ("district_code", "subdistrict_code"):
		setattr(row, name, _code(values.get(name, "")))
	_set_codes(row, values)
	row.aliases = [alias.strip() for alias in values.get("aliases", "").split("|") if alias.strip()]
	return row


def _by_field(cells: dict[str, str | None]) -> dict[str, str]:
	folded = {fold(header): str(value or "").strip() for header, value in cells.items() if header}
	found = {}
	for name, headers in HEADERS.items():
		texts = (folded[header] for header in headers if folded.get(header))
		found[name] = next(texts, "")
	return found


def _level(values: dict[str, str], cells: dict[str, str | None]) -> str:
	text = values.get("level", "")
	if not text:
		headers = {fold(header) for header in cells if header}
		# The lists of wards and of urban bodies have no column for the level.
		if headers & {"wardname", "wardnameinenglish", "wardcode"}:
			return "Ward"
		return "Urban Body" if headers & {"localbodyname", "localbodynameinenglish"} else "Village"
	level = next((level for level in LEVELS if fold(level) == fold(text)), None) or KINDS.get(fold(text))
	if not level:
		raise RowError(f"{text!r} is no level: write one of {', '.join(LEVELS)}")
	return level


def _set_codes(row: PlaceRow, values: dict[str, str]) -> None:
	codes = {name: values.get(name, "") for name in ("lgd_code", "census_code", "pin_codes")}
	for word, name in CODE_OF_SOURCE:
		if word in fold(row.source) and codes["lgd_code"] and not codes[name]:
			codes[name], codes["lgd_code"] = codes["lgd_code"], ""
	row.lgd_code, row.census_code = _code(codes["lgd_code"]), _code(codes["census_code"])
	row.pin_codes = re.split(r"[\s,|;]+", codes["pin_codes"]) if codes["pin_codes"] else []
	for pin in row.pin_codes:
		if not is_pin_code(pin):
			raise RowError(f"{pin!r} is not a PIN code: write six digits, several separated by spaces")


def _code(text: str) -> str:
	"""A code as text. Spreadsheets turn 56946 into "56946.0"; zeros alone mean that there is none."""
	text = text.strip().removesuffix(".0")
	return "" if not text.strip("0") else text
