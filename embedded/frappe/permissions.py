"""Who may do what: roles, DocPerm rows, owners, shares, and the apps' own permission hooks."""

from __future__ import annotations

from . import exceptions
from .hooks import call, get_attr, get_hooks
from .messages import _, throw
from .records import get_doc, get_meta
from .state import _dict, db, local

rights = (
	"select",
	"read",
	"write",
	"create",
	"delete",
	"submit",
	"cancel",
	"amend",
	"print",
	"email",
	"report",
	"import",
	"export",
	"share",
)
AUTOMATIC_ROLES = ("Guest", "All", "Desk User", "Administrator")
SHAREABLE = ("read", "write", "share", "email", "print")


def get_roles(user: str | None = None, with_standard: bool = True) -> list[str]:
	"""Roles of a user, the automatic ones included."""
	user = user or local.session.user
	if user == "Guest":
		return ["Guest"]
	if user not in local.roles:
		if user == "Administrator":
			found = db.get_values("Role", {}, "name", order_by=None, pluck=True)
		else:
			filters = {"parent": user, "parenttype": "User"}
			found = db.get_values("Has Role", filters, "role", order_by=None, pluck=True)
			found += ["All", "Guest"]
			if db.get_value("User", user, "user_type") == "System User":
				found.append("Desk User")
		local.roles[user] = found
	return [role for role in local.roles[user] if with_standard or role not in AUTOMATIC_ROLES]


def has_permission(
	doctype: str,
	ptype: str = "read",
	doc=None,
	user: str | None = None,
	*,
	parent_doctype: str | None = None,
	ignore_share_permissions: bool = False,
) -> bool:
	"""Whether ``user`` may do ``ptype`` with the DocType, or with one document. Raises nothing."""
	user = user or local.session.user
	if user == "Administrator":
		return True
	if doc is None and hasattr(doctype, "doctype"):
		doc, doctype = doctype, doctype.doctype
	meta = get_meta(doctype)
	if isinstance(doc, (str, int)):
		doc = get_doc(doctype, doc)
	if meta.istable:
		return _has_child_permission(ptype, doc, user, parent_doctype)
	if doc is not None:
		allowed = get_doc_permissions(doc, user=user, ptype=ptype).get(ptype)
	else:
		allowed = get_role_permissions(meta, user=user).get(ptype)
		if ptype == "import" and not meta.allow_import:
			return False
	if not allowed and not ignore_share_permissions and ptype in SHAREABLE:
		right = "read" if ptype in ("email", "print") else ptype
		allowed = bool(get_shared(doctype, user, right, doc and doc.name))
	return bool(allowed)


def _has_child_permission(ptype: str, row, user: str, parent_doctype: str | None) -> bool:
	parent_doctype = (row and row.get("parenttype")) or parent_doctype
	if not parent_doctype:
		return False
	parent = None
	if row and row.get("parent"):
		parent = row.get("parent_doc") or get_doc(parent_doctype, row.parent)
	levels = get_meta(parent_doctype).get_permlevel_access("read" if ptype == "select" else ptype, user=user)
	fields = [
		df for df in get_meta(parent_doctype).get_table_fields() if not row or df.options == row.doctype
	]
	if not any(df.permlevel in levels for df in fields):
		return False
	return has_permission(parent_doctype, "read" if ptype in ("select", "read") else "write", parent, user)


def get_doc_permissions(doc, user: str | None = None, ptype: str | None = None) -> dict:
	"""Each right for one document."""
	user = user or local.session.user
	if not _controllers_agree(doc, ptype, user):
		return {ptype: 0}
	is_owner = (doc.get("owner") or "").lower() == user.lower()
	found = get_role_permissions(doc.meta, user=user, is_owner=is_owner)
	permissions = {**found, "submit": 0}
	if found.has_if_owner_enabled:
		permissions.update(found.if_owner)
	if not doc.meta.allow_import:
		permissions["import"] = 0
	return permissions


def _controllers_agree(doc, ptype: str | None, user: str) -> bool:
	"""The apps' ``has_permission`` hooks: they can only refuse, and the first that answers decides."""
	hooks = get_hooks("has_permission", {})
	for path in reversed(hooks.get(doc.doctype, []) + hooks.get("*", [])):
		answer = call(path, doc=doc, ptype=ptype, user=user, debug=False)
		if answer is not None:
			return bool(answer)
	return True


def get_role_permissions(doctype_meta, user: str | None = None, is_owner: bool | None = None) -> _dict:
	"""Rights by role on level 0; what holds for owners only stands in ``if_owner``."""
	meta = get_meta(doctype_meta) if isinstance(doctype_meta, str) else doctype_meta
	user = user or local.session.user
	if user == "Administrator":
		return _dict.fromkeys(rights, 1)
	key = (meta.name, user, bool(is_owner))
	if key in local.role_permissions:
		return local.role_permissions[key]
	roles = set(get_roles(user))
	rows = [row for row in meta.permissions if row.role in roles and not row.permlevel]
	owners_only = any(row.if_owner for row in rows)
	found = _dict(has_if_owner_enabled=owners_only, if_owner={})
	for right in rights:
		found[right] = int(any(row.get(right) for row in rows))
		free = any(row.get(right) and not row.if_owner for row in rows)
		if found[right] and owners_only and not free and right != "create":
			found.if_owner[right] = int(bool(is_owner))
			found[right] = 1 if right in ("select", "read") else 0
	local.role_permissions[key] = found
	return found


def get_shared(doctype: str, user: str, right: str = "read", name: str | None = None) -> list[str]:
	"""Names of the documents shared with a user."""
	filters = {"share_doctype": doctype, "user": user, right: 1}
	if name:
		filters["share_name"] = name
	return db.get_values("DocShare", filters, "share_name", order_by=None, pluck=True)


def match_conditions(doctype: str, user: str) -> str:
	"""SQL that keeps a list to what ``user`` may see; raises PermissionError when that is nothing at all."""
	meta = get_meta(doctype)
	permissions = get_role_permissions(meta, user=user)
	shared = get_shared(doctype, user) if user != "Administrator" else []
	share = f"`tab{doctype}`.`name` IN ({', '.join(map(db.escape, shared))})" if shared else ""
	only_shared = not meta.istable and not permissions.get("read") and not permissions.get("select")
	if only_shared and not shared:
		throw(_("No permission to read {0}").format(doctype), exceptions.PermissionError)
	owners_only = not only_shared and "read" in (permissions.if_owner or {})
	parts = [share] if only_shared else []
	parts += [f"`tab{doctype}`.`owner` = {db.escape(user)}"] if owners_only else []
	hooks = get_hooks("permission_query_conditions", {})
	for path in hooks.get(doctype, []) + hooks.get("*", []):
		condition = call(get_attr(path), user, doctype=doctype)
		if condition:
			parts.append(f"({condition})")
	condition = " AND ".join(parts)
	# Frappe adds what is shared only where the role narrows the list to the owner's documents.
	return f"(({condition}) OR {share})" if share and owners_only else condition


def add_permission(*args, **kwargs):
	raise NotImplementedError("embedded site: frappe.permissions.add_permission")
