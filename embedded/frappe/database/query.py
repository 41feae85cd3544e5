"""Filters to SQL, in Frappe's two readings.

``frappe.db.*`` (:func:`conditions`) compares plainly; ``frappe.get_all``/``get_list`` (:func:`list_condition`)
treats an empty column as the type's empty value, so that ``!=`` and ``not in`` find rows without a value.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from pypika.terms import Criterion

from ..model import child_table_fields, default_fields, numeric_fieldtypes, optional_fields
from ..state import _dict

NESTED_SET = (
	"descendants of",
	"descendants of (inclusive)",
	"ancestors of",
	"not descendants of",
	"not ancestors of",
)
OPERATORS = (
	"=",
	"!=",
	">",
	"<",
	">=",
	"<=",
	"like",
	"not like",
	"in",
	"not in",
	"is",
	"between",
	"timespan",
	*NESTED_SET,
)
NO_DATETIME = "0001-01-01 00:00:00.000000"
_NAME = re.compile(r"^\w+$")


class Values(dict):
	"""Parameters of one statement, by generated name."""

	def bind(self, value) -> str:
		key = f"v{len(self)}"
		self[key] = value
		return f":{key}"

	def bind_all(self, values) -> str:
		return "(" + ", ".join(self.bind(value) for value in values) + ")"


def parse_filters(doctype: str, filters) -> list[_dict]:
	"""Every form of filters as rows of doctype, fieldname, operator and value."""
	if filters is None or filters == "":
		return []
	if isinstance(filters, (str, int)):
		filters = {"name": filters}
	if isinstance(filters, dict):
		filters = [_from_pair(doctype, key, value) for key, value in filters.items()]
	elif filters and all(isinstance(item, (str, int)) for item in filters):
		filters = [[doctype, "name", "in", list(filters)]]
	return [_one(doctype, item) for item in filters]


def _from_pair(doctype: str, key: str, value) -> list:
	if isinstance(value, (list, tuple)):
		return [doctype, key, value[0], value[1]]
	return [doctype, key, "=", value]


def _one(doctype: str, item) -> _dict:
	if isinstance(item, dict):
		((key, value),) = item.items()
		item = _from_pair(doctype, key, value)
	if len(item) == 2:
		item = _from_pair(doctype, *item)
	elif len(item) == 3:
		item = [doctype, *item]
	found = _dict(zip(("doctype", "fieldname", "operator", "value"), item[:4], strict=True))
	found.operator = (found.operator or "=").lower()
	if found.operator not in OPERATORS:
		raise NotImplementedError(f"embedded site: filter operator {found.operator!r}")
	if not _NAME.match(found.fieldname):
		raise NotImplementedError(f"embedded site: filter on {found.fieldname!r}")
	if isinstance(found.value, (set, frozenset)):
		found.value = list(found.value)
	return found


def conditions(doctype: str, filters) -> tuple[str, Values]:
	"""The WHERE clause of ``frappe.db.*`` with its values; empty when there is no filter."""
	values = Values()
	if isinstance(filters, Criterion):
		return " WHERE " + filters.get_sql(quote_char="`"), values
	parts = [_plain(row, values) for row in parse_filters(doctype, filters)]
	return (" WHERE " + " AND ".join(parts) if parts else ""), values


def _plain(row: _dict, values: Values) -> str:
	column, operator, value = f"`{row.fieldname}`", row.operator, row.value
	if operator in NESTED_SET:
		operator, value = _tree(row)
	if operator == "is":
		return f"{column} != ''" if value == "set" else f"({column} IS NULL OR {column} = '')"
	if value is None:
		return f"{column} IS NULL"
	if operator in ("in", "not in"):
		value = value.split(",") if isinstance(value, str) else value
		return f"{column} {operator} {values.bind_all(value or [''])}"
	if operator == "between":
		return f"{column} BETWEEN {values.bind(value[0])} AND {values.bind(value[1])}"
	return f"{column} {operator} {values.bind(_stored(_field(row), value))}"


def _field(row: _dict):
	from .. import get_meta

	if row.doctype.startswith("__") or row.doctype in ("Singles", "Series", "DefaultValue"):
		return None
	return get_meta(row.doctype).get_field(row.fieldname)


def _stored(df, value):
	"""``value`` as the column keeps it, so that text compares as time does."""
	from ..utils.data import get_datetime, getdate

	if df and value is not None and value != "":
		if df.fieldtype == "Datetime":
			return get_datetime(value)
		if df.fieldtype == "Date":
			return getdate(value)
	return value


def _tree(row: _dict) -> tuple[str, list]:
	"""A nested-set operator as ``in`` or ``not in`` with names."""
	from .. import db, get_all

	df = _field(row)
	doctype = df.options if df else row.doctype
	lft, rgt = db.get_value(doctype, row.value, ["lft", "rgt"]) or (0, 0)
	below = "descendants" in row.operator
	bounds = {"lft": [">", lft], "rgt": ["<", rgt]} if below else {"lft": ["<", lft], "rgt": [">", rgt]}
	names = get_all(doctype, filters=bounds, order_by="lft asc" if below else "lft desc", pluck="name")
	if "inclusive" in row.operator:
		names.append(row.value)
	return ("not in" if row.operator.startswith("not") else "in"), names


def list_condition(row: _dict, values: Values) -> str:
	"""One condition of ``get_all``/``get_list``."""
	df = _list_field(row)
	operator, value = row.operator, row.value
	column = f"`tab{row.doctype}`.`{row.fieldname}`"
	nullable = row.fieldname not in ("name", "modified", "creation")
	if operator in NESTED_SET:
		operator, value = _tree(row)
		nullable = False
	if operator in ("in", "not in"):
		return _in(column, operator, value, nullable, values)
	if operator in ("between", "timespan"):
		value = _days_of(value) if operator == "timespan" else value
		low, high = _between(value, df, row.fieldname)
		return f"{column} BETWEEN {values.bind(low)} AND {values.bind(high)}"
	if operator == "is":
		return f"{column} != ''" if value == "set" else f"({column} IS NULL OR {column} = '')"
	fieldtype = df.fieldtype if df else ("Datetime" if row.fieldname in ("creation", "modified") else "Data")
	value, fallback = _list_value(fieldtype, value)
	nullable = nullable and fieldtype not in numeric_fieldtypes
	if operator in (">", ">=") and fieldtype in ("Date", "Datetime"):
		nullable = False
	if not nullable or (row.value and operator in ("=", "like")):
		return f"{column} {operator} {values.bind(value)}"
	if value == fallback and operator == "=":
		return f"({column} IS NULL OR {column} = {values.bind(value)})"
	if value == fallback and operator == "!=":
		return f"{column} != {values.bind(value)}"
	return f"ifnull({column}, {values.bind(fallback)}) {operator} {values.bind(value)}"


def _list_field(row: _dict):
	from .. import get_meta

	df = get_meta(row.doctype).get_field(row.fieldname)
	if df is None and row.fieldname not in default_fields + child_table_fields + optional_fields:
		from .. import _, throw

		throw(_("Field not permitted in query: {0}").format(row.fieldname))
	return df


def _list_value(fieldtype: str, value) -> tuple:
	"""The value and what an empty column counts as, for a field type."""
	from ..utils.data import cstr, flt

	if fieldtype == "Date":
		return _stored(_dict(fieldtype="Date"), value) or "", "0001-01-01"
	if fieldtype == "Datetime" or isinstance(value, datetime):
		return _stored(_dict(fieldtype="Datetime"), value) or NO_DATETIME, NO_DATETIME
	if fieldtype in numeric_fieldtypes:
		return (value if isinstance(value, str) and "%" in value else flt(value)), 0
	return cstr(value), ""


def _in(column: str, operator: str, value, nullable: bool, values: Values) -> str:
	value = value.split(",") if isinstance(value, str) else list(value or [])
	if operator == "in":
		nullable = nullable and (not value or any(item in (None, "") for item in value))
	bound = values.bind_all(["" if item is None else item for item in value] or [""])
	return f"ifnull({column}, '') {operator} {bound}" if nullable else f"{column} {operator} {bound}"


def _days_of(timespan: str) -> tuple:
	from ..utils.data import getdate

	if timespan != "today":
		raise NotImplementedError(f"embedded site: the timespan {timespan}")
	return getdate(), getdate()


def _between(value, df, fieldname: str) -> tuple:
	from ..utils.data import get_datetime, getdate, nowdate

	low, high = [*(value if isinstance(value, (list, tuple)) else [value]), None][:2]
	if (df and df.fieldtype == "Datetime") or fieldname in ("creation", "modified"):
		whole_day = (isinstance(high, date) and not isinstance(high, datetime)) or len(str(high)) <= 10
		high = get_datetime(high or nowdate())
		return get_datetime(low or nowdate()), high.replace(
			hour=23, minute=59, second=59, microsecond=999999
		) if whole_day else high
	if df and df.fieldtype == "Date":
		return getdate(low), getdate(high)
	return low, high
