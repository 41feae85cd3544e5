"""Reads a state's master data: a folder of CSV and JSON files. Pure Python.

``jurisdictions.csv``  level,title,name_hi,parent,district,lgd_code,census_code,aliases,pin_codes,valid_from
                       (``parent`` is the parent's document name; aliases are joined by ``|``, PIN codes by spaces)
``post_offices.csv``   title,level,district,pin_codes: villages and localities below their district
``coordinates.csv``    place,latitude,longitude: where the map shows a place (``place`` is its document name)
``departments.json``, ``categories.json``, ``grounds.json``, ``triage_phrases.json``, ``service_calendars.json``
                       lists of objects with the field names of their DocTypes; child tables are lists of objects;
                       a file that is missing holds nothing, so a folder of places alone is a usable start

Another state is another folder. Every error is a :class:`StateDataError` that names file and line (or record).
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from .tree import NAMED_ALONE, Place, document_name, lay_out

LEVELS = (
	"State",
	"Division",
	"District",
	"Sub-division",
	"Block",
	"Urban Body",
	"Village",
	"Ward",
	"Locality",
)
# These levels show as folders in the tree even while nothing lies below them.
GROUP_LEVELS = frozenset(LEVELS[:6])
JURISDICTIONS, POST_OFFICES, COORDINATES = "jurisdictions.csv", "post_offices.csv", "coordinates.csv"
INDIA_POST, LGD = "India Post", "LGD"
DEFAULT_FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "haryana"


class StateDataError(ValueError):
	"""A file of the master data cannot be used; the message names the file and the line."""


def fingerprint(folder: Path = DEFAULT_FOLDER) -> str:
	"""Short hash over the folder's data files: another hash means that the shipped data changed."""
	digest = sha256()
	for path in sorted(Path(folder).iterdir()):
		if path.suffix in (".csv", ".json"):
			digest.update(path.name.encode())
			digest.update(path.read_bytes())
	return digest.hexdigest()[:16]


def places(folder: Path = DEFAULT_FOLDER) -> list[Place]:
	"""Every place with name, scope path and bounds; ``values`` holds the other fields of its document.

	``values["aliases"]`` is a list of spellings. A district carries the PIN codes of every place below it.
	"""
	folder = Path(folder)
	found = _read_rows(folder / JURISDICTIONS, _administrative_place)
	offices = folder / POST_OFFICES
	if offices.exists():
		found += _read_rows(offices, _post_office)
	_check_tree(found)
	_collect_pin_codes(found)
	try:
		lay_out(place for place, _line in found)
	except ValueError as error:
		raise StateDataError(f"{folder / JURISDICTIONS}: {error}") from error
	return [place for place, _line in found]


def coordinates(folder: Path = DEFAULT_FOLDER) -> dict[str, tuple[float, float]]:
	"""Latitude and longitude of places by document name; empty where the folder has none."""
	path = Path(folder) / COORDINATES
	found: dict[str, tuple[float, float]] = {}
	for line, row in _csv_rows(path) if path.exists() else ():
		where = f"{path.name}, line {line}"
		try:
			latitude, longitude = float(row["latitude"]), float(row["longitude"])
		except KeyError as error:
			raise StateDataError(f"{where}: the column {error} is missing") from error
		except ValueError as error:
			raise StateDataError(f"{where}: {error}") from error
		if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
			raise StateDataError(f"{where}: no place on earth has {latitude}, {longitude}")
		found[row["place"]] = (latitude, longitude)
	return found


def departments(folder: Path = DEFAULT_FOLDER) -> list[dict]:
	"""Fields of each Grievance Department; a department stands behind the one that it belongs to."""
	rows = _read_json(Path(folder) / "departments.json", ("department_code", "department_name"))
	return _parents_first(rows, Path(folder) / "departments.json")


def categories(folder: Path = DEFAULT_FOLDER) -> list[dict]:
	"""Fields of each Grievance Category with its ``departments`` and ``phrases`` rows."""
	return _read_json(Path(folder) / "categories.json", ("category_code", "category_name"))


def grounds(folder: Path = DEFAULT_FOLDER) -> list[dict]:
	"""Fields of each Non-grievance Ground."""
	return _read_json(Path(folder) / "grounds.json", ("ground_code", "ground_title"))


def phrases(folder: Path = DEFAULT_FOLDER) -> list[dict]:
	"""Fields of each Triage Phrase (purpose Kind or Urgency)."""
	return _read_json(Path(folder) / "triage_phrases.json", ("phrase", "purpose", "outcome"), unique=False)


def calendars(folder: Path = DEFAULT_FOLDER) -> list[dict]:
	"""Fields of each Service Calendar; the first is the one of the settings. Its public holidays are added on the site."""
	return _read_json(Path(folder) / "service_calendars.json", ("calendar_name",))


