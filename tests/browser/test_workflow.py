"""An admin adds a state and a step in the Desk; an officer takes the step on a grievance, without a line of code."""

from __future__ import annotations

import json

import pytest

WORKFLOW = "Grievance Redressal"
STATE, STEP, BACK = "Browser Site Visit", "Browser Visit Site", "Browser Site Visited"
TRANSITIONS = [("New", STEP, STATE), (STATE, BACK, "In Progress")]
DISTRICT = "District Nodal Officer"
ADD_ROWS = """([table, rows]) => {
	for (const row of rows) cur_frm.add_child(table, row);
	cur_frm.refresh_field(table);
	cur_frm.dirty();
}"""


@pytest.fixture
def shipped(site, records):
	"""State and actions of the test; afterwards the workflow is what it was."""
	import frappe

	before = frappe.get_doc("Workflow", WORKFLOW).as_dict()
	records.make("Workflow State", workflow_state_name=STATE)
	for action in (STEP, BACK):
		records.make("Workflow Action Master", workflow_action_name=action)
	yield
	frappe.db.rollback()
	names = frappe.get_all("Grievance", filters={"workflow_state": STATE}, pluck="name")
	frappe.db.delete("Grievance", {"name": ["in", names or ["-"]]})
	doc = frappe.get_doc("Workflow", WORKFLOW)
	doc.update({table: before[table] for table in ("states", "transitions", "workflow_data")})
	doc.save(ignore_permissions=True)
	frappe.db.commit()


def save(admin) -> None:
	admin.page.locator(".page-actions:visible .primary-action", has_text="Save").click()


def add_state(admin, **values) -> None:
	row = {"state": STATE, "doc_status": "0", "allow_edit": "All", **values}
	admin.page.evaluate(ADD_ROWS, ["states", [row]])


def drag_to(admin, label: str, dx: int, dy: int) -> None:
	"""Drag a node of the Workflow Builder by so many pixels."""
	box = admin.page.locator(".vue-flow__node", has_text=label).first.bounding_box()
	x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
	admin.page.mouse.move(x, y)
	admin.page.mouse.down()
	admin.page.mouse.move(x + dx / 2, y + dy / 2, steps=4)
	admin.page.mouse.move(x + dx, y + dy, steps=4)
	admin.page.mouse.up()


def test_an_admin_adds_a_state_and_an_officer_uses_it(shipped, desk, grievance, records):
	case = grievance()
	admin = desk("System Manager").open(f"workflow/{WORKFLOW}", "[data-fieldname='transitions'] .grid-body")
	add_state(admin)
	save(admin)
	words = admin.dialog().inner_text()
	assert "This workflow does not fit grievances" in words
	assert f"state {STATE}: it must set the status" in words
	admin.errors.clear()  # the browser notes each refusal of the server
	admin.page.locator(".modal.show .btn-modal-close").click()
	admin.page.locator(".modal.show").wait_for(state="detached")

	admin.page.evaluate("cur_frm.doc.states.at(-1).update_field = 'status'")
	admin.page.evaluate("cur_frm.doc.states.at(-1).update_value = 'Open'")
	rows = [
		{"state": state, "action": action, "next_state": to, "allowed": DISTRICT, "allow_self_approval": 1}
		for state, action, to in TRANSITIONS
	]
	admin.page.evaluate(ADD_ROWS, ["transitions", rows])
	save(admin)
	admin.page.wait_for_function("!cur_frm.is_dirty() && !cur_frm.doc.__unsaved")

	admin.open(f"workflow-builder/{WORKFLOW}", f".vue-flow__node:has-text('{STATE}')")
	admin.page.get_by_role("button", name="Save").click()
	admin.page.get_by_text("Workflow updated successfully").wait_for()

	officer = desk(DISTRICT).form("Grievance", case.name)
	officer.page.locator(".actions-btn-group button:visible").click()
	officer.page.locator(".actions-btn-group .dropdown-item:visible", has_text=STEP).click()
	officer.page.wait_for_function(f"cur_frm.doc.workflow_state === {json.dumps(STATE)}")
	# The menu is built anew after the form.
	officer.page.locator(".actions-btn-group .dropdown-item", has_text=BACK).wait_for(state="attached")
	moved = records.fresh("Grievance", case.name)
	assert (moved.workflow_state, moved.status) == (STATE, "Open")
	assert moved.acknowledged_at
	officer.page.locator(".actions-btn-group button:visible").click()
	offered = officer.page.locator(".actions-btn-group .dropdown-item:visible").all_inner_texts()
	words = {text.strip() for text in offered}
	assert BACK in words and STEP not in words
