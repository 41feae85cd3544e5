"""The shipped workflow: who may take which step, what a step does to the status, and how a wrong one is refused."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import contextmanager

import pytest

from tests.contract import records
from tests.contract.conftest import Http

LETTERS = {
	"O": "Department Officer",
	"D": "District Nodal Officer",
	"S": "State Nodal Officer",
	"C": "Grievance Cell",
	"A": "Grievance Administrator",
}
AUDITOR = "Grievance Auditor"
STATUS = {
	"New": "Open",
	"Assigned": "Open",
	"In Progress": "Open",
	"Awaiting Citizen": "On Hold",
	"Action Taken": "Open",
	"Resolved": "Resolved",
	"Closed": "Closed",
	"Reopened": "Open",
	"Not a Grievance": "Rejected",
	"Merged": "Merged",
}
# State: action > next state (who). Reject and Merge stand below: every state in work has them.
TABLE = """
New: Accept > Assigned (ODS); Start Work > In Progress (ODS); Ask Citizen > Awaiting Citizen (ODSC)
Assigned: Start Work > In Progress (ODS); Ask Citizen > Awaiting Citizen (ODSC)
Assigned: Submit Action Taken > Action Taken (O); Resolve > Resolved (DSA)
In Progress: Submit Action Taken > Action Taken (O); Resolve > Resolved (DSA)
In Progress: Ask Citizen > Awaiting Citizen (ODSC)
Awaiting Citizen: Citizen Answered > In Progress (ODSC)
Action Taken: Approve > Resolved (DSA); Send Back > In Progress (DSA)
Resolved: Close > Closed (SCA); Reopen > Reopened (DSCA)
Closed: Reopen > Reopened (SCA)
Reopened: Start Work > In Progress (ODS); Ask Citizen > Awaiting Citizen (ODSC)
Reopened: Submit Action Taken > Action Taken (O); Resolve > Resolved (DSA)
Not a Grievance: Reopen > Reopened (SCA)
Merged: Undo Merge > Reopened (DSCA)
"""
IN_WORK = [state for state, status in STATUS.items() if status in ("Open", "On Hold")]
PASSWORD = "Contract-4711-wall"
MOVE = "/api/method/frappe.model.workflow.apply_workflow"


def steps() -> dict[tuple[str, str, str], str]:
	"""``{(state, action, next state): letters of the roles}``"""
	found = {}
	for line in TABLE.strip().splitlines():
		state, _colon, rest = line.partition(": ")
		for step in rest.split("; "):
			words, _space, letters = step.removesuffix(")").rpartition(" (")
			action, next_state = words.split(" > ")
			found[state, action, next_state] = letters
	for state in IN_WORK:
		found[state, "Reject", "Not a Grievance"] = found[state, "Merge", "Merged"] = "CDSA"
	return found


def mail(role: str) -> str:
	return f"contract.move.{role.lower().replace(' ', '.')}@example.com"


def person(role: str) -> str:
	"""A user with the role; the two whose postings count answer for Panchkula."""
	records.user(mail(role), role)
	if role in (LETTERS["O"], LETTERS["D"]):
		records.frappe.get_doc(
			{
				"doctype": "Nodal Officer",
				"official_id": f"CONTRACT-{role[:4]}",
				"officer_name": f"Contract {role}",
				"designation": "Officer",
				"user": mail(role),
				"postings": [{"jurisdiction": "Panchkula", "from_date": "2020-01-01"}],
			}
		).insert()
	return mail(role)


@pytest.fixture
def ground(site) -> str:
	return (
		site.get_doc(
			{
				"doctype": "Non-grievance Ground",
				"ground_code": "CONTRACT-G",
				"ground_title": "Contract: before a court",
				"reply_text": "A court decides this.",
				"reply_text_hi": "यह न्यायालय में है।",
			}
		)
		.insert()
		.name
	)


@pytest.fixture
def case(site, ground) -> str:
	"""A grievance with all that the guards ask for before it is resolved or rejected."""
	return (
		records.grievance(
			jurisdiction="Panchkula", action_taken="The pipe was mended.", non_grievance_ground=ground
		)
		.insert()
		.name
	)


@contextmanager
def standing_in(site, name: str, state: str):
	"""The grievance stands in ``state`` within the block; afterwards everything is as before."""
	site.db.savepoint("standing")
	merged_into = records.grievance().insert().name if state == "Merged" else None
	values = {"workflow_state": state, "status": STATUS[state], "merged_into": merged_into}
	site.db.set_value("Grievance", name, values, update_modified=False)
	try:
		yield
	finally:
		site.db.rollback(save_point="standing")


def values_for(site, state: str, next_state: str) -> dict | None:
	if "Merged" not in (state, next_state):
		return None
	return {"merged_into": records.grievance().insert().name if next_state == "Merged" else None}


def test_the_table_is_the_whole_workflow(site):
	from grievance_helpdesk.redressal import workflow

	stored = defaultdict(str)
	for row in workflow.active().transitions:
		letter = next(letter for letter, role in LETTERS.items() if role == row.allowed)
		stored[row.state, row.action, row.next_state] += letter
		assert row.allow_self_approval
	assert {step: set(letters) for step, letters in stored.items()} == {
		step: set(letters) for step, letters in steps().items()
	}
	assert {row.state: row.update_value for row in workflow.active().states} == STATUS
	assert workflow.first_state() == "New"
	assert (workflow.status_of("Awaiting Citizen"), workflow.status_of("No such")) == ("On Hold", None)


@pytest.mark.parametrize("role", [*LETTERS.values(), AUDITOR])
def test_a_role_takes_its_steps_and_no_other(site, as_user, case, role: str):
	from frappe.model.workflow import WorkflowTransitionError, get_transitions

	from grievance_helpdesk.redressal import workflow

	letter = next((letter for letter, name in LETTERS.items() if name == role), "-")
	user = person(role)
	for state in STATUS:
		with standing_in(site, case, state), as_user(user):
			offered = {
				(row.action, row.next_state) for row in get_transitions(site.get_doc("Grievance", case))
			}
		mine = {step[1:] for step, letters in steps().items() if step[0] == state and letter in letters}
		assert offered == mine, f"{role} in {state}"
		for action, next_state in sorted(mine):
			with standing_in(site, case, state):
				values = values_for(site, state, next_state)
				with as_user(user):
					doc = workflow.move(case, action, values)
				assert (doc.workflow_state, doc.status) == (next_state, STATUS[next_state]), (
					f"{state}: {action}"
				)
		for action in {step[1] for step in steps()} - {action for action, _state in mine}:
			with (
				standing_in(site, case, state),
				as_user(user),
				pytest.raises(WorkflowTransitionError, match="Not a valid Workflow Action"),
			):
				workflow.move(case, action)


def test_a_move_leaves_its_mark_in_the_timeline(site, as_user, case):
	from grievance_helpdesk.redressal import workflow

	user = person(LETTERS["D"])
	with as_user(user):
		workflow.move(case, "Start Work")
	comments = site.get_all(
		"Comment",
		{"reference_name": case, "comment_type": "Workflow"},
		["content", "comment_email"],
	)
	assert [(row.content, row.comment_email) for row in comments] == [("In Progress", user)]


def test_the_status_is_never_written_by_hand(site, case):
	doc = site.get_doc("Grievance", case)
	doc.status = "Closed"
	with pytest.raises(site.ValidationError, match="The status follows the workflow"):
		doc.save()
	with pytest.raises(site.ValidationError, match="The status follows the workflow"):
		records.grievance(status="Resolved").insert()


def test_a_state_that_is_written_takes_its_status_along_where_a_step_leads_there(site, as_user, case):
	from frappe.model.workflow import WorkflowPermissionError

	with as_user(person(LETTERS["D"])):
		doc = site.get_doc("Grievance", case)
		doc.workflow_state = "Awaiting Citizen"
		doc.save()
		assert doc.status == "On Hold"
		doc.workflow_state = "Closed"
		with pytest.raises(WorkflowPermissionError, match="not allowed from"):
			doc.save()
	with pytest.raises(WorkflowPermissionError, match="not allowed from"):
		records.grievance(workflow_state="Assigned").insert()
	with pytest.raises(site.ValidationError, match=r"The workflow has no state .*Gone"):
		records.grievance(workflow_state="Gone").insert(ignore_links=True)


def test_the_system_moves_to_a_status(site, as_user, case):
	from grievance_helpdesk.redressal import workflow

	user = person(LETTERS["O"])
	with as_user(user):
		with pytest.raises(site.ValidationError, match=r"leads from .*New.* to a state of status .*Closed"):
			workflow.move_to_status(case, "Closed")
		assert site.session.user == user
		site.db.set_value("Grievance", case, "workflow_state", "In Progress")
		doc = workflow.move_to_status(case, "Resolved")
		assert (doc.workflow_state, site.session.user) == ("Resolved", user)
		assert workflow.move_to_status(doc, "Resolved").modified == doc.modified, "nothing to do"
		assert workflow.actions_to(doc, "Closed") == ["Close"]
		assert workflow.move_to_status(doc, "Open", values={"place_text": "Gate 2"}).place_text == "Gate 2"
	stored = site.db.get_value("Grievance", case, ["workflow_state", "status", "place_text"])
	assert stored == ("Reopened", "Open", "Gate 2")


def test_where_there_is_a_choice_the_preferred_step_is_taken(site, case):
	from grievance_helpdesk.redressal import workflow

	site.db.set_value("Grievance", case, {"workflow_state": "Awaiting Citizen", "status": "On Hold"})
	assert workflow.move_to_status(case, "Open", prefer="nowhere").workflow_state == "In Progress"


def test_nobody_waits_for_a_workflow_action(site, case):
	"""Frappe's own list of open actions would show every district's cases to every role."""
	from grievance_helpdesk.redressal import registration, workflow

	registrar = registration.Registrar()
	registrar.reserve(3)
	reserved = registrar.numbers.names() if registrar.numbers else []
	words = {"subject": "Contract: no water", "description": "None", "channel": "Counter"}
	imported = registrar.register(words).name
	registrar.finish()
	for action in ("Start Work", "Resolve", "Reopen", "Start Work"):
		workflow.move(case, action)
	rows = site.get_all(
		"Workflow Action",
		{"reference_doctype": "Grievance", "reference_name": ["in", [case, imported]]},
		["name", "status", "workflow_state", "reference_name"],
	)
	assert {row.status for row in rows} == {"Completed"}
	states = sorted(row.workflow_state for row in rows if row.reference_name == case)
	assert states == ["In Progress", "New", "Reopened", "Resolved"]
	assert [row.workflow_state for row in rows if row.reference_name == imported] == ["New"]
	parents = [row.name for row in rows]
	assert not site.get_all("Workflow Action Permitted Role", {"parent": ["in", parents]})
	unused = {"reference_doctype": "Grievance", "reference_name": ["in", [*reserved[1:], "-"]]}
	assert not site.get_all("Workflow Action", unused), "numbers that were not used are forgotten"
	site.delete_doc("Grievance", imported)
	assert not site.get_all("Workflow Action", {"reference_name": imported})


@pytest.fixture
def committed():
	"""A district's officer and a grievance for requests of their own; deleted at the end."""
	import frappe
	from frappe.utils.password import update_password

	user = person(LETTERS["D"])
	update_password(user, PASSWORD)
	name = records.grievance(jurisdiction="Panchkula").insert().name
	frappe.db.commit()
	yield user, name
	frappe.db.rollback()
	frappe.db.delete("ToDo", {"reference_type": "Grievance", "reference_name": name})
	frappe.db.delete("Notification Log", {"document_name": name})
	frappe.delete_doc("Grievance", name, force=True)
	frappe.delete_doc("Nodal Officer", f"CONTRACT-{LETTERS['D'][:4]}", force=True)
	frappe.delete_doc("User", user, force=True)
	frappe.db.commit()


def test_steps_over_http(site, http: Http, committed):
	user, name = committed
	http.login(user, PASSWORD)
	doc = {"doctype": "Grievance", "name": name}
	answer = http("POST", MOVE, json={"doc": json.dumps(doc), "action": "Accept"})
	assert (answer.status_code, answer.json["message"]["workflow_state"]) == (200, "Assigned")
	refused = http("POST", MOVE, json={"doc": json.dumps(doc), "action": "Accept"})
	assert (refused.status_code, refused.json["exc_type"]) == (417, "WorkflowTransitionError")
	assert "Not a valid Workflow Action" in refused.json["_server_messages"]
	written = http("PUT", f"/api/resource/Grievance/{name}", json={"status": "Closed"})
	assert (written.status_code, written.json["exc_type"]) == (417, "ValidationError")
	assert "Choose a step under Actions instead" in written.json["_server_messages"]
	site.db.rollback()
	assert site.db.get_value("Grievance", name, ["workflow_state", "status"]) == ("Assigned", "Open")
