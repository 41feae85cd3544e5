"""Tells the officer when a post that is a grievance already was edited or taken back."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe import _

from grievance_helpdesk.intake import knowledge
from grievance_helpdesk.intake.triage.engine import PostText
from grievance_helpdesk.redressal import plain_text, registration
from grievance_helpdesk.redressal.casework import merge_chain


def tell(edited: Iterable[str], removed: Iterable[str]) -> None:
	"""``edited`` and ``removed`` are names of Citizen Posts; the caller commits."""
	for row in _on_a_desk(edited):
		result = knowledge.load().engine.triage(PostText(row.text or "", channel=row.channel))
		words = plain_text.harmless(result.public_text)
		frappe.db.set_value("Citizen Post", row.name, "public_text", words)
		registration.add_message(row.grievance, row.author_name, words, _("The citizen edited the post."))
	for row in _on_a_desk(removed):
		registration.add_message(row.grievance, row.author_name, "", _("The citizen took the post back."))


def _on_a_desk(names: Iterable[str]) -> list[frappe._dict]:
	"""These posts with the grievance that answers for each now."""
	names = list(names)
	if not names:
		return []
	rows = frappe.get_all(
		"Citizen Post",
		filters={"name": ["in", names], "grievance": ["is", "set"]},
		fields=["name", "grievance", "text", "channel", "author_name"],
		limit=0,
	)
	answering = merge_chain.final_targets(row.grievance for row in rows)
	for row in rows:
		row.grievance = answering[row.grievance]
	return rows
