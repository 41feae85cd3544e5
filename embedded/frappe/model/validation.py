"""The checks of a document before it is written: mandatory, links, select options, data, length, set once."""

from __future__ import annotations

from .. import exceptions
from ..database.schema import TYPES, VARCHAR_LENGTH
from ..messages import _, bold, msgprint, throw
from ..state import db, local
from ..utils import (
	cint,
	cstr,
	flt,
	split_emails,
	strip_html,
	validate_email_address,
	validate_phone_number,
	validate_phone_number_with_country_code,
	validate_url,
)
from . import table_fields

LARGEST_INT = 2_147_483_647
LARGEST_BIGINT = 9_223_372_036_854_775_807


def validate(doc) -> None:
	"""Run every check; the first that fails raises."""
	validate_mandatory(doc)
	for row in (doc, *doc.get_all_children()):
		validate_data_fields(row)
		validate_selects(row)
		validate_numbers(row)
		validate_length(row)
		sync_autoname_field(row)
		row.save_passwords()
	if not doc.is_new():
		validate_set_only_once(doc)


def validate_mandatory(doc) -> None:
	if doc.flags.ignore_mandatory:
		return
	missing = [found for row in (doc, *doc.get_all_children()) for found in _missing(row)]
	for _fieldname, message in missing:
		msgprint(message)
	if missing:
		fields = ", ".join(fieldname for fieldname, _message in missing)
		raise exceptions.MandatoryError(f"[{doc.doctype}, {doc.name}]: {fields}")


def _missing(row) -> list[tuple[str, str]]:
	missing = []
	for df in row.meta.fields:
		if not df.reqd:
			continue
		value = row.get(df.fieldname)
		if value in (None, []) or not (df.fieldtype in table_fields or strip_html(cstr(value)).strip()):
			missing.append((df.fieldname, _missing_message(row, df)))
	if row.meta.istable:
		missing += [(name, name) for name in ("parent", "parenttype") if not row.get(name)]
	return missing


def _missing_message(row, df) -> str:
	if df.fieldtype in table_fields:
		return _("Error: Data missing in table: {0}").format(df.label)
	if row.get("parentfield"):
		return _("Error: {0} Row #{1}: Value missing for: {2}").format(bold(row.doctype), row.idx, df.label)
	return _("Error: Value missing for {0}: {1}").format(df.parent, df.label)


def validate_links(doc) -> None:
	"""Every link must lead somewhere; the link takes the stored spelling and fills the fetched fields."""
	if doc.flags.ignore_links:
		return
	broken = [found for row in (doc, *doc.get_all_children()) for found in _broken_links(row)]
	if broken:
		throw(_("Could not find {0}").format(", ".join(broken)), exceptions.LinkValidationError)


def _broken_links(row) -> list[str]:
	broken = []
	for df in (*row.meta.get_link_fields(), *row.meta.get_dynamic_link_fields()):
		name = row.get(df.fieldname)
		if not name:
			continue
		doctype = df.options if df.fieldtype == "Link" else row.get(df.options)
		if not doctype:
			throw(_("{0} must be set first").format(row.meta.get_label(df.options)))
		found = _linked(doctype, name)
		if found:
			row.set(df.fieldname, found)
			_fetch(row, df, doctype, found)
		else:
			place = _("Row #{0}: ").format(row.idx) if row.get("parentfield") else ""
			broken.append(f"{place}{df.label}: {name}")
	return broken


def _linked(doctype: str, name: str) -> str | None:
	from ..records import get_meta

	if get_meta(doctype).issingle:
		return doctype
	return db.get_value(doctype, name, "name", cache=True)


def _fetch(row, link, doctype: str, name: str) -> None:
	for df in row.meta.fields:
		if (df.fetch_from or "").startswith(link.fieldname + ".") and not (
			df.fetch_if_empty and row.get(df.fieldname)
		):
			row.set(df.fieldname, db.get_value(doctype, name, df.fetch_from.partition(".")[2]))


def validate_data_fields(row) -> None:
	for df in row.meta.fields:
		value = row.get(df.fieldname)
		if not value:
			continue
		if df.fieldtype == "Phone":
			validate_phone_number_with_country_code(value, df.fieldname)
		elif df.fieldtype == "Data" and df.options == "Email":
			if not {row.get("owner"), value} <= {"Administrator", "Guest"}:
				for address in split_emails(value):
					validate_email_address(address, throw=True)
		elif df.fieldtype == "Data" and df.options == "Phone":
			validate_phone_number(value, throw=True)
		elif df.fieldtype == "Data" and df.options == "URL":
			validate_url(value, throw=True)


def validate_selects(row) -> None:
	for df in row.meta.get_select_fields():
		value = row.get(df.fieldname)
		options = (df.options or "").split("\n")
		if df.fieldname == "naming_series" or not value or not any(options):
			continue
		value = cstr(value).strip()
		row.set(df.fieldname, value)
		if value not in options:
			place = _("Row #{0}:").format(row.idx) if row.get("parentfield") else ""
			throw(
				_('{0} {1} cannot be "{2}". It should be one of "{3}"').format(
					place, row.meta.get_label(df.fieldname), value, '", "'.join(options)
				)
			)


def validate_numbers(row) -> None:
	for df in row.meta.fields:
		if (
			df.non_negative
			and df.fieldtype in ("Int", "Float", "Currency")
			and flt(row.get(df.fieldname)) < 0
		):
			throw(
				_("Value cannot be negative for {0}: {1}").format(df.parent, bold(df.label)),
				exceptions.NonNegativeError,
			)


def validate_length(row) -> None:
	if local.flags.in_install or row.meta.issingle:
		return
	for df in row.meta.fields:
		value = row.get(df.fieldname)
		if value is None:
			continue
		kind = TYPES.get(df.fieldtype, "")
		if kind == "varchar":
			limit = cint(df.length) or VARCHAR_LENGTH
			if len(cstr(value)) > limit:
				_too_long(row, df, limit, value)
		elif df.fieldtype == "Int":
			limit = LARGEST_BIGINT if cint(df.length) > 11 else LARGEST_INT
			if abs(cint(value)) > limit:
				_too_long(row, df, limit, value)


def _too_long(row, df, limit: int, value) -> None:
	reference = f"{row.doctype} {row.name}"
	if row.get("parentfield"):
		reference = _("{0}, Row {1}").format(row.doctype, row.idx)
	throw(
		_("{0}: '{1}' ({3}) will get truncated, as max characters allowed is {2}").format(
			reference, df.label, limit, value
		),
		exceptions.CharacterLengthExceededError,
		title=_("Value too big"),
	)


def sync_autoname_field(row) -> None:
	"""The field that names the document keeps the name."""
	rule, _colon, fieldname = (row.meta.autoname or "").partition(":")
	if rule == "field" and row.name and row.name != row.get(fieldname):
		row.set(fieldname, row.name)


def validate_set_only_once(doc) -> None:
	before = doc.get_doc_before_save()
	for df in doc.meta.get_set_only_once_fields() if before else ():
		new, old = doc.get(df.fieldname), before.get(df.fieldname)
		if df.fieldtype in table_fields:
			new, old = _plain_rows(new), _plain_rows(old)
		elif df.fieldtype in ("Date", "Datetime", "Time"):
			new, old = str(new), str(old)
		if new != old:
			throw(
				_("Value cannot be changed for {0}").format(bold(df.label)),
				exceptions.CannotChangeConstantError,
			)


def _plain_rows(rows) -> list[dict]:
	skipped = ("modified", "modified_by", "creation")
	return [
		{key: str(value) for key, value in row.get_valid_dict().items() if key not in skipped} for row in rows
	]
