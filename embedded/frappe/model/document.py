"""The life of a document: insert, save, delete, with the controller's methods and the apps' hooks in Frappe's order."""

from __future__ import annotations

from .. import exceptions
from ..hooks import get_attr, get_hooks, is_whitelisted
from ..messages import _, bold, msgprint, publish_realtime
from ..state import db, local
from ..utils.data import cstr, get_datetime, getdate, now
from . import display_fieldtypes, validation
from .base_document import BaseDocument
from .naming import set_new_name, validate_name
from .version import add_viewed, save_version
from .workflow import validate_workflow
from .workflow_actions import process_workflow_actions


class Document(BaseDocument):
	def __init__(self, *args, **kwargs):
		"""From a dict of values, or from doctype and name (``for_update`` begins the writing transaction)."""
		from ..records import load

		if args and isinstance(args[0], str):
			super().__init__({"doctype": args[0]})
			if kwargs.get("for_update"):
				db.begin()
			load(self, args[0] if self.meta.issingle else args[-1])
		else:
			super().__init__({**(args[0] if args else {}), **kwargs})

	# Writing

	def insert(
		self,
		ignore_permissions: bool | None = None,
		ignore_links: bool | None = None,
		ignore_if_duplicate: bool = False,
		ignore_mandatory: bool | None = None,
		set_name: str | None = None,
		set_child_names: bool = True,
	):
		"""Check and write a new document; returns it."""
		for flag, value in (
			("ignore_permissions", ignore_permissions),
			("ignore_links", ignore_links),
			("ignore_mandatory", ignore_mandatory),
		):
			if value is not None:
				self.flags[flag] = value
		self.__dict__["__islocal"] = True
		self.__dict__["_doc_before_save"] = None
		self._set_defaults()
		self.set_user_and_timestamp()
		self._check_docstatus()
		validation.validate_links(self)
		self.check_permission("create")
		self.run_method("before_insert")
		self.set_new_name(set_name=set_name, set_child_names=set_child_names)
		self.set_parent_in_children()
		self.validate_higher_perm_levels()
		self.flags.in_insert = True
		self._run_before_save()
		self.flags.in_insert = False
		if self.meta.issingle:
			self._update_single()
		else:
			self.db_insert(ignore_if_duplicate=ignore_if_duplicate)
		for row in self.get_all_children():
			row.db_insert()
		self.run_method("after_insert")
		self.flags.in_insert = True
		self._run_after_save()
		self.flags.in_insert = False
		for key in ("__islocal", "__unsaved"):
			self.__dict__.pop(key, None)
		return self

	def save(self, ignore_permissions: bool | None = None, ignore_version: bool | None = None):
		"""Check and write the document (a new one is inserted); returns it."""
		if ignore_permissions is not None:
			self.flags.ignore_permissions = ignore_permissions
		self.flags.ignore_version = local.flags.in_test if ignore_version is None else ignore_version
		if self.is_new() or not self.name:
			return self.insert()
		self._set_defaults()
		self.check_permission("write")
		self.set_user_and_timestamp()
		self._check_docstatus()
		self.check_if_latest()
		self.set_parent_in_children()
		for row in self.get_all_children():
			if not row.name:
				set_new_name(row)
		self.validate_higher_perm_levels()
		validation.validate_links(self)
		self._run_before_save()
		if self.meta.issingle:
			self._update_single()
		else:
			self.db_update()
		self._update_children()
		self._run_after_save()
		self.__dict__.pop("__unsaved", None)
		return self

	def delete(self, ignore_permissions: bool = False, force: bool = False):
		from .delete_doc import delete_doc

		delete_doc(
			self.doctype, self.name, ignore_permissions=ignore_permissions, force=force, flags=self.flags
		)

	def submit(self):
		raise NotImplementedError("embedded site: Document.submit")

	def cancel(self):
		raise NotImplementedError("embedded site: Document.cancel")

	def rename(self, name: str, merge: bool = False, force: bool = False, validate_rename: bool = True):
		raise NotImplementedError("embedded site: Document.rename")

	def _check_docstatus(self) -> None:
		if self.docstatus:
			raise NotImplementedError("embedded site: submitted and cancelled documents")

	def set_new_name(
		self, force: bool = False, set_name: str | None = None, set_child_names: bool = True
	) -> None:
		if self.flags.name_set and not force:
			return
		if self.get("__newname") and (self.meta.autoname or "").lower() == "prompt":
			self.name = validate_name(self.doctype, self.get("__newname"))
		elif set_name:
			self.name = validate_name(self.doctype, set_name)
			set_child_names = set_child_names and not self.get("__newname")
		else:
			set_new_name(self)
		if set_child_names:
			for row in self.get_all_children():
				set_new_name(row)
		self.flags.name_set = True

	def set_user_and_timestamp(self) -> None:
		self.__dict__["_original_modified"] = self.modified
		self.modified, self.modified_by = now(), local.session.user
		if self.is_new():
			self.creation, self.owner = self.modified, self.modified_by
		for row in self.get_all_children():
			row.modified, row.modified_by = self.modified, self.modified_by
			row.owner = row.owner or self.owner
			row.creation = row.creation or self.creation
		local.flags.currently_saving.append((self.doctype, self.name))

	def set_parent_in_children(self) -> None:
		for row in self.get_all_children():
			row.parent, row.parenttype = self.name, self.doctype

	def _set_defaults(self) -> None:
		from ..records import defaults_of

		if self.is_new():
			self.update_if_missing(defaults_of(self.doctype))
		for row in self.get_all_children():
			if row.is_new():
				row.update_if_missing(defaults_of(row.doctype))

	def _run_before_save(self) -> None:
		self.run_method("before_validate")
		if not self.flags.ignore_validate:
			self.run_method("validate")
			self.run_method("before_save")
		validation.validate(self)
		if self.meta.get_workflow():
			validate_workflow(self)

	def _run_after_save(self) -> None:
		self.run_method("on_update")
		process_workflow_actions(self, "on_update")
		self.clear_cache()
		self.notify_update()
		save_version(self)
		self.run_method("on_change")
		if (self.doctype, self.name) in local.flags.currently_saving:
			local.flags.currently_saving.remove((self.doctype, self.name))

	def _update_single(self) -> None:
		db.delete("Singles", {"doctype": self.doctype})
		rows = [
			(self.doctype, field, None if value is None else str(value))
			for field, value in self.get_valid_dict().items()
		]
		db.bulk_insert("Singles", ["doctype", "field", "value"], rows)
		db.value_cache.clear()

	def _update_children(self) -> None:
		for df in self.meta.get_table_fields():
			rows = self.get(df.fieldname) or []
			kept = [row.name for row in rows if row.name and not row.is_new()]
			filters = {"parent": self.name, "parenttype": self.doctype, "parentfield": df.fieldname}
			if kept:
				filters["name"] = ["not in", kept]
			db.delete(df.options, filters)
			for row in rows:
				row.db_update()

	def db_set(self, fieldname, value=None, update_modified=True, notify=False, commit=False) -> None:
		"""Write values at once, without checks."""
		changes = dict(fieldname) if isinstance(fieldname, dict) else {fieldname: value}
		self.update(changes)
		if update_modified and (self.doctype, self.name) not in local.flags.currently_saving:
			self.modified, self.modified_by = now(), local.session.user
		if not self.get_doc_before_save():
			self._load_before_save()
		self.run_method("before_change")
		if self.name is None:
			return
		db.set_value(
			self.doctype,
			self.name,
			changes,
			modified=self.modified,
			modified_by=self.modified_by,
			update_modified=update_modified,
		)
		self.run_method("on_change")
		if commit:
			db.commit()

	def db_get(self, fieldname):
		return db.get_value(self.doctype, self.name, fieldname)

	# Reading

	def reload(self):
		from ..records import load

		load(self, self.name)
		return self

	load_from_db = reload

	def get_doc_before_save(self):
		return self.__dict__.get("_doc_before_save")

	def get_latest(self):
		if not self.get_doc_before_save():
			self._load_before_save()
		return self.get_doc_before_save()

	def _load_before_save(self) -> None:
		from ..records import get_doc

		self.__dict__["_doc_before_save"] = None
		if not self.is_new():
			try:
				self.__dict__["_doc_before_save"] = get_doc(self.doctype, self.name)
			except exceptions.DoesNotExistError:
				local.message_log.pop()

	def check_if_latest(self) -> None:
		"""Refuse to overwrite what somebody else saved in the meantime."""
		db.begin()
		self._load_before_save()
		before = self.get_doc_before_save()
		if before is None:
			raise exceptions.DoesNotExistError(_("{0} {1} not found").format(self.doctype, self.name))
		if _moment(before.modified) != _moment(self._original_modified):
			msgprint(
				_("Error: Document has been modified after you have opened it")
				+ f" ({before.modified}, {self.modified}). "
				+ _("Please refresh to get the latest document."),
				raise_exception=exceptions.TimestampMismatchError,
			)

	def has_value_changed(self, fieldname: str) -> bool:
		before = self.get_doc_before_save()
		if not before:
			return True
		old, new = before.get(fieldname), self.get(fieldname)
		if hasattr(old, "hour"):
			new = get_datetime(new)
		elif hasattr(old, "year"):
			new = getdate(new)
		return old != new

	def get_title(self) -> str:
		return self.get(self.meta.get_title_field()) or ""

	def get_formatted(self, fieldname: str, *args, **kwargs):
		raise NotImplementedError("embedded site: Document.get_formatted")

	# Permissions

	def has_permission(self, permtype: str = "read", *, user: str | None = None) -> bool:
		from .. import permissions

		if self.flags.ignore_permissions:
			return True
		return permissions.has_permission(self.doctype, permtype, self, user=user)

	def check_permission(self, permtype: str = "read", permlevel=None) -> None:
		if not self.has_permission(permtype):
			message = _("You need the '{0}' permission on {1} {2} to perform this action.").format(
				permtype, bold(self.doctype), self.name or ""
			)
			local.flags.error_message = message
			raise exceptions.PermissionError(message)

	def get_permlevel_access(self, permission_type: str = "write") -> list[int]:
		return self.meta.get_permlevel_access(permission_type)

	def validate_higher_perm_levels(self) -> None:
		"""Fields above the user's level take their stored (or default) value back, silently as in Frappe."""
		if self.flags.ignore_permissions or local.session.user == "Administrator" or local.flags.in_install:
			return
		levels = self.get_permlevel_access("write")
		self._reset_fields(self, levels, self.get_doc_before_save())
		if self.is_new():
			return
		for row in self.get_all_children():
			old = self.get_doc_before_save().get(row.parentfield, {"name": row.name})
			if old:
				self._reset_fields(row, levels, old[0])

	def _reset_fields(self, row, levels: list[int], old) -> None:
		from ..records import new_doc

		for df in row.meta.get_high_permlevel_fields():
			if df.permlevel not in levels and df.fieldtype not in display_fieldtypes:
				row.set(df.fieldname, (old or new_doc(row.doctype)).get(df.fieldname))

	def apply_fieldlevel_read_permissions(self) -> None:
		"""Take away the fields that the user may not read."""
		if local.session.user == "Administrator":
			return
		levels = self.get_permlevel_access("read")
		for row in (self, *self.get_all_children()):
			row.flags.unreadable = [df.fieldname for df in row.meta.fields if df.permlevel not in levels]
			for fieldname in row.flags.unreadable:
				row.__dict__.pop(fieldname, None)

	def is_whitelisted(self, method_name: str) -> None:
		method = getattr(self, method_name, None)
		if method is None:
			raise exceptions.DoesNotExistError(f"Method {method_name} not found")
		is_whitelisted(method)

	# Events

	def run_method(self, method: str, *args, **kwargs):
		"""The controller's method, then the ``doc_events`` of the apps; the last result that is not None."""
		own = getattr(self, method, None)
		result = own(*args, **kwargs) if callable(own) else None
		events = get_hooks("doc_events", {})
		for doctype in (self.doctype, "*"):
			for path in events.get(doctype, {}).get(method, []):
				returned = get_attr(path)(self, method, *args, **kwargs)
				result = returned if result is None else result
		return result

	run_trigger = run_method

	def add_comment(
		self, comment_type: str = "Comment", text: str | None = None, comment_email=None, comment_by=None
	):
		from ..records import get_doc

		return get_doc(
			{
				"doctype": "Comment",
				"comment_type": comment_type,
				"comment_email": comment_email or local.session.user,
				"comment_by": comment_by,
				"reference_doctype": self.doctype,
				"reference_name": self.name,
				"content": text or comment_type,
			}
		).insert(ignore_permissions=True)

	add_viewed = add_viewed

	def notify_update(self) -> None:
		publish_realtime("doc_update", {"doctype": self.doctype, "name": self.name}, after_commit=True)

	def clear_cache(self) -> None:
		from ..records import clear_document_cache

		clear_document_cache(self.doctype, self.name)


def _moment(value) -> str:
	return cstr(get_datetime(value)) if value else ""
