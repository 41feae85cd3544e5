"""The citizen's page. What it shows and does stands in ``redressal/citizen_side/page.py``."""

from __future__ import annotations

import frappe

from grievance_helpdesk.redressal.citizen_side import page as citizen_page

no_cache = 1


def get_context(context) -> None:
	answer = citizen_page.respond(frappe.form_dict, frappe.local.request.method)
	if answer.location:
		frappe.flags.redirect_location = answer.location
		raise frappe.Redirect(answer.status)
	context.view = answer.view
	context.title = answer.view["words"]["page_title"]
	context.http_status_code = answer.status
	# Somebody signed in must send the session's token with a form; a guest has none.
	context.form_token = frappe.session.data.csrf_token or ""
