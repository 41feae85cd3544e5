"""Names of new documents: by field, series, expression, hash, prompt, number or the controller's ``autoname``."""

from __future__ import annotations

import re
from collections.abc import Callable

from .. import exceptions
from ..messages import _, throw
from ..records import get_meta
from ..state import db
from ..utils.data import now_datetime, random_string


def set_new_name(doc) -> None:
	"""Give a new document its name, in Frappe's order of rules."""
	doc.run_method("before_naming")
	autoname = doc.meta.autoname or ""
	if autoname == "autoincrement":
		doc.name = db.get_next_sequence_val(doc.doctype)
		return
	if autoname.lower() != "prompt":
		doc.name = None
	if doc.meta.issingle:
		doc.name = doc.doctype
	if not doc.name:
		doc.run_method("autoname")
	if not doc.name and autoname:
		_set_by_rule(doc, autoname)
	doc.name = validate_name(doc.doctype, doc.name or make_autoname("hash", doc.doctype))


def _set_by_rule(doc, autoname: str) -> None:
	rule = autoname.lower()
	if rule.startswith("field:"):
		fieldname = autoname.partition(":")[2]
		doc.name = str(doc.get(fieldname) or "").strip()
		if not doc.name:
			throw(_("{0} is required").format(doc.meta.get_label(fieldname)))
	elif rule.startswith("naming_series:"):
		set_name_by_naming_series(doc)
	elif rule == "prompt":
		if not doc.name:
			throw(_("Please set the document name"))
	elif rule.startswith("format:"):
		doc.name = _format_autoname(autoname.partition(":")[2], doc)
	elif "#" in autoname:
		doc.name = make_autoname(autoname, doc=doc)


def set_name_by_naming_series(doc) -> None:
	if not doc.naming_series:
		options = (doc.meta.get_options("naming_series") or "").split("\n")
		doc.naming_series = next((option for option in options if option), None)
	if not doc.naming_series:
		throw(_("Naming Series mandatory"))
	doc.name = make_autoname(doc.naming_series + ".#####", "", doc)


class NamingSeries:
	"""A series such as ``GRV-.YYYY.-.####``."""

	def __init__(self, series: str):
		self.series = series if "#" in series else f"{series}.#####"

	def generate_next_name(self, doc) -> str:
		return parse_naming_series(self.series, doc=doc)

	def get_prefix(self) -> str:
		"""What stands before the number; the counter is kept under it."""
		prefixes: list[str] = []

		def note(prefix: str, digits: int) -> str:
			prefixes.append(prefix)
			return ""

		parse_naming_series(self.series, number_generator=note)
		return prefixes[0]


def make_autoname(key: str = "", doctype: str = "", doc="", *, ignore_validate: bool = False) -> str:
	"""A name from a key such as ``GRV-.YYYY.-.####``, or a random one for ``hash``."""
	if key == "hash":
		return random_string(10)
	return NamingSeries(key).generate_next_name(doc)


def parse_naming_series(
	parts: list[str] | str, doctype=None, doc=None, number_generator: Callable[[str, int], str] | None = None
) -> str:
	today, name, counted = now_datetime(), "", False
	dates = {"YY": "%y", "MM": "%m", "DD": "%d", "YYYY": "%Y"}
	for part in parts.split(".") if isinstance(parts, str) else parts:
		if part.startswith("#"):
			if not counted:
				name += (number_generator or getseries)(name, len(part))
				counted = True
		elif part in dates:
			name += today.strftime(dates[part])
		elif part in ("WW", "timestamp"):
			raise NotImplementedError(f"embedded site: naming series part {part}")
		elif doc and part and (part.startswith("{") or doc.get(part.strip("{}")) is not None):
			name += str(doc.get(part.strip("{}")) or "").strip()
		else:
			name += part
	return name


def _format_autoname(pattern: str, doc) -> str:
	return re.sub(r"\{[^{}]+\}", lambda found: parse_naming_series([found.group()[1:-1]], doc=doc), pattern)


def getseries(key: str, digits: int) -> str:
	"""The next number of a series, counted in the current transaction."""
	db.execute(
		"INSERT INTO `tabSeries` VALUES (?, 1) ON CONFLICT (`name`) DO UPDATE SET `current` = `current` + 1",
		(key,),
	)
	current = db.execute("SELECT `current` FROM `tabSeries` WHERE `name` = ?", (key,)).fetchone()[0]
	return f"{current:0{digits}d}"


def revert_series_if_last(key: str, name: str, doc=None) -> None:
	"""Give the number back when the last document of a series is deleted."""
	prefix = parse_naming_series(key.split(".#")[0].split("."), doc=doc)
	number = name[len(prefix) :]
	if number.isdigit():
		db.execute(
			"UPDATE `tabSeries` SET `current` = `current` - 1 WHERE `name` = ? AND `current` = ?",
			(prefix, int(number)),
		)


def validate_name(doctype: str, name):
	if isinstance(name, int):
		return name
	name = (name or "").strip()
	if not name:
		throw(_("No Name Specified for {0}").format(doctype))
	if name.startswith("New " + doctype):
		throw(
			_("There were some errors setting the name, please contact the administrator"),
			exceptions.NameError,
		)
	if name == doctype != "DocType" and not get_meta(doctype).issingle:
		throw(_("Name of {0} cannot be {1}").format(doctype, name), exceptions.NameError)
	found = re.findall("[<>]+", name)
	if found:
		throw(
			_("Name cannot contain special characters like {0}").format(", ".join(f"'{c}'" for c in "<>")),
			exceptions.NameError,
		)
	return name
