"""What Frappe 15 and 16 do differently. No other module of the app asks which of the two it stands on."""

from __future__ import annotations

from importlib.util import find_spec

import frappe

MAJOR = int(frappe.__version__.partition(".")[0])
# Methods for HTTP that only one of the two has, with ours in their place: the rest stand in hooks.py.
OVERRIDES = (
	{
		"frappe.realtime.can_subscribe_doctype": "grievance_helpdesk.jurisdiction.scope.surfaces.can_subscribe_doctype",
		"frappe.social.doctype.energy_point_log.energy_point_log.get_reviews": "grievance_helpdesk.jurisdiction.scope.surfaces.get_reviews",
	}
	if MAJOR < 16
	else {"frappe.realtime.has_permission": "grievance_helpdesk.jurisdiction.scope.surfaces.may_subscribe"}
)

# Lists of 16 as released are made by this module, which takes an aggregate as a dict and refuses it as text.
LISTS_TAKE_DICTS = find_spec("frappe.model.qb_query") is not None


def aggregate(function: str, fieldname: str, alias: str) -> str | dict[str, str]:
	"""``aggregate("COUNT", "*", "number")`` as one of the fields of ``frappe.get_list``."""
	if LISTS_TAKE_DICTS:
		return {function: fieldname, "as": alias}
	return f"{function.lower()}({fieldname}) as {alias}"


def no_objection() -> bool | None:
	"""Frappe 15 takes the first answer of a hook that is not None, so None lets its own hook speak; Frappe 16 asks
	every hook and reads None as a refusal."""
	return None if MAJOR < 16 else True


def file_bytes(file) -> bytes:
	"""What a File holds. Frappe 16 reads text that is not UTF-8 as Central European, unless no encoding is allowed."""
	content = file.get_content() if MAJOR < 16 else file.get_content(encodings=())
	return content.encode() if isinstance(content, str) else content
