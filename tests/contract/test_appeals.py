"""Appeals on both sites: who decides, what a decision does, and what happens to one that nobody decides."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from grievance_helpdesk.redressal import history, moment
from grievance_helpdesk.redressal.escalation import appeals
from grievance_helpdesk.redressal.history import display
from tests.contract import ladder_world as world
from tests.contract.ladder_world import ENGINEER, HEAD, JUNIOR, NODAL, RESOLVE_BY, START, STATE
from tests.contract.test_sweep import acknowledged, workflow_until

RESOLVED_AT = START + timedelta(hours=2)
FILED_AT = START + timedelta(days=1)
# Ten working days from Thursday 9:00 end on Wednesday evening.
DUE_BY = datetime(2026, 1, 21, 17)
ORDER = "The repair did not hold. Repair it again within a week."


@pytest.fixture(autouse=True)
def people(site, monkeypatch):
	monkeypatch.setattr(site.db, "commit", lambda: None)
	site.db.delete("Grievance")
	world.build()


def resolved():
	from grievance_helpdesk.redressal import workflow

	doc = acknowledged(action_taken="The pipe was repaired.")
	with moment.fixed(RESOLVED_AT):
		return workflow.move_to_status(workflow_until(doc, "Resolved"), "Resolved")


def filed(doc=None):
	doc = doc or resolved()
	with moment.fixed(FILED_AT):
		return appeals.file(doc, "Citizen", "The pipe leaks again.")


def decide(appeal, decision="Allowed", text=ORDER, at=FILED_AT + timedelta(days=2)):
	with moment.fixed(at):
		return appeals.dispose(appeal.name, decision, text)


def test_an_appeal_goes_to_the_authority_above_with_its_limit(site):
	doc = resolved()
	appeal = filed(doc)
	assert appeal.name == f"{doc.name}-A1"
	assert (appeal.authority, appeal.status, appeal.due_by) == (ENGINEER, "Pending", DUE_BY)
	assert world.todos(appeal.name, "Grievance Appeal") == {world.email(ENGINEER)}
	event = world.history(doc.name, "APPEAL_FILED")[0]
	assert event.is_public and '"appeal_count": [0, 1]' in event.changes
	row = site.db.get_value("Grievance", doc.name, ["appeal_count", "next_check_at"], as_dict=True)
	assert (row.appeal_count, row.next_check_at) == (1, DUE_BY)
	assert history.verify([doc.name]) == []


def test_while_one_waits_no_other_is_filed(site):
	doc = resolved()
	filed(doc)
	doc.reload()
	with pytest.raises(site.ValidationError, match=f"{doc.name}-A1.*still waiting"):
		filed(doc)


def test_an_allowed_appeal_brings_the_case_back_to_work(site):
	doc = resolved()
	appeal = filed(doc)
	site.set_user(world.email(ENGINEER))
	assert decide(appeal) == {"status": "Allowed", "grievance_status": "Open"}
	site.set_user("Administrator")
	doc.reload()
	appeal.reload()
	assert (doc.status, doc.reopened_count, appeal.disposed_by) == ("Open", 1, world.email(ENGINEER))
	assert world.todos(appeal.name, "Grievance Appeal") == set()
	assert world.email(JUNIOR) in world.todos(doc.name)
	told = [row for row in display.for_citizen(doc.name) if row["type"] == "APPEAL_DECIDED"]
	assert [ORDER in row["text"] for row in told] == [True]
	assert history.verify([doc.name]) == []


def test_a_dismissed_appeal_leaves_the_case_as_it_is_and_another_may_follow(site):
	doc = resolved()
	assert decide(filed(doc), "Dismissed") == {"status": "Dismissed", "grievance_status": "Resolved"}
	doc.reload()
	assert filed(doc).name == f"{doc.name}-A2"


@pytest.mark.parametrize(
	("decision", "text", "message"),
	[
		("Allowed", "  ", "Write the order"),
		("Maybe", ORDER, "Decide with Allowed or Dismissed"),
		("Allowed", "Call 98765 43210", "phone number"),
	],
)
def test_a_decision_needs_a_word_and_an_order(site, decision, text, message):
	appeal = filed()
	with pytest.raises(site.ValidationError, match=message):
		decide(appeal, decision, text)
	assert site.db.get_value("Grievance Appeal", appeal.name, "status") == "Pending"


def test_a_decision_is_final(site):
	appeal = filed()
	decide(appeal, "Dismissed")
	with pytest.raises(site.ValidationError, match="was decided on"):
		decide(appeal)


@pytest.mark.parametrize("name", [JUNIOR, HEAD])
def test_nobody_else_decides(site, name):
	appeal = filed()
	site.set_user(world.email(name))
	with pytest.raises(site.PermissionError):
		decide(appeal)


def test_the_state_nodal_officer_may_decide(site):
	appeal = filed()
	site.set_user(world.email(STATE))
	assert decide(appeal, "Dismissed")["status"] == "Dismissed"


def test_who_acts_for_the_authority_may_decide(site):
	appeal = filed()
	site.db.set_value("Nodal Officer", ENGINEER, {"away_from": FILED_AT.date(), "acting_officer": NODAL})
	site.set_user(world.email(NODAL))
	assert decide(appeal, "Dismissed")["status"] == "Dismissed"


def test_nobody_decides_over_a_case_about_themselves(site):
	doc = resolved()
	appeal = filed(doc)
	site.db.set_value("Grievance", doc.name, "complaint_against", STATE)
	site.set_user(world.email(STATE))
	with pytest.raises(site.PermissionError):
		decide(appeal)
	doc.reload()
	with pytest.raises(site.PermissionError, match="about you"):
		appeals.check_may_decide(appeal, doc)


def test_an_overdue_appeal_climbs(site):
	doc = resolved()
	appeal = filed(doc)
	assert world.run(DUE_BY)["appeals_passed_on"] == 1
	appeal.reload()
	assert (appeal.authority, appeal.status) == (HEAD, "Pending")
	assert appeal.due_by == datetime(2026, 2, 4, 17)
	assert world.todos(appeal.name, "Grievance Appeal") == {world.email(HEAD)}
	assert "was not decided in time" in world.history(doc.name, "HANDED_ON")[0].note
	assert site.db.get_value("Grievance", doc.name, "next_check_at") == appeal.due_by


def test_an_overdue_appeal_with_nobody_above_is_listed(site):
	doc = resolved()
	appeal = filed(doc)
	site.db.set_value("Grievance Appeal", appeal.name, "authority", STATE)
	for name in (ENGINEER, NODAL, HEAD):
		site.db.set_value("Nodal Officer", name, "disabled", 1)
	assert not world.run(DUE_BY).get("appeals_passed_on")
	assert "is overdue and nobody above can take it" in world.problems(doc.name)[0].detail
	assert site.db.get_value("Grievance", doc.name, "next_check_at") == DUE_BY + timedelta(days=1)


def test_an_appeal_without_any_authority_is_filed_all_the_same(site):
	for name in (ENGINEER, NODAL, HEAD, STATE):
		site.db.set_value("Nodal Officer", name, "disabled", 1)
	doc = resolved()
	appeal = filed(doc)
	assert (appeal.authority, appeal.status) == (None, "Pending")
	assert "has no authority" in world.problems(doc.name)[0].detail
	site.db.set_value("Nodal Officer", NODAL, "disabled", 0)
	world.run(DUE_BY)
	assert site.db.get_value("Grievance Appeal", appeal.name, "authority") == NODAL
	assert world.problems(doc.name) == []


def test_the_missed_limit_appeals_for_the_citizen_who_is_told(site):
	doc = acknowledged()
	world.run(RESOLVE_BY + timedelta(seconds=1))
	appeal = site.get_doc("Grievance Appeal", f"{doc.name}-A1")
	assert (appeal.filed_by, appeal.authority, appeal.status) == ("Automatic", NODAL, "Pending")
	assert world.history(doc.name, "APPEAL_FILED")[0].is_public == 1
	assert "APPEAL_FILED" in [row["type"] for row in display.for_citizen(doc.name)]


def test_a_decided_appeal_is_kept(site):
	appeal = filed()
	decide(appeal, "Dismissed")
	with pytest.raises(site.ValidationError, match="a decided appeal is kept"):
		site.delete_doc("Grievance Appeal", appeal.name)
	site.delete_doc("Grievance", appeal.grievance, force=True)
	assert not site.db.exists("Grievance Appeal", appeal.name)
