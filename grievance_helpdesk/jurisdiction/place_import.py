"""Brings an official place list (LGD, census, our template) to the site, from the Jurisdiction list.

A place that is known already, by its code or by its name inside the same parent, gets the codes, PIN codes and
spellings that it lacks. India Post's villages stand right below their district; the first list that says which
sub-district such a village lies in moves it there. Everything else is new. A row that cannot be used is reported
with its number and the reason; the others go in.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import frappe
from frappe import _

from grievance_helpdesk.compatibility import file_bytes

from . import place_store, scope, tree
from .doctype.jurisdiction.jurisdiction import RANK, move_places
from .place_index import KnownPlace, PlaceIndex, codes, names_given_twice
from .place_rows import TEMPLATE_COLUMNS, TEMPLATE_EXAMPLES, PlaceRow, RowError, fold, read_row
from .tree import Place

ROLE = "Grievance Administrator"
# A list of this many rows is imported while the person waits; a longer one goes to a background job.
ROWS_AT_ONCE = 500
PROGRESS_EVERY = 1000
SOURCE = "Official list"


@dataclass(slots=True)
class Outcome:
	"""What became of a list; ``errors`` are (row number, place, reason)."""

	inserted: int = 0
	updated: int = 0
	moved: int = 0
	unchanged: int = 0
	errors: list[tuple[int, str, str]] = field(default_factory=list)

	def as_sentence(self) -> str:
		return _("{0} places are new, {1} were completed, {2} stood already, {3} rows were refused.").format(
			self.inserted, self.updated, self.unchanged, len(self.errors)
		)


def import_places(rows: Iterable[dict], on_progress: Callable[[int, int], None] | None = None) -> Outcome:
	"""Import a list, each row a dict of its own headers to text. ``on_progress`` gets (rows done, all rows)."""
	return _Import(on_progress).run(list(rows))


class _Import:
	def __init__(self, on_progress: Callable[[int, int], None] | None) -> None:
		self.on_progress = on_progress or (lambda done, total: None)
		self.outcome = Outcome()
		self.index = PlaceIndex(_known_places())
		self.code_rows: dict[tuple[str, str, str], int] = {}
		# Source and row of each new place, by its name.
		self.new: dict[str, str] = {}
		self.new_rows: dict[str, int] = {}
		self.changed: dict[str, KnownPlace] = {}
		self.alias_counts = {name: len(place.aliases) for name, place in self.index.by_document.items()}
		self.new_aliases: dict[str, list[str]] = defaultdict(list)
		self.moves: list[tuple[KnownPlace, KnownPlace]] = []

	def run(self, cells: list[dict]) -> Outcome:
		rows = []
		# Parents first: a list may bring sub-districts and their villages in any order.
		for row in sorted(self._read(cells), key=lambda row: (RANK[row.level], row.number)):
			self._try(row, lambda row=row: rows.append((row, self._parent(row))))
		twice = names_given_twice(rows)
		for done, (row, parent) in enumerate(rows, 1):
			self._try(row, lambda row=row, parent=parent: self._take(row, parent, twice))
			if done % PROGRESS_EVERY == 0:
				self.on_progress(done, len(rows))
		self._write()
		self.outcome.errors.sort()
		return self.outcome

	def _read(self, cells: list[dict]) -> list[PlaceRow]:
		rows = []
		for number, row_cells in enumerate(cells, 2):
			if not any(str(text or "").strip() for text in row_cells.values()):
				continue
			try:
				rows.append(read_row(number, row_cells))
			except RowError as error:
				first = next((str(text) for text in row_cells.values() if text), "")
				self.outcome.errors.append((number, first, str(error)))
		return rows

	def _try(self, row: PlaceRow, step: Callable[[], None]) -> None:
		try:
			step()
		except (RowError, tree.TreeFull) as error:
			self.outcome.errors.append((row.number, row.title, str(error)))

	def _parent(self, row: PlaceRow) -> KnownPlace:
		for key in codes(row.level, row.lgd_code, row.census_code):
			first = self.code_rows.setdefault(key, row.number)
			if first != row.number:
				raise RowError(_("the code {0} stands in row {1} already").format(key[2], first))
		parent = self.index.parent_of(row)
		if row.level == "Sub-division" and not self.index.find(row, parent):
			# Rows further down may name this one as their sub-district.
			self._add(row, parent)
		return parent

	def _take(self, row: PlaceRow, parent: KnownPlace, twice: set) -> None:
		place = self.index.find(row, parent)
		if not place and (parent.district, row.level, fold(row.title)) not in twice:
			place = self.index.find_in_district(row, parent)
			if place:
				self._move(place, parent)
		if not place:
			self._add(row, parent)
		elif place.is_new:
			# An earlier row of this list brought the place (a village and its post office).
			self._fill(place, row)
			self.outcome.unchanged += self.new_rows[place.name] != row.number
		else:
			self._complete(place, row)

	def _add(self, row: PlaceRow, parent: KnownPlace) -> None:
		place = KnownPlace(
			name=self.index.free_name(row, parent),
			title=row.title,
			level=row.level,
			parent=parent.name,
			district=parent.district,
			lgd_code=row.lgd_code,
			census_code=row.census_code,
			pin_codes=" ".join(row.pin_codes),
			name_hi=row.name_hi,
			aliases=row.aliases,
			is_new=True,
		)
		self.index.add(place)
		self.new[place.name] = row.source or SOURCE
		self.new_rows[place.name] = row.number
		self.outcome.inserted += 1

	def _complete(self, place: KnownPlace, row: PlaceRow) -> None:
		added = self._fill(place, row)
		if added is None:
			self.outcome.unchanged += place.name not in self.changed
			return
		self.new_aliases[place.name] += added
		self.outcome.updated += place.name not in self.changed
		self.changed[place.name] = place
		self.index.learn(place)

	def _fill(self, place: KnownPlace, row: PlaceRow) -> list[str] | None:
		"""Fill what the place lacks; what it has stays as it is. Returns new spellings, None: nothing to change."""
		before = (place.lgd_code, place.census_code, place.pin_codes, place.name_hi)
		place.lgd_code = place.lgd_code or row.lgd_code
		place.census_code = place.census_code or row.census_code
		place.name_hi = place.name_hi or row.name_hi
		place.pin_codes = " ".join(dict.fromkeys([*place.pin_codes.split(), *row.pin_codes]))
		known = place.spellings()
		added = {
			fold(spelling): spelling
			for spelling in (row.title, row.name_hi, *row.aliases)
			if spelling and fold(spelling) not in known
		}
		place.aliases += added.values()
		changed = before != (place.lgd_code, place.census_code, place.pin_codes, place.name_hi)
		return list(added.values()) if changed or added else None

	def _move(self, place: KnownPlace, parent: KnownPlace) -> None:
		place.parent = parent.name
		self.moves.append((place, parent))
		self.changed[place.name] = place
		self.index.learn(place)
		self.outcome.moved += 1
		self.outcome.updated += 1

	def _write(self) -> None:
		fields = ("lgd_code", "census_code", "pin_codes", "name_hi")
		place_store.update_many(
			{
				name: {fieldname: getattr(place, fieldname) or None for fieldname in fields}
				for name, place in self.changed.items()
			}
		)
		place_store.add_aliases(self.new_aliases, self.alias_counts)
		place_store.insert_places([self._new_place(name) for name in self.new], rebuild=False)
		for old_path, new_path in place_store.move_below(
			[(place.name, parent.name) for place, parent in self.moves]
		):
			move_places(old_path, new_path)
			scope.move_subtree(old_path, new_path)
		place_store.rebuild_bounds()
		frappe.clear_cache(doctype="Jurisdiction")

	def _new_place(self, name: str) -> Place:
		known = self.index.by_document[name]
		fields = ("name_hi", "lgd_code", "census_code", "pin_codes", "aliases")
		values = {fieldname: getattr(known, fieldname) for fieldname in fields}
		values["source"] = self.new[name]
		return Place(known.level, known.title, known.parent, known.district, name=name, values=values)


def _known_places() -> list[KnownPlace]:
	aliases = defaultdict(list)
	for row in frappe.get_all("Jurisdiction Alias", fields=["parent", "alias"], limit=0, order_by="idx"):
		aliases[row.parent].append(row.alias)
	fields = [
		"name",
		"jurisdiction_name",
		"level",
		"parent_jurisdiction",
		"district",
		"lgd_code",
		"census_code",
		"pin_codes",
		"name_hi",
		"scope_path",
	]
	return [
		KnownPlace(
			name=row.name,
			title=row.jurisdiction_name,
			level=row.level,
			parent=row.parent_jurisdiction,
			district=row.district,
			lgd_code=row.lgd_code or "",
			census_code=row.census_code or "",
			pin_codes=row.pin_codes or "",
			name_hi=row.name_hi or "",
			scope_path=row.scope_path,
			aliases=aliases[row.name],
		)
		for row in frappe.get_all("Jurisdiction", fields=fields, limit=0, order_by="scope_path")
	]


@frappe.whitelist(methods=["POST"])
def import_file(file_url: str) -> dict:
	"""Import an uploaded CSV or XLSX list. Returns ``{"queued": True}`` or the outcome of a short list."""
	frappe.only_for(ROLE)
	file = frappe.get_doc("File", {"file_url": file_url})
	file.check_permission("read")
	rows = read_file(file)
	if len(rows) <= ROWS_AT_ONCE:
		return _import_and_report(file.name, frappe.session.user)
	frappe.enqueue(
		"grievance_helpdesk.jurisdiction.place_import._import_and_report",
		queue="long",
		timeout=1800,
		job_id=f"place-import::{file.name}",
		deduplicate=True,
		file=file.name,
		user=frappe.session.user,
	)
	return {"queued": True, "rows": len(rows)}


@frappe.whitelist(methods=["GET"])
def download_template() -> None:
	"""Our own list's columns with two examples, as a CSV file."""
	frappe.only_for(ROLE)
	frappe.response["filename"] = "places.csv"
	frappe.response["filecontent"] = _as_csv([TEMPLATE_COLUMNS, *TEMPLATE_EXAMPLES])
	frappe.response["type"] = "download"


