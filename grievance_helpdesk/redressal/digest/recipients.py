"""Who gets a digest: each officer with an enabled user, in the user's language, and for whom that person reads today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import frappe

from grievance_helpdesk.jurisdiction.roster import Officer
from grievance_helpdesk.redressal.letters.words import language_of

LEADING_ROLES = ("District Nodal Officer", "State Nodal Officer")


@dataclass(frozen=True, slots=True)
class Recipient:
	"""``officers``: the own officer records first, then those whose place the person takes. ``leads``: has an area."""

	user: str
	email: str
	language: str
	officers: tuple[str, ...]
	leads: bool


def on(day: date) -> list[Recipient]:
	"""Everybody who wants mail, in five queries however many they are."""
	rows = _officers()
	readers = _readers(rows, day)
	leaders = _leaders(rows)
	return [
		Recipient(user.name, user.email, user.language, tuple(readers[user.name]), user.name in leaders)
		for user in _users(sorted(readers))
	]


def with_roles(roles: Sequence[str]) -> list[Recipient]:
	"""Everybody with one of these roles who wants mail, officer or not."""
	names = set(
		frappe.get_all(
			"Has Role", {"parenttype": "User", "role": ["in", list(roles)]}, pluck="parent", limit=0
		)
	)
	return [Recipient(user.name, user.email, user.language, (), True) for user in _users(sorted(names))]


def _officers() -> list:
	fields = ["name", "user", "acting_officer", "away_from", "away_to", "reports_to"]
	filters = {"disabled": 0, "user": ["is", "set"]}
	return frappe.get_all("Nodal Officer", filters=filters, fields=fields, order_by="name", limit=0)


def _readers(rows: list, day: date) -> dict[str, list[str]]:
	"""``{user: officers whose cases the user reads}``; an absent officer without anybody acting reads the own ones."""
	known = {row.name: row for row in rows}
	readers: dict[str, list[str]] = {}
	for row in rows:
		reader, seen = row, {row.name}
		while _is_away(reader, day) and reader.acting_officer in known and reader.acting_officer not in seen:
			reader = known[reader.acting_officer]
			seen.add(reader.name)
		names = readers.setdefault(reader.user, [])
		names.insert(0, row.name) if row is reader else names.append(row.name)
	return readers


def _is_away(row, day: date) -> bool:
	return Officer(row.name, "", "", away_from=row.away_from, away_to=row.away_to).is_away(day)


def _leaders(rows: list) -> set[str]:
	"""Users who answer for an area: by role, or because somebody reports to them."""
	above = {row.reports_to for row in rows if row.reports_to}
	roles = {"parenttype": "User", "role": ["in", list(LEADING_ROLES)]}
	by_role = frappe.get_all("Has Role", filters=roles, pluck="parent", limit=0)
	return {row.user for row in rows if row.name in above} | set(by_role)


def _users(names: list[str]) -> list:
	"""The enabled ones of these users who did not switch mail off, ``language`` being that of their mails."""
	filters = {"name": ["in", names or [""]], "enabled": 1}
	fields = ["name", "email", "language"]
	users = frappe.get_all("User", filters=filters, fields=fields, order_by="name", limit=0)
	silent, usual = _without_mail(), frappe.db.get_single_value("System Settings", "language")
	for user in users:
		user.language = language_of(user.language or usual)
	return [user for user in users if user.name not in silent]


def _without_mail() -> set[str]:
	"""Who switched e-mail off in Frappe's own Notification Settings."""
	if not frappe.db.table_exists("Notification Settings"):
		return set()
	off = {"enabled": 0, "enable_email_notifications": 0}
	return set(frappe.get_all("Notification Settings", or_filters=off, pluck="name", limit=0))
