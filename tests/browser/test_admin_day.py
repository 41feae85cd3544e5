"""An admin's day: a text is tried, a changed phrase compared, the channels' health read."""

from __future__ import annotations

import json

import frappe
import pytest

from grievance_helpdesk.intake import what_if

ADMIN, DISTRICT = "Grievance Administrator", "District Nodal Officer"
ANSWER = ".gh-try-answer"


def open_trial(person):
	return person.open("try-triage", ".gh-try textarea")


@pytest.fixture
def worked_off(monkeypatch):
	"""The question's job, run here: no worker serves this site."""

	def work(user: str, change: dict) -> None:
		frappe.set_user(user)
		try:
			what_if.run(change, 30)
		finally:
			frappe.set_user("Administrator")

	return work


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_sample_post_is_read_at_once(desk, phone: bool):
	posts = frappe.db.count("Citizen Post")
	admin = open_trial(desk(ADMIN, phone=phone))
	admin.click("Sample post")
	admin.page.locator(ANSWER).get_by_text("This would become a grievance").wait_for()
	answer = admin.page.locator(ANSWER).inner_text()
	for words in ("Panchkula", "9417580005", "Confidence"):
		assert words in answer
	assert admin.page.locator(f"{ANSWER} .gh-mark-category").count() > 0
	assert not admin.scrolls_sideways
	frappe.db.rollback()
	assert frappe.db.count("Citizen Post") == posts


def test_what_a_text_contains_is_shown_as_text(desk):
	admin = open_trial(desk(ADMIN))
	admin.page.locator("[name=text]").fill(
		"<img src=x onerror='window.hacked=1'> paani nahi Panchkula 9417580005"
	)
	admin.click("Try it")
	admin.page.locator(ANSWER).get_by_text("9417580005").first.wait_for()
	assert not admin.hacked


def test_a_mail_has_a_subject(desk):
	admin = open_trial(desk(ADMIN))
	subject = admin.page.locator("[name=subject]")
	assert not subject.is_visible()
	admin.page.locator("[name=channel]").select_option("Email")
	assert subject.is_visible()


def test_an_unsaved_phrase_is_tried_and_compared(desk, post, people, worked_off, records):
	moved = post("zebrakhet problem <b>Panchkula</b>", posted_at=frappe.utils.now_datetime())
	post("gali me paani nahi hai Panchkula", posted_at=frappe.utils.now_datetime())
	records.make(
		"Triage Correction", citizen_post=moved, field_name="category", corrected="BRW-SEW", text="zebrakhet"
	)
	admin = desk(ADMIN).open("grievance-category/BRW-SEW", ".page-head [data-label='Try%20it']")
	admin.page.evaluate("cur_frm.add_child('phrases', {phrase: 'zebrakhet', weight: 6})")
	admin.click("Try it")
	admin.page.get_by_text("as its form stands, saved or not").wait_for()
	admin.page.locator("[name=text]").fill("zebrakhet Panchkula")
	admin.page.locator(".gh-try form").first.locator("[type=submit]").click()
	admin.page.locator(f"{ANSWER} .gh-facts").get_by_text("Browser sewer blocked").wait_for()
	change = frappe.parse_json(admin.page.evaluate("JSON.stringify(grievance_helpdesk.tried_change)"))
	worked_off(people[ADMIN], change)
	admin.page.evaluate("document.querySelector('.gh-what-if').scrollIntoView()")
	kept = json.dumps(what_if_state(people[ADMIN])["result"])
	admin.page.evaluate(f"cur_page.page.try_it.what_if.take({{state: 'done', result: {kept}}})")
	result = admin.page.locator(".gh-what-if")
	result.get_by_text("posts would be read otherwise").wait_for()
	words = result.inner_text()
	assert "1 would come right, 0 would come wrong" in words
	assert "zebrakhet problem" in words
	assert result.locator(f"a[href='/app/citizen-post/{moved}']").count() == 1
	assert result.locator("b").count() == 0
	frappe.db.rollback()
	assert not frappe.db.exists("Category Phrase", {"phrase": "zebrakhet"})


def what_if_state(user: str) -> dict:
	frappe.set_user(user)
	try:
		return what_if.state()
	finally:
		frappe.set_user("Administrator")


def test_a_district_officer_is_refused(desk):
	officer = desk(DISTRICT)
	for page in ("try-triage", "channel-health"):
		officer.open(page, ".msgprint, .page-card, .no-permission, [data-page-route='not-found'], .not-found")
		assert officer.page.locator(".gh-admin:visible").count() == 0
	refusals = [error for error in officer.errors if "No read permission for Page" in error]
	assert len(refusals) == 2
	assert all("403" in error for error in officer.errors if error not in refusals)
	officer.errors.clear()  # Frappe's own words about what it refused


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_channels_health_stands_on_one_page(desk, records, phone: bool):
	name = f"Health {frappe.generate_hash(length=6)}"
	account = records.make(
		"Channel Account", account_name=name, channel="X", handle="browser_cm", bearer_token="secret-token"
	)
	records.raw(
		"Channel Account",
		account.name,
		enabled=1,
		terms_accepted=1,
		health="Needs Re-auth",
		health_reason="<b>401</b> the token was refused",
		daily_budget=5,
		cursor_state='{"mentions": {"since_id": "1990000000000000001"}}',
	)
	admin = desk(ADMIN, phone=phone).open("channel-health", ".gh-account")
	card = admin.page.locator(f".gh-account[aria-label='{name}']")
	words = card.inner_text()
	assert "The channel refuses our sign-in: nothing is read" in words
	assert "Make new tokens at the channel" in words
	assert "<b>401</b> the token was refused" in words
	assert "of 5" in words
	card.get_by_text("Where reading stopped").click()
	card.get_by_text("1990000000000000001").wait_for()
	admin.page.evaluate("cur_page.page.health.refresh()")
	card.get_by_text("1990000000000000001").wait_for()
	page = admin.page.locator(".gh-health").inner_text()
	assert "Triage queue" in page
	assert "Escalate what is due" in page
	assert "secret-token" not in admin.page.content()
	assert not admin.scrolls_sideways
