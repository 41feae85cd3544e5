"""The embedded site: our own small stand-in for the part of Frappe's API that this app calls, on SQLite.

It is for trying and testing. Production runs on Frappe itself; what this package does not have raises
``NotImplementedError`` and says what is missing.
"""

# ruff: noqa: F401, F811 (this module exists to offer names; `throw` is also an argument, as in Frappe)

from __future__ import annotations

import secrets

from . import exceptions, permissions, utils
from .exceptions import *  # noqa: F403 (frappe.ValidationError and its kin, as in Frappe)
from .hooks import (
	allowed_http_methods_for_whitelisted_func,
	call,
	get_attr,
	get_hooks,
	get_installed_apps,
	get_module,
	is_whitelisted,
	whitelist,
)
from .messages import (
	_,
	as_json,
	bold,
	clear_last_message,
	clear_messages,
	get_message_log,
	get_traceback,
	log_error,
	msgprint,
	publish_progress,
	publish_realtime,
	throw,
)
from .model.delete_doc import delete_doc
from .permissions import get_roles
from .query_builder import SQLite as qb
from .records import (
	clear_document_cache,
	get_all,
	get_cached_doc,
	get_cached_value,
	get_doc,
	get_list,
	get_meta,
	get_single,
	get_single_value,
	new_doc,
)
from .state import (
	_dict,
	cache,
	conf,
	db,
	flags,
	form,
	form_dict,
	local,
	message_log,
	request,
	response,
	session,
)
from .state import set_user as set_user
from .utils.background_jobs import enqueue, enqueue_doc
from .utils.data import parse_json
from .utils.safe_exec import safe_eval

__version__ = "15.84.0"
STANDARD_USERS = ("Guest", "Administrator")


def has_permission(
	doctype: str | None = None,
	ptype: str = "read",
	doc=None,
	user: str | None = None,
	*,
	throw: bool = False,
	parent_doctype: str | None = None,
	ignore_share_permissions: bool = False,
) -> bool:
	"""Whether the user may; with ``throw`` a refusal is an error."""
	if not doctype and doc is not None:
		doctype = doc.doctype
	allowed = permissions.has_permission(
		doctype,
		ptype,
		doc,
		user,
		parent_doctype=parent_doctype,
		ignore_share_permissions=ignore_share_permissions,
	)
	if throw and not allowed:
		name = doc if isinstance(doc, str) else (doc and doc.name) or ""
		msgprint(
			_("No permission for {0}").format(f"{doctype} {name}".strip()), raise_exception=PermissionError
		)
	return allowed


def only_for(roles: list[str] | tuple[str, ...] | str, message: bool = False) -> None:
	"""Refuse everybody without one of these roles."""
	roles = {roles} if isinstance(roles, str) else set(roles)
	if session.user != "Administrator" and not roles & set(get_roles()):
		raise exceptions.PermissionError(
			_("This action is only allowed for {0}").format(", ".join(sorted(roles)))
		)


def generate_hash(txt: str | None = None, length: int = 56) -> str:
	return secrets.token_hex((length + 1) // 2)[:length]


def scrub(txt: str) -> str:
	return txt.replace(" ", "_").replace("-", "_").lower()


def get_request_header(key: str, default: str | None = None) -> str | None:
	return request.headers.get(key, default) if local.request else default


def get_conf(site: str | None = None) -> _dict:
	return local.conf


def get_system_settings(key: str):
	return db.get_single_value("System Settings", key)


def get_site_path(*joins: str) -> str:
	return utils.get_site_path(*joins)


def get_app_path(app_name: str, *joins: str) -> str:
	from pathlib import Path

	return str(Path(get_module(app_name).__file__).parent.joinpath(*joins))


def is_table(doctype: str) -> bool:
	return bool(get_meta(doctype).istable)


def clear_cache(user: str | None = None, doctype: str | None = None) -> None:
	local.document_cache = {}
	local.roles, local.role_permissions = {}, {}
	db.value_cache.clear()
	if doctype:
		cache.hdel("workflow", doctype)
	else:
		cache.delete_value("workflow")


def logger(module: str | None = None):
	import logging

	return logging.getLogger(f"frappe.{module or 'site'}")


def init(*args, **kwargs):
	raise NotImplementedError("embedded site: frappe.init; use embedded_site.create or open_site")


def connect(*args, **kwargs):
	raise NotImplementedError("embedded site: frappe.connect; use Runtime.session")


def destroy(*args, **kwargs):
	raise NotImplementedError("embedded site: frappe.destroy")


def sendmail(*args, **kwargs):
	raise NotImplementedError("embedded site: frappe.sendmail")


def rename_doc(*args, **kwargs):
	raise NotImplementedError("embedded site: frappe.rename_doc")
