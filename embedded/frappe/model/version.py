"""What a save changed, kept as a Version when the DocType tracks changes."""

from __future__ import annotations

import json

from ..state import _dict, local
from ..utils.data import cstr


def save_version(doc) -> None:
	"""Insert a Version when anything changed (never in tests unless asked for, as in Frappe)."""
	from ..records import get_doc

	if not doc.meta.track_changes or doc.flags.ignore_version or local.flags.in_install:
		return
	changed = _differences(doc.get_doc_before_save(), doc)
	if changed:
		values = {"ref_doctype": doc.doctype, "docname": doc.name, "data": json.dumps(changed, default=str)}
		get_doc({"doctype": "Version", **values}).insert(ignore_permissions=True)


def _differences(old, new) -> dict | None:
	"""What a Version keeps: changed fields as (name, old, new); rows by child table."""
	if old is None:
		return {"creation": cstr(new.creation), "created_by": new.owner}
	changes = _dict(changed=[], added=[], removed=[], row_changed=[])
	changes.changed = _changed_fields(old, new)
	for df in new.meta.get_table_fields():
		before = {row.name: row for row in old.get(df.fieldname) or []}
		after = {row.name: row for row in new.get(df.fieldname) or []}
		changes.added += [[df.fieldname, row.as_dict()] for name, row in after.items() if name not in before]
		changes.removed += [
			[df.fieldname, row.as_dict()] for name, row in before.items() if name not in after
		]
		for number, (name, row) in enumerate(after.items()):
			fields = _changed_fields(before[name], row) if name in before else []
			if fields:
				changes.row_changed.append([df.fieldname, number, name, fields])
	return changes if any(changes.values()) else None


def _changed_fields(old, new) -> list:
	before, after = old.get_valid_dict(), new.get_valid_dict()
	return [
		[df.fieldname, cstr(before[df.fieldname]), cstr(after[df.fieldname])]
		for df in new.meta.get_fieldnames_with_value(with_field_meta=True)
		if df.fieldtype != "Password" and cstr(before[df.fieldname]) != cstr(after[df.fieldname])
	]


def add_viewed(doc, user: str | None = None, force: bool = False, unique_views: bool = False):
	"""A View Log row of ``doc``; kept although the request may only read, as in Frappe."""
	from ..records import get_doc

	if unique_views or not force:
		raise NotImplementedError("embedded site: add_viewed without force, or with unique_views")
	view = {"viewed_by": user or local.session.user, "reference_doctype": doc.doctype}
	local.flags.commit = True
	return get_doc({"doctype": "View Log", "reference_name": doc.name, **view}).insert(
		ignore_permissions=True
	)
