"""Getting documents and lists: ``get_doc``, ``new_doc``, ``get_all``, ``get_list`` and their kin."""

from __future__ import annotations

import re

from . import exceptions
from .database.query import Values, list_condition, parse_filters
from .messages import _, throw
from .model import child_table_fields, default_fields, no_value_fields, optional_fields
from .query_builder import time_reader
from .state import _dict, db, local
from .utils.data import cast, cint, now_datetime, nowdate, nowtime

STANDARD_COLUMNS = (*default_fields[1:], *child_table_fields, *optional_fields)
_FUNCTION = re.compile(
	r"^(?:distinct\s+)?(count|sum|avg|min|max)\((distinct )?\s*([\w`.*\s]+?)\)(?: as `?(\w+)`?)?$", re.I
)
_FIELD = re.compile(r"^(?:`?tab([\w\s-]+?)`?\.)?`?(\w+)`?(?: as `?(\w+)`?)?$", re.I)
_ORDER = re.compile(
	r"^(?:`?tab[\w\s-]+`?\.)?`?\w+`?(?: (?:asc|desc))?$|^(?:count|sum|max|min)\([\w`*.]+\)(?: asc| desc)?$",
	re.I,
)


def get_meta(doctype: str, cached: bool = True):
	"""What the DocType says about itself."""
	meta = local.runtime.metas.get(doctype)
	if meta is None:
		throw(_("DocType {0} not found").format(doctype), exceptions.DoesNotExistError)
	return meta


def get_doc(*args, **kwargs):
	"""A document from a dict of values, or from the database by doctype and name (or filters)."""
	from .model.base_document import BaseDocument, get_controller

	if args and isinstance(args[0], BaseDocument):
		return args[0]
	if args and isinstance(args[0], str):
		doctype, name = args[0], args[1] if len(args) > 1 else args[0]
		if isinstance(name, dict):
			found = db.get_value(doctype, name, "name")
			if found is None:
				raise exceptions.DoesNotExistError(_("{0} {1} not found").format(doctype, name))
			name = found
		return get_controller(doctype)(doctype, name, **kwargs)
	values = args[0] if args else kwargs
	if not values.get("doctype"):
		raise ValueError('"doctype" is a required key')
	return get_controller(values["doctype"])(values)


def load(doc, name) -> None:
	"""Fill ``doc`` with what the database holds."""
	doctype, meta = doc.doctype, doc.meta
	if meta.issingle:
		values = _single(meta)
	else:
		values = (
			None if name is None else db.get_value(doctype, {"name": name}, "*", as_dict=True, order_by=None)
		)
		if not values:
			throw(
				_("{0} {1} not found").format(doctype, name),
				exceptions.DoesNotExistError(f"{doctype} {name} not found"),
			)
	for key in ("__islocal", "__unsaved"):
		doc.__dict__.pop(key, None)
	doc.update(values)
	doc.docstatus, doc.idx = cint(doc.docstatus), cint(doc.idx)
	for df in meta.get_table_fields():
		filters = {"parent": str(doc.name), "parenttype": doctype, "parentfield": df.fieldname}
		doc.set(df.fieldname, db.get_values(df.options, filters, "*", as_dict=True, order_by="`idx` ASC"))


def _single(meta) -> _dict:
	stored = db.get_singles_dict(meta.name, cast=True)
	values = _dict((df.fieldname, None) for df in meta.fields if df.fieldtype not in no_value_fields)
	if stored:
		values.update(stored)
	else:
		values.update(defaults_of(meta.name))
	return _dict({**values, "name": meta.name, "doctype": meta.name})


def defaults_of(doctype: str) -> dict:
	"""Values that a new document begins with."""
	if doctype not in local.new_doc_templates:
		values = {}
		for df in get_meta(doctype).fields:
			if df.fieldtype in no_value_fields:
				continue
			if df.default:
				values[df.fieldname] = _default(df)
			elif df.fieldtype == "Select" and df.options and df.fieldname != get_meta(doctype).title_field:
				values[df.fieldname] = df.options.split("\n", 1)[0]
			elif df.fieldtype == "Check":
				values[df.fieldname] = 0
		local.new_doc_templates[doctype] = values
	values = dict(local.new_doc_templates[doctype])
	for df in get_meta(doctype).fields:
		if df.fieldtype == "Datetime" and (df.default or "").lower() == "now":
			values[df.fieldname] = now_datetime()
		elif df.fieldtype == "Time":
			values[df.fieldname] = nowtime()
	return values


