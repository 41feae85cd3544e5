"""What each role may do with each DocType. Rows: r read, w write, c create, d delete; everything else is refused."""

from __future__ import annotations

import pytest

ADMINISTRATOR, STATE, DISTRICT, DEPARTMENT, CELL, AUDITOR = ROLES = (
	"Grievance Administrator",
	"State Nodal Officer",
	"District Nodal Officer",
	"Department Officer",
	"Grievance Cell",
	"Grievance Auditor",
)
RIGHTS = {"r": "read", "w": "write", "c": "create", "d": "delete"}
# DocType: rights in the order of ROLES
TABLE = {
	"Grievance": ("rwcd", "rwc", "rwc", "rw", "rwc", "r"),
	"Citizen Post": ("rwcd", "rw", "r", "r", "rw", "r"),
	"Citizen": ("rwcd", "rw", "rw", "r", "rwc", "r"),
	"Channel Account": ("rwcd", "r", "", "", "r", ""),
	"Post Signature": ("rd", "", "", "", "", ""),
	"Triage Correction": ("rd", "r", "", "", "r", "r"),
	"Triage Model": ("rw", "r", "", "", "r", "r"),
	"Triage Phrase": ("rwcd", "rwc", "r", "r", "rwc", "r"),
	"Grievance Category": ("rwcd", "rw", "r", "r", "rw", "r"),
	"Grievance Department": ("rwcd", "rw", "r", "r", "r", "r"),
	"Jurisdiction": ("rwcd", "rwc", "r", "r", "rwc", "r"),
	"Nodal Officer": ("rwcd", "rwc", "r", "r", "r", "r"),
	"Non-grievance Ground": ("rwcd", "rw", "r", "r", "r", "r"),
	"Grievance Settings": ("rw", "r", "", "", "r", ""),
	"Service Calendar": ("rwcd", "rw", "r", "r", "r", "r"),
	"Escalation Ladder": ("rwcd", "rw", "r", "r", "r", "r"),
	"Escalation Problem": ("rwd", "rw", "r", "", "r", "r"),
	"Grievance Event": ("r", "r", "r", "r", "r", "r"),
	"Grievance Handler": ("r", "r", "", "", "r", "r"),
	"Grievance Appeal": ("r", "r", "r", "r", "r", "r"),
	"Charge Handover": ("rwc", "rwc", "r", "r", "r", "r"),
	"Grievance Reply Template": ("rwcd", "rwc", "r", "r", "rwc", "r"),
}


@pytest.fixture
def user_with(site):
	def make(role: str) -> str:
		email = f"{role.lower().replace(' ', '.')}@roles.example.com"
		site.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": role,
				"roles": [{"role": role}],
				"send_welcome_email": 0,
			}
		).insert()
		return email

	return make


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_the_table_says_and_nothing_else(site, user_with, role: str) -> None:
	user = user_with(role)
	for doctype, row in TABLE.items():
		allowed = {
			letter for letter, right in RIGHTS.items() if site.has_permission(doctype, right, user=user)
		}
		assert allowed == set(row[ROLES.index(role)]), doctype


@pytest.mark.parametrize("doctype", TABLE)
def test_a_user_without_our_roles_sees_nothing(site, doctype: str) -> None:
	user = site.get_doc(
		{
			"doctype": "User",
			"email": "nobody@roles.example.com",
			"first_name": "Nobody",
			"send_welcome_email": 0,
		}
	).insert()
	for right in RIGHTS.values():
		assert not site.has_permission(doctype, right, user=user.name)


def test_the_auditor_never_sees_contact_details(site) -> None:
	for doctype, fieldname in (
		("Grievance", "contact_phone"),
		("Citizen", "phone"),
		("Citizen Post", "text"),
	):
		level = site.get_meta(doctype).get_field(fieldname).permlevel
		roles = {
			rule.role for rule in site.get_meta(doctype).permissions if rule.permlevel == level and rule.read
		}
		assert level == 1 and AUDITOR not in roles and ADMINISTRATOR in roles
