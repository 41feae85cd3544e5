"""What officers write: public messages and interim replies to the citizen, notes for each other, and canned replies.

A public message is plain text that everybody may read: it holds no phone number, e-mail address or identity number. It
stands in the case's public history; carrying it to the citizen's channel is another part's work.
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _

from grievance_helpdesk.redressal import clocks, history, moment, plain_text
from grievance_helpdesk.redressal.citizen_side import personal_data, placeholders
from grievance_helpdesk.redressal.citizen_side import view as citizen_view
from grievance_helpdesk.redressal.citizen_side.words import HINDI, language_for, say
from grievance_helpdesk.redressal.history import events

MESSAGE_LENGTH = NOTE_LENGTH = 2000
# Names on these channels are public already: the citizen chose to write there.
PUBLIC_CHANNELS = ("X", "Facebook")


def render(template: str, grievance: str, language: str | None = None) -> str:
	"""The template's text for this case, in ``language`` or in that of the citizen."""
	canned = frappe.get_doc("Grievance Reply Template", template)
	doc = frappe.get_doc("Grievance", grievance)
	language = language_for(language, doc.language)
	return placeholders.fill(
		canned.text_hi if language == HINDI else canned.text_en, values_of(doc, language)
	)


def values_of(doc, language: str) -> dict[str, str]:
	"""What each placeholder stands for; nothing is ever left empty in the middle of a sentence."""
	named = doc.channel in PUBLIC_CHANNELS and not doc.confidential and doc.citizen_name
	title = citizen_view.title_of
	return {
		"number": doc.name,
		"citizen": named or say("citizen", language),
		"category": title("Grievance Category", doc.category, "category_name", language)
		or say("a_category", language),
		"department": title("Grievance Department", doc.department, "department_name", language)
		or say("a_department", language),
		"district": title("Jurisdiction", doc.district, "jurisdiction_name", language),
		"officer": citizen_view.officer_of(doc.officer, language) or say("an_officer", language),
		"resolve_by": _day(doc.resolve_by, language),
		"expected_by": _day(doc.expected_by, language),
	}


def send(name: str, text: str) -> None:
	"""A public message to the citizen. The first one acknowledges the case."""
	doc = _writable(name)
	text = public_text(text)
	history.record(doc.name, events.MESSAGE_TO_CITIZEN, note=text, public=True)
	_answered(doc)


def interim(name: str, text: str, expected_by: str | date) -> None:
	"""Tell the citizen why it takes longer and by which date it will be done."""
	doc = _writable(name)
	if doc.status not in clocks.RUNNING:
		frappe.throw(_("This case is finished. An interim reply is for open cases; send a message instead."))
	expected_by = _future_date(expected_by)
	text = public_text(text)
	history.record(
		doc.name,
		events.INTERIM_REPLY,
		note=text,
		public=True,
		changes={"expected_by": [doc.expected_by and str(doc.expected_by), str(expected_by)]},
	)
	doc.expected_by = expected_by
	_answered(doc)


def note(name: str, text: str) -> str:
	"""An internal note: a comment of the Desk, which the citizen never sees. Returns the comment's name."""
	doc = _writable(name)
	text = plain_text.written(text)
	_check_length(text, NOTE_LENGTH)
	content = frappe.utils.escape_html(text).replace("\n", "<br>")
	return doc.add_comment("Comment", content).name


def public_text(text: str) -> str:
	"""``text`` as it may stand in public; what must not is refused with a message that says what to take out."""
	text = plain_text.written(text)
	_check_length(text, MESSAGE_LENGTH)
	unfilled = placeholders.left(text)
	if unfilled:
		frappe.throw(_("Fill in {0} first, or take it out.").format(", ".join(unfilled)))
	for kind, _start, _end in personal_data.find(text):
		frappe.throw(words_of_find(kind))
	return text


def words_of_find(kind: str) -> str:
	"""What to say about a piece of personal data in a text for the public."""
	return {
		personal_data.PHONE: _("Take the phone number out: the public reads this."),
		personal_data.EMAIL: _("Take the e-mail address out: the public reads this."),
		personal_data.IDENTITY: _("Take the identity or account number out: the public reads this."),
	}[kind]


def _writable(name: str):
	doc = frappe.get_doc("Grievance", name)
	doc.check_permission("write")
	if doc.status == "Merged":
		frappe.throw(_("This case was joined with {0}. Write there.").format(frappe.bold(doc.merged_into)))
	return doc


def _check_length(text: str, limit: int) -> None:
	if not text:
		frappe.throw(_("Write the text first."))
	if len(text) > limit:
		frappe.throw(_("Write at most {0} characters; these are {1}.").format(limit, len(text)))


def _future_date(value: str | date) -> date:
	try:
		day = frappe.utils.getdate(value) if value else None
	except (ValueError, frappe.ValidationError):
		day = None
	if not day or day <= moment.now().date():
		frappe.throw(_("Expected By must be a date after today."))
	return day


def _answered(doc) -> None:
	"""Save what an answer changes. The officer's right to write was checked; the clocks are the system's fields."""
	doc.citizen_wrote_again = 0
	doc.flags.acknowledge = True
	doc.save(ignore_permissions=True)


def _day(value, language: str) -> str:
	return frappe.utils.getdate(value).strftime("%d-%m-%Y") if value else say("not_set", language)
