"""The rule of :mod:`scope` as criteria. One :class:`Rule` answers for one user at one moment."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import frappe
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Coalesce, Count
from pypika.terms import ValueWrapper

from grievance_helpdesk.jurisdiction.scope.areas import Area, outside
from grievance_helpdesk.jurisdiction.scope.sight import STATE_WIDE_ROLES, Sight, sights_of
from grievance_helpdesk.jurisdiction.tree import path_range

NOTHING = ValueWrapper(1) == ValueWrapper(0)
# Records that follow the grievance that this field names; state-wide roles see those without one too.
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
MOST_NAMED = 500  # handled cases outside the area that a query names one by one
GUARDED = ("Grievance", "Citizen", *FOLLOWERS)


def any_of(criteria: list[Criterion | None]) -> Criterion:
	criteria = [criterion for criterion in criteria if criterion is not None]
	return Criterion.any(criteria) if criteria else NOTHING


def all_of(criteria: list[Criterion | None]) -> Criterion | None:
	criteria = [criterion for criterion in criteria if criterion is not None]
	return Criterion.all(criteria) if criteria else None


def found(table, criterion: Criterion) -> Criterion:
	"""Whether ``table`` has such a row. A count, not "in" or "exists": the database must look one row up for each row
	of the list instead of first collecting everything that the user may see."""
	return frappe.qb.from_(table).select(Count("*")).where(criterion) > ValueWrapper(0)


class Rule:
	"""What ``user`` may see.

	For a list, parts of the rule that can match nothing are looked up first and left out, so that one index answers
	the page; for a single record they cost nothing and stay (``for_list=False``).
	"""

	def __init__(self, user: str, *, for_list: bool = True):
		self.user = user
		self.for_list = for_list

	def criterion(self, doctype: str) -> Criterion | None:
		"""The rule for a DocType that is guarded; None means every record."""
		if self.user == "Administrator":
			return None
		if doctype == "Grievance":
			return self.grievance
		if doctype in ROWS_OF:
			return self._rows(doctype)
		if doctype == "Citizen":
			return None if self.state_wide else self._has_case("citizen", frappe.qb.DocType("Citizen").name)
		link = frappe.qb.DocType(doctype)[FOLLOWERS[doctype]]
		if not self.state_wide:
			return self._has_case("name", link)
		if self.grievance is None:
			return None
		return link.isnull() | (link == "") | self._has_case("name", link)

	def sees(self, doctype: str, name) -> Criterion | None:
		"""Whether the record of a guarded DocType that the column ``name`` names may be seen."""
		rule = self.criterion(doctype)
		table = frappe.qb.DocType(doctype)
		return None if rule is None else found(table, (table.name == name) & rule)

	@cached_property
	def state_wide(self) -> bool:
		return bool(set(frappe.get_roles(self.user)) & STATE_WIDE_ROLES)

	@cached_property
	def grievance(self) -> Criterion | None:
		if self.user == "Administrator":
			return None
		own, *lent = sights_of(self.user)
		seen = self._sight(own)
		if seen is not None:
			seen = any_of([seen, *(all_of([self._sight(sight), _not_about(sight)]) for sight in lent)])
		return all_of([seen, _not_about(own)])

	def _has_case(self, fieldname: str, value) -> Criterion:
		grievance = frappe.qb.DocType("Grievance")
		return found(grievance, all_of([grievance[fieldname] == value, self.grievance]))

	def _rows(self, doctype: str) -> Criterion | None:
		"""Rows of a table that stands on a form: whose form may be seen, and the level of the table read."""
		parenttype = ROWS_OF[doctype]
		meta = frappe.get_meta(parenttype)
		levels = meta.get_permlevel_access("read", user=self.user)
		if not any(df.permlevel in levels for df in meta.get_table_fields() if df.options == doctype):
			return NOTHING
		return self.sees(parenttype, frappe.qb.DocType(doctype).parent)

	def _sight(self, sight: Sight) -> Criterion | None:
		grievance = frappe.qb.DocType("Grievance")
		mine = grievance.officer.isin(sight.officers) if sight.officers else None
		handled = _handled(sight.user) if not self.for_list or _has_handled(sight.user) else None
		shared = grievance.name.isin(sight.shared) if sight.shared else None
		mine_outside, handled_outside = mine, handled
		if self.for_list and not sight.state_wide:
			mine_outside = mine if _any_outside("Grievance", "officer", sight.officers, sight) else None
			handled_outside = _handled_outside(sight, handled) if handled is not None else None
		area = None
		if not sight.state_wide:
			area = any_of([_areas(sight.areas), mine_outside, handled_outside, shared])
		if sight.confidential:
			return area
		return all_of([area, any_of([grievance.confidential == 0, mine, handled, shared])])


def _areas(areas: tuple[Area, ...]) -> Criterion | None:
	"""Inside one of the areas. A district is an equality, so that (district, status, creation) answers a page."""
	districts = {area.district for area in areas}
	if len(areas) > 1 and len(districts) == 1 and None not in districts:
		within = [_area(area, district_is_known=True) for area in areas]
		return (frappe.qb.DocType("Grievance").district == districts.pop()) & Criterion.any(within)
	return any_of([_area(area) for area in areas]) if areas else None


def _area(area: Area, district_is_known: bool = False) -> Criterion:
	grievance = frappe.qb.DocType("Grievance")
	parts = []
	if area.district and not (district_is_known and not area.is_district):
		parts.append(grievance.district == area.district)
	if not area.is_district:
		low, high = path_range(area.path)
		parts.append((grievance.scope_path >= low) & (grievance.scope_path < high))
	if area.department:
		parts.append(grievance.department == area.department)
	return Criterion.all(parts)


def _handled(user: str) -> Criterion | None:
	if not user:
		return None
	grievance, handler = frappe.qb.DocType("Grievance"), frappe.qb.DocType("Grievance Handler")
	return found(handler, (handler.grievance == grievance.name) & (handler.user == user))


def _has_handled(user: str) -> bool:
	handler = frappe.qb.DocType("Grievance Handler")
	return bool(
		user and frappe.qb.from_(handler).select(handler.name).where(handler.user == user).limit(1).run()
	)


def _not_about(sight: Sight) -> Criterion | None:
	if not sight.hidden:
		return None
	about = frappe.qb.DocType("Grievance").complaint_against
	return about.isnull() | about.notin(sight.hidden)


def _any_outside(doctype: str, fieldname: str, values: Iterable[str], sight: Sight) -> bool:
	"""Whether one of the officer's own cases lies outside the areas."""
	return any(_outside(doctype, fieldname, value, "name", sight, 1) for value in values)


