"""Finds the places of a site by code and by name, for the import of place lists. Pure Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .place_rows import PlaceRow, RowError, fold
from .tree import document_name


@dataclass(slots=True)
class KnownPlace:
	"""A place of the site, or one that the running import adds (``is_new``)."""

	name: str
	title: str
	level: str
	parent: str | None
	district: str | None
	lgd_code: str = ""
	census_code: str = ""
	pin_codes: str = ""
	name_hi: str = ""
	scope_path: str = ""
	aliases: list[str] = field(default_factory=list)
	is_new: bool = False

	def spellings(self) -> set[str]:
		return {fold(text) for text in (self.title, self.name_hi, *self.aliases) if text}

	def codes(self) -> Iterator[tuple[str, str, str]]:
		return codes(self.level, self.lgd_code, self.census_code)


def codes(level: str, lgd_code: str, census_code: str) -> Iterator[tuple[str, str, str]]:
	"""Keys of a place's codes; LGD numbers each kind of place by itself, so the level belongs to the key."""
	if lgd_code:
		yield "LGD", level, lgd_code
	if census_code:
		yield "census", level, census_code


class PlaceIndex:
	def __init__(self, places: Iterable[KnownPlace]) -> None:
		self.by_document: dict[str, KnownPlace] = {}
		self._by_code: dict[tuple[str, str, str], KnownPlace] = {}
		self._by_name: dict[tuple[str | None, str, str], KnownPlace] = {}
		self._named: dict[tuple[str, str], list[KnownPlace]] = defaultdict(list)
		for place in places:
			self.add(place)

	def add(self, place: KnownPlace) -> None:
		self.by_document[place.name] = place
		self.learn(place)

	def learn(self, place: KnownPlace) -> None:
		"""(Again) index a place whose codes, parent or spellings changed."""
		for key in place.codes():
			self._by_code.setdefault(key, place)
		for spelling in place.spellings():
			self._by_name.setdefault((place.parent, place.level, spelling), place)
			same = self._named[(place.level, spelling)]
			if place not in same:
				same.append(place)

	def find(self, row: PlaceRow, parent: KnownPlace) -> KnownPlace | None:
		"""The place that ``row`` is about: by code, else by name inside ``parent``.

		A row that names a district only is about the one place of that name anywhere in the district.
		"""
		place = self._coded(row)
		if place:
			return place
		for level in _same_kind(row.level):
			place = self._by_name.get((parent.name, level, fold(row.title)))
			if not place and parent.level == "District":
				named = self._named.get((level, fold(row.title)), ())
				inside = [other for other in named if other.district == parent.name]
				place = inside[0] if len(inside) == 1 else None
			if place and not _other_code(place, row):
				return place
		return None

	def _coded(self, row: PlaceRow) -> KnownPlace | None:
		keys = codes(row.level, row.lgd_code, row.census_code)
		return next((self._by_code[key] for key in keys if key in self._by_code), None)

	def find_in_district(self, row: PlaceRow, parent: KnownPlace) -> KnownPlace | None:
		"""A place without a code that stands right below the district, though ``row`` knows its sub-district."""
		if parent.level == "District":
			return None
		for level in _same_kind(row.level):
			place = self._by_name.get((parent.district, level, fold(row.title)))
			if place and not place.is_new and not any(place.codes()):
				return place
		return None

	def parent_of(self, row: PlaceRow) -> KnownPlace:
		"""The place that ``row`` lies in, or :class:`RowError`."""
		known = self._coded(row)
		if known and known.parent and not (row.district or row.district_code):
			return self.by_document[known.parent]
		if row.level in ("State", "Division"):
			raise RowError(f"a {row.level} is added by hand: a list does not say what it belongs to")
		if row.level == "District":
			district = self._district(row.title, row.lgd_code)
			return self.by_document[district.parent]
		district = self._district(row.district, row.district_code)
		if row.level == "Sub-division" or not (row.subdistrict or row.subdistrict_code):
			return district
		return self._subdistrict(row, district)

	def free_name(self, row: PlaceRow, parent: KnownPlace) -> str:
		"""A document name not in use: with the parent, then with a number, when a district has the name twice."""
		district = parent.district
		name = document_name(row.level, row.title, district)
		if name in self.by_document:
			name = document_name(row.level, f"{row.title}, {parent.title}", district)
		number, first = 1, name
		while name in self.by_document:
			number += 1
			name = f"{first} ({number})"
		return name

	def _district(self, title: str, code: str) -> KnownPlace:
		if not (title or code):
			raise RowError("the row names no district")
		found = self._by_code.get(("LGD", "District", code))
		if not found:
			named = self._named.get(("District", fold(title)), ())
			found = named[0] if named else None
		if not found:
			raise RowError(f"there is no district {title or code}: correct it, or add it to the site first")
		return found

	def _subdistrict(self, row: PlaceRow, district: KnownPlace) -> KnownPlace:
		"""By code, by name inside the district, by a name that only one other district has (it may have moved)."""
		found = self._by_code.get(("LGD", "Sub-division", row.subdistrict_code))
		if found:
			return found
		named = self._named.get(("Sub-division", fold(row.subdistrict)), [])
		inside = [place for place in named if place.district == district.name]
		if inside or len(named) == 1:
			return (inside or named)[0]
		wanted = row.subdistrict or row.subdistrict_code
		raise RowError(
			f"there is no sub-district {wanted} in {district.title}: import the sub-districts first"
		)


def _same_kind(level: str) -> tuple[str, ...]:
	"""One list's village is another's locality."""
	return {"Village": ("Village", "Locality"), "Locality": ("Locality", "Village")}.get(level, (level,))


def _other_code(place: KnownPlace, row: PlaceRow) -> bool:
	"""Whether the codes say that two places of one name are two places."""
	pairs = ((place.lgd_code, row.lgd_code), (place.census_code, row.census_code))
	return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def names_given_twice(rows: Iterable[tuple[PlaceRow, KnownPlace]]) -> set[tuple[str | None, str, str]]:
	"""(district, level, folded name) that a list gives to several places of one district."""
	counts = Counter((parent.district, row.level, fold(row.title)) for row, parent in rows)
	return {key for key, count in counts.items() if count > 1}
