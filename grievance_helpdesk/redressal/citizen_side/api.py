"""What a citizen may do over HTTP without an account, by the key of the complaint.

``GET  …api.track``     how the complaint stands: public facts only
``POST …api.feedback``  solved or not, a rating, a comment
``POST …api.appeal``    to the next authority

An unknown key is HTTP 404 with one and the same sentence; a refusal 417 with a sentence that says what to do; too many
requests of one address 429. (No ``from __future__ import annotations`` here: Frappe checks no types that are strings.)
The page ``/grievance`` (``www/grievance``) shows the same; the embedded site has no pages.
"""

import frappe
from frappe.rate_limiter import rate_limit
from frappe.utils import cint

from grievance_helpdesk.redressal.citizen_side import feedback as answers
from grievance_helpdesk.redressal.citizen_side import view as citizen_view
from grievance_helpdesk.redressal.citizen_side.words import language_for, say

# Whole neighbourhoods share one address of a mobile network.
READS, WRITES, SECONDS = 300, 30, 600


@frappe.whitelist(allow_guest=True, methods=["GET"])
@rate_limit(limit=READS, seconds=SECONDS)
def track(key: str, language: str = "") -> dict:
	return citizen_view.facts(key, language)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=WRITES, seconds=SECONDS)
def feedback(
	key: str,
	solved: str | int,
	rating: str = "",
	comment: str = "",
	appeal: str | int = 0,
	language: str = "",
) -> dict:
	said = answers.give(key, is_yes(solved, language), rating, comment, bool(cint(appeal)), language)
	return {"said": said, **citizen_view.facts(key, language)}


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=WRITES, seconds=SECONDS)
def appeal(key: str, reason: str, language: str = "") -> dict:
	said = answers.file_appeal(key, reason, language)
	return {"said": said, **citizen_view.facts(key, language)}


def is_yes(solved: str | int, language: str = "") -> bool:
	"""Yes and no must be said as such: a case is never closed because something else arrived."""
	answer = {"1": True, "true": True, "0": False, "false": False}.get(str(solved).strip().lower())
	if answer is None:
		frappe.throw(say("choose_answer", language_for(language)))
	return answer
