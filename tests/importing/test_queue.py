"""What people decide in the triage queue, what is learned from it, and who may."""

from __future__ import annotations

import frappe
import pytest

from grievance_helpdesk.intake import learning
from tests.importing.world import LIGHT, SetClock, grievances, make_account, make_item, posts, run

DOUBT = "Can anybody tell when the passport office opens?"


@pytest.fixture(autouse=True)
def no_models(clean_intake):
	yield
	frappe.set_user("Administrator")
	frappe.db.delete("Triage Model")
	frappe.db.commit()


@pytest.fixture
def waiting():
	"""A post that waits for a person."""
	run(make_account(), [make_item(DOUBT)], clock=SetClock())
	(post,) = posts()
	frappe.db.set_value("Citizen Post", post.name, {"state": "For Review", "needs_review": 1})
	frappe.db.commit()
	return frappe.get_doc("Citizen Post", post.name)


def corrections() -> list:
	return frappe.get_all(
		"Triage Correction",
		fields=["field_name", "predicted", "corrected", "corrected_by", "text"],
		order_by="field_name",
	)


def test_accepted_with_the_right_category_and_place(waiting):
	name = waiting.accept_as_grievance("WAT-NO", "Hisar")
	(grievance,) = grievances()
	assert (grievance.name, grievance.category, grievance.district) == (name, "WAT-NO", "Hisar")
	assert grievance.citizen and not grievance.needs_review
	assert (posts()[0].state, posts()[0].needs_review) == ("Grievance", 0)
	assert {row.field_name: row.corrected for row in corrections()} == {
		"category": "WAT-NO",
		"jurisdiction": "Hisar",
	}
	with pytest.raises(frappe.ValidationError, match="belongs to"):
		frappe.get_doc("Citizen Post", waiting.name).accept_as_grievance()


def test_set_aside_with_a_ground(waiting):
	ground = frappe.get_all("Non-grievance Ground", limit=1, pluck="name")[0]
	waiting.not_a_grievance(ground)
	(post,) = posts()
	assert (post.state, post.ground, post.needs_review) == ("Not a Grievance", ground, 0)
	assert [row.field_name for row in corrections()] == ["kind"]
	with pytest.raises(frappe.ValidationError, match="There is no"):
		waiting.not_a_grievance("<b>no such ground</b>")


def test_linked_as_support(waiting):
	run(make_account("Other"), [make_item(LIGHT, "2", "2002")], clock=SetClock())
	(grievance,) = grievances()
	waiting.link_to_grievance(grievance.name)
	assert grievances()[0].support_count == 1
	assert posts(external_id="1")[0].state == "Support"


def test_only_an_open_grievance_takes_a_post(waiting):
	run(make_account("Other"), [make_item(LIGHT, "2", "2002")], clock=SetClock())
	(grievance,) = grievances()
	frappe.db.set_value("Grievance", grievance.name, "status", "Closed")
	with pytest.raises(frappe.ValidationError, match="only join an open"):
		waiting.link_to_grievance(grievance.name)


def test_triage_again_uses_the_present_text(waiting):
	frappe.db.set_value("Citizen Post", waiting.name, "text", LIGHT)
	assert frappe.get_doc("Citizen Post", waiting.name).triage_again() == "Grievance"
	assert grievances()[0].category == "LGT"


def test_nobody_decides_without_the_permission(waiting):
	frappe.set_user("Guest")
	with pytest.raises(frappe.PermissionError):
		waiting.accept_as_grievance("WAT-NO")


def test_a_correction_on_a_grievance_is_kept_as_an_example():
	run(make_account(), [make_item(LIGHT)], clock=SetClock())
	grievance = frappe.get_doc("Grievance", grievances()[0].name)
	grievance.category = "PWR-CUT"
	grievance.save()
	(kept,) = [row for row in corrections() if row.field_name == "category"]
	assert (kept.predicted, kept.corrected, kept.corrected_by, kept.text) == (
		"LGT",
		"PWR-CUT",
		"Administrator",
		LIGHT,
	)
	assert ("PWR-CUT", LIGHT) in [(one.category, one.text) for one in learning.examples()]


def test_too_few_examples_are_a_calm_note():
	assert learning.retrain() is None
	assert learning.note()


def test_an_earlier_model_is_brought_back_with_one_click():
	models = [
		frappe.get_doc({"doctype": "Triage Model", "status": status}).insert(ignore_permissions=True)
		for status in ("Kept", "Active")
	]
	models[0].bring_back()
	assert [frappe.db.get_value("Triage Model", model.name, "status") for model in models] == [
		"Active",
		"Kept",
	]


def test_a_night_of_learning_makes_an_active_model():
	pytest.importorskip("sklearn")
	words = {
		"LGT": "street light lamp dark pole",
		"WAT-NO": "water supply tap tanker dry",
		"GAR": "garbage heap bin smell",
	}
	for number in range(60):
		category = list(words)[number % 3]
		frappe.get_doc(
			{
				"doctype": "Triage Correction",
				"field_name": "category",
				"corrected": category,
				"text": f"{words[category]} number {number} in Hisar",
			}
		).insert(ignore_permissions=True, ignore_links=True)
	name = learning.retrain()
	assert name, learning.note()
	model = frappe.get_doc("Triage Model", name)
	assert model.weights and model.status in ("Active", "Rejected")


def test_what_a_form_sends_along_does_not_count(waiting):
	waiting.text, waiting.channel_account = "forged: bribe in Rohtak", None
	waiting.accept_as_grievance("WAT-NO", "Hisar")
	assert grievances()[0].description == DOUBT
