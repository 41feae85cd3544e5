"""Finds the authority of a case on a site: loads ladders and roster, and says in words whom a case went past.

The rules themselves are in :mod:`ladder`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

import frappe
from frappe import _

from grievance_helpdesk.jurisdiction import hierarchy, routing
from grievance_helpdesk.jurisdiction.roster import Officer, Roster
from grievance_helpdesk.redressal.escalation import ladder


def levels_of(rows: Iterable) -> tuple[ladder.Level, ...]:
	"""Rows of Escalation Level as levels, lowest first."""
	levels = (
		ladder.Level(
			level=row.level or 0,
			counts_from=row.counts_from,
			escalate_to=row.escalate_to,
			after=row.after or 0.0,
			unit=row.after_unit or "",
			officer=row.officer or None,
			files_appeal=bool(row.files_appeal),
		)
		for row in rows
	)
	return tuple(sorted(levels, key=lambda level: level.level))


def ladders() -> list[ladder.Ladder]:
	"""Every ladder in use; read once for each request or job (:func:`forget_ladders`)."""
	known = getattr(frappe.local, "escalation_ladders", None)
	if known is None:
		known = frappe.local.escalation_ladders = _load_ladders()
	return known


def forget_ladders() -> None:
	frappe.local.escalation_ladders = None
	frappe.db.after_rollback.add(_forget)


def _forget() -> None:
	frappe.local.escalation_ladders = None


def _load_ladders() -> list[ladder.Ladder]:
	rows = frappe.get_all(
		"Escalation Ladder", filters={"disabled": 0}, fields=["name", "department", "category"], limit=0
	)
	levels: dict[str, list] = {row.name: [] for row in rows}
	for row in frappe.get_all(
		"Escalation Level",
		filters={"parent": ["in", list(levels) or [""]], "parenttype": "Escalation Ladder"},
		fields=[
			"parent",
			"level",
			"counts_from",
			"escalate_to",
			"after",
			"after_unit",
			"officer",
			"files_appeal",
		],
		limit=0,
	):
		levels[row.parent].append(row)
	return [
		ladder.Ladder(row.name, levels_of(levels[row.name]), row.department or None, row.category or None)
		for row in rows
	]


class Authorities:
	"""Answers "who is next?" for the cases of one run; the roster is read at the first question."""

	def __init__(self, day: date):
		self.day = day

	@cached_property
	def roster(self) -> Roster:
		"""Without the counts of open grievances, which would cost more the more cases there are."""
		return routing.load_roster(with_counts=False)

	@cached_property
	def routing_roster(self) -> Roster:
		return routing.load_roster()

	@cached_property
	def superiors(self) -> dict[str, str | None]:
		return {officer.name: officer.reports_to for officer in self.roster.officers.values()}

	def excluded(self, complaint_against: str | None) -> frozenset[str]:
		"""Officers whom a complaint about ``complaint_against`` must not reach."""
		return frozenset(hierarchy.below(complaint_against, self.superiors) if complaint_against else ())

	def case(self, doc, present: str | None = None) -> ladder.Case:
		"""``present`` is who has it now when that is somebody else than the grievance says (an appeal's authority)."""
		return ladder.Case(
			path=doc.scope_path or "",
			department=doc.department or None,
			officer=doc.officer or None,
			escalated_to=present or doc.escalated_to or None,
			excluded=self.excluded(doc.complaint_against),
		)

	def find(self, level: ladder.Level, doc, present: str | None = None) -> ladder.Found:
		return ladder.find_authority(level, self.case(doc, present), self.roster, self.day)

	def next_above(self, doc, present: str | None = None) -> ladder.Found:
		"""The authority above who has the case now."""
		return self.find(ladder.Level(0, ladder.RESOLUTION, ladder.SUPERIOR), doc, present)

	def superior_of(self, doc) -> Officer | None:
		"""Whom the case's officer reports to, or who acts there today; nobody whom the complaint is about."""
		found = self.next_above(doc, present=doc.officer) if doc.officer else None
		return found.officer if found and found.target == ladder.SUPERIOR else None

	def stands_for(self, name: str | None) -> set[str]:
		"""Users who may act as the officer today: the officer, and while away the one who acts."""
		officer = self.roster.officers.get(name or "")
		if not officer:
			return set()
		found = {officer.user}
		if officer.is_away(self.day) and (acting := self.roster.present(officer, self.day)):
			found.add(acting.user)
		return found


def hand_on_sentence(hand_on: ladder.HandOn) -> str:
	"""Why the case went past somebody; plain text."""
	texts = {
		ladder.VACANT: _("Nobody holds the post {0}."),
		ladder.DISABLED: _("{0}: {1} is not in service any more."),
		ladder.AWAY: _("{0}: {1} is away, and nobody may act for that officer in this case."),
		ladder.EXCLUDED: _(
			"{0}: {1} must not have this case, because it is about that officer or a superior of theirs."
		),
		ladder.HAS_IT: _("{0}: {1} has the case already."),
	}
	return texts[hand_on.reason].format(_(hand_on.target), hand_on.officer)


def hand_ons_text(found: ladder.Found) -> str:
	return " ".join(hand_on_sentence(hand_on) for hand_on in found.hand_ons)


def authority_sentence(found: ladder.Found) -> str:
	"""Who is the authority, and for whom that officer acts; plain text."""
	if found.acting_for:
		return _("{0} acts for {1}.").format(found.officer.title, found.acting_for.title)
	return _("{0} ({1}).").format(found.officer.title, _(found.target))
