"""Trees by nested sets: every place keeps ``lft`` and ``rgt``, and a subtree is the range between them."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document


class NestedSetRecursionError(frappe.ValidationError):
	pass


class NestedSetChildExistsError(frappe.ValidationError):
	pass


def update_nsm(doc) -> None:
	"""Take a new node into the tree, or carry a moved one with its subtree to its new parent."""
	parent_field = getattr(doc, "nsm_parent_field", None) or "parent_" + frappe.scrub(doc.doctype)
	old_parent_field = getattr(doc, "nsm_oldparent_field", "old_parent")
	parent, old_parent = doc.get(parent_field) or None, doc.get(old_parent_field) or None
	if not doc.lft and not doc.rgt:
		_place(doc.doctype, [doc.name], 2, _insert_before(doc.doctype, parent, parent_field))
	elif parent != old_parent:
		_move(doc, parent, parent_field)
	frappe.db.set_value(doc.doctype, doc.name, old_parent_field, parent or "", update_modified=False)
	frappe.clear_document_cache(doc.doctype)
	doc.reload()


def _bounds(doctype: str, name: str) -> tuple[int, int]:
	return frappe.db.get_value(doctype, name, ["lft", "rgt"])


def _insert_before(doctype: str, parent: str | None, parent_field: str) -> int:
	"""The number that the next child of ``parent`` begins with."""
	if parent:
		return _bounds(doctype, parent)[1]
	last = frappe.db.execute(f"SELECT max(`rgt`) FROM `tab{doctype}` WHERE ifnull(`{parent_field}`, '') = ''")
	return (last.fetchone()[0] or 0) + 1


def _place(doctype: str, names: list[str], width: int, at: int) -> None:
	frappe.db.execute(f"UPDATE `tab{doctype}` SET `rgt` = `rgt` + ? WHERE `rgt` >= ?", (width, at))
	frappe.db.execute(f"UPDATE `tab{doctype}` SET `lft` = `lft` + ? WHERE `lft` >= ?", (width, at))
	for name in names:
		frappe.db.execute(
			f"UPDATE `tab{doctype}` SET `lft` = ?, `rgt` = ? WHERE `name` = ?", (at, at + 1, name)
		)


def _move(doc, parent: str | None, parent_field: str) -> None:
	doctype = doc.doctype
	lft, rgt = _bounds(doctype, doc.name)
	if parent:
		validate_loop(doctype, doc.name, *_bounds(doctype, parent))
	width = rgt - lft + 1
	run = frappe.db.execute
	# The subtree waits below zero while the gap closes behind it and opens before its new place.
	run(
		f"UPDATE `tab{doctype}` SET `lft` = -`lft`, `rgt` = -`rgt` WHERE `lft` >= ? AND `rgt` <= ?",
		(lft, rgt),
	)
	run(f"UPDATE `tab{doctype}` SET `lft` = `lft` - ? WHERE `lft` > ?", (width, rgt))
	run(f"UPDATE `tab{doctype}` SET `rgt` = `rgt` - ? WHERE `rgt` > ?", (width, rgt))
	at = _insert_before(doctype, parent, parent_field)
	_place(doctype, [], width, at)
	run(
		f"UPDATE `tab{doctype}` SET `lft` = -`lft` + ?, `rgt` = -`rgt` + ? WHERE `lft` < 0",
		(at - lft, at - lft),
	)


def validate_loop(doctype: str, name: str, lft: int, rgt: int) -> None:
	"""A node cannot lie below itself."""
	above = frappe.get_all(doctype, filters={"lft": ["<=", lft], "rgt": [">=", rgt]}, pluck="name")
	if name in above:
		frappe.throw(_("Item cannot be added to its own descendants"), NestedSetRecursionError)


def rebuild_tree(doctype: str, parent_field: str | None = None) -> None:
	"""Number the whole tree anew from the parents."""
	parent_field = (
		parent_field or frappe.get_meta(doctype).nsm_parent_field or "parent_" + frappe.scrub(doctype)
	)
	rows = frappe.db.sql(f"SELECT `name`, ifnull(`{parent_field}`, '') FROM `tab{doctype}` ORDER BY `name`")
	children: dict[str, list[str]] = {}
	for name, parent in rows:
		children.setdefault(parent, []).append(name)
	counter, stack, left = 0, [(name, False) for name in reversed(children.get("", []))], {}
	while stack:
		name, done = stack.pop()
		counter += 1
		if done:
			values = (left[name], counter, name)
			frappe.db.execute(f"UPDATE `tab{doctype}` SET `lft` = ?, `rgt` = ? WHERE `name` = ?", values)
			continue
		left[name] = counter
		stack.append((name, True))
		stack += [(child, False) for child in reversed(children.get(name, []))]


def get_descendants_of(
	doctype: str, name: str, order_by: str = "lft desc", limit=None, ignore_permissions: bool = False
) -> list[str]:
	lft, rgt = _bounds(doctype, name)
	get = frappe.get_all if ignore_permissions else frappe.get_list
	filters = {"lft": [">", lft], "rgt": ["<", rgt]}
	return get(doctype, filters=filters, order_by=order_by, limit_page_length=limit or 0, pluck="name")


def get_ancestors_of(doctype: str, name: str, order_by: str = "lft desc", limit=None) -> list[str]:
	lft, rgt = _bounds(doctype, name)
	filters = {"lft": ["<", lft], "rgt": [">", rgt]}
	return frappe.get_all(
		doctype, filters=filters, order_by=order_by, limit_page_length=limit or 0, pluck="name"
	)


class NestedSet(Document):
	def on_update(self) -> None:
		update_nsm(self)

	def on_trash(self, allow_root_deletion: bool = False) -> None:
		parent_field = getattr(self, "nsm_parent_field", None) or "parent_" + frappe.scrub(self.doctype)
		if not self.get(parent_field) and not allow_root_deletion:
			frappe.throw(_("Root {0} cannot be deleted").format(_(self.doctype)))
		if frappe.db.exists(self.doctype, {parent_field: self.name}):
			frappe.throw(
				_("Cannot delete {0} as it has child nodes").format(self.name), NestedSetChildExistsError
			)
		_lft, rgt = _bounds(self.doctype, self.name)
		for column in ("lft", "rgt"):
			frappe.db.execute(
				f"UPDATE `tab{self.doctype}` SET `{column}` = `{column}` - 2 WHERE `{column}` > ?", (rgt,)
			)
		frappe.db.execute(
			f"UPDATE `tab{self.doctype}` SET `lft` = 0, `rgt` = 0 WHERE `name` = ?", (self.name,)
		)
