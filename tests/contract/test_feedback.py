"""The citizen's side of a closure: solved, not solved within the window, silence, appeal; whatever is typed."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest

from grievance_helpdesk.redressal import moment, workflow
from grievance_helpdesk.redressal.citizen_side import feedback
from grievance_helpdesk.redressal.history import events
from tests.contract.closures import APPEAL_END, RESOLVED, SECOND, WINDOW_END, World, events_of

DAY = timedelta(days=1)


@pytest.fixture
def world(site) -> World:
	return World("FBK")


def give(doc, at=RESOLVED + DAY, **answer) -> str:
	"""The citizen answers at a moment, as the guest that a citizen is."""
	with moment.fixed(at):
		frappe.set_user("Guest")
		try:
			return feedback.give(doc.tracking_key, **{"solved": True, **answer})
		finally:
			frappe.set_user("Administrator")
			doc.reload()


def refused(doc, at=RESOLVED + DAY, **answer) -> str:
	"""The message with which an answer is refused; nothing was written."""
	doc.reload()
	before = doc.as_dict()
	with pytest.raises(frappe.ValidationError) as refusal:
		give(doc, at, **answer)
	assert doc.as_dict() == before
	return str(refusal.value)


def appeal(doc, at, reason="It is dark again.") -> str:
	with moment.fixed(at):
		return feedback.file_appeal(doc.tracking_key, reason)


def appeals_of(doc) -> list:
	fields = ["filed_by", "status", "reason"]
	rows = frappe.get_all("Grievance Appeal", filters={"grievance": doc.name}, fields=fields, as_list=True)
	return [tuple(row) for row in rows]


# Solved


def test_solved_closes_the_case_and_keeps_what_was_said(world):
	doc = world.resolved()
	assert give(doc, rating="Very Good", comment="Thank you") == (
		"Thank you. The complaint is closed as solved."
	)
	assert (doc.status, doc.feedback_outcome, doc.rating) == ("Closed", "Solved", "Very Good")
	assert (doc.feedback_at, doc.feedback_comment, doc.closed_at) == (
		RESOLVED + DAY,
		"Thank you",
		RESOLVED + DAY,
	)
	assert (doc.disputed_count, doc.reopened_count) == (0, 0)
	assert events_of(doc.name)[-1] == (events.FEEDBACK, 1, "Thank you")


def test_solved_counts_also_after_the_window_while_nobody_has_closed_the_case(world):
	doc = world.resolved()
	give(doc, WINDOW_END + DAY)
	assert (doc.status, doc.feedback_outcome) == ("Closed", "Solved")


def test_a_rating_after_an_officer_closed_the_case_is_kept(world):
	doc = world.closed()
	give(doc, WINDOW_END - SECOND, rating="Good")
	assert (doc.status, doc.rating, doc.closed_at) == ("Closed", "Good", RESOLVED)


def test_an_officers_closure_takes_no_rating_after_the_window(world):
	assert refused(world.closed(), WINDOW_END) == "The time to answer ended on 12 March 2026, 15:30."


# Not solved


def test_not_solved_opens_the_case_again_and_is_counted(world):
	doc = world.resolved()
	said = give(doc, solved=False, comment="Still dark. Call 98123 45678.")
	assert said.startswith("Thank you for telling us. The complaint is open again")
	assert (doc.status, doc.disputed_count, doc.reopened_count) == ("Open", 1, 1)
	assert not doc.resolved_at
	assert not doc.closed_at
	assert events_of(doc.name)[-1] == (events.DISPUTED, 1, "Still dark. Call [phone].")


def test_officer_and_superior_are_told_that_it_is_not_solved(world):
	doc = world.resolved(subject="Lamp <b>out</b>")
	give(doc, solved=False)
	told = frappe.get_all(
		"Notification Log",
		filters={"document_name": doc.name, "subject": ["like", "%not solved%"]},
		fields=["for_user", "subject"],
	)
	assert {row.for_user for row in told} == {world.user("JUN"), world.user("SUP")}
	assert all("<b>" not in row.subject for row in told)


def test_a_reopened_case_stands_in_its_officers_to_do(world):
	doc = world.resolved()
	give(doc, solved=False)
	todo = {"reference_name": doc.name, "status": "Open", "allocated_to": world.user("JUN")}
	assert frappe.db.exists("ToDo", todo)


def test_the_last_moment_of_the_window_counts_and_the_next_does_not(world):
	doc = world.resolved()
	assert refused(doc, WINDOW_END, solved=False) == (
		'The time to say "not solved" ended on 12 March 2026, 15:30. Please file an appeal instead.'
	)
	give(doc, WINDOW_END - SECOND, solved=False)
	assert doc.status == "Open"


def test_not_solved_reopens_what_an_officer_closed_within_the_window(world):
	doc = world.closed()
	give(doc, WINDOW_END - SECOND, solved=False)
	assert (doc.status, doc.disputed_count) == ("Open", 1)


def test_a_workflow_that_lets_nothing_back_from_closed_sends_the_citizen_to_the_appeal(world, monkeypatch):
	doc = world.closed()
	monkeypatch.setattr(workflow, "actions_to", lambda doc, status: [])
	assert refused(doc, solved=False) == (
		"This complaint is closed for good. If you are not satisfied, please appeal."
	)


# Once


def test_the_second_answer_to_one_closure_is_refused(world):
	doc = world.resolved()
	give(doc, rating="Good")
	for solved in (True, False):
		assert refused(doc, solved=solved) == (
			"You have answered this closure already. If you are not satisfied, please appeal."
		)


def test_after_not_solved_there_is_nothing_to_answer_until_it_is_resolved_anew(world):
	doc = world.resolved()
	give(doc, solved=False)
	assert refused(doc, solved=False).startswith("The officer has not finished yet.")
	doc = world.resolve(doc, RESOLVED + 3 * DAY)
	give(doc, RESOLVED + 4 * DAY, rating="Average")
	assert (doc.status, doc.feedback_outcome, doc.disputed_count) == ("Closed", "Solved", 1)


@pytest.mark.parametrize("status", ["Open", "On Hold"])
def test_an_open_case_takes_no_feedback(world, status: str):
	doc = world.case()
	if status == "On Hold":
		doc = workflow.move_to_status(doc, status)
	assert refused(doc) == (
		"The officer has not finished yet. You can answer once the action taken is written here."
	)


def test_a_rejected_case_takes_an_appeal_and_no_feedback(world):
	doc = world.rejected()
	assert refused(doc) == "This was not taken up as a grievance. If you disagree, please appeal."
	assert appeal(doc, APPEAL_END - SECOND) == "Your appeal was filed. A senior officer will decide it."


def test_a_joined_case_sends_the_citizen_to_the_other_one(world):
	target, doc = world.case(), world.case()
	workflow.move_to_status(doc, "Merged", values={"merged_into": target.name})
	doc.reload()
	message = f"This complaint was joined with {target.name}. The answer will come there."
	assert refused(doc) == message
	with pytest.raises(frappe.ValidationError, match=target.name):
		appeal(doc, RESOLVED)


# Poor


def test_poor_files_the_appeal_that_the_citizen_ticks_and_keeps_the_case_open_for_it(world):
	doc = world.resolved()
	assert give(doc, rating="Poor", comment="Badly done, 9812345678", appeal=True) == (
		"Your appeal was filed. A senior officer will decide it."
	)
	assert (doc.status, doc.feedback_outcome, doc.rating) == ("Resolved", "Solved", "Poor")
	assert appeals_of(doc) == [("Citizen", "Pending", "Badly done, [phone]")]


@pytest.mark.parametrize(("rating", "ticked"), [("Poor", False), ("Good", True), ("", True)])
def test_without_the_tick_or_the_rating_no_appeal_is_filed(world, rating: str, ticked: bool):
	doc = world.resolved()
	give(doc, rating=rating, comment="Words", appeal=ticked)
	assert (doc.status, appeals_of(doc)) == ("Closed", [])


def test_a_ticked_appeal_needs_its_reason(world):
	doc = world.resolved()
	assert refused(doc, rating="Poor", comment=" \n ", appeal=True) == "Please write why you appeal."
	assert appeals_of(doc) == []


# Appeal


def test_an_appeal_is_filed_until_its_window_ends(world):
	doc = world.resolved()
	with pytest.raises(frappe.ValidationError, match=r"The time to appeal ended on 4 April 2026, 15:30\."):
		appeal(doc, APPEAL_END)
	appeal(doc, APPEAL_END - SECOND, reason="It is <i>dark</i> again.")
	assert appeals_of(doc) == [("Citizen", "Pending", "It is ‹i›dark‹/i› again.")]


def test_the_window_of_an_appeal_begins_when_the_case_is_closed(world):
	doc = world.resolved()
	give(doc, WINDOW_END - SECOND)
	appeal(doc, WINDOW_END - SECOND + 30 * DAY - SECOND)
	assert len(appeals_of(doc)) == 1


def test_an_open_case_takes_no_appeal(world):
	with pytest.raises(frappe.ValidationError, match=r"after the case is decided\. It is still open"):
		appeal(world.case(), RESOLVED)


def test_a_second_appeal_waits_for_the_first(world):
	doc = world.resolved()
	appeal(doc, RESOLVED + DAY)
	with pytest.raises(frappe.ValidationError, match="with a senior officer already"):
		appeal(doc, RESOLVED + 2 * DAY)
	assert len(appeals_of(doc)) == 1


@pytest.mark.parametrize("reason", ["", "  ", "\u202e\u200b"])
def test_an_appeal_needs_a_reason(world, reason: str):
	with pytest.raises(frappe.ValidationError, match=r"Please write why you appeal\."):
		appeal(world.resolved(), RESOLVED + DAY, reason)


def test_a_deleted_case_leaves_nothing_to_the_next_of_its_number(world):
	doc = world.resolved()
	appeal(doc, RESOLVED + DAY)
	frappe.delete_doc("Grievance", doc.name, force=True)
	for doctype in ("Grievance Appeal", "Grievance Handler", "Escalation Problem", "Grievance Event"):
		assert not frappe.db.exists(doctype, {"grievance": doc.name})


# Silence


def close(doc, at) -> bool:
	doc.reload()
	try:
		with moment.fixed(at):
			return feedback.close_in_silence(doc, at)
	finally:
		doc.reload()


def test_silence_closes_at_the_end_of_the_window_and_not_before(world):
	doc = world.resolved()
	assert not close(doc, WINDOW_END - SECOND)
	assert doc.status == "Resolved"
	assert close(doc, WINDOW_END)
	assert (doc.status, doc.feedback_outcome, doc.feedback_at) == ("Closed", "No Answer", None)
	assert events_of(doc.name)[-1] == (events.CLOSED_IN_SILENCE, 1, None)
	assert not close(doc, WINDOW_END + DAY), "closing twice"


def test_a_pending_appeal_keeps_the_case_open(world):
	doc = world.resolved()
	appeal(doc, WINDOW_END - DAY)
	assert not close(doc, WINDOW_END + DAY)
	assert doc.status == "Resolved"
	frappe.db.set_value("Grievance Appeal", {"grievance": doc.name}, "status", "Dismissed")
	assert close(doc, WINDOW_END + DAY)
	assert doc.feedback_outcome == "No Answer"


def test_silence_never_overwrites_an_answer(world):
	doc = world.resolved()
	give(doc, rating="Poor", comment="Bad", appeal=True)
	frappe.db.set_value("Grievance Appeal", {"grievance": doc.name}, "status", "Dismissed")
	assert close(doc, WINDOW_END)
	assert (doc.status, doc.feedback_outcome, doc.rating) == ("Closed", "Solved", "Poor")


@pytest.mark.parametrize("status", ["Open", "Closed"])
def test_silence_closes_nothing_but_resolved_cases(world, status: str):
	doc = world.case() if status == "Open" else world.closed()
	assert not close(doc, WINDOW_END + 90 * DAY)
	assert (doc.status, doc.feedback_outcome or "") == (status, "")


# Whatever is typed


def test_hostile_words_are_kept_as_words(world):
	doc = world.resolved()
	give(doc, comment="<script>alert(1)</script>\r\nधन्यवाद \u202eevil\u202c \x07 & done\0")
	assert doc.feedback_comment == "‹script›alert(1)‹/script›\nधन्यवाद evil  & done"


def test_the_joiners_that_hindi_needs_stay(world):
	doc = world.resolved()
	give(doc, comment="क्\u200dष और र\u200dय")
	assert doc.feedback_comment == "क्\u200dष और र\u200dय"


@pytest.mark.parametrize("length", [1001, 5000])
def test_too_long_a_comment_is_refused_with_its_length(world, length: int):
	doc = world.resolved()
	assert refused(doc, comment="क" * length) == (
		f"Please write at most 1000 characters; these are {length}."
	)
	give(doc, comment="क" * 1000)
	assert len(doc.feedback_comment) == 1000


def test_a_rating_must_be_one_of_five(world):
	assert refused(world.resolved(), rating="5 stars") == (
		"Please choose one of the ratings: Excellent, Very Good, Good, Average, Poor."
	)


# Keys and languages


@pytest.mark.parametrize(
	"spoil",
	[
		str.upper,
		lambda key: key + " ",
		lambda key: key[:-1],
		lambda key: key + "0",
		lambda key: "",
		lambda key: "%",
	],
	ids=["upper case", "blank behind", "short", "long", "empty", "wildcard"],
)
def test_a_spoilt_key_is_as_unknown_as_any_other(world, spoil):
	doc = world.resolved()
	frappe.db.set_value("Grievance", doc.name, "tracking_key", "abcdef0123456789abcd")
	key = spoil("abcdef0123456789abcd")
	for call in (
		lambda: feedback.give(key, True),
		lambda: feedback.give("0123456789abcdef0123", True),
		lambda: feedback.file_appeal(key, "x"),
	):
		with pytest.raises(frappe.DoesNotExistError) as refusal:
			call()
		assert str(refusal.value) == (
			"No complaint was found for this link. Please open the link exactly as it was sent to you."
		)


@pytest.mark.parametrize(
	("written_in", "chosen", "expected"),
	[
		("hi", "", "धन्यवाद।"),
		("hi-Latn", "", "धन्यवाद।"),
		("mixed", "", "धन्यवाद।"),
		("en", "", "Thank you."),
		("", "", "Thank you."),
		("hi", "en", "Thank you."),
		("en", "hi", "धन्यवाद।"),
		("hi", "fr", "धन्यवाद।"),
	],
)
def test_the_citizen_reads_the_language_chosen_else_that_of_the_complaint(
	world, written_in, chosen, expected
):
	doc = world.resolved(language=written_in)
	assert give(doc, language=chosen).startswith(expected)
