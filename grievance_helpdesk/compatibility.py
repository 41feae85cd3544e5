"""What Frappe 15 and 16 do differently. No other module of the app asks which of the two it stands on."""

from __future__ import annotations

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


def no_objection() -> bool | None:
	"""Frappe 15 takes the first answer of a hook that is not None, so None lets its own hook speak; Frappe 16 asks
	every hook and reads None as a refusal."""
	return None if MAJOR < 16 else True


def file_bytes(file) -> bytes:
	"""What a File holds. Frappe 16 reads text that is not UTF-8 as Central European, unless no encoding is allowed."""
	content = file.get_content() if MAJOR < 16 else file.get_content(encodings=())
	return content.encode() if isinstance(content, str) else content
