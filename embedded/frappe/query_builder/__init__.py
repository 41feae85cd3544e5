"""``frappe.qb``: PyPika with ``run``. Text values travel as parameters, the rest is rendered for SQLite."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pypika import Case, Criterion, CustomFunction, Field, Interval, JoinType, Order, Table, Tuple
from pypika.functions import Coalesce, IfNull, Max, Min
from pypika.queries import Query, QueryBuilder, _SetOperation
from pypika.terms import ValueWrapper
from pypika.utils import builder, format_alias_sql

from ..database.functions import read_date, read_datetime, store_datetime, store_timedelta

__all__ = [
	"Case",
	"Criterion",
	"CustomFunction",
	"DocType",
	"Field",
	"Interval",
	"JoinType",
	"Order",
	"Table",
	"Tuple",
]


class Parameters(dict):
	def bind(self, value) -> str:
		key = f"q{len(self)}"
		self[key] = value
		return f":{key}"


def _formatted_value(cls, value, **kwargs) -> str:
	if value is None:
		return "null"
	if isinstance(value, bool):
		return str(int(value))
	if isinstance(value, datetime):
		value = store_datetime(value)
	elif isinstance(value, (date, time)):
		value = value.isoformat()
	elif isinstance(value, timedelta):
		value = store_timedelta(value)
	if hasattr(value, "get_sql"):
		return value.get_sql(**kwargs)
	return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def _value_sql(self, quote_char=None, secondary_quote_char="'", param_wrapper=None, **kwargs) -> str:
	if param_wrapper is not None and isinstance(self.value, str):
		sql = param_wrapper.bind(self.value)
	else:
		sql = self.get_formatted_value(self.value, quote_char=quote_char, **kwargs)
	return format_alias_sql(sql, self.alias, quote_char=quote_char, **kwargs)


# PyPika writes ISO times with a "T" and true/false; both would compare wrongly with what the tables hold.
ValueWrapper.get_formatted_value = classmethod(_formatted_value)
ValueWrapper.get_sql = _value_sql


def run(query, as_dict: bool = False, as_list: bool = False, pluck: bool = False, **kwargs):
	"""Execute the query on this thread's connection. Rows are tuples, dicts (``as_dict``) or values (``pluck``)."""
	from .. import db

	if kwargs.keys() - {"update"}:
		raise NotImplementedError(f"embedded site: query.run({', '.join(kwargs)})")
	parameters = Parameters()
	sql = query.get_sql(param_wrapper=parameters)
	cursor = db.execute(sql, parameters)
	if not sql.lstrip("( ").upper().startswith(("SELECT", "WITH")):
		db.value_cache.clear()
	return db.rows(
		cursor, as_dict=as_dict, as_list=as_list, pluck=pluck, converters=_converters(query), **kwargs
	)


def _converters(query) -> dict:
	"""How to read the earliest or latest of a time column, which SQLite gives back as bare text."""
	found = {}
	for index, term in enumerate(getattr(query, "_selects", ())):
		field = term.args[0] if isinstance(term, (Max, Min, Coalesce, IfNull)) else None
		if isinstance(field, (Max, Min)):
			field = field.args[0]
		if isinstance(field, Field) and isinstance(field.table, Table):
			convert = time_reader(field.table._table_name.removeprefix("tab"), field.name)
			if convert:
				found[index] = convert
	return found


def time_reader(doctype: str, fieldname: str):
	"""The function that reads a Date or Datetime column's text; None for any other column."""
	from ..state import local

	if fieldname in ("creation", "modified"):
		return read_datetime
	meta = local.runtime.metas.get(doctype)
	df = meta and meta.get_field(fieldname)
	return {"Date": read_date, "Datetime": read_datetime}.get(df.fieldtype) if df else None


class SQLiteQueryBuilder(QueryBuilder):
	QUOTE_CHAR = "`"

	def __init__(self, **kwargs):
		super().__init__(dialect=None, **kwargs)
		self._ignore = False

	@builder
	def ignore(self):
		"""Rows that break a unique key are left out."""
		self._ignore = True

	def for_update(self, *args, **kwargs):
		"""A writer waits for the whole database anyway; nothing to lock by row."""
		return self

	def _insert_sql(self, **kwargs) -> str:
		return f"INSERT {'OR IGNORE ' if self._ignore else ''}INTO {self._insert_table.get_sql(**kwargs)}"

	run = run
	walk = None


_SetOperation.run = run


class SQLite(Query):
	"""The part of ``frappe.qb`` that Frappe adds to PyPika's ``Query``."""

	@classmethod
	def _builder(cls, **kwargs) -> SQLiteQueryBuilder:
		return SQLiteQueryBuilder(**kwargs)

	@staticmethod
	def DocType(table_name: str, *args, **kwargs) -> Table:
		prefix = "" if table_name.startswith("__") else "tab"
		return Table(f"{prefix}{table_name}", *args, **kwargs)

	@classmethod
	def from_(cls, table, *args, **kwargs) -> SQLiteQueryBuilder:
		table = cls.DocType(table) if isinstance(table, str) else table
		return super().from_(table, *args, **kwargs)

	@classmethod
	def into(cls, table, *args, **kwargs) -> SQLiteQueryBuilder:
		table = cls.DocType(table) if isinstance(table, str) else table
		return super().into(table, *args, **kwargs)

	@classmethod
	def update(cls, table, *args, **kwargs) -> SQLiteQueryBuilder:
		table = cls.DocType(table) if isinstance(table, str) else table
		return super().update(table, *args, **kwargs)

	@staticmethod
	def Field(name: str, *args, **kwargs) -> Field:
		return Field(name, *args, **kwargs)

	Table = Table


DocType = SQLite.DocType
