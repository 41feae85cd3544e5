"""What officers write to the citizen and to each other, and the canned replies they begin from."""

from __future__ import annotations

import json
from datetime import date, datetime

import frappe
import pytest

from grievance_helpdesk import install
from grievance_helpdesk.redressal import history, moment
from grievance_helpdesk.redressal.citizen_side import placeholders, replies, reply_api
from grievance_helpdesk.redressal.history import events
from tests.contract import records
from tests.contract.closures import RECEIVED, World, events_of

NOW = datetime(2026, 3, 3, 11, 0)
TEMPLATES = json.loads(
	(install.REDRESSAL_FOLDER / "grievance_reply_template.json").read_text(encoding="utf-8")
)


@pytest.fixture
def world(site) -> World:
	return World("RPL")


@pytest.fixture(autouse=True)
def fixed_clock(site):
	with moment.fixed(NOW):
		yield


def template(**values):
	words = {
		"doctype": "Grievance Reply Template",
		"template_title": "Contract",
		"text_en": "About {number}.",
		"text_hi": "{number} के बारे में।",
	}
	return frappe.get_doc({**words, **values})


# Messages


def test_a_message_stands_in_the_public_history_and_acknowledges_the_case(world):
	doc = world.case()
	assert not doc.acknowledged_at
	replies.send(doc.name, "The team comes tomorrow.")
	doc.reload()
	assert doc.acknowledged_at == NOW
	assert (events.MESSAGE_TO_CITIZEN, 1, "The team comes tomorrow.") in events_of(doc.name)
	assert "The team comes tomorrow." in [row["text"] for row in history.public_timeline(doc.name)]
	assert history.verify([doc.name]) == []


def test_only_the_first_message_acknowledges(world):
	doc = world.case()
	replies.send(doc.name, "First.")
	with moment.fixed(NOW.replace(hour=15)):
		replies.send(doc.name, "Second.")
	doc.reload()
	assert doc.acknowledged_at == NOW
	assert [note for kind, _public, note in events_of(doc.name) if kind == events.MESSAGE_TO_CITIZEN] == [
		"First.",
		"Second.",
	]


def test_an_answer_takes_the_mark_away_that_the_citizen_wrote_again(world):
	doc = world.case()
	doc.db_set("citizen_wrote_again", 1)
	replies.send(doc.name, "We have read it.")
	assert frappe.db.get_value("Grievance", doc.name, "citizen_wrote_again") == 0


@pytest.mark.parametrize(
	("text", "message"),
	[
		("Call our engineer at 98123 45678.", "Take the phone number out: the public reads this."),
		("फ़ोन ९८१२३४५६७८ पर", "Take the phone number out: the public reads this."),
		("Office: 0172-2740000", "Take the phone number out: the public reads this."),
		("Write to je.lamp@gmail.com", "Take the e-mail address out: the public reads this."),
		("Your Aadhaar 2345 6789 0123", "Take the identity or account number out: the public reads this."),
		("PAN ABCDE1234F is missing", "Take the identity or account number out: the public reads this."),
		("Dear {citizen}, by {resolve_by}", "Fill in {citizen}, {resolve_by} first, or take it out."),
		(" \n\u202e", "Write the text first."),
		("क" * 2001, "Write at most 2000 characters; these are 2001."),
	],
)
def test_what_may_not_stand_in_public_is_refused(world, text: str, message: str):
	doc = world.case()
	with pytest.raises(frappe.ValidationError) as refusal:
		replies.send(doc.name, text)
	assert str(refusal.value) == message
	assert events.MESSAGE_TO_CITIZEN not in [kind for kind, *_rest in events_of(doc.name)]


@pytest.mark.parametrize(
	"text",
	[
		"Helplines: 112, 1912 and 1800-180-2124.",
		"Write to sdo.phed@hry.nic.in or cm@haryana.gov.in.",
		"GRV-2026-000123 is due by 12-03-2026, PIN 125001, ward 13.",
		"Estimate ₹ 9876543210, Rs. 12,50,000 sanctioned on 01.02.2026.",
	],
)
def test_what_is_everybodys_may_stand_in_public(world, text: str):
	replies.send(world.case().name, text)


def test_tags_and_direction_marks_never_reach_the_public(world):
	doc = world.case()
	replies.send(doc.name, "<img src=x onerror=alert(1)>\u202eok")
	assert (events.MESSAGE_TO_CITIZEN, 1, "‹img src=x onerror=alert(1)›ok") in events_of(doc.name)


def test_a_joined_case_is_answered_where_it_was_joined_with(world):
	target, doc = world.case(), world.case()
	frappe.db.set_value("Grievance", doc.name, {"status": "Merged", "merged_into": target.name})
	for write in (replies.send, replies.note):
		with pytest.raises(frappe.ValidationError, match=target.name):
			write(doc.name, "Hello")


