"""An admin's own workflow: what is refused with its reason, what goes on working, and what installing leaves alone."""

from __future__ import annotations

import pytest

from tests.contract import records

NAME = "Grievance Redressal"


@pytest.fixture
def workflow(site):
	"""The shipped workflow, to be changed; the caches forget it afterwards."""
	yield site.get_doc("Workflow", NAME)
	site.db.rollback()
	site.clear_cache(doctype="Grievance")
	site.clear_document_cache("Workflow", NAME)


def row_of(doc, state: str):
	return next(row for row in doc.states if row.state == state)


def drop_steps(doc, *pairs: str) -> None:
	"""``drop_steps(doc, "Resolved>Closed")``; a star stands for every state."""
	gone = [pair.split(">") for pair in pairs]
	doc.transitions = [
		step
		for step in doc.transitions
		if not any(one in (step.state, "*") and other in (step.next_state, "*") for one, other in gone)
	]


def drop_state(doc, state: str) -> None:
	doc.states = [row for row in doc.states if row.state != state]
	drop_steps(doc, f"{state}>*", f"*>{state}")


def add_state(site, doc, state: str, **values) -> None:
	if not site.db.exists("Workflow State", state):
		site.get_doc({"doctype": "Workflow State", "workflow_state_name": state}).insert()
	row = {
		"state": state,
		"doc_status": "0",
		"allow_edit": "All",
		"update_field": "status",
		"update_value": "Open",
	}
	doc.append("states", {**row, **values})


def add_step(
	site, doc, state: str, action: str, next_state: str, role: str = "District Nodal Officer"
) -> None:
	if not site.db.exists("Workflow Action Master", action):
		site.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": action}).insert()
	step = {"state": state, "action": action, "next_state": next_state, "allowed": role}
	doc.append("transitions", {**step, "allow_self_approval": 1})