def _handled_outside(sight: Sight, handled: Criterion) -> Criterion | None:
	"""A few are named in the query, which costs less than to look each row's handlers up. The function around the name
	keeps the database from fetching them first: then the page would no longer come from the index in its order."""
	names = _outside("Grievance Handler", "user", sight.user, "grievance", sight, MOST_NAMED + 1)
	if len(names) > MOST_NAMED:
		return handled
	return Coalesce(frappe.qb.DocType("Grievance").name, "").isin(names) if names else None


def _outside(doctype: str, fieldname: str, value: str, column: str, sight: Sight, limit: int) -> list[str]:
	"""Cases of this officer or handler outside the areas: a few steps down an index, however many cases there are."""
	table = frappe.qb.DocType(doctype)
	elsewhere = [table.scope_path.isnull(), *(_elsewhere(table, *part) for part in outside(sight.areas))]
	query = frappe.qb.from_(table).select(table[column]).limit(limit)
	return query.where((table[fieldname] == value) & Criterion.any(elsewhere)).run(pluck=True)


def _elsewhere(table, low: str | None, high: str | None, departments: tuple[str, ...]) -> Criterion:
	parts = [
		table.scope_path >= low if low else None,
		table.scope_path < high if high else None,
		(table.department.isnull() | table.department.notin(departments)) if departments else None,
	]
	if not (low or high):
		parts.append(table.scope_path.notnull())  # no area at all: everything lies outside
	return all_of(parts)
