"""Posts that come after a merge: they go to the case that answers now, and to the source again after the undo."""

from __future__ import annotations

import frappe
import pytest

from grievance_helpdesk.intake import changes, queue
from grievance_helpdesk.redressal.casework import merging
from tests.importing.world import LIGHT, WATER, grievances, make_account, make_item, posts, run

LAMP = "Street light not working in village Kirmara, Hisar, near the school since ten days @cmohry"
WHY = "One lamp, two reports"


@pytest.fixture
def merged(clock):
	"""Account, source and target: a lamp and a water case, of which the first is merged into the second."""
	account = make_account()
	run(account, [make_item(LAMP, "1"), make_item(WATER, "2", "2002")], clock=clock)
	source, target = (posts(external_id=number)[0].grievance for number in ("1", "2"))
	merging.merge(source, target, WHY)
	frappe.db.commit()
	return account, source, target


def later(number: str, text: str = "And still no reply from anyone!", author: str = "2001", **fields):
	return make_item(text, number, author, **fields)


def in_conversation(number: str, **fields):
	return later(number, root_external_id="1", parent_external_id="1", **fields)


def went_to(number: str) -> tuple[str, str | None]:
	(post,) = posts(external_id=number)
	return post.state, post.grievance


def test_a_later_post_of_the_conversation_goes_to_the_target(clock, merged):
	account, source, target = merged
	run(account, [in_conversation("3")], clock=clock)
	assert went_to("3") == ("Thread", target)
	assert went_to("1") == ("Grievance", source), "earlier posts stay with their own grievance"
	said = {
		name: frappe.db.count(
			"Comment",
			{"reference_name": name, "content": ["like", "%still no reply%"], "comment_type": "Comment"},
		)
		for name in (source, target)
	}
	assert said == {source: 0, target: 1}
	wrote_again = {one.name: one.citizen_wrote_again for one in grievances()}
	assert wrote_again == {source: 0, target: 1}


def test_the_chain_is_followed_to_its_end(clock, merged):
	account, _source, target = merged
	run(
		account, [make_item("सिरसा के गांव में सड़क पर गड्ढे हैं, कोई मरम्मत नहीं हुई @cmohry", "9", "2009")], clock=clock
	)
	end = posts(external_id="9")[0].grievance
	merging.merge(target, end, WHY)
	frappe.db.commit()
	run(account, [in_conversation("3")], clock=clock)
	assert went_to("3") == ("Thread", end)


def test_another_citizen_with_the_sources_words_supports_the_target(clock, merged):
	account, source, target = merged
	before = frappe.db.get_value("Grievance", target, "support_count")
	run(account, [later("3", LAMP, "2003")], clock=clock)
	assert went_to("3") == ("Support", target)
	assert frappe.db.get_value("Grievance", target, "support_count") == before + 1
	assert frappe.db.get_value("Grievance", source, "support_count") == 0


def test_the_citizens_own_repetition_goes_to_the_target(clock, merged):
	account, _source, target = merged
	run(account, [later("3", LAMP)], clock=clock)
	assert went_to("3") == ("Thread", target)


def test_another_problem_of_the_same_citizen_is_its_own_case(clock, merged):
	account, source, target = merged
	run(account, [later("3", LIGHT.replace("Sector 14", "Sector 15"), "2004")], clock=clock)
	state, grievance = went_to("3")
	assert state == "Grievance" and grievance not in (source, target)


def test_after_the_undo_later_posts_go_to_the_source_again(clock, merged):
	account, source, target = merged
	run(account, [in_conversation("3")], clock=clock)
	merging.undo(source)
	frappe.db.commit()
	run(account, [in_conversation("4", text="Now a week has gone by!")], clock=clock)
	assert (went_to("3"), went_to("4")) == (("Thread", target), ("Thread", source))


def test_an_edit_of_an_earlier_post_is_told_to_the_target(clock, merged):
	_account, source, target = merged
	changes.tell([posts(external_id="1")[0].name], [])
	told = {one.name: one.citizen_wrote_again for one in grievances()}
	assert told == {source: 0, target: 1}


def test_a_person_who_links_a_post_to_a_merged_case_links_it_to_the_target(clock, merged):
	account, source, target = merged
	run(account, [later("3", "Good morning to all @cmohry", "2005")], clock=clock)
	(post,) = posts(external_id="3")
	assert queue.join(frappe.get_doc("Citizen Post", post.name), source, "Support") == target
	assert went_to("3") == ("Support", target)