def read_file(file) -> list[dict]:
	"""Rows of an uploaded file as dicts of its own headers; says what to do when the file cannot be read."""
	content = file_bytes(file)
	if file.file_name.lower().endswith(".xlsx"):
		from frappe.utils.xlsxutils import read_xlsx_file_from_attached_file

		table = read_xlsx_file_from_attached_file(fcontent=content)
	else:
		table = _csv_table(content)
	table = [["" if cell is None else str(cell) for cell in row] for row in table]
	if len(table) < 2:
		frappe.throw(_("The file has no rows below its header."))
	header = table[0]
	return [dict(zip(header, row, strict=False)) for row in table[1:]]


def _csv_table(content: bytes) -> list[list[str]]:
	try:
		text = content.decode("utf-8-sig")
	except UnicodeDecodeError:
		frappe.throw(_("The file is not UTF-8 text: save it as “CSV UTF-8” or as XLSX."))
	return list(csv.reader(io.StringIO(text)))


def _import_and_report(file: str, user: str) -> dict:
	"""Run the import of a File document and tell ``user``; the refused rows come back as a file."""
	document = frappe.get_doc("File", file)
	title = _("Importing places")

	def show(done: int, total: int) -> None:
		frappe.publish_progress(100 * done / total, title=title)

	rows = read_file(document)
	outcome = import_places(rows, show)
	message = outcome.as_sentence()
	refused = _keep_refused_rows(document.file_name, rows, outcome) if outcome.errors else None
	state = frappe.db.get_single_value("Grievance Settings", "state")
	if state:
		# The record of an import outlives the message on the screen.
		link = f' <a href="{refused}">{_("Refused rows")}</a>' if refused else ""
		text = frappe.utils.escape_html(f"{document.file_name}: {message}") + link
		frappe.get_doc("Jurisdiction", state).add_comment("Info", text)
	frappe.publish_realtime("place_import_done", {"message": message, "refused": refused}, user=user)
	return {"message": message, "refused": refused, "errors": len(outcome.errors)}


def _keep_refused_rows(file_name: str, rows: list[dict], outcome: Outcome) -> str:
	"""A private CSV with every refused row as it came, and why; returns its URL."""
	header = list(rows[0])
	table = [["Row", "Reason", *header]]
	for number, _place, reason in outcome.errors:
		table.append([number, reason, *(rows[number - 2].get(column, "") for column in header)])
	stem = file_name.rsplit(".", 1)[0]
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{stem}-refused.csv",
			"content": _as_csv(table),
			"is_private": 1,
		}
	)
	return file.insert().file_url


def _as_csv(table: Iterable[Iterable]) -> str:
	buffer = io.StringIO()
	csv.writer(buffer).writerows(table)
	return buffer.getvalue()
