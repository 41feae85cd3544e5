"""Who may see which grievance: one rule, one query. docs/scope.md maps where it is asked.

Deny by default. *The role says what, the posting says which*: state-wide roles see every grievance; any other
officer sees those inside the area (and the department, where one is named) of a posting that is active today,
those assigned to that officer, those that the person handled, and those shared by somebody who may share. Whoever
acts for an absent officer sees what that officer sees. Confidential grievances are seen by the State Nodal Officer,
the Grievance Administrator, the assigned officer and those who handled them only. A complaint about an officer is
never shown to that officer nor to anybody who reports to that officer, directly or through others.

:func:`grievance_criterion` is the rule. Lists render it (``permission_query_conditions``), forms run it for one
name (``has_permission``), and reports add it to their own queries. A Citizen, a post and every other record of a
case follow their Grievance; so do Frappe's own records about one (:mod:`references`).
"""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count, Max, Min
from pypika.terms import ValueWrapper

from .areas import Area, anything_outside
from .sight import STATE_WIDE_ROLES, Sight, sights_of
from .tree import path_range

NOTHING = ValueWrapper(1) == ValueWrapper(0)
# Records that follow the grievance that this field names; roles of the intake see those without one too.
FOLLOWERS = {
	"Citizen Post": "grievance",
	"Triage Correction": "grievance",
	"Grievance Event": "grievance",
	"Grievance Handler": "grievance",
	"Grievance Appeal": "grievance",
	"Escalation Problem": "grievance",
}
# Rows of a form's tables, which Frappe lists without asking about the form they belong to.
ROWS_OF = {"Grievance Pause": "Grievance", "Citizen Identity": "Citizen"}
GUARDED = ("Grievance", "Citizen", *FOLLOWERS)


def grievance_criterion(user: str, *, for_list: bool = True) -> Criterion | None:
	"""The rule as a criterion on `tabGrievance`; None means every grievance.

	For a list, parts that can match nothing are looked up first and left out, so that one index answers the page;
	for a single record they cost nothing and stay.
	"""
	if user == "Administrator":
		return None
	own, *lent = sights_of(user)
	seen = _sight_criterion(own, for_list)
	if seen is not None:
		through_others = [_all([_sight_criterion(sight, for_list), _not_about(sight)]) for sight in lent]
		seen = _any([seen, *through_others])
	return _all([seen, _not_about(own)])


def _sight_criterion(sight: Sight, for_list: bool) -> Criterion | None:
	grievance = frappe.qb.DocType("Grievance")
	mine = grievance.officer.isin(sight.officers) if sight.officers else None
	handled = _handled(sight.user)
	shared = grievance.name.isin(sight.shared) if sight.shared else None
	has_mine, has_handled = mine, handled
	if for_list:
		groups = _groups("Grievance Handler", "user", sight.user) if sight.user else ()
		handled = handled if groups else None
		has_handled = handled if _outside("Grievance Handler", "user", sight.user, groups, sight) else None
		has_mine = mine if any(_mine_outside(officer, sight) for officer in sight.officers) else None
	area = None if sight.state_wide else _any([_area_criterion(sight.areas), has_mine, has_handled, shared])
	if sight.confidential:
		return area
	return _all([area, _any([grievance.confidential == 0, mine, handled, shared])])


def _area_criterion(areas: tuple[Area, ...]) -> Criterion | None:
	"""Inside one of the areas. A district is an equality, so that (district, status, creation) answers a page."""
	grievance = frappe.qb.DocType("Grievance")
	districts = {area.district for area in areas}
	if len(areas) > 1 and len(districts) == 1 and None not in districts:
		within = [_one_area(area, leave_out_district=True) for area in areas]
		return (grievance.district == districts.pop()) & Criterion.any(within)
	return _any([_one_area(area) for area in areas]) if areas else None


def _one_area(area: Area, leave_out_district: bool = False) -> Criterion:
	grievance = frappe.qb.DocType("Grievance")
	parts = []
	if area.district and (area.is_district or not leave_out_district):
		parts.append(grievance.district == area.district)
	if not area.is_district:
		low, high = path_range(area.path)
		parts.append((grievance.scope_path >= low) & (grievance.scope_path < high))
	if area.department:
		parts.append(grievance.department == area.department)
	return Criterion.all(parts)


def _handled(user: str) -> Criterion | None:
	"""A count, not "in": the database must look each case up by itself instead of reading all that was handled."""
	if not user:
		return None
	grievance, handler = frappe.qb.DocType("Grievance"), frappe.qb.DocType("Grievance Handler")
	rows = (
		frappe.qb.from_(handler)
		.select(Count("*"))
		.where((handler.grievance == grievance.name) & (handler.user == user))
	)
	return rows > ValueWrapper(0)


def _not_about(sight: Sight) -> Criterion | None:
	if not sight.hidden:
		return None
	about = frappe.qb.DocType("Grievance").complaint_against
	return about.isnull() | about.notin(sight.hidden)


def _mine_outside(officer: str, sight: Sight) -> bool:
	if sight.state_wide:
		return False
	return _outside("Grievance", "officer", officer, _groups("Grievance", "officer", officer), sight)