def _read_rows(path: Path, make: Callable[[dict], Place]) -> list[tuple[Place, str]]:
	"""Places of a CSV file, each with "file, line n" for messages about it."""
	found = []
	for line, row in _csv_rows(path):
		where = f"{path.name}, line {line}"
		try:
			found.append((make(row), where))
		except KeyError as error:
			raise StateDataError(f"{where}: the column {error} is missing") from error
		except ValueError as error:
			raise StateDataError(f"{where}: {error}") from error
	return found


def _csv_rows(path: Path) -> Iterator[tuple[int, dict]]:
	if not path.exists():
		raise StateDataError(f"{path} is missing: a state's folder needs it")
	with path.open(encoding="utf-8-sig", newline="") as file:
		reader = csv.DictReader(file)
		for row in reader:
			if None in row or None in row.values():
				raise StateDataError(f"{path.name}, line {reader.line_num}: not as many cells as columns")
			yield reader.line_num, {key: value.strip() for key, value in row.items()}


def _administrative_place(row: dict) -> Place:
	values = {
		"name_hi": row["name_hi"],
		"lgd_code": row["lgd_code"],
		"census_code": row["census_code"],
		"aliases": [alias.strip() for alias in row["aliases"].split("|") if alias.strip()],
		"pin_codes": _checked_pin_codes(row["pin_codes"]),
		"valid_from": row.get("valid_from") or None,
		"source": LGD,
	}
	return _place(row["level"], row["title"], row["parent"] or None, row["district"] or None, values)


def _post_office(row: dict) -> Place:
	values = {"aliases": [], "pin_codes": _checked_pin_codes(row["pin_codes"]), "source": INDIA_POST}
	return _place(row["level"], row["title"], row["district"], row["district"], values)


def _place(level: str, title: str, parent: str | None, district: str | None, values: dict) -> Place:
	if level not in LEVELS:
		raise ValueError(f"{level!r} is no level; it is one of {', '.join(LEVELS)}")
	if not title:
		raise ValueError("the title is empty")
	if level not in NAMED_ALONE and not district:
		raise ValueError(f"{title}: a {level} needs its district")
	if level == "District":
		district = title
	name = document_name(level, title, district)
	return Place(level=level, title=title, parent=parent, district=district, name=name, values=values)


def _checked_pin_codes(text: str) -> str:
	codes = text.split()
	for code in codes:
		if not is_pin_code(code):
			raise ValueError(f"{code!r} is not a PIN code of six digits")
	return " ".join(codes)


def is_pin_code(text: str) -> bool:
	return len(text) == 6 and text.isascii() and text.isdigit() and text[0] != "0"


def _check_tree(found: list[tuple[Place, str]]) -> None:
	"""No name twice, and every parent and district is a place of the list."""
	known: dict[str, str] = {}
	for place, where in found:
		if place.name in known:
			raise StateDataError(f"{where}: {place.name} already stands in {known[place.name]}")
		known[place.name] = where
	for place, where in found:
		for role, name in (("parent", place.parent), ("district", place.district)):
			if name and name not in known:
				raise StateDataError(f"{where}: the {role} {name!r} of {place.title} is not in the list")
		if not place.parent and place.level != "State":
			raise StateDataError(f"{where}: say which place {place.title} is part of")


def _collect_pin_codes(found: list[tuple[Place, str]]) -> None:
	below: dict[str, set[str]] = defaultdict(set)
	for place, _where in found:
		if place.district:
			below[place.district].update(place.values["pin_codes"].split())
	for place, _where in found:
		if place.level == "District":
			place.values["pin_codes"] = " ".join(sorted(below[place.name]))


def _read_json(path: Path, required: tuple[str, ...], unique: bool = True) -> list[dict]:
	"""Records of a JSON list. The first of ``required`` is the record's key."""
	if not path.exists():
		return []
	try:
		records = json.loads(path.read_text(encoding="utf-8"))
	except json.JSONDecodeError as error:
		raise StateDataError(f"{path.name}, line {error.lineno}: {error.msg}") from error
	if not isinstance(records, list):
		raise StateDataError(f"{path.name}: expected a list of records")
	seen = set()
	for number, record in enumerate(records, 1):
		missing = [field for field in required if not isinstance(record, dict) or not record.get(field)]
		if missing:
			raise StateDataError(f"{path.name}, record {number}: {', '.join(missing)} is missing")
		if unique and record[required[0]] in seen:
			raise StateDataError(f"{path.name}, record {number}: {record[required[0]]} stands twice")
		seen.add(record[required[0]])
	return records


def _parents_first(rows: list[dict], path: Path) -> list[dict]:
	"""Rows in an order in which every link to another department leads backwards."""
	waiting, done, ordered = list(rows), set(), []
	while waiting:
		ready = [
			row
			for row in waiting
			if all(not row.get(link) or row[link] in done for link in ("parent_department", "merged_into"))
		]
		if not ready:
			codes = ", ".join(row["department_code"] for row in waiting)
			raise StateDataError(f"{path.name}: an unknown or circular link between departments in {codes}")
		ordered += ready
		done.update(row["department_code"] for row in ready)
		waiting = [row for row in waiting if row["department_code"] not in done]
	return ordered