def _default(df):
	if df.default == "__user":
		return local.session.user
	if df.default == "Today":
		return nowdate()
	if str(df.default).startswith(":"):
		raise NotImplementedError(f"embedded site: default {df.default} of {df.parent}.{df.fieldname}")
	return (
		cast(df.fieldtype, df.default) if df.fieldtype in ("Check", "Int", "Float", "Percent") else df.default
	)


def new_doc(
	doctype: str, *, parent_doc=None, parentfield: str | None = None, as_dict: bool = False, **kwargs
):
	"""A document that is not saved yet, with its defaults."""
	values = {**defaults_of(doctype), "doctype": doctype, "__islocal": 1, "owner": local.session.user}
	if parent_doc is not None:
		values.update(parent=parent_doc.name, parenttype=parent_doc.doctype, parentfield=parentfield)
	values.update(kwargs)
	return _dict(values) if as_dict else get_doc(values)


def get_cached_doc(*args, **kwargs):
	"""A document that was read before in this request or job; treat it as read only."""
	doctype = args[0]
	name = args[1] if len(args) > 1 else doctype
	if not isinstance(name, str):
		return get_doc(*args, **kwargs)
	key = (doctype, name.lower())
	if key not in local.document_cache:
		local.document_cache[key] = get_doc(*args, **kwargs)
	return local.document_cache[key]


def get_cached_value(doctype: str, name: str, fieldname="name", as_dict: bool = False):
	try:
		doc = get_cached_doc(doctype, name)
	except exceptions.DoesNotExistError:
		local.message_log.pop()
		return None
	if isinstance(fieldname, str):
		return _dict({fieldname: doc.get(fieldname)}) if as_dict else doc.get(fieldname)
	values = [doc.get(field) for field in fieldname]
	return _dict(zip(fieldname, values, strict=True)) if as_dict else values


def clear_document_cache(doctype: str, name: str | None = None) -> None:
	for key in list(local.document_cache):
		if (key[0] == doctype and name in (None, doctype)) or key == (doctype, str(name).lower()):
			del local.document_cache[key]
	db.value_cache.clear()
	if doctype in ("User", "Role", "Has Role"):
		local.roles, local.role_permissions = {}, {}


def get_single(doctype: str):
	return get_doc(doctype, doctype)


def get_single_value(setting: str, fieldname: str, /):
	return db.get_single_value(setting, fieldname)


def get_all(doctype: str, *args, **kwargs) -> list:
	"""Rows without permission checks. Takes what :func:`get_list` takes, and has no limit by itself."""
	kwargs["ignore_permissions"] = True
	kwargs.setdefault("limit_page_length", 0)
	return get_list(doctype, *args, **kwargs)


def get_list(
	doctype: str,
	fields=None,
	filters=None,
	or_filters=None,
	order_by: str | None = "KEEP_DEFAULT_ORDERING",
	group_by: str | None = None,
	start: int | None = None,
	page_length: int | None = None,
	limit: int | None = None,
	limit_start: int = 0,
	limit_page_length: int = 20,
	ignore_permissions: bool = False,
	pluck: str | None = None,
	as_list: bool = False,
	distinct: bool = False,
	parent_doctype: str | None = None,
	user: str | None = None,
	ignore_ifnull: bool = False,
	**unknown,
) -> list:
	"""Rows that the user may see, with the fields that the user may read."""
	if unknown:
		raise NotImplementedError(f"embedded site: frappe.get_list({', '.join(unknown)})")
	meta, user = get_meta(doctype), user or local.session.user
	if meta.istable and not ignore_permissions and not parent_doctype:
		throw(_("No permission to read {0}").format(doctype), exceptions.PermissionError)
	if isinstance(fields, dict) or (
		isinstance(fields, list) and fields and isinstance(fields[0], (list, tuple))
	):
		# Filters may come first, as in Frappe.
		fields, filters = filters, fields
	fields = [pluck] if pluck else [fields] if isinstance(fields, str) else list(fields or ["name"])
	values = Values()
	columns = _columns(meta, fields, parent_doctype, None if ignore_permissions else user)
	where = [_condition(doctype, row, values) for row in parse_filters(doctype, filters)]
	alternatives = [_condition(doctype, row, values) for row in parse_filters(doctype, or_filters)]
	if alternatives:
		where.append(f"({' OR '.join(alternatives)})")
	if not ignore_permissions:
		from .permissions import match_conditions

		target = parent_doctype if meta.istable else doctype
		match = match_conditions(target, user)
		if match and meta.istable:
			match = f"`tab{doctype}`.`parent` IN (SELECT `name` FROM `tab{target}` WHERE {match})"
		where += [match] if match else []
	query = f"SELECT {'DISTINCT ' if distinct else ''}{', '.join(columns)} FROM `tab{doctype}`"
	query += f" WHERE {' AND '.join(where)}" if where else ""
	query += _tail(meta, fields, order_by, group_by)
	length = limit if limit is not None else page_length if page_length is not None else limit_page_length
	if int(length or 0):
		query += f" LIMIT {int(length)} OFFSET {int(start or limit_start or 0)}"
	return db.rows(
		db.execute(query, values),
		as_dict=not (as_list or pluck),
		pluck=bool(pluck),
		converters=_converters(meta, columns),
	)


