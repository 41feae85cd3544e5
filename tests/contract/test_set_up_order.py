"""The set-up in its order, and the workspaces: everything they name is there."""

from __future__ import annotations

import json

import pytest

from tests.contract.desk_filters import shipped

SET_UP = "Grievance Helpdesk Set-up"
ORDER = (
	("Say Which State This Is", "Grievance Settings"),
	("Check the Departments", "Grievance Department"),
	("Enter the Officers", "Nodal Officer"),
	("Check Office Hours and Holidays", "Service Calendar"),
	("Connect a Channel", "Channel Account"),
	("Look at the Steps of a Case", "Workflow"),
	("Try It With a Sample Post", None),
)
# What each block of a workspace names, and in which of its tables that stands under "label".
TABLES = {"number_card": "number_cards", "chart": "charts", "shortcut": "shortcuts", "card": "links"}


STEPS, WORKSPACES = shipped("onboarding_step"), shipped("workspace")


def exists(site, doctype: str, name: str) -> bool:
	"""Pages, reports, cards and charts lie in the app; the embedded site has DocTypes only."""
	if doctype == "DocType":
		return name in ("Workflow", *shipped("doctype"))
	return name in shipped(doctype.lower().replace(" ", "_"))


def test_the_steps_stand_in_their_order():
	steps = [row["step"] for row in shipped("module_onboarding")[SET_UP]["steps"]]
	assert steps == [name for name, _doctype in ORDER]
	assert set(steps) == set(STEPS), "every step that is shipped has its place"


@pytest.mark.parametrize(("name", "doctype"), ORDER)
def test_a_step_leads_somewhere(site, name: str, doctype: str | None):
	step = STEPS[name]
	assert step.get("reference_document") == doctype
	assert step["description"].startswith("# ") and step["action_label"]
	if doctype:
		assert exists(site, "DocType", doctype)
	if step["action"] == "Update Settings":
		assert step["field"] in {field["fieldname"] for field in shipped("doctype")[doctype]["fields"]}
	elif step["action"] == "Go to Page":
		expected = f"List/{doctype}/List" if doctype else "try-triage"
		assert step["path"] == expected
		assert doctype or exists(site, "Page", step["path"])
	else:
		assert step["action"] == "Create Entry"


def test_the_set_up_is_shown_to_whoever_sets_up():
	roles = {row["role"] for row in shipped("module_onboarding")[SET_UP]["allow_roles"]}
	assert roles == {"Grievance Administrator"}, "Frappe adds the System Manager itself"
	blocks = json.loads(WORKSPACES["Grievance Helpdesk"]["content"])
	assert blocks[0]["data"]["onboarding_name"] == SET_UP


@pytest.mark.bench
@pytest.mark.parametrize(
	("role", "shown"), [("Grievance Administrator", True), ("State Nodal Officer", False)]
)
def test_frappe_shows_the_set_up_by_role(site, as_user, role: str, shown: bool):
	from frappe.desk.desktop import Workspace

	from tests.contract import records

	email = "set.up@example.com"
	records.user(email, role)
	site.db.set_single_value("System Settings", "enable_onboarding", 1)
	site.db.set_value("Module Onboarding", SET_UP, "is_complete", 0)
	site.db.set_value("Onboarding Step", ORDER[0][0], {"is_complete": 0, "is_skipped": 0})
	with as_user(email):
		page = Workspace({"name": "Grievance Helpdesk", "title": "Grievance Helpdesk", "public": 1})
		page.build_workspace()
	labels = [item["label"] for item in page.onboardings["items"]]
	assert labels == ([SET_UP] if shown else [])


@pytest.mark.parametrize("name", WORKSPACES)
def test_a_workspace_names_what_is_there(site, name: str):
	workspace = WORKSPACES[name]
	for row in (*workspace["links"], *workspace["shortcuts"]):
		if row["type"] != "Card Break":
			kind = row["type"] if row["type"] != "Link" else row["link_type"]
			assert exists(site, kind, row["link_to"]), row["label"]
	assert all(exists(site, "Number Card", row["number_card_name"]) for row in workspace["number_cards"])
	assert all(exists(site, "Dashboard Chart", row["chart_name"]) for row in workspace["charts"])


@pytest.mark.parametrize("name", WORKSPACES)
def test_every_block_of_a_workspace_has_its_record(name: str):
	"""The Desk finds a record by the label that the block names; a block without one leaves nothing, not even a word."""
	workspace = WORKSPACES[name]
	blocks = json.loads(workspace["content"])
	for kind, table in TABLES.items():
		named = [block["data"][f"{kind}_name"] for block in blocks if block["type"] == kind]
		rows = [row for row in workspace[table] if table != "links" or row["type"] == "Card Break"]
		assert named == [row["label"] for row in rows]
	assert len({block["id"] for block in blocks}) == len(blocks)


def test_every_report_stands_on_the_workspace():
	links = {
		row.get("link_to") for row in WORKSPACES["Grievance Helpdesk"]["links"] if row["is_query_report"]
	}
	assert links == set(shipped("report"))
