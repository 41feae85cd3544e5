"""Roles, permission levels and the apps' permission hooks."""

from __future__ import annotations

import pytest

from tests.contract import records

AUDITOR = "contract.auditor@example.com"
NOBODY = "contract.nobody@example.com"
ADMIN = "contract.admin@example.com"


@pytest.fixture
def people(site):
	records.user(AUDITOR, "Grievance Auditor")
	records.user(ADMIN, "Grievance Administrator")
	records.user(NOBODY)
	return site


def test_roles(people):
	assert "Grievance Auditor" in people.get_roles(AUDITOR)
	assert "All" in people.get_roles(AUDITOR)
	assert people.get_roles("Guest") == ["Guest"]
	assert "Grievance Cell" in people.get_roles("Administrator")
	assert people.db.get_value("User", AUDITOR, "user_type") == "System User"
	assert people.db.get_value("User", NOBODY, "user_type") == "Website User"


def test_without_a_role_nothing_is_read(people, as_user):
	doc = records.grievance().insert()
	for email in (NOBODY, "Guest"):
		with as_user(email):
			assert not people.has_permission("Grievance", "read")
			assert not people.has_permission("Grievance", "read", doc.name)
			with pytest.raises(people.PermissionError):
				people.get_list("Grievance")
			with pytest.raises(people.PermissionError):
				people.get_doc("Grievance", doc.name).check_permission()
			with pytest.raises(people.PermissionError):
				records.department("CONTRACT-1").insert()
			assert people.get_all("Grievance", {"name": doc.name}, pluck="name") == [doc.name]


def test_the_list_and_the_form_ask_the_hooks(people, as_user):
	doc = records.grievance().insert()
	officer = "contract.officer@example.com"
	records.user(officer, "District Nodal Officer")
	with as_user(officer):
		assert people.has_permission("Grievance", "read")
		assert people.get_list("Grievance", {"name": doc.name}) == []
		assert not people.has_permission("Grievance", "read", doc.name)
	with as_user(AUDITOR):
		assert people.get_list("Grievance", {"name": doc.name}, pluck="name") == [doc.name]
		assert people.has_permission("Grievance", "read", doc.name)


def _level(site, fieldname: str, role: str, right: str) -> bool:
	meta = site.get_meta("Grievance")
	level = meta.get_field(fieldname).permlevel
	return any(p.role == role and p.permlevel == level and p.get(right) for p in meta.permissions)


def test_fields_above_the_level_are_not_read(people, as_user):
	doc = records.grievance(contact_phone="9812345678").insert()
	assert not _level(people, "contact_phone", "Grievance Auditor", "read"), (
		"the contract needs a role without level 1"
	)
	with as_user(AUDITOR):
		row = people.get_list("Grievance", {"name": doc.name}, ["name", "subject", "contact_phone"])[0]
		assert row.get("contact_phone") is None
		assert row.subject == doc.subject
		assert people.get_list("Grievance", {"name": doc.name}, ["*"])[0].get("contact_phone") is None
		read = people.get_doc("Grievance", doc.name)
		read.apply_fieldlevel_read_permissions()
		assert not read.get("contact_phone")
		assert read.as_dict().get("contact_phone") is None
	with as_user(ADMIN):
		row = people.get_list("Grievance", {"name": doc.name}, ["contact_phone"])[0]
		assert row.contact_phone == "9812345678"


def test_fields_above_the_level_are_not_written(people, as_user):
	doc = records.grievance(contact_phone="9812345678").insert()
	role = next(
		(
			p.role
			for p in people.get_meta("Grievance").permissions
			if p.write and not p.permlevel and not _level(people, "contact_phone", p.role, "write")
		),
		None,
	)
	if role is None:
		pytest.skip("every role that writes grievances may write contact data")
	writer = "contract.writer@example.com"
	records.user(writer, role)
	with as_user(writer):
		mine = people.get_doc("Grievance", doc.name)
		mine.contact_phone, mine.ward = "1", "7"
		if mine.has_permission("write"):
			mine.save()
			stored = people.db.get_value("Grievance", doc.name, ["contact_phone", "ward"])
			assert stored == ("9812345678", "7")


def test_ignoring_permissions_is_explicit(people, as_user):
	with as_user(NOBODY):
		doc = records.department("CONTRACT-1")
		with pytest.raises(people.PermissionError):
			doc.insert()
		assert records.department("CONTRACT-1").insert(ignore_permissions=True).owner == NOBODY


def test_deleting_asks_too(people, as_user):
	doc = records.department("CONTRACT-1").insert()
	with as_user(NOBODY), pytest.raises(people.PermissionError):
		people.delete_doc(doc.doctype, doc.name)
	assert people.db.exists(doc.doctype, doc.name)


def test_assigning_makes_a_todo_and_marks_the_document(people):
	from frappe.desk.form import assign_to

	doc = records.grievance().insert()
	given = {"assign_to": [ADMIN], "doctype": doc.doctype, "name": doc.name, "description": "Look at it"}
	assert [row.owner for row in assign_to.add(given, ignore_permissions=True)] == [ADMIN]
	todo = {"reference_type": doc.doctype, "reference_name": doc.name, "allocated_to": ADMIN}
	assert people.db.get_value("ToDo", todo, "status") == "Open"
	assert people.parse_json(people.db.get_value(doc.doctype, doc.name, "_assign")) == [ADMIN]
	assign_to.add(given, ignore_permissions=True)
	assert people.db.count("ToDo", todo) == 1
	assign_to.remove(doc.doctype, doc.name, ADMIN, ignore_permissions=True)
	assert people.db.get_value("ToDo", todo, "status") == "Cancelled"
	assert not people.parse_json(people.db.get_value(doc.doctype, doc.name, "_assign") or "[]")


def test_an_assignee_who_may_not_read_gets_the_document_shared(people, as_user):
	from frappe.desk.form import assign_to

	doc = records.grievance().insert()
	assign_to.add({"assign_to": [NOBODY], "doctype": doc.doctype, "name": doc.name}, ignore_permissions=True)
	with as_user(NOBODY):
		assert people.has_permission("Grievance", "read", doc.name)
		assert people.get_list("Grievance", pluck="name") == [doc.name], "list and form agree"
