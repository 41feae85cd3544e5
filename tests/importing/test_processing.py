"""Posts that fail, belong together, repeat each other, or are hostile: one never harms another."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import frappe
import pytest

from grievance_helpdesk.intake import importer, processing, schedule
from tests.importing.world import (
	LIGHT,
	WATER,
	Killed,
	clean,
	grievances,
	make_account,
	make_item,
	posts,
	run,
	states,
)


def test_a_poison_post_waits_and_is_parked_and_never_blocks_the_rest(clock, monkeypatch):
	account = make_account()
	triage = processing.Batch.triage

	def poisoned(batch, row):
		if "POISON" in row.text:
			raise ValueError("cannot read this")
		return triage(batch, row)

	monkeypatch.setattr(processing.Batch, "triage", poisoned)
	run(account, [make_item("POISON " + WATER, "1"), make_item(LIGHT, "2", "2002")], clock=clock)
	(bad,) = posts(external_id="1")
	assert (bad.state, bad.attempts, bad.error) == ("New", 1, "ValueError: cannot read this")
	assert bad.next_attempt_at == clock.site.site_now() + timedelta(minutes=5)
	assert len(grievances()) == 1
	for _ in range(6):
		clock.tick(hours=3)
		schedule.retry_posts(clock.site)
	(bad,) = posts(external_id="1")
	assert (bad.state, bad.attempts) == ("Parked", 5)
	monkeypatch.undo()
	processing.process([bad.name], again=True, clock=clock.site)
	assert posts(external_id="1")[0].state == "Grievance"


def test_a_grievance_that_cannot_be_saved_undoes_itself_alone(clock, monkeypatch):
	from grievance_helpdesk.redressal.doctype.grievance.grievance import Grievance

	def refuse(self) -> None:
		if "Kalka" in self.description:
			frappe.throw("An admin's hook says no")

	monkeypatch.setattr(Grievance, "after_insert", refuse, raising=False)
	run(make_account(), [make_item(WATER, "1"), make_item(LIGHT, "2", "2002")], clock=clock)
	(bad,) = posts(external_id="1")
	assert bad.state == "New" and "hook says no" in bad.error
	assert [one.district for one in grievances()] == ["Hisar"]


def test_posts_that_a_dead_worker_left_are_processed_later(clock, monkeypatch):
	def die(*_args, **_kwargs):
		raise Killed

	monkeypatch.setattr(importer.processing, "process", die)
	with pytest.raises(Killed):
		run(make_account(), [make_item(LIGHT)], clock=clock)
	monkeypatch.undo()
	assert states() == ["New"]
	schedule.retry_posts(clock.site)
	assert states() == ["New"], "the run may still be at work"
	clock.tick(minutes=11)
	schedule.retry_posts(clock.site)
	assert states() == ["Grievance"]


def test_two_posts_of_one_conversation_in_one_batch_are_one_grievance(clock):
	first = make_item(LIGHT, "1")
	second = make_item("And still no reply from anyone!", "2", root_external_id="1", parent_external_id="1")
	run(
		make_account(),
		[second, replace(first, posted_at=first.posted_at - timedelta(minutes=1))],
		clock=clock,
	)
	(grievance,) = grievances()
	assert [post.state for post in posts()] == ["Grievance", "Thread"]
	assert grievance.citizen_wrote_again == 1


def test_another_citizen_with_the_same_words_supports_and_raises_the_priority(clock):
	settings = frappe.get_doc("Grievance Settings")
	settings.update({"priority_high_at": 3, "priority_urgent_at": 20})
	settings.save()
	items = [make_item(LIGHT, str(number), str(2000 + number)) for number in range(3)]
	run(make_account(), items, clock=clock)
	(grievance,) = grievances()
	assert sorted(states()) == ["Grievance", "Support", "Support"]
	assert (grievance.support_count, grievance.priority) == (2, "High")
	assert all(post.same_problem_as == grievance.name for post in posts(state="Support"))


def test_the_same_words_about_another_sector_are_another_problem(clock):
	other = LIGHT.replace("Sector 14", "Sector 15")
	run(make_account(), [make_item(LIGHT, "1"), make_item(other, "2", "2002")], clock=clock)
	assert len(grievances()) == 2


def test_the_same_citizen_repeating_the_words_is_no_support(clock):
	account = make_account()
	run(account, [make_item(LIGHT, "1")], clock=clock)
	run(account, [make_item(LIGHT + " !!", "2")], clock=clock)
	(grievance,) = grievances()
	assert (states().count("Thread"), grievance.support_count) == (1, 0)


HOSTILE = {
	"null bytes": "Street light\x00 off in Hisar \x00",
	"html": "<img src=x onerror=alert(1)> <script>alert(2)</script> no water in Hisar",
	"zero width and right to left": "no wa\u200bter \u202e in Hisar \u200f\u2066 for ten days",
	"long": "no water in Hisar " * 1400,
	"emoji": "no water in Hisar 🪔🇮🇳👩‍👩‍👧‍👦 \U0001f9d1\u200d\U0001f33e",
	"lone surrogate": "no water \ud83d in Hisar",
	"other scripts": "ஹிசாரில் தண்ணீர் இல்லை 没有水 لا يوجد ماء",
	"empty": "",
	"only spaces": " \n\t ",
	"percent": "%s %(name)s 100% no water in Hisar",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_stored_as_it_came_and_stops_nothing(text, clock):
	item = make_item(text, "1", raw=json.dumps({"text": text}))
	run(make_account(), [item, make_item(WATER, "2", "2002")], clock=clock)
	(post,) = posts(external_id="1")
	assert post.state not in ("New", "Parked"), post.error
	assert post.text == text.replace("\0", "").replace("\ud83d", "?")
	assert json.loads(post.raw)["text"] == text
	assert posts(external_id="2")[0].state == "Grievance"


def test_missing_fields_and_oversized_ones_are_no_reason_to_lose_a_post(clock):
	items = [
		make_item(LIGHT, "", author="", author_name="", author_handle="", root_external_id=""),
		make_item(
			WATER, "x" * 900, author="y" * 900, author_name="z" * 900, permalink="https://x.com/" + "p" * 900
		),
	]
	run(make_account(), items, clock=clock)
	assert sorted(states()) == ["Grievance", "Grievance"]


def test_names_and_public_text_are_never_tags_and_the_post_stays_as_it_came(clock):
	hostile = f"<script>alert(1)</script> {LIGHT}"
	item = make_item(
		hostile, author_name="<img src=x onerror=alert(1)>", author_handle="<b>x</b>", subject="<i>s</i>"
	)
	run(make_account(), [item], clock=clock)
	(post,), (grievance,) = posts(), grievances()
	citizen = frappe.get_doc("Citizen", grievance.citizen)
	assert post.text == hostile and hostile in json.loads(post.raw)["text"]
	for shown in (
		post.author_name,
		post.author_handle,
		post.subject,
		post.public_text,
		grievance.public_text,
	):
		assert shown and "<" not in shown
	assert "<" not in grievance.subject + grievance.citizen_name + citizen.citizen_name
	assert LIGHT in grievance.public_text


def test_the_audit_share_of_the_settings_puts_posts_before_a_person(clock):
	settings = frappe.get_doc("Grievance Settings")
	greeting = "Good morning sir, have a nice day"
	states_at = {}
	for share in (0, 100):
		clean()
		settings.audit_share = share
		settings.save()
		run(make_account(), [make_item(greeting), make_item(LIGHT, "2", "2002")], clock=clock)
		states_at[share] = {post.external_id: (post.state, post.review_reasons) for post in posts()}
	settings.audit_share = 5
	settings.save()
	assert (states_at[0]["1"][0], states_at[0]["2"][0]) == ("Not a Grievance", "Grievance")
	assert states_at[100]["1"][0] == "For Review" and "at random" in states_at[100]["1"][1]
	assert states_at[100]["2"][0] == "Grievance" and grievances()[0].needs_review == 1
