"""Trying a text, and what a changed phrase would have done to stored posts; nothing is written."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from grievance_helpdesk.intake import trial, what_if
from tests.contract import records

SAMPLE = (
	"Namaste sir ji please mere yaha ki gali banva do or sevrege ki bhe problem hai … "
	"vill abheypur ward no 13 panchkula mno -9417580005"
)
PEOPLE = ("Grievance Administrator", "Grievance Cell", "District Nodal Officer", "System Manager")
WRITTEN = ("Citizen Post", "Grievance", "Triage Phrase", "Triage Correction", "Version", "Comment", "ToDo")


@pytest.fixture
def people(site) -> dict[str, str]:
	users = {role: records.user(f"trial-{frappe.scrub(role)}@example.org", role).name for role in PEOPLE}
	frappe.cache.delete_value([f"grievance_helpdesk_what_if::{user}" for user in users.values()])
	return users


@pytest.fixture
def stored(site):
	"""``stored(text, days_ago=1)`` keeps a Citizen Post as the importer does; returns its name."""

	def store(text: str, days_ago: int = 1, **values) -> str:
		name = frappe.generate_hash(length=64)
		post = {
			"doctype": "Citizen Post",
			"name": name,
			"channel": "X",
			"text": text,
			"public_text": text,
			"state": "For Review",
			"posted_at": add_to_date(now_datetime(), days=-days_ago),
			**values,
		}
		return frappe.get_doc(post).insert(ignore_permissions=True, set_name=name).name

	return store


def category(code: str = "SEW-BLK", **phrase) -> dict:
	"""The form of a category with one more phrase, as the browser sends it."""
	doc = frappe.get_doc("Grievance Category", code)
	if phrase:
		doc.append("phrases", {"weight": 6, "exclude": 0, **phrase})
	return frappe.parse_json(frappe.as_json(doc.as_dict()))


def counts() -> dict[str, int]:
	return {doctype: frappe.db.count(doctype) for doctype in WRITTEN}


def test_the_sample_post_becomes_a_grievance_with_its_reasons(site):
	before = counts()
	answer = trial.read(SAMPLE, channel="X")
	fields = answer["evidence"]["fields"]
	assert answer["outcome"] == "Grievance"
	assert fields["district"]["value"] == "Panchkula"
	assert answer["phones"] == ["9417580005"]
	assert answer["titles"]["Grievance Category"][fields["category"]["value"]]
	assert answer["officer"]["reason"]
	assert counts() == before


def test_the_officer_of_the_posting_is_named(site, people):
	frappe.get_doc(
		{
			"doctype": "Nodal Officer",
			"official_id": "TRIAL-1",
			"officer_name": "Anita Rani",
			"designation": "City Magistrate",
			"user": people["District Nodal Officer"],
			"postings": [{"jurisdiction": "Panchkula", "from_date": "2020-01-01"}],
		}
	).insert()
	assert trial.read(SAMPLE)["officer"]["title"] == "City Magistrate, Anita Rani"
	assert not frappe.db.exists("Grievance", {"officer": "TRIAL-1"})


def test_what_is_none_is_told(site):
	answer = trial.read("Happy birthday CM sir, thank you for the great work", channel="X")
	assert answer["outcome"] in ("Not a Grievance", "For Review")
	assert answer["officer"] is None


def test_our_own_account_is_ignored(site):
	frappe.get_doc(
		{
			"doctype": "Channel Account",
			"account_name": "Trial X",
			"channel": "X",
			"handle": "trial_cm",
			"bearer_token": "secret",
		}
	).insert()
	assert trial.read(SAMPLE, channel="X", author="@trial_cm")["outcome"] == "Ignored"
	assert trial.read(SAMPLE, channel="X", author="somebody")["outcome"] == "Grievance"


def test_unsaved_phrases_count(site):
	text = "zebrakhet problem Panchkula"
	before = frappe.db.get_value("Grievance Category", "SEW-BLK", "modified")
	assert trial.read(text)["evidence"]["fields"]["category"]["value"] != "SEW-BLK"
	changed = trial.read(text, change=category(phrase="zebrakhet"))
	assert changed["evidence"]["fields"]["category"]["value"] == "SEW-BLK"
	assert changed["changed"]
	assert frappe.db.get_value("Grievance Category", "SEW-BLK", "modified") == before
	assert trial.read(text)["evidence"]["fields"]["category"]["value"] != "SEW-BLK"


def test_an_unsaved_phrase_of_a_kind_counts(site):
	phrase = {"doctype": "Triage Phrase", "name": "new", "purpose": "Kind", "outcome": "thanks", "weight": 9}
	answer = trial.read("zebrakhet", change={**phrase, "phrase": "zebrakhet"})
	assert answer["evidence"]["fields"]["kind"]["value"] == "thanks"
	with pytest.raises(frappe.ValidationError, match="Fill in each phrase first"):
		trial.read("zebrakhet", change={**phrase, "phrase": " "})


def test_a_new_category_can_be_tried_before_it_is_saved(site):
	new = {
		"doctype": "Grievance Category",
		"category_code": "TRIAL-NEW",
		"category_name": "Zebra trouble",
		"grievance_type": "Grievance",
		"priority": "Medium",
		"phrases": [{"doctype": "Category Phrase", "phrase": "zebrakhet", "weight": 6}],
	}
	answer = trial.read("zebrakhet Panchkula", change=new)
	assert answer["evidence"]["fields"]["category"]["value"] == "TRIAL-NEW"


@pytest.mark.parametrize(
	("text", "change", "words"),
	[
		("  ", None, "Paste a text first."),
		("x" * 25_001, None, "At most 25000 characters"),
		("x", {"doctype": "User", "name": "Administrator"}, "Only a changed category or a changed phrase"),
	],
)
def test_what_cannot_be_tried_is_said(site, text: str, change: dict | None, words: str):
	with pytest.raises(frappe.ValidationError, match=words):
		trial.read(text, change=change)


@pytest.mark.parametrize("role", PEOPLE)
def test_who_may_try_and_ask(site, people, as_user, monkeypatch, role: str):
	monkeypatch.setitem(frappe.flags, "in_test", False)  # Frappe asks for no role in tests
	may_try = role != "District Nodal Officer"
	may_ask = role in ("Grievance Administrator", "Grievance Cell")
	with as_user(people[role]):
		for allowed, call in ((may_try, lambda: trial.read("paani nahi")), (may_ask, what_if.state)):
			if allowed:
				assert call()
			else:
				with pytest.raises(frappe.PermissionError):
					call()


def test_the_last_days_are_read_again(site, stored):
	moved = stored("zebrakhet problem Panchkula")
	stored("zebrakhet problem Panchkula", days_ago=40)
	stored("gali me paani nahi hai Hisar")
	before = counts()
	result = what_if.compare(category(phrase="zebrakhet"), 30)
	assert (result["posts"], result["changed"], result["cut"]) == (2, 1, False)
	assert result["gained"] == {"SEW-BLK": 1}
	(example,) = result["examples"]
	assert (example["name"], example["after"]["category"]) == (moved, "SEW-BLK")
	assert example["text"] == "zebrakhet problem Panchkula"
	assert counts() == before


def test_officers_corrections_judge_the_change(site, stored):
	for corrected in ("SEW-BLK", "RD-POT"):
		post = stored("zebrakhet problem Panchkula")
		frappe.get_doc(
			{
				"doctype": "Triage Correction",
				"citizen_post": post,
				"field_name": "category",
				"corrected": corrected,
				"text": "zebrakhet",
			}
		).insert(ignore_permissions=True)
	result = what_if.compare(category(phrase="zebrakhet"), 30)
	assert (result["decided"], result["better"], result["worse"]) == (2, 1, 0)


def test_too_many_posts_are_cut_and_it_is_said(site, stored, monkeypatch):
	monkeypatch.setattr(what_if, "MOST_POSTS", 2)
	for _each in range(3):
		stored("gali me paani nahi hai Hisar")
	result = what_if.compare(category(phrase="zebrakhet"), 30)
	assert (result["posts"], result["cut"]) == (2, True)


def test_confidential_cases_stay_with_those_who_may_read_them(site, stored, people, as_user):
	case = records.grievance(confidential=1, channel="X").insert()
	frappe.db.set_value("Grievance", case.name, "confidential", 1)
	stored("zebrakhet problem Panchkula", grievance=case.name, state="Grievance")
	for role, posts in (("Grievance Cell", 0), ("Grievance Administrator", 1)):
		with as_user(people[role]):
			assert what_if.compare(category(phrase="zebrakhet"), 30)["posts"] == posts


def test_the_answer_waits_for_the_person_who_asked(site, stored, people, as_user):
	stored("zebrakhet problem Panchkula")
	with as_user(people["Grievance Cell"]):
		what_if.run(category(phrase="zebrakhet"), 30)
		answer = what_if.state()
		assert (answer["state"], answer["result"]["changed"]) == ("done", 1)
	with as_user(people["Grievance Administrator"]):
		assert what_if.state() == {"state": None}


def test_a_failure_is_seen(site, people, as_user, monkeypatch):
	frappe.db.commit()
	monkeypatch.setattr(what_if, "compare", lambda change, days: 1 / 0)
	with as_user(people["Grievance Cell"]):
		with pytest.raises(ZeroDivisionError):
			what_if.run({}, 30)
		assert what_if.state()["state"] == "failed"
	notices = frappe.get_all(
		"Notification Log", filters={"for_user": people["Grievance Cell"]}, pluck="subject"
	)
	assert [notice for notice in notices if "broke off" in notice]
	for user in people.values():
		frappe.delete_doc("User", user, force=True)
	frappe.db.commit()


def test_a_wrong_question_is_refused_at_once(site):
	with pytest.raises(frappe.ValidationError, match="between 1 and 366 days"):
		what_if.start(category(), days=0)
	with pytest.raises(frappe.ValidationError, match="Only a changed category"):
		what_if.start({"doctype": "ToDo"})
