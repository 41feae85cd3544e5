"""The Kanban board by state: its columns are the workflow's, and a dropped card takes a step of it or is put back."""

from __future__ import annotations

import pytest

from grievance_helpdesk.redressal.workflow import board
from tests.contract import offices
from tests.contract.offices import DONE


@pytest.fixture
def staff(site):
	return offices.make()


def columns(site) -> dict[str, str]:
	return {row.column_name: row.status for row in site.get_doc("Kanban Board", board.BOARD).columns}


def drop(name: str, state: str, start: str = "New"):
	return board.update_order_for_single_card(board.BOARD, name, start, state, 0, 0)


def test_the_columns_are_the_states_and_finished_ones_are_put_away(site) -> None:
	workflow = site.get_doc(
		"Workflow", site.get_all("Workflow", {"document_type": "Grievance"}, pluck="name")[0]
	)
	assert list(columns(site)) == list(dict.fromkeys(row.state for row in workflow.states))
	for row in workflow.states:
		shown = row.update_value in ("Open", "On Hold", "Resolved")
		assert columns(site)[row.state] == ("Active" if shown else "Archived")


def test_the_board_follows_an_admins_workflow_and_keeps_what_was_chosen(site) -> None:
	site.get_doc({"doctype": "Workflow State", "workflow_state_name": "Site Inspection"}).insert()
	shown = site.get_doc("Kanban Board", board.BOARD)
	shown.columns[0].indicator = "Red"
	shown.save()
	workflow = site.get_doc(
		"Workflow", site.get_all("Workflow", {"document_type": "Grievance"}, pluck="name")[0]
	)
	first = workflow.states[0].state
	workflow.append(
		"states",
		{
			"state": "Site Inspection",
			"doc_status": "0",
			"update_field": "status",
			"update_value": "Open",
			"allow_edit": "All",
		},
	)
	for state, following in ((first, "Site Inspection"), ("Site Inspection", "Resolved")):
		step = {
			"state": state,
			"next_state": following,
			"action": "Resolve",
			"allowed": "State Nodal Officer",
		}
		workflow.append("transitions", step)
	workflow.save()
	assert columns(site)["Site Inspection"] == "Active"
	assert site.get_doc("Kanban Board", board.BOARD).columns[0].indicator == "Red"


def test_a_drop_takes_the_step_that_leads_there(staff, as_user) -> None:
	case = offices.case()
	with as_user(staff.hisar):
		answer = drop(case.name, "In Progress")
	assert offices.fresh(case.name).workflow_state == "In Progress"
	assert answer.name == board.BOARD


def test_a_drop_that_no_step_allows_is_refused_in_a_sentence(site, staff, as_user) -> None:
	case = offices.case()
	with as_user(staff.hisar), pytest.raises(site.PermissionError, match="from New to Resolved"):
		drop(case.name, "Resolved")
	with as_user(staff.cell), pytest.raises(site.PermissionError, match="No step that you may take"):
		drop(case.name, "In Progress")
	assert offices.fresh(case.name).workflow_state == "New"


def test_a_step_that_asks_for_words_is_taken_on_the_form(site, staff, as_user) -> None:
	case = offices.case()
	for state in ("Awaiting Citizen", "Not a Grievance", "Merged"):
		with as_user(staff.hisar), pytest.raises(site.ValidationError, match="Open the case"):
			drop(case.name, state)
	assert offices.fresh(case.name).status == "Open"


def test_the_guards_hold_for_a_drop_too(site, staff, as_user) -> None:
	case = offices.at_work()
	with as_user(staff.hisar), pytest.raises(site.ValidationError):
		drop(case.name, "Resolved", "In Progress")
	assert offices.fresh(case.name).status == "Open"
	site.db.set_value("Grievance", case.name, "action_taken", DONE)
	with as_user(staff.hisar):
		drop(case.name, "Resolved", "In Progress")
	assert offices.fresh(case.name).status == "Resolved"


def test_where_two_steps_lead_the_officer_chooses_on_the_form(site, staff, as_user) -> None:
	case = offices.case()
	workflow = site.get_doc(
		"Workflow", site.get_all("Workflow", {"document_type": "Grievance"}, pluck="name")[0]
	)
	step = {
		"state": "New",
		"next_state": "In Progress",
		"action": "Accept",
		"allowed": "District Nodal Officer",
	}
	workflow.append("transitions", step)
	workflow.save()
	with as_user(staff.hisar), pytest.raises(site.ValidationError, match="Several steps lead"):
		drop(case.name, "In Progress")


def test_a_case_out_of_scope_cannot_be_dropped(site, staff, as_user) -> None:
	case = offices.case()
	with as_user(staff.sirsa), pytest.raises(site.PermissionError):
		drop(case.name, "In Progress")
	assert offices.fresh(case.name).workflow_state == "New"


def test_no_board_of_grievances_keeps_the_names_of_cases(site, staff, as_user) -> None:
	case = offices.case()
	own = site.get_doc(
		{
			"doctype": "Kanban Board",
			"kanban_board_name": "By priority",
			"reference_doctype": "Grievance",
			"field_name": "priority",
			"columns": [{"column_name": "Medium", "order": f'["{case.name}"]'}, {"column_name": "Low"}],
		}
	).insert(ignore_permissions=True)
	with as_user(staff.hisar):
		board.update_order_for_single_card(own.name, case.name, "Medium", "Low", 0, 0)
		assert board.update_order(own.name, f'{{"Low": ["{case.name}"]}}')[1] == []
		board.add_card(own.name, case.name, "Low")
	assert offices.fresh(case.name).priority == "Low"
	assert [column.order or "" for column in site.get_doc("Kanban Board", own.name).columns] == ["", ""]


def test_a_board_that_was_deleted_stays_away(site) -> None:
	site.delete_doc("Kanban Board", board.BOARD)
	board.insert_missing()
	assert not site.db.exists("Kanban Board", board.BOARD)


@pytest.mark.bench
def test_boards_of_other_doctypes_do_what_frappe_does(site) -> None:
	todo = site.get_doc({"doctype": "ToDo", "description": "A card", "status": "Open"}).insert()
	other = site.get_doc(
		{
			"doctype": "Kanban Board",
			"kanban_board_name": "To-dos",
			"reference_doctype": "ToDo",
			"field_name": "status",
			"columns": [{"column_name": "Open"}, {"column_name": "Closed"}],
		}
	).insert()
	index = site.parse_json(other.columns[0].order).index(todo.name)
	board.update_order_for_single_card(other.name, todo.name, "Open", "Closed", str(index), "0")
	assert site.db.get_value("ToDo", todo.name, "status") == "Closed"
	assert todo.name in site.get_doc("Kanban Board", other.name).columns[1].order
