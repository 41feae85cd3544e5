"""Who may see which grievance: one rule, one query.

Deny by default. *The role says what, the posting says which*: state-wide roles see every grievance; any other
officer sees those inside the area (and the department, where one is named) of a posting that is active today,
and those assigned to that officer. Confidential grievances are seen by the State Nodal Officer, the Grievance
Administrator and the assigned officer only.

:func:`grievance_criterion` is the rule. Lists render it (``permission_query_conditions``), forms run it for one
name (``has_permission``), and reports add it to their own queries. A Citizen Post, a Citizen and a Triage
Correction follow their Grievance.
"""

from __future__ import annotations

import frappe
from frappe.query_builder import Criterion
from frappe.utils import getdate
from pypika.terms import ValueWrapper

from .tree import path_range

STATE_WIDE_ROLES = frozenset(
	("Grievance Administrator", "State Nodal Officer", "Grievance Cell", "Grievance Auditor")
)
CONFIDENTIAL_ROLES = frozenset(("Grievance Administrator", "State Nodal Officer"))
INTAKE_ROLES = frozenset(
	("Grievance Administrator", "State Nodal Officer", "Grievance Cell", "Grievance Auditor")
)
NOTHING = ValueWrapper(1) == ValueWrapper(0)


def grievance_criterion(user: str) -> Criterion | None:
	"""The rule as a criterion on `tabGrievance`; None means every grievance."""
	if user == "Administrator":
		return None
	roles = set(frappe.get_roles(user))
	grievance = frappe.qb.DocType("Grievance")
	officers = _officers_of(user)
	mine = grievance.officer.isin(officers) if officers else None
	if roles & STATE_WIDE_ROLES:
		area = None
	else:
		area = _any([*_postings_criteria(officers), mine])
	if roles & CONFIDENTIAL_ROLES:
		return area
	open_to_me = _any([grievance.confidential == 0, mine])
	return open_to_me if area is None else area & open_to_me


def _officers_of(user: str) -> list[str]:
	return frappe.get_all("Nodal Officer", filters={"user": user, "disabled": 0}, pluck="name")


def _postings_criteria(officers: list[str]) -> list[Criterion]:
	if not officers:
		return []
	grievance = frappe.qb.DocType("Grievance")
	posting, place = frappe.qb.DocType("Officer Posting"), frappe.qb.DocType("Jurisdiction")
	today = getdate()
	rows = (
		frappe.qb.from_(posting)
		.join(place)
		.on(place.name == posting.jurisdiction)
		.select(place.scope_path, posting.department)
		.where(
			posting.parent.isin(officers)
			& (posting.parenttype == "Nodal Officer")
			& (posting.from_date <= today)
			& (posting.to_date.isnull() | (posting.to_date >= today))
		)
		.run()
	)
	criteria = []
	for path, department in rows:
		low, high = path_range(path)
		area = (grievance.scope_path >= low) & (grievance.scope_path < high)
		criteria.append(area & (grievance.department == department) if department else area)
	return criteria


def _any(criteria: list[Criterion | None]) -> Criterion:
	criteria = [criterion for criterion in criteria if criterion is not None]
	return Criterion.any(criteria) if criteria else NOTHING


def _linked_criterion(
	doctype: str, fieldname: str, user: str, roles_that_see_all: frozenset
) -> Criterion | None:
	"""Rule of a record that follows its Grievance through the link ``fieldname``."""
	if user == "Administrator":
		return None
	table, grievance = frappe.qb.DocType(doctype), frappe.qb.DocType("Grievance")
	rule = grievance_criterion(user)
	link = table[fieldname]
	if set(frappe.get_roles(user)) & roles_that_see_all:
		if rule is None:
			return None
		visible = frappe.qb.from_(grievance).select(grievance.name).where(rule)
		return link.isnull() | (link == "") | link.isin(visible)
	visible = frappe.qb.from_(grievance).select(grievance.name)
	return link.isin(visible if rule is None else visible.where(rule))


def _citizen_criterion(user: str) -> Criterion | None:
	if user == "Administrator" or set(frappe.get_roles(user)) & STATE_WIDE_ROLES:
		return None
	citizen, grievance = frappe.qb.DocType("Citizen"), frappe.qb.DocType("Grievance")
	rule = grievance_criterion(user)
	visible = frappe.qb.from_(grievance).select(grievance.citizen)
	return citizen.name.isin(visible if rule is None else visible.where(rule))


def criterion_for(doctype: str, user: str) -> Criterion | None:
	"""The rule for a DocType that this module guards; None means every record."""
	if doctype == "Grievance":
		return grievance_criterion(user)
	if doctype == "Citizen":
		return _citizen_criterion(user)
	return _linked_criterion(doctype, "grievance", user, INTAKE_ROLES)


def _conditions(doctype: str, user: str | None) -> str:
	criterion = criterion_for(doctype, user or frappe.session.user)
	return "" if criterion is None else criterion.get_sql(with_namespace=True, quote_char="`")


def grievance_conditions(user: str | None = None) -> str:
	return _conditions("Grievance", user)


def citizen_post_conditions(user: str | None = None) -> str:
	return _conditions("Citizen Post", user)


def citizen_conditions(user: str | None = None) -> str:
	return _conditions("Citizen", user)


def triage_correction_conditions(user: str | None = None) -> str:
	return _conditions("Triage Correction", user)


def has_permission(doc, ptype: str | None = None, user: str | None = None, **kwargs) -> bool:
	"""Runs the list's own rule for one record. A record that is not saved yet is judged by its role only."""
	if doc.is_new():
		return True
	criterion = criterion_for(doc.doctype, user or frappe.session.user)
	if criterion is None:
		return True
	table = frappe.qb.DocType(doc.doctype)
	return bool(frappe.qb.from_(table).select(table.name).where((table.name == doc.name) & criterion).run())


def move_subtree(old_path: str, new_path: str) -> None:
	"""Carry the copied paths of the cases, and of those who handled them, below a place that moved in the tree."""
	from frappe.query_builder.functions import Concat, Substring

	low, high = path_range(old_path)
	for doctype in ("Grievance", "Grievance Handler"):
		table = frappe.qb.DocType(doctype)
		rest = Substring(table.scope_path, len(old_path) + 1, 64)
		frappe.qb.update(table).set(table.scope_path, Concat(new_path, rest)).where(
			(table.scope_path >= low) & (table.scope_path < high)
		).run()
