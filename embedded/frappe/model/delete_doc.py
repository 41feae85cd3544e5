"""Deleting a document, unless another one links to it."""

from __future__ import annotations

from .. import exceptions
from ..hooks import get_hooks
from ..messages import _, bold, msgprint, throw
from ..records import clear_document_cache, get_doc, get_meta
from ..state import db, local
from ..utils.password import delete_all_passwords_for
from .naming import revert_series_if_last
from .workflow_actions import process_workflow_actions

# What goes with the document that it speaks about.
REFERENCES = (
	("ToDo", "reference_type", "reference_name"),
	("Comment", "reference_doctype", "reference_name"),
	("Version", "ref_doctype", "docname"),
	("View Log", "reference_doctype", "reference_name"),
	("DocShare", "share_doctype", "share_name"),
	("Notification Log", "document_type", "document_name"),
)


def delete_doc(
	doctype: str | None = None,
	name: str | None = None,
	force: bool = False,
	*,
	ignore_permissions: bool = False,
	flags=None,
	ignore_on_trash: bool = False,
	ignore_missing: bool = True,
	delete_permanently: bool = False,
) -> bool | None:
	"""Delete by name, always for good (there is no Deleted Document to restore from).

	False when there is nothing to delete; an error with ``ignore_missing=False``.
	"""
	if not get_meta(doctype).issingle and not db.exists(doctype, name):
		if ignore_missing:
			return False
		raise exceptions.DoesNotExistError(_("{0} {1} not found").format(doctype, name))
	db.begin()
	doc = get_doc(doctype, name)
	doc.flags.update(flags or {})
	if ignore_permissions:
		doc.flags.ignore_permissions = True
	if not doc.has_permission("delete"):
		msgprint(
			_("User not allowed to delete {0}: {1}").format(doctype, name),
			raise_exception=exceptions.PermissionError,
		)
	if not ignore_on_trash:
		doc.run_method("on_trash")
		process_workflow_actions(doc, "on_trash")
		doc.flags.in_delete = True
		doc.run_method("on_change")
	if not force:
		check_if_doc_is_linked(doc)
	_delete_rows(doc)
	doc.run_method("after_delete")
	_delete_attachments(doc)
	clear_document_cache(doctype, name)
	return None


def _delete_rows(doc) -> None:
	if doc.meta.issingle:
		db.delete("Singles", {"doctype": doc.doctype})
		return
	db.delete(doc.doctype, {"name": doc.name})
	for df in doc.meta.get_table_fields():
		db.delete(df.options, {"parenttype": doc.doctype, "parent": doc.name})
	delete_all_passwords_for(doc.doctype, doc.name)
	autoname = doc.meta.autoname or ""
	if autoname.startswith("naming_series:") and doc.naming_series:
		revert_series_if_last(doc.naming_series, doc.name, doc)
	elif "#" in autoname:
		revert_series_if_last(autoname, doc.name, doc)


def _delete_attachments(doc) -> None:
	if doc.doctype in ("File", "Comment", "Version", "ToDo", "Communication"):
		return
	for file in db.get_values("File", {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}):
		delete_doc("File", file[0], ignore_permissions=True, force=True)
	for doctype, type_field, name_field in REFERENCES:
		db.delete(doctype, {type_field: doc.doctype, name_field: doc.name})


def check_if_doc_is_linked(doc, method: str = "Delete") -> None:
	"""Raise LinkExistsError when a document of another DocType (or another row) links to this one."""
	ignored = set(get_hooks("ignore_links_on_delete")) | {
		"Communication",
		"File",
		*(doctype for doctype, *_fields in REFERENCES),
	}
	for meta in map(get_meta, list(local.runtime.metas)):
		for df in (*meta.get_link_fields(), *meta.get_dynamic_link_fields()):
			if meta.name in ignored or (df.fieldtype == "Link" and df.options != doc.doctype):
				continue
			for linker in _linking(meta, df, doc):
				_refuse(doc, *linker)


def _linking(meta, df, doc) -> list[tuple[str, str]]:
	filters = {df.fieldname: doc.name}
	if df.fieldtype == "Dynamic Link":
		filters[df.options] = doc.doctype
	if meta.issingle:
		stored = db.get_singles_dict(meta.name)
		fits = all(stored.get(field) == value for field, value in filters.items())
		return [(meta.name, meta.name)] if fits else []
	fields = ["name", "parent", "parenttype"] if meta.istable else ["name"]
	rows = db.get_values(meta.name, filters, fields, as_dict=True, order_by=None)
	found = [(row.parenttype or meta.name, row.parent or row.name) for row in rows]
	ignored = get_hooks("ignore_links_on_delete")
	return [linker for linker in found if linker != (doc.doctype, doc.name) and linker[0] not in ignored]


def _refuse(doc, doctype: str, name: str) -> None:
	if doc.meta.has_field("enabled") or doc.meta.has_field("disabled"):
		throw(
			_("You can disable this {0} instead of deleting it.").format(doc.doctype),
			exceptions.LinkExistsError,
		)
	throw(
		_("Cannot delete or cancel because {0} {1} is linked with {2} {3}").format(
			doc.doctype, bold(doc.name), doctype, bold(name)
		),
		exceptions.LinkExistsError,
	)
