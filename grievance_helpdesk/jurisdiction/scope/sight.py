"""Whose eyes a person looks through: the own officer record, those whose place the person takes while they are away.

A :class:`Sight` is what one officer record gives: areas, own cases, the cases that its user handled, and the officers
about whom it may read no complaint. :mod:`scope` turns sights into a query.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import getdate

from grievance_helpdesk.jurisdiction.roster import Officer
from grievance_helpdesk.jurisdiction.scope.areas import Area, simplify

STATE_WIDE_ROLES = frozenset(
	("Grievance Administrator", "State Nodal Officer", "Grievance Cell", "Grievance Auditor")
)
CONFIDENTIAL_ROLES = frozenset(("Grievance Administrator", "State Nodal Officer"))


@dataclass(frozen=True, slots=True)
class Sight:
	state_wide: bool
	confidential: bool  # every confidential case, by role
	areas: tuple[Area, ...]
	officers: tuple[str, ...]
	user: str
	hidden: tuple[str, ...]  # complaints about these officers are never shown
	shared: tuple[str, ...] = ()

	@property
	def sees_nothing(self) -> bool:
		return not (self.state_wide or self.areas or self.officers or self.user or self.shared)


def sights_of(user: str) -> list[Sight]:
	"""The person's own sight first, then one for each officer whom the person replaces today."""
	today = getdate()
	own = _officers("user", [user])
	active = [row for row in own if not row.disabled]
	absent = _replaced(active, today)
	areas = _areas([row.name for row in (*active, *absent)], today)
	superiors = _superiors([*own, *absent])
	roles = set(frappe.get_roles(user))
	mine = Sight(
		state_wide=bool(roles & STATE_WIDE_ROLES),
		confidential=bool(roles & CONFIDENTIAL_ROLES),
		areas=simplify(area for row in active for area in areas.get(row.name, ())),
		officers=tuple(row.name for row in active),
		user=user,
		hidden=_chain([row.name for row in own], superiors),
		shared=_shared(user),
	)
	return [mine, *(_lent(row, areas, superiors) for row in absent)]


def _lent(absent, areas: dict[str, list[Area]], superiors: dict[str, str]) -> Sight:
	"""What the absent officer sees, without the right to confidential cases that comes with a role."""
	return Sight(
		state_wide=bool(set(frappe.get_roles(absent.user)) & STATE_WIDE_ROLES) if absent.user else False,
		confidential=False,
		areas=simplify(areas.get(absent.name, ())),
		officers=(absent.name,),
		user=absent.user or "",
		hidden=_chain([absent.name], superiors),
	)


def _officers(fieldname: str, values: Iterable[str]) -> list:
	"""Plain queries here: the rule runs for every form, and ``get_all`` takes longer than the database."""
	officer = frappe.qb.DocType("Nodal Officer")
	fields = ("name", "user", "reports_to", "acting_officer", "away_from", "away_to", "disabled")
	return (
		frappe.qb.from_(officer)
		.select(*(officer[fieldname] for fieldname in fields))
		.where(officer[fieldname].isin(list(values)))
		.run(as_dict=True)
	)


def _replaced(officers: list, today: date) -> list:
	"""Absent officers for whom these act, through further absent officers too, as routing hands a case on."""
	seen, found, stand_ins = {row.name for row in officers}, [], [row.name for row in officers]
	while stand_ins:
		rows = _officers("acting_officer", stand_ins)
		rows = [row for row in rows if row.name not in seen and (row.disabled or _is_away(row, today))]
		seen |= {row.name for row in rows}
		found += [row for row in rows if not row.disabled]
		stand_ins = [row.name for row in rows]
	return found


def _is_away(row, today: date) -> bool:
	return Officer(row.name, "", "", away_from=row.away_from, away_to=row.away_to).is_away(today)


def _areas(officers: list[str], today: date) -> dict[str, list[Area]]:
	if not officers:
		return {}
	posting, place = frappe.qb.DocType("Officer Posting"), frappe.qb.DocType("Jurisdiction")
	rows = (
		frappe.qb.from_(posting)
		.join(place)
		.on(place.name == posting.jurisdiction)
		.select(posting.parent, place.scope_path, posting.department, place.district, place.level)
		.where(
			posting.parent.isin(officers)
			& (posting.parenttype == "Nodal Officer")
			& (posting.from_date <= today)
			& (posting.to_date.isnull() | (posting.to_date >= today))
		)
		.run()
	)
	areas: dict[str, list[Area]] = {}
	for officer, path, department, district, level in rows:
		area = Area(path, department or None, district or None, level == "District")
		areas.setdefault(officer, []).append(area)
	return areas


def _superiors(officers: list) -> dict[str, str]:
	"""``{officer: whom that officer reports to}`` for these officers and everybody above them."""
	known = {row.name: row.reports_to for row in officers}
	while wanted := {above for above in known.values() if above and above not in known}:
		rows = _officers("name", wanted)
		known |= dict.fromkeys(wanted) | {row.name: row.reports_to for row in rows}
	return known


def _chain(officers: list[str], superiors: dict[str, str]) -> tuple[str, ...]:
	found: dict[str, None] = {}
	for officer in officers:
		while officer and officer not in found:
			found[officer] = None
			officer = superiors.get(officer)
	return tuple(found)


def _shared(user: str) -> tuple[str, ...]:
	share = frappe.qb.DocType("DocShare")
	return tuple(
		frappe.qb.from_(share)
		.select(share.share_name)
		.where((share.user == user) & (share.share_doctype == "Grievance") & (share.read == 1))
		.run(pluck=True)
	)
