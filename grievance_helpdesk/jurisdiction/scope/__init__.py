"""Who may see which grievance: one rule, one query. docs/scope.md maps where it is asked.

Deny by default. *The role says what, the posting says which*: state-wide roles see every grievance; any other
officer sees those inside the area (and the department, where one is named) of a posting that is active today,
those assigned to that officer, those that the person handled, and those shared by somebody who may share. Whoever
acts for an absent officer sees what that officer sees. Confidential grievances are seen by the State Nodal Officer,
the Grievance Administrator, the assigned officer and those who handled them only. A complaint about an officer is
never shown to that officer nor to anybody who reports to that officer, directly or through others.

:class:`rule.Rule` writes the rule as criteria. Lists render it (``permission_query_conditions``), forms run it for one
name (``has_permission``), and reports add it to their own queries. A Citizen, a post and every other record of a
case follow their Grievance; so do Frappe's own records about one (:mod:`references`).
"""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe.query_builder import Criterion

from grievance_helpdesk.jurisdiction.scope.rule import Rule
from grievance_helpdesk.jurisdiction.scope.sight import sights_of
from grievance_helpdesk.jurisdiction.tree import path_range


def criterion_for(doctype: str, user: str | None = None, *, for_list: bool = True) -> Criterion | None:
	"""The rule for a guarded DocType; None means every record. A report adds it to its query::

	grievance = frappe.qb.DocType("Grievance")
	query = frappe.qb.from_(grievance).select(…)
	if (rule := scope.criterion_for("Grievance")) is not None:
		query = query.where(rule)
	"""
	return Rule(user or frappe.session.user, for_list=for_list).criterion(doctype)


def grievance_criterion(user: str | None = None) -> Criterion | None:
	return criterion_for("Grievance", user)


def rendered(criterion: Criterion | None) -> str:
	"""SQL for Frappe's list. Values stand in the text, and MariaDB reads a backslash there as an escape."""
	if criterion is None:
		return ""
	sql = f"({criterion.get_sql(with_namespace=True, subquery=True, quote_char='`')})"
	return sql.replace("\\", "\\\\") if frappe.db.db_type == "mariadb" else sql


def conditions_of(doctype: str) -> Callable[..., str]:
	"""The function that ``permission_query_conditions`` names for this DocType."""

	def conditions(user: str | None = None) -> str:
		return rendered(criterion_for(doctype, user))

	return conditions


grievance_conditions = conditions_of("Grievance")
citizen_conditions = conditions_of("Citizen")
citizen_post_conditions = conditions_of("Citizen Post")
triage_correction_conditions = conditions_of("Triage Correction")
grievance_event_conditions = conditions_of("Grievance Event")
grievance_handler_conditions = conditions_of("Grievance Handler")
grievance_appeal_conditions = conditions_of("Grievance Appeal")
escalation_problem_conditions = conditions_of("Escalation Problem")
grievance_pause_conditions = conditions_of("Grievance Pause")
citizen_identity_conditions = conditions_of("Citizen Identity")


def has_permission(doc, ptype: str | None = None, user: str | None = None, **kwargs) -> bool:
	"""Runs the list's own rule for one record. A record that is not stored yet is judged by its role only."""
	if is_visible(doc.doctype, doc.name, user):
		return True
	# A plain False: Frappe takes None, which is_new() says of a stored record, for "no objection".
	return bool(doc.is_new()) and not (doc.name and frappe.db.exists(doc.doctype, doc.name))


def is_visible(doctype: str, name: str | None, user: str | None = None) -> bool:
	"""Whether ``user`` may see this record of a guarded DocType, as far as the rule goes (roles are Frappe's)."""
	criterion = criterion_for(doctype, user, for_list=False)
	if criterion is None:
		return True
	table = frappe.qb.DocType(doctype)
	return bool(frappe.qb.from_(table).select(table.name).where((table.name == name) & criterion).run())


def visible_names(doctype: str, names: list[str], user: str | None = None) -> set[str]:
	"""Which of these records of a guarded DocType ``user`` may see, in one query."""
	criterion = criterion_for(doctype, user, for_list=False)
	if criterion is None or not names:
		return set(names)
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.name).where(table.name.isin(list(names)) & criterion)
	return {name for (name,) in query.run()}


def covers(district: str, user: str | None = None) -> bool:
	"""Whether the district lies in the areas that ``user`` answers for today, or holds a part of them."""
	path = frappe.db.get_value("Jurisdiction", district, "scope_path") or ""
	return any(
		sight.state_wide
		or any(path.startswith(area.path) or area.path.startswith(path) for area in sight.areas)
		for sight in sights_of(user or frappe.session.user)
	)


def move_subtree(old_path: str, new_path: str) -> None:
	"""Carry what is copied from a place that moved in the tree: paths of the cases and of their handlers, district."""
	from frappe.query_builder.functions import Concat, Substring

	low, high = path_range(old_path)
	for doctype in ("Grievance", "Grievance Handler"):
		table = frappe.qb.DocType(doctype)
		rest = Substring(table.scope_path, len(old_path) + 1, 64)
		frappe.qb.update(table).set(table.scope_path, Concat(new_path, rest)).where(
			(table.scope_path >= low) & (table.scope_path < high)
		).run()
	_move_district(new_path)


def _move_district(path: str) -> None:
	"""Places and cases below a sub-division that changed district belong to the new district."""
	above = [path[:end] for end in range(4, len(path) + 1, 4)]
	district = frappe.db.get_value("Jurisdiction", {"scope_path": ["in", above], "level": "District"})
	if not district:
		return
	low, high = path_range(path)
	for doctype in ("Jurisdiction", "Grievance"):
		table = frappe.qb.DocType(doctype)
		frappe.qb.update(table).set(table.district, district).where(
			(table.scope_path >= low) & (table.scope_path < high)
		).run()
