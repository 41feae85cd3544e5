"""Reading and writing single values: ``get_value``, ``set_value``, ``exists``, ``count`` and the Single DocTypes."""

from __future__ import annotations

from ..state import _dict, local
from .query import conditions

DEFAULT_ORDER = "KEEP_DEFAULT_ORDERING"
NOT_DOCTYPES = ("Series", "Singles", "DefaultValue")


class ValuesMixin:
	def get_value(
		self,
		doctype: str,
		filters=None,
		fieldname="name",
		*,
		as_dict: bool = False,
		order_by: str | None = DEFAULT_ORDER,
		cache: bool = False,
		for_update: bool = False,
	):
		"""One value, a tuple of values or a dict of the first row that fits; None when there is none."""
		rows = self.get_values(
			doctype,
			filters,
			fieldname,
			as_dict=as_dict,
			order_by=order_by,
			cache=cache,
			for_update=for_update,
			limit=1,
		)
		if not rows:
			return None
		row = rows[0]
		if as_dict:
			return row
		return row[0] if len(row) == 1 and fieldname != "*" else row

	def get_values(
		self,
		doctype: str,
		filters=None,
		fieldname="name",
		*,
		as_dict: bool = False,
		order_by: str | None = DEFAULT_ORDER,
		cache: bool = False,
		for_update: bool = False,
		pluck: bool = False,
		distinct: bool = False,
		limit: int | None = None,
	):
		"""Rows that fit the filters (a name, a list of names, a dict or a list), as tuples or dicts."""
		if for_update:
			self.begin()
		# As in Frappe: a list of fields cannot be cached (TypeError), and as_dict is no part of the key.
		key = (doctype, filters, fieldname) if cache and isinstance(filters, str) else None
		if key in self.value_cache:
			return self.value_cache[key]
		fields = [fieldname] if isinstance(fieldname, str) else list(fieldname)
		if filters is None or (filters == doctype and doctype != "DocType"):
			rows = self._single_values(doctype, fields, as_dict)
		else:
			rows = self._table_values(doctype, filters, fields, as_dict, order_by, distinct, limit, pluck)
		if key:
			self.value_cache[key] = rows
		return rows

	def _table_values(self, doctype, filters, fields, as_dict, order_by, distinct, limit, pluck):
		where, values = conditions(doctype, filters)
		names = ", ".join(field if field == "*" or "(" in field else _column(field) for field in fields)
		query = f"SELECT {'DISTINCT ' if distinct else ''}{names} FROM `tab{doctype}`{where}"
		if order_by == DEFAULT_ORDER:
			order_by = None if distinct or (limit == 1 and _is_name(filters)) else "`modified` DESC"
		if order_by and doctype not in NOT_DOCTYPES:
			query += " ORDER BY " + ", ".join(map(_direction, order_by.split(",")))
		if limit:
			query += f" LIMIT {int(limit)}"
		return self.rows(self.execute(query, values), as_dict=as_dict, pluck=pluck)

	def _single_values(self, doctype: str, fields: list[str], as_dict: bool):
		stored = self.get_singles_dict(doctype, cast=True)
		if not stored:
			return []
		wanted = list(stored) if fields == ["*"] else fields
		row = _dict((field, stored.get(field)) for field in wanted)
		return [row] if as_dict else [tuple(row.values())]

	def get_singles_dict(self, doctype: str, *, cast: bool = False):
		"""All stored values of a Single DocType."""
		from .. import get_meta
		from ..utils.data import cast as cast_value

		rows = self.execute("SELECT `field`, `value` FROM `tabSingles` WHERE `doctype` = ?", (doctype,))
		stored = _dict(rows.fetchall())
		if cast and stored:
			for df in get_meta(doctype).fields:
				if df.fieldname in stored:
					stored[df.fieldname] = cast_value(df.fieldtype, stored[df.fieldname])
		return stored

	def get_single_value(self, doctype: str, fieldname: str, cache: bool = True):
		"""One field of a Single DocType, with the Python type of its field."""
		from .. import get_meta
		from ..utils.data import cast

		df = get_meta(doctype).get_field(fieldname)
		if df is None:
			raise ValueError(f"Field {fieldname} does not exist in {doctype}")
		found = self.execute(
			"SELECT `value` FROM `tabSingles` WHERE `doctype` = ? AND `field` = ?", (doctype, fieldname)
		).fetchone()
		return cast(df.fieldtype, found[0] if found else None)

	def set_single_value(
		self,
		doctype: str,
		fieldname,
		value=None,
		modified=None,
		modified_by=None,
		update_modified: bool = True,
	) -> None:
		changes = self._changes(fieldname, value, modified, modified_by, update_modified)
		for field, new in changes.items():
			self.execute("DELETE FROM `tabSingles` WHERE `doctype` = ? AND `field` = ?", (doctype, field))
			stored = None if new is None else str(int(new) if isinstance(new, bool) else new)
			self.execute("INSERT INTO `tabSingles` VALUES (?, ?, ?)", (doctype, field, stored))
		self._changed(doctype, doctype)

	def _changes(self, fieldname, value, modified, modified_by, update_modified) -> dict:
		from ..utils.data import now

		changes = dict(fieldname) if isinstance(fieldname, dict) else {fieldname: value}
		if update_modified:
			changes["modified"] = modified or now()
			changes["modified_by"] = modified_by or local.session.user
		return changes

	def set_value(
		self,
		dt: str,
		dn,
		field,
		val=None,
		modified=None,
		modified_by=None,
		update_modified: bool = True,
	) -> None:
		"""Write values of the rows that fit, without documents, hooks or checks."""
		if dn is None or dt == dn:
			self.set_single_value(dt, field, val, modified, modified_by, update_modified)
			return
		changes = self._changes(field, val, modified, modified_by, update_modified)
		where, values = conditions(dt, dn)
		assignments = ", ".join(f"{_column(name)} = {values.bind(new)}" for name, new in changes.items())
		self.execute(f"UPDATE `tab{dt}` SET {assignments}{where}", values)
		self._changed(dt, dn if isinstance(dn, (str, int)) else None)

	def bulk_update(
		self,
		doctype: str,
		doc_updates: dict[str, dict],
		*,
		chunk_size: int = 100,
		modified=None,
		modified_by=None,
		update_modified: bool = True,
	) -> None:
		"""Write the values of many documents, each named with its own fields."""
		for name, values in doc_updates.items():
			changes = self._changes(values, None, modified, modified_by, update_modified)
			assignments = ", ".join(f"{_column(field)} = ?" for field in changes)
			self.execute(
				f"UPDATE `tab{doctype}` SET {assignments} WHERE `name` = ?", [*changes.values(), name]
			)
		if doc_updates:
			self._changed(doctype, None)

	def _changed(self, doctype: str, name) -> None:
		from ..records import clear_document_cache

		self.value_cache.clear()
		clear_document_cache(doctype, name)

	def exists(self, dt, dn=None, cache: bool = False):
		"""Name of the document that fits, else None."""
		from .. import get_meta

		if isinstance(dt, dict):
			dt = dt.copy()
			dt, dn = dt.pop("doctype"), dt
		if dt != "DocType" and (dt == dn or (dn is None and get_meta(dt).issingle)):
			return dt
		if dn is None:
			return None
		return self.get_value(dt, dn, "name", cache=cache, order_by=None)

	def count(self, dt: str, filters=None) -> int:
		where, values = conditions(dt, filters)
		return self.execute(f"SELECT count(*) FROM `tab{dt}`{where}", values).fetchone()[0]

	def get_list(self, *args, **kwargs):
		from ..records import get_list

		return get_list(*args, **kwargs)

	def get_all(self, *args, **kwargs):
		from ..records import get_all

		return get_all(*args, **kwargs)

	def get_default(self, key: str, parent: str = "__default"):
		found = self.execute(
			"SELECT `defvalue` FROM `tabDefaultValue` WHERE `parent` = ? AND `defkey` = ?", (parent, key)
		).fetchone()
		return found[0] if found else None

	def set_default(self, key: str, val, parent: str = "__default", parenttype: str | None = None) -> None:
		self.execute("REPLACE INTO `tabDefaultValue` VALUES (?, ?, ?)", (parent, key, val))

	set_global = set_default
	get_global = get_default


def _column(name: str) -> str:
	if " as " in name:
		name, alias = name.split(" as ")
		return f"`{name.strip()}` AS `{alias.strip()}`"
	return f"`{name}`"


def _direction(term: str) -> str:
	"""Descending unless the term says otherwise, as in Frappe."""
	term = term.strip()
	return term if " " in term else f"{term} DESC"


def _is_name(filters) -> bool:
	return isinstance(filters, (str, int))