def _groups(doctype: str, fieldname: str, value: str) -> tuple:
	"""For each department the lowest and highest path: two steps down an index each, however many cases there are."""
	table = frappe.qb.DocType(doctype)
	return (
		frappe.qb.from_(table)
		.select(table.department, Min(table.scope_path), Max(table.scope_path))
		.where(table[fieldname] == value)
		.groupby(table.department)
		.run()
	)


def _outside(doctype: str, fieldname: str, value: str, groups: tuple, sight: Sight) -> bool:
	if sight.state_wide or not groups:
		return False
	answer = anything_outside(groups, sight.areas)
	if isinstance(answer, bool):
		return answer
	table = frappe.qb.DocType(doctype)
	gaps = [
		(table.department.isnull() if department is None else table.department == department)
		& (table.scope_path >= low)
		& (table.scope_path < high)
		for department, low, high in answer
	]
	query = frappe.qb.from_(table).select(table.name)
	return bool(query.where((table[fieldname] == value) & Criterion.any(gaps)).limit(1).run())


def _any(criteria: list[Criterion | None]) -> Criterion:
	criteria = [criterion for criterion in criteria if criterion is not None]
	return Criterion.any(criteria) if criteria else NOTHING


def _all(criteria: list[Criterion | None]) -> Criterion | None:
	criteria = [criterion for criterion in criteria if criterion is not None]
	return Criterion.all(criteria) if criteria else None


def visible(fieldname: str, user: str, *, for_list: bool = True):
	"""A query that yields ``fieldname`` of every grievance that ``user`` may see."""
	grievance = frappe.qb.DocType("Grievance")
	query = frappe.qb.from_(grievance).select(grievance[fieldname])
	rule = grievance_criterion(user, for_list=for_list)
	return query if rule is None else query.where(rule)


def criterion_for(doctype: str, user: str, *, for_list: bool = True) -> Criterion | None:
	"""The rule for a DocType that this module guards; None means every record. Reports add it to their queries."""
	if user == "Administrator":
		return None
	table = frappe.qb.DocType(doctype)
	if doctype == "Grievance":
		return grievance_criterion(user, for_list=for_list)
	if doctype in ROWS_OF:
		return _rows_criterion(doctype, user, for_list)
	state_wide = bool(set(frappe.get_roles(user)) & STATE_WIDE_ROLES)
	if doctype == "Citizen":
		return None if state_wide else table.name.isin(visible("citizen", user, for_list=for_list))
	link = table[FOLLOWERS[doctype]]
	if not state_wide:
		return link.isin(visible("name", user, for_list=for_list))
	if grievance_criterion(user, for_list=False) is None:
		return None
	return link.isnull() | (link == "") | link.isin(visible("name", user, for_list=for_list))


def _rows_criterion(doctype: str, user: str, for_list: bool) -> Criterion | None:
	"""Rows of a table that stands on a form: whose form may be seen, and the level of the table read."""
	parenttype = ROWS_OF[doctype]
	meta = frappe.get_meta(parenttype)
	levels = meta.get_permlevel_access("read", user=user)
	if not any(df.permlevel in levels for df in meta.get_table_fields() if df.options == doctype):
		return NOTHING
	rule = criterion_for(parenttype, user, for_list=for_list)
	if rule is None:
		return None
	parent = frappe.qb.DocType(parenttype)
	forms = frappe.qb.from_(parent).select(parent.name).where(rule)
	return frappe.qb.DocType(doctype).parent.isin(forms)


def rendered(criterion: Criterion | None) -> str:
	"""SQL for Frappe's list. Values stand in the text, and MariaDB reads a backslash there as an escape."""
	if criterion is None:
		return ""
	sql = f"({criterion.get_sql(with_namespace=True, subquery=True, quote_char='`')})"
	return sql.replace("\\", "\\\\") if frappe.db.db_type == "mariadb" else sql


def conditions_of(doctype: str) -> Callable[..., str]:
	"""The function that ``permission_query_conditions`` names for this DocType."""

	def conditions(user: str | None = None) -> str:
		return rendered(criterion_for(doctype, user or frappe.session.user))

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
	return is_visible(doc.doctype, doc.name, user) or (
		doc.is_new() and not (doc.name and frappe.db.exists(doc.doctype, doc.name))
	)


def is_visible(doctype: str, name: str | None, user: str | None = None) -> bool:
	"""Whether ``user`` may see this record of a guarded DocType, as far as the rule goes (roles are Frappe's)."""
	criterion = criterion_for(doctype, user or frappe.session.user, for_list=False)
	if criterion is None:
		return True
	table = frappe.qb.DocType(doctype)
	return bool(frappe.qb.from_(table).select(table.name).where((table.name == name) & criterion).run())


def visible_names(doctype: str, names: list[str], user: str | None = None) -> set[str]:
	"""Which of these records of a guarded DocType ``user`` may see, in one query."""
	criterion = criterion_for(doctype, user or frappe.session.user, for_list=False)
	if criterion is None or not names:
		return set(names)
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.name).where(table.name.isin(list(names)) & criterion)
	return {name for (name,) in query.run()}


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