# Interim replies


def test_an_interim_reply_keeps_its_date(world):
	doc = world.case()
	replies.interim(doc.name, "The pole must be ordered.", "2026-04-01")
	doc.reload()
	assert (doc.expected_by, doc.acknowledged_at) == (date(2026, 4, 1), NOW)
	assert (events.INTERIM_REPLY, 1, "The pole must be ordered.") in events_of(doc.name)
	assert history.verify([doc.name]) == []


@pytest.mark.parametrize("day", ["2026-03-03", "2026-03-02", "2025-12-31", "", "tomorrow", "2026-02-31"])
def test_an_interim_reply_needs_a_date_to_come(world, day: str):
	doc = world.case()
	with pytest.raises(frappe.ValidationError, match=r"Expected By must be a date after today\."):
		replies.interim(doc.name, "Later.", day)
	assert not frappe.db.get_value("Grievance", doc.name, "expected_by")


def test_a_finished_case_takes_a_message_and_no_interim_reply(world):
	doc = world.closed(RECEIVED)
	with pytest.raises(frappe.ValidationError, match="send a message instead"):
		replies.interim(doc.name, "Later.", "2026-04-01")
	replies.send(doc.name, "All is done.")


# Notes


def test_a_note_is_a_comment_of_the_desk_that_no_citizen_sees(world):
	doc = world.case()
	name = replies.note(doc.name, "Owner <b>unknown</b>,\ncall 9812345678")
	comment = frappe.get_doc("Comment", name)
	assert (comment.comment_type, comment.reference_name) == ("Comment", doc.name)
	assert comment.content == "Owner ‹b›unknown‹/b›,<br>call 9812345678"
	assert "9812345678" not in json.dumps(history.public_timeline(doc.name), default=str)
	assert not frappe.db.get_value("Grievance", doc.name, "acknowledged_at"), (
		"a note tells the citizen nothing"
	)


# Who may write


def test_an_officer_answers_the_own_case_and_no_other(world, as_user):
	mine, other = world.case(), world.case(officer=world.superior)
	with as_user(world.user("JUN")):
		reply_api.send(mine.name, "We come tomorrow.")
		reply_api.interim(mine.name, "The pole is ordered.", "2026-04-01")
		reply_api.note(mine.name, "Ladder needed.")
		for write in (
			lambda: reply_api.send(other.name, "Hello"),
			lambda: reply_api.interim(other.name, "Hello", "2026-04-01"),
			lambda: reply_api.note(other.name, "Hello"),
			lambda: reply_api.render("Acknowledgement", other.name),
			lambda: reply_api.templates(other.name),
		):
			with pytest.raises(frappe.PermissionError):
				write()
	mine.reload()
	assert (mine.expected_by, mine.acknowledged_at) == (date(2026, 4, 1), NOW)
	assert [kind for kind, *_rest in events_of(other.name)] == [events.REGISTERED]


@pytest.mark.parametrize(
	("role", "may"),
	[
		("State Nodal Officer", True),
		("Grievance Cell", True),
		("Grievance Administrator", True),
		("District Nodal Officer", False),
		("Department Officer", False),
		("Grievance Auditor", False),
		(None, False),
	],
)
def test_who_may_write_to_the_citizen_of_a_case_that_is_not_theirs(
	world, as_user, role: str | None, may: bool
):
	doc = world.case()
	person = records.user("rpl.person@example.com", *([role] if role else [])).name
	with as_user(person):
		if may:
			reply_api.send(doc.name, "We come tomorrow.")
		else:
			with pytest.raises(frappe.PermissionError):
				reply_api.send(doc.name, "We come tomorrow.")
	written = [kind for kind, *_rest in events_of(doc.name) if kind == events.MESSAGE_TO_CITIZEN]
	assert len(written) == int(may)


def test_an_auditor_reads_templates_and_writes_nothing(world, as_user):
	doc = world.case()
	records.user("rpl.auditor@example.com", "Grievance Auditor")
	with as_user("rpl.auditor@example.com"):
		assert doc.name in reply_api.render("Acknowledgement", doc.name)
		with pytest.raises(frappe.PermissionError):
			reply_api.send(doc.name, "Hello")


# Templates


def test_a_template_speaks_the_citizens_language(world):
	doc = world.case(language="hi-Latn")
	name = (
		template(text_en="{officer}: {category}", text_hi="{officer}: {category}, {department}").insert().name
	)
	assert replies.render(name, doc.name) == "कनिष्ठ अभियंता (आईडी RPL-JUN): स्ट्रीट लाइट, विद्युत विभाग"
	assert replies.render(name, doc.name, "en") == "Junior Engineer (ID RPL-JUN): Contract RPL-CAT"