def _converters(meta, columns: list[str]) -> dict:
	found = {}
	for index, column in enumerate(columns):
		extreme = re.match(r"(?:min|max)\([^)]*`(\w+)`\)", column, re.I)
		convert = extreme and time_reader(meta.name, extreme.group(1))
		if convert:
			found[index] = convert
	return found


def _columns(meta, fields: list[str], parent_doctype: str | None, user: str | None) -> list[str]:
	"""Select terms; for a user only what the permission levels allow (others are left out, as in Frappe)."""
	own = set(meta.get_fieldnames_with_value()) | set(STANDARD_COLUMNS)
	allowed = own
	if user and user != "Administrator":
		readable = set(meta.get_permitted_fieldnames(parent_doctype, user=user))
		allowed = (own & readable) | set(STANDARD_COLUMNS)
	columns: list[str] = []
	for field in fields:
		columns += _select(meta, field.strip(), allowed, own)
	return columns or [f"`tab{meta.name}`.`name`"]


def _select(meta, field: str, allowed: set[str], own: set[str]) -> list[str]:
	table = f"`tab{meta.name}`"
	if field in ("*", f"{table}.*"):
		return [f"{table}.`{name}`" for name in meta.get_valid_columns() if name in allowed]
	function = _FUNCTION.match(field)
	if function:
		name, distinct, argument, alias = function.groups()
		if argument != "*":
			argument = argument.rpartition(".")[2].strip("`")
			if argument not in allowed:
				return []
			argument = f"{table}.`{argument}`"
		alias = alias or f"{name}({argument.rpartition('.')[2].strip('`')})"
		return [f"{name}({distinct or ''}{argument}) AS `{alias}`"]
	plain = _FIELD.match(field)
	if not plain or (plain.group(1) and plain.group(1) != meta.name):
		raise NotImplementedError(f"embedded site: field {field!r} of a list of {meta.name}")
	name, alias = plain.group(2), plain.group(3)
	if name not in own:
		throw(_("Field not permitted in query: {0}").format(name), exceptions.DataError)
	if name not in allowed:
		return []
	return [f"{table}.`{name}`" + (f" AS `{alias}`" if alias else "")]


def _condition(doctype: str, row: _dict, values: Values) -> str:
	"""A condition on the list's own table, or on one of its child tables."""
	condition = list_condition(row, values)
	if row.doctype == doctype:
		return condition
	if not get_meta(row.doctype).istable:
		raise NotImplementedError(f"embedded site: filter of {doctype} on {row.doctype}")
	return (
		f"EXISTS (SELECT 1 FROM `tab{row.doctype}` WHERE `tab{row.doctype}`.`parent` = `tab{doctype}`.`name`"
		f" AND `tab{row.doctype}`.`parenttype` = {db.escape(doctype)} AND {condition})"
	)


def _tail(meta, fields: list[str], order_by: str | None, group_by: str | None) -> str:
	tail = ""
	if group_by:
		_check_order(group_by)
		tail += f" GROUP BY {group_by}"
	if order_by == "KEEP_DEFAULT_ORDERING":
		aggregate = len(fields) == 1 and _FUNCTION.match(fields[0]) and not group_by
		order_by = "" if aggregate else _default_order(meta)
	if order_by:
		_check_order(order_by)
		tail += f" ORDER BY {order_by}"
	return tail


def _default_order(meta) -> str:
	if "," in (meta.sort_field or ""):
		return meta.sort_field
	return f"`tab{meta.name}`.`{meta.sort_field or 'modified'}` {meta.sort_order or 'DESC' if meta.sort_field else 'DESC'}"


def _check_order(terms: str) -> None:
	for term in terms.split(","):
		if not _ORDER.match(term.strip()):
			throw(_("Invalid field in order by or group by: {0}").format(term))
