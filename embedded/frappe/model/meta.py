"""What a DocType says about itself, read from its JSON."""

from __future__ import annotations

from functools import cached_property

from ..state import _dict
from . import child_table_fields, default_fields, no_value_fields, optional_fields, table_fields

STANDARD_LABELS = {
	"name": "ID",
	"owner": "Created By",
	"creation": "Created On",
	"modified": "Last Updated On",
	"modified_by": "Last Updated By",
	"docstatus": "Document Status",
	"idx": "Index",
	"parent": "Parent",
	"parenttype": "Parent Type",
	"parentfield": "Parent Field",
	"_assign": "Assigned To",
}


class DocField(_dict):
	__slots__ = ()


class Meta:
	"""A DocType: its settings are attributes (a missing one is None), plus questions about its fields."""

	def __init__(self, description: dict):
		self.__dict__["_description"] = description
		self.fields = [
			DocField(
				{"parent": description["name"], **df, "permlevel": df.get("permlevel", 0), "idx": number}
			)
			for number, df in enumerate(description.get("fields", []), start=1)
		]
		self.permissions = [
			_dict({"parent": description["name"], "permlevel": 0, **permission})
			for permission in description.get("permissions", [])
		]

	def __getattr__(self, key):
		if key.startswith("__"):
			raise AttributeError(key)
		return self.__dict__["_description"].get(key)

	def get(self, key, filters=None, default=None):
		"""A setting, or those rows of ``fields``/``permissions`` whose values are as ``filters`` says."""
		value = getattr(self, key)
		if filters is None or not isinstance(value, list):
			return default if value is None else value
		return [row for row in value if all(_fits(row.get(name), wanted) for name, wanted in filters.items())]

	@cached_property
	def _by_name(self) -> dict[str, DocField]:
		return {df.fieldname: df for df in self.fields}

	def get_field(self, fieldname: str) -> DocField | None:
		return self._by_name.get(fieldname)

	def has_field(self, fieldname: str) -> bool:
		return fieldname in self._by_name

	def get_fieldnames_with_value(self, with_field_meta: bool = False) -> list:
		found = [df for df in self.fields if df.fieldtype not in no_value_fields]
		return found if with_field_meta else [df.fieldname for df in found]

	def get_label(self, fieldname: str) -> str:
		df = self.get_field(fieldname)
		return (df and df.label) or STANDARD_LABELS.get(fieldname) or "No Label"

	def get_options(self, fieldname: str) -> str | None:
		return self._by_name[fieldname].options

	def get_table_fields(self) -> list[DocField]:
		return self._tables

	@cached_property
	def _tables(self) -> list[DocField]:
		return [df for df in self.fields if df.fieldtype in table_fields]

	@cached_property
	def _links(self) -> list[DocField]:
		return [df for df in self.fields if df.fieldtype == "Link" and df.options != "[Select]"]

	def get_link_fields(self) -> list[DocField]:
		return self._links

	def get_dynamic_link_fields(self) -> list[DocField]:
		return self.get("fields", {"fieldtype": "Dynamic Link"})

	def get_select_fields(self) -> list[DocField]:
		return [df for df in self.fields if df.fieldtype == "Select"]

	def get_set_only_once_fields(self) -> list[DocField]:
		return [df for df in self.fields if df.set_only_once]

	def get_high_permlevel_fields(self) -> list[DocField]:
		return [df for df in self.fields if df.permlevel]

	@cached_property
	def _columns(self) -> list[str]:
		columns = list(default_fields[1:])
		columns += list(child_table_fields) if self.istable else list(optional_fields[:4])
		if self.track_seen:
			columns.append("_seen")
		return list(dict.fromkeys(columns + self.get_fieldnames_with_value()))

	def get_valid_columns(self) -> list[str]:
		"""Columns of the table; of a Single, its own fields and the standard ones it stores."""
		if self.issingle:
			return [*(name for name in self._columns if name not in optional_fields)]
		return self._columns

	def get_permlevel_access(self, permission_type="read", parenttype=None, *, user=None) -> list[int]:
		from .. import get_meta, get_roles, session

		user = user or session.user
		permissions = get_meta(parenttype).permissions if self.istable and parenttype else self.permissions
		if user == "Administrator":
			return sorted({df.permlevel for df in self.fields} | {0})
		roles = set(get_roles(user))
		return sorted({p.permlevel for p in permissions if p.role in roles and p.get(permission_type)})

	def get_permitted_fieldnames(
		self,
		parenttype=None,
		*,
		user=None,
		permission_type="read",
	) -> list[str]:
		"""Fields that ``user`` may read (or write) by permission level."""
		levels = set(self.get_permlevel_access(permission_type, parenttype, user=user))
		return [df.fieldname for df in self.fields if df.permlevel in levels]

	def get_workflow(self) -> str:
		from .workflow import get_workflow_name

		return get_workflow_name(self.name)

	def get_title_field(self) -> str:
		return self.title_field or ("title" if self.has_field("title") else "name")

	def as_dict(self, no_nulls: bool = False) -> dict:
		return {**self._description, "fields": self.fields, "permissions": self.permissions}


def _fits(value, wanted) -> bool:
	operator, wanted = wanted if isinstance(wanted, (tuple, list)) else ("=", wanted)
	if operator == "=":
		return value == wanted
	if operator == "!=":
		return value != wanted
	if operator in ("in", "not in"):
		return (value in wanted) == (operator == "in")
	raise NotImplementedError(f"embedded site: meta.get with operator {operator!r}")
