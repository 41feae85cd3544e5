"""Trying a text: what would become of it by the present rules, or by a change that is not saved. Nothing is written."""

import frappe
from frappe import _
from frappe.utils import getdate

from grievance_helpdesk.intake import knowledge, outcomes, rule_changes
from grievance_helpdesk.intake.knowledge import Knowledge
from grievance_helpdesk.intake.times import Clock
from grievance_helpdesk.intake.triage.engine import PostText
from grievance_helpdesk.intake.triage.result import TriageResult
from grievance_helpdesk.jurisdiction import routing

ROLES = ("Grievance Administrator", "Grievance Cell", "System Manager")
LONGEST_TEXT = 25_000
# The random audit goes by a post's id; this one is not drawn, unless four in five posts are.
POST_ID = "trial"
GRIEVANCE, REVIEW, ASIDE, IGNORED = "Grievance", "For Review", "Not a Grievance", "Ignored"
# What the titles of are shown instead of the names, by the field that holds the title.
TITLES = {
	"Grievance Category": "category_name",
	"Grievance Department": "department_name",
	"Jurisdiction": "jurisdiction_name",
}


@frappe.whitelist(methods=["POST"])
def read(
	text: str, channel: str = "", author: str = "", subject: str = "", change: str | dict | None = None
) -> dict:
	"""What triage says about ``text`` and why. POST, because a citizen's words belong in no log of addresses."""
	frappe.only_for(ROLES)
	text, subject = text.strip(), subject.strip()
	if not text:
		frappe.throw(_("Paste a text first."))
	if len(text) > LONGEST_TEXT:
		frappe.throw(_("At most {0} characters can be tried at once.").format(LONGEST_TEXT))
	known = knowledge.load()
	post = PostText(
		text, channel=channel, author=author, subject=subject, posted_at=Clock().site_now(), post_id=POST_ID
	)
	result = rule_changes.engine_with(known.engine, change).triage(post)
	evidence = result.as_evidence()
	return {
		"outcome": IGNORED if _is_ours(channel, author) else outcome_of(result),
		"evidence": evidence,
		"text": f"{subject}\n{text}" if subject else text,
		"officer": _officer(result, known),
		"phones": list(result.contacts.phones),
		"confidence": result.confidence,
		"needs_review": result.needs_review,
		"review_reasons": result.review_reasons,
		"titles": _titles(result),
		"changed": bool(change),
	}


def outcome_of(result: TriageResult) -> str:
	"""What a post with this result becomes when it stands alone, in the words of the Citizen Post's states."""
	if not outcomes.is_sure(result):
		return REVIEW
	return GRIEVANCE if outcomes.is_case(result) else ASIDE


def _is_ours(channel: str, author: str) -> bool:
	handle = author.strip().lstrip("@")
	return bool(handle and frappe.db.exists("Channel Account", {"channel": channel, "handle": handle}))


def _officer(result: TriageResult, known: Knowledge) -> dict | None:
	"""Who would get the case today, by the present postings."""
	if not outcomes.is_case(result):
		return None
	place = known.places.get(result.places.jurisdiction.value or result.places.district.value or "")
	roster = routing.load_roster()
	found = roster.route(place.scope_path if place else "", result.department.value, getdate())
	return {
		"title": roster.officers[found.officer].title if found.officer else None,
		"reason": found.reason,
	}


def _titles(result: TriageResult) -> dict[str, dict[str, str]]:
	named = {
		"Grievance Category": {
			result.category.value,
			*(code for code, _share in result.categories),
			*result.also,
		},
		"Grievance Department": {result.department.value},
		"Jurisdiction": {result.places.district.value, result.places.jurisdiction.value},
	}
	return {doctype: titles_of(doctype, names) for doctype, names in named.items()}


def titles_of(doctype: str, names: set[str | None]) -> dict[str, str]:
	filters = {"name": ["in", sorted(filter(None, names))]}
	return dict(
		frappe.get_all(doctype, filters=filters, fields=["name", TITLES[doctype]], as_list=True, limit=0)
	)
