"""Who stands below whom. A complaint about an officer reaches neither that officer nor anybody below (`reports_to`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import frappe


def below(officer: str, superiors: Mapping[str, str | None]) -> set[str]:
	"""``officer`` and everybody who reports to that officer, at any depth; ``superiors`` is ``{officer: reports to}``.

	A circle (somebody reports to somebody below) ends where it closes.
	"""
	reporting: dict[str, list[str]] = defaultdict(list)
	for name, superior in superiors.items():
		if superior:
			reporting[superior].append(name)
	found, waiting = set(), [officer]
	while waiting:
		name = waiting.pop()
		if name not in found:
			found.add(name)
			waiting += reporting[name]
	return found


def excluded_officers(complaint_against: str | None) -> set[str]:
	"""The officers who never receive a complaint about ``complaint_against``; nobody where it is empty."""
	if not complaint_against:
		return set()
	rows = frappe.get_all("Nodal Officer", fields=["name", "reports_to"], limit=0)
	return below(complaint_against, {row.name: row.reports_to for row in rows})
