"""A record's values: fields are attributes, child tables are lists of records; writing one row."""

from __future__ import annotations

import importlib
import json
import sqlite3
from datetime import date, datetime, time, timedelta
from functools import cached_property

from .. import exceptions
from ..messages import _, bold, msgprint
from ..state import _dict, db, local
from ..utils.data import cint, cstr, flt, now
from . import child_table_fields, datetime_fields, default_fields, float_like_fields, table_fields

RESERVED = ("doctype", "meta", "flags", "parent_doc", "_doc_before_save", "_original_modified")
PRIVATE = ("__islocal", "__onload", "__unsaved", "_user_tags", "_liked_by")


def get_controller(doctype: str) -> type:
	"""The class of a DocType: the app's controller, or a plain Document."""
	from ..records import get_meta
	from .document import Document

	meta = get_meta(doctype)
	if meta.controller is None:
		return Document
	module, _dot, name = meta.controller.rpartition(".")
	return getattr(importlib.import_module(module), name)


class BaseDocument:
	def __init__(self, values: dict):
		self.__dict__["flags"] = _dict()
		self.__dict__["doctype"] = values["doctype"]
		self.update(values)
		for name in (*default_fields, *self.meta.get_valid_columns()):
			self.__dict__.setdefault(name, None)
		for df in self.meta.get_table_fields():
			if self.__dict__.get(df.fieldname) is None:
				self.__dict__[df.fieldname] = []
		self.docstatus = cint(self.docstatus)
		self.idx = self.idx or 0

	@cached_property
	def meta(self):
		from ..records import get_meta

		return get_meta(self.doctype)

	def __getstate__(self) -> dict:
		return {key: value for key, value in self.__dict__.items() if key not in ("meta", "parent_doc")}

	def __repr__(self) -> str:
		return f"<{type(self).__name__}: {self.name or 'unsaved'}>"

	def get(self, key, filters=None, limit=None, default=None):
		"""The value of a field; with ``filters`` (a dict) those child rows that fit."""
		if isinstance(filters, dict):
			rows = [
				row
				for row in self.__dict__.get(key) or []
				if all(row.get(name) == wanted for name, wanted in filters.items())
			]
			return rows[:limit] if limit else rows
		return self.__dict__.get(key, default if filters is None else filters)

	def set(self, key, value, as_value: bool = False) -> None:
		# What a client sends must never stand in the place of a method, such as the controller's checks.
		if key in RESERVED or callable(getattr(type(self), key, None)):
			return
		df = None if as_value else self.meta.get_field(key)
		if df and df.fieldtype in table_fields:
			self.__dict__[key] = []
			self.extend(key, value or [])
		else:
			self.__dict__[key] = value

	def update(self, values: dict):
		if "name" in values:
			self.__dict__["name"] = values["name"]
		for key, value in values.items():
			self.set(key, value)
		return self

	def update_if_missing(self, values: dict) -> None:
		for key, value in values.items():
			if value is not None and self.get(key) is None:
				self.set(key, value)

	def append(self, key: str, value=None, position: int = -1):
		"""Add a row to a child table and return it."""
		rows = self.__dict__.setdefault(key, [])
		df = self.meta.get_field(key)
		if df is None or df.fieldtype not in table_fields:
			raise AttributeError(key)
		row = value
		if not isinstance(value, BaseDocument):
			row = get_controller(df.options)({**(value or {}), "doctype": df.options})
		row.parent, row.parenttype, row.parentfield = self.get("name"), self.doctype, key
		row.__dict__["parent_doc"] = self
		if not row.idx:
			row.idx = len(rows) + 1
		if not row.name:
			row.__dict__["__islocal"] = 1
		rows.insert(len(rows) if position == -1 else position, row)
		if position != -1:
			_number(rows)
		return row

	def extend(self, key: str, rows) -> None:
		for row in rows:
			self.append(key, row)

	def remove(self, row) -> None:
		rows = self.get(row.parentfield)
		rows.remove(row)
		_number(rows)

	def is_new(self) -> bool | None:
		"""None for a stored document, as in Frappe: a permission hook that returns it objects to nothing."""
		return self.__dict__.get("__islocal")

	def get_all_children(self, parenttype: str | None = None) -> list:
		return [
			row
			for df in self.meta.get_table_fields()
			if not parenttype or df.options == parenttype
			for row in self.get(df.fieldname) or []
		]

	def get_valid_dict(
		self, sanitize: bool = True, convert_dates_to_str: bool = False, ignore_nulls: bool = False
	) -> _dict:
		"""The values that the table keeps, with the Python type of their column."""
		values = _dict()
		for name in self.meta.get_valid_columns():
			value = self.__dict__.get(name)
			df = self.meta.get_field(name)
			if df:
				value = _typed(df, value)
			if convert_dates_to_str and isinstance(value, (date, time, timedelta)):
				value = str(value)
			if value is not None or not ignore_nulls:
				values[name] = value
		return values

	def as_dict(
		self,
		no_nulls: bool = False,
		no_default_fields: bool = False,
		convert_dates_to_str: bool = False,
		no_child_table_fields: bool = False,
		no_private_properties: bool = False,
	) -> _dict:
		"""Values and child rows as plain dicts. Fields taken away for want of permission stay away."""
		values = self.get_valid_dict(convert_dates_to_str=convert_dates_to_str, ignore_nulls=no_nulls)
		for name in self.flags.unreadable or ():
			values.pop(name, None)
		values["doctype"] = self.doctype
		options = (
			no_nulls,
			no_default_fields,
			convert_dates_to_str,
			no_child_table_fields,
			no_private_properties,
		)
		for df in self.meta.get_table_fields():
			if df.fieldname not in (self.flags.unreadable or ()):
				values[df.fieldname] = [row.as_dict(*options) for row in self.get(df.fieldname) or []]
		dropped = (default_fields if no_default_fields else ()) + (
			child_table_fields if no_child_table_fields else ()
		)
		for name in dropped:
			values.pop(name, None)
		if not no_private_properties:
			values.update({key: self.__dict__[key] for key in PRIVATE if self.__dict__.get(key)})
		return values

	def as_json(self) -> str:
		from ..messages import as_json

		return as_json(self.as_dict())

	def precision(self, fieldname: str, parentfield: str | None = None) -> int | None:
		df = self.meta.get_field(fieldname)
		return cint(df.precision) or 9 if df and df.fieldtype in float_like_fields else None

	def save_passwords(self) -> None:
		"""Move what was typed into Password fields to the encrypted store; the row keeps stars."""
		from ..utils.password import remove_encrypted_password, set_encrypted_password

		for df in self.meta.fields:
			if df.fieldtype != "Password":
				continue
			value = self.get(df.fieldname)
			if not value:
				if not self.is_new():
					remove_encrypted_password(self.doctype, self.name, df.fieldname)
			elif set(value) != {"*"}:
				set_encrypted_password(self.doctype, self.name, value, df.fieldname)
				self.set(df.fieldname, "*" * len(value))

	def get_password(self, fieldname: str = "password", raise_exception: bool = True) -> str | None:
		"""The secret in a Password field, decrypted."""
		from ..utils.password import get_decrypted_password

		value = self.get(fieldname)
		if value and set(value) != {"*"}:
			return value
		return get_decrypted_password(self.doctype, self.name, fieldname, raise_exception=raise_exception)

	def db_insert(self, ignore_if_duplicate: bool = False) -> None:
		if not self.name:
			from .naming import set_new_name

			set_new_name(self)
		if not self.creation:
			self.creation = self.modified = now()
			self.owner = self.modified_by = local.session.user
		values = self.get_valid_dict()
		columns = ", ".join(f"`{name}`" for name in values)
		marks = ", ".join("?" * len(values))
		try:
			db.execute(f"INSERT INTO `tab{self.doctype}` ({columns}) VALUES ({marks})", _stored(values))
		except sqlite3.IntegrityError as error:
			if not (ignore_if_duplicate and db.is_primary_key_violation(error)):
				self._explain_duplicate(error)
		self.__dict__["__islocal"] = False

	def db_update(self) -> None:
		if self.is_new() or not self.name:
			self.db_insert()
			return
		values = self.get_valid_dict()
		name = values.pop("name")
		assignments = ", ".join(f"`{column}` = ?" for column in values)
		try:
			db.execute(
				f"UPDATE `tab{self.doctype}` SET {assignments} WHERE `name` = ?", [*_stored(values), name]
			)
		except sqlite3.IntegrityError as error:
			self._explain_duplicate(error)

	def _explain_duplicate(self, error: sqlite3.IntegrityError) -> None:
		# A name taken from a unique field breaks both keys at once: then the name is what people know.
		if db.is_primary_key_violation(error) or (self.is_new() and db.exists(self.doctype, self.name)):
			msgprint(
				_("{0} {1} already exists").format(self.doctype, bold(self.name)), title=_("Duplicate Name")
			)
			raise exceptions.DuplicateEntryError(self.doctype, self.name, error) from error
		if db.is_unique_key_violation(error):
			fieldname = str(error).rpartition(".")[2]
			msgprint(_("{0} must be unique").format(self.meta.get_label(fieldname)))
			raise exceptions.UniqueValidationError(self.doctype, self.name, error) from error
		raise error


def _number(rows: list) -> None:
	for number, row in enumerate(rows, start=1):
		row.idx = number


def _typed(df, value):
	if df.fieldtype == "Check":
		return 1 if cint(value) else 0
	if df.fieldtype == "Int":
		return value if isinstance(value, int) else cint(value)
	if df.fieldtype in float_like_fields:
		return flt(value)
	if df.fieldtype == "JSON" and isinstance(value, (dict, list)):
		return json.dumps(value, separators=(",", ":"))
	if (df.fieldtype in datetime_fields and value == "") or (df.unique and not cstr(value).strip()):
		return None
	return value


def _stored(values: _dict) -> list:
	"""Times as the table compares them, whatever form the document carries."""
	return [store(value) for value in values.values()]


def store(value):
	if isinstance(value, (dict, list)):
		raise exceptions.ValidationError(f"Value {value!r} cannot be stored in one field")
	return value if not isinstance(value, datetime) or value.tzinfo is None else value.replace(tzinfo=None)