def test_every_placeholder_is_filled_also_where_the_case_knows_nothing(world):
	everything = " ".join(f"{{{name}}}" for name in placeholders.ALLOWED)
	name = template(text_en=everything).insert().name
	doc = world.case()
	doc.db_set(
		dict.fromkeys(("officer", "category", "department", "resolve_by", "expected_by", "citizen_name"))
	)
	text = replies.render(name, doc.name, "en")
	assert placeholders.left(text) == []
	assert text.startswith(f"{doc.name} Citizen your complaint the department in charge")
	assert text.endswith("the officer in charge (date not set) (date not set)")


def test_names_are_used_only_where_the_citizen_writes_in_public(world):
	name = template(text_en="Dear {citizen}").insert().name
	assert replies.render(name, world.case(channel="X").name) == "Dear Contract Citizenname"
	assert replies.render(name, world.case(channel="Email").name) == "Dear Citizen"
	assert replies.render(name, world.case(channel="X", confidential=1).name) == "Dear Citizen"


def test_braces_inside_a_value_are_words(world):
	name = template(text_en="Dear {citizen}, {number}").insert().name
	doc = world.case(channel="X", citizen_name="{number}{0}")
	assert replies.render(name, doc.name) == f"Dear {{number}}{{0}}, {doc.name}"


@pytest.mark.parametrize("wrong", ["{Number}", "{}", "{number!r}", "{officer.user}", "{0}", "{tracking_key}"])
def test_an_unknown_placeholder_is_refused_with_the_list_of_known_ones(site, wrong: str):
	with pytest.raises(frappe.ValidationError) as refusal:
		template(text_hi=f"देखें {wrong}").insert()
	assert wrong in str(refusal.value)
	assert "These can be used: {number}, {citizen}, {category}, {department}" in str(refusal.value)


@pytest.mark.parametrize("wrong", ["{number", "number}", "{{number}}"])
def test_a_brace_without_its_partner_is_refused(site, wrong: str):
	with pytest.raises(frappe.ValidationError, match="is no placeholder"):
		template(text_en=wrong).insert()


def test_a_template_holds_no_personal_data_and_is_no_longer_than_a_message(site):
	with pytest.raises(frappe.ValidationError, match="Take the phone number out"):
		template(text_en="Call 9812345678").insert()
	with pytest.raises(frappe.ValidationError, match="write at most 2000 characters"):
		template(text_en="x" * 2001).insert()


def test_the_templates_of_the_own_category_stand_first(world):
	doc = world.case()
	other = records.category("RPL-OTHER", department=world.department).insert().name
	template(template_title="Contract ours", category=world.category).insert()
	template(template_title="Contract theirs", category=other).insert()
	template(template_title="Contract off", category=world.category, disabled=1).insert()
	names = [row["name"] for row in reply_api.templates(doc.name)]
	assert names[0] == "Contract ours"
	assert "Acknowledgement" in names
	assert not {"Contract theirs", "Contract off"} & set(names)
	asked = reply_api.templates(doc.name, "Ask Citizen")
	assert {row["purpose"] for row in asked} == {"Ask Citizen"}


# Shipped templates


def test_enough_templates_are_shipped_in_both_languages(site):
	assert len(TEMPLATES) >= 14
	assert len({row["template_title"] for row in TEMPLATES}) == len(TEMPLATES)
	for row in TEMPLATES:
		assert frappe.db.exists("Grievance Reply Template", row["template_title"])
		assert any("\u0900" <= letter <= "\u097f" for letter in row["text_hi"])
		used = [sorted(placeholders.left(row[field])) for field in ("text_en", "text_hi")]
		assert used[0] == used[1], f"{row['template_title']}: both languages say the same"


@pytest.mark.parametrize("row", TEMPLATES, ids=lambda row: row["template_title"])
def test_a_shipped_template_can_be_sent_as_it_is(world, row: dict):
	doc = world.case(expected_by="2026-04-01")
	for language in ("en", "hi"):
		text = replies.render(row["template_title"], doc.name, language)
		assert replies.public_text(text) == text


def test_shipped_templates_are_inserted_when_missing_and_never_overwritten(site):
	changed, gone = TEMPLATES[0]["template_title"], TEMPLATES[1]["template_title"]
	frappe.db.set_value("Grievance Reply Template", changed, "text_en", "Ours.")
	frappe.delete_doc("Grievance Reply Template", gone)
	install.after_migrate()
	assert not frappe.db.exists("Grievance Reply Template", gone), "what an admin deleted stays deleted"
	assert install.load_redressal_records() == {"Escalation Ladder": 0, "Grievance Reply Template": 1}
	assert frappe.db.exists("Grievance Reply Template", gone)
	assert frappe.db.get_value("Grievance Reply Template", changed, "text_en") == "Ours."
