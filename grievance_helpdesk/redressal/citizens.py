"""Citizens and their identities on the channels.

An identity is a channel and the channel's own id of the person (never the handle, which people change). Identities
of different channels belong to one Citizen only when the citizen agreed to it; until then each stands alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import frappe

from grievance_helpdesk.redressal import bulk

STANDARD = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")


@dataclass(frozen=True, slots=True)
class Author:
	"""Who wrote a post, as the channel says."""

	channel: str
	external_id: str
	handle: str = ""
	name: str = ""
	email: str = ""
	language: str = ""

	@property
	def key(self) -> str:
		"""Name of the identity: the primary key that keeps one person of a channel one citizen."""
		return hashlib.sha256(f"{self.channel}|{self.external_id}".encode()).hexdigest()[:40]


def find_or_create(authors: Iterable[Author]) -> dict[str, str]:
	"""Citizen of each author, by :attr:`Author.key`; unknown authors become new citizens in two inserts."""
	by_key = {author.key: author for author in authors if author.external_id}
	known = _known(by_key)
	new = [author for key, author in by_key.items() if key not in known]
	if new:
		_insert(new)
		known.update(_known([author.key for author in new]))
	return known


def _known(keys: Iterable[str]) -> dict[str, str]:
	keys = list(keys)
	if not keys:
		return {}
	rows = frappe.get_all("Citizen Identity", filters={"name": ["in", keys]}, fields=["name", "parent"])
	return {row.name: row.parent for row in rows}


def _insert(authors: list[Author]) -> None:
	now, owner = frappe.utils.now(), frappe.session.user
	citizens, identities = [], []
	for author in authors:
		name = frappe.generate_hash(length=12)
		shown = (author.name or author.handle or author.external_id)[:140]
		citizens.append(
			(name, owner, now, now, owner, 0, 0, shown, author.language, author.channel, author.email or None)
		)
		identities.append(
			(
				author.key,
				owner,
				now,
				now,
				owner,
				0,
				1,
				name,
				"Citizen",
				"identities",
				author.channel,
				author.external_id[:255],
				author.handle[:255],
			)
		)
	bulk.insert("Citizen", (*STANDARD, "citizen_name", "language", "first_seen_on", "email"), citizens)
	bulk.insert(
		"Citizen Identity",
		(*STANDARD, "parent", "parenttype", "parentfield", "channel", "external_id", "handle"),
		identities,
	)