BROKEN = {
	"another state field": (
		lambda site, doc: doc.update({"workflow_state_field": "place_text"}),
		"grievances keep their state in workflow_state",
	),
	"a state sets nothing": (
		lambda site, doc: row_of(doc, "Assigned").update({"update_field": None}),
		"Row 2, state Assigned: it must set the status",
	),
	"a state sets another field": (
		lambda site, doc: row_of(doc, "Assigned").update({"update_field": "priority"}),
		"Row 2, state Assigned: it must set the status",
	),
	"an unknown status": (
		lambda site, doc: row_of(doc, "Resolved").update({"update_value": "Done"}),
		"Row 6, state Resolved: it must set the status",
	),
	"rows that disagree": (
		lambda site, doc: add_state(site, doc, "Resolved", update_value="Closed"),
		"an earlier row of this state sets the status Resolved, this one Closed",
	),
	"a submitted state": (
		lambda site, doc: (row_of(doc, "Merged").update({"doc_status": "1"}), drop_steps(doc, "Merged>*")),
		"grievances are never submitted",
	),
	"first state on hold": (
		lambda site, doc: row_of(doc, "New").update({"update_value": "On Hold"}),
		"New grievances begin in the first state, New: its Update Value must be Open",
	),
	"no way out": (
		lambda site, doc: drop_steps(doc, "New>*"),
		"No transition leads out of the first state, New",
	),
	"a dead end": (
		lambda site, doc: add_state(site, doc, "Site Visit"),
		"From Site Visit no way leads to a state of status Resolved",
	),
	"no rejecting": (
		lambda site, doc: drop_steps(doc, "*>Not a Grievance"),
		"No way leads from the first state to a state of status Rejected",
	),
	"no merging": (
		lambda site, doc: drop_state(doc, "Merged"),
		"No way leads from the first state to a state of status Merged",
	),
	"no closing": (
		lambda site, doc: drop_steps(doc, "Resolved>Closed"),
		"add a transition from there to a state of status Closed",
	),
	"no reopening": (
		lambda site, doc: drop_steps(doc, "Resolved>Reopened"),
		"add a transition from Resolved to a state of status Open",
	),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_workflow_that_grievances_could_not_live_with_is_refused(site, workflow, case: str):
	change, message = BROKEN[case]
	change(site, workflow)
	with pytest.raises(site.ValidationError) as refused:
		workflow.save()
	assert message in str(refused.value)


def test_a_state_that_is_in_use_stays(site, workflow):
	for _number in range(2):
		name = records.grievance().insert().name
		site.db.set_value("Grievance", name, "workflow_state", "Action Taken")
	count = site.db.count("Grievance", {"workflow_state": "Action Taken"})
	drop_state(workflow, "Action Taken")
	with pytest.raises(site.ValidationError, match=f"{count} grievances stand in the state Action Taken"):
		workflow.save()


def test_an_unused_state_may_go(site, workflow):
	if site.db.count("Grievance", {"workflow_state": "Assigned"}):
		pytest.skip("this site's grievances use it")
	drop_state(workflow, "Assigned")
	workflow.save()
	assert "Assigned" not in [row.state for row in site.get_doc("Workflow", NAME).states]


def test_the_workflow_builder_may_send_numbers(site, workflow):
	for row in workflow.states:
		row.doc_status = 0
	workflow.save()
	assert {row.doc_status for row in site.get_doc("Workflow", NAME).states} == {"0"}


def test_the_only_active_workflow_is_not_switched_off_or_deleted(site, workflow):
	with pytest.raises(site.ValidationError, match="the only active workflow of Grievance"):
		site.delete_doc("Workflow", NAME)
	workflow.is_active = 0
	with pytest.raises(site.ValidationError, match="Activate another one instead"):
		workflow.save()
	workflow.reload()
	workflow.document_type = "Citizen"
	with pytest.raises(site.ValidationError, match="the only active workflow of Grievance"):
		workflow.save()


def own_workflow(site, shipped, **values):
	doc = site.new_doc("Workflow", workflow_name="Contract Workflow", **values)
	doc.update({"document_type": "Grievance", "workflow_state_field": "workflow_state"})
	for table in ("states", "transitions"):
		for row in shipped.get(table):
			kept = {
				key: value for key, value in row.as_dict().items() if key not in ("name", "idx", "doctype")
			}
			doc.append(table, {key: value for key, value in kept.items() if not key.startswith("parent")})
	return doc


def test_another_workflow_takes_over(site, workflow):
	from grievance_helpdesk.redressal import workflow as module
	from grievance_helpdesk.redressal.workflow import fixtures as workflow_fixtures

	draft = own_workflow(site, workflow, is_active=0)
	drop_steps(draft, "New>*")
	draft.insert()
	assert module.active().name == NAME, "a draft may be unfinished, and changes nothing"
	for step in workflow.transitions:
		if step.state == "New":
			add_step(site, draft, step.state, step.action, step.next_state, step.allowed)
	draft.is_active = 1
	draft.save()
	assert module.active().name == "Contract Workflow"
	assert not site.db.get_value("Workflow", NAME, "is_active")
	site.delete_doc("Workflow", NAME)
	workflow_fixtures.insert_missing()
	assert not site.db.exists("Workflow", NAME), "the admin's own workflow is left alone"


def test_installing_again_changes_nothing(site, workflow):
	from grievance_helpdesk.redressal.workflow import fixtures as workflow_fixtures

	add_state(site, workflow, "Site Visit")
	add_step(site, workflow, "New", "Visit the Site", "Site Visit")
	add_step(site, workflow, "Site Visit", "Resolve", "Resolved")
	workflow.save()
	workflow_fixtures.insert_missing()
	assert row_of(site.get_doc("Workflow", NAME), "Site Visit")


def test_grievances_from_before_the_workflow_get_a_state(site, workflow):
	from grievance_helpdesk.redressal.workflow import fixtures as workflow_fixtures

	names = {}
	for status, state in (("Open", "New"), ("Rejected", "Not a Grievance"), ("Closed", "Closed")):
		names[state] = records.grievance().insert().name
		site.db.set_value("Grievance", names[state], {"status": status, "workflow_state": None})
	site.db.delete("Workflow", {"name": NAME})
	for table in ("Workflow Document State", "Workflow Transition"):
		site.db.delete(table, {"parent": NAME})
	site.clear_document_cache("Workflow", NAME)
	workflow_fixtures.insert_missing()
	for state, name in names.items():
		assert site.db.get_value("Grievance", name, "workflow_state") == state


def test_an_added_state_works_without_code(site, workflow, as_user):
	from grievance_helpdesk.redressal import workflow as module

	add_state(site, workflow, "Site Visit")
	add_step(site, workflow, "New", "Visit the Site", "Site Visit")
	add_step(site, workflow, "Site Visit", "Visited", "In Progress")
	workflow.save()
	case = records.grievance(action_taken="The pipe was mended.").insert()
	assert not case.acknowledged_at
	officer = "contract.visit@example.com"
	records.user(officer, "District Nodal Officer", "State Nodal Officer")
	with as_user(officer):
		assert "Visit the Site" in module.actions_to(case, "Open")
		case = module.move(case, "Visit the Site")
		assert (case.workflow_state, case.status) == ("Site Visit", "Open")
		assert case.acknowledged_at, "leaving the first state acknowledges, whatever the next one is called"
		for filters in ({"status": "Open"}, {"workflow_state": "Site Visit"}):
			assert site.get_list("Grievance", {"name": case.name, **filters}, pluck="name") == [case.name]
		module.move(case, "Visited")
		assert (case.workflow_state, case.status) == ("In Progress", "Open")
		module.move(case, "Resolve")
	assert (case.status, bool(case.resolved_at)) == ("Resolved", True)


def test_a_condition_of_a_transition_holds(site, workflow):
	from grievance_helpdesk.redressal import workflow as module

	for step in workflow.transitions:
		if step.state == "New" and step.action == "Accept":
			step.condition = "doc.priority == 'Urgent' and int(doc.support_count) < 3"
	workflow.save()
	plain, urgent = records.grievance().insert(), records.grievance(priority="Urgent").insert()
	assert "Accept" not in module.actions_to(plain, "Open")
	assert "Accept" in module.actions_to(urgent, "Open")
	assert module.move(urgent, "Accept").workflow_state == "Assigned"
	with pytest.raises(site.ValidationError, match="Not a valid Workflow Action"):
		module.move(plain, "Accept")
