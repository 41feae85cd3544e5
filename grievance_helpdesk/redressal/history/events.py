"""The kinds of events in a grievance's history, and the sentence that tells each one to people.

A sentence never needs a workflow's states or actions by name: moves are told from what the states are called.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from frappe import _

from grievance_helpdesk.redressal.history import chain

REGISTERED = chain.FIRST_EVENT
MOVED = "MOVED"
ASSIGNED = "ASSIGNED"
CORRECTED = "CORRECTED"
TRANSFERRED = "TRANSFERRED"
MERGED = "MERGED"
MERGE_RECEIVED = "MERGE_RECEIVED"
MERGE_UNDONE = "MERGE_UNDONE"
REJECTED = "REJECTED"
WARNING = "WARNING"
BREACHED = "BREACHED"
ESCALATED = "ESCALATED"
HANDED_ON = "HANDED_ON"
APPEAL_FILED = "APPEAL_FILED"
APPEAL_DECIDED = "APPEAL_DECIDED"
FEEDBACK = "FEEDBACK"
DISPUTED = "DISPUTED"
CLOSED_IN_SILENCE = "CLOSED_IN_SILENCE"
MESSAGE_TO_CITIZEN = "MESSAGE_TO_CITIZEN"
INTERIM_REPLY = "INTERIM_REPLY"
CITIZEN_WROTE = "CITIZEN_WROTE"
HANDOVER = "HANDOVER"
SUPPORTED = "SUPPORTED"

# Told to the citizen when record_changes derives the event; whoever records an event by hand says so with ``public``.
PUBLIC = frozenset((REGISTERED, TRANSFERRED, MERGED, MERGE_UNDONE, REJECTED))
# The note of these is a text for the citizen; every other note stays inside.
PUBLIC_NOTES = frozenset((MESSAGE_TO_CITIZEN, INTERIM_REPLY, APPEAL_DECIDED))
LONG_TEXTS = frozenset(("action_taken", "evidence"))


class Names(Protocol):
	"""Names for what an event holds as keys; :class:`timeline.Names` looks them up."""

	def person(self, event: Mapping) -> str: ...
	def value(self, field: str, value: object) -> str: ...
	def label(self, field: str) -> str: ...


def describe(event: Mapping, names: Names) -> str:
	"""One plain sentence, translated, about an event (a mapping of its columns). Not escaped."""
	tell = _SENTENCES.get(event["event_type"])
	changes = chain.changes_of(event)
	if event["event_type"] == HANDED_ON and event["officer"]:
		changes = {"officer": [None, event["officer"]]} | changes
	return tell(names.person(event), changes, names) if tell else _told_by_changes(event, changes, names)


def _told_by_changes(event: Mapping, changes: dict, names: Names) -> str:
	"""Of an event that a later version or another app has written."""
	return _corrected(names.person(event), changes, names) if changes else event["event_type"]


def _new(changes: dict, field: str, names: Names) -> str:
	return names.value(field, changes[field][1]) if field in changes else ""


def _registered(who: str, changes: dict, names: Names) -> str:
	channel, officer = _new(changes, "channel", names), _new(changes, "officer", names)
	if channel and officer:
		return _("Registered from {0} and given to {1}.").format(channel, officer)
	if officer:
		return _("Registered and given to {0}.").format(officer)
	return _("Registered from {0}.").format(channel) if channel else _("Registered.")


def _moved(who: str, changes: dict, names: Names) -> str:
	for field in ("workflow_state", "status"):
		if field in changes:
			old, new = (names.value(field, value) for value in changes[field])
			if not changes[field][0]:
				return _("{0} moved it to {1}.").format(who, new)
			return _("{0} moved it from {1} to {2}.").format(who, old, new)
	return _("{0} moved it.").format(who)


def _assigned(who: str, changes: dict, names: Names) -> str:
	officer = _new(changes, "officer", names)
	if officer:
		return _("{0} gave it to {1}.").format(who, officer)
	return _("{0} took it from its officer; nobody has it now.").format(who)


def _corrected(who: str, changes: dict, names: Names) -> str:
	parts = [_change(field, pair, names) for field, pair in changes.items()]
	return _("{0} changed {1}.").format(who, "; ".join(parts)) if parts else _("{0} changed it.").format(who)


def _change(field: str, pair: list, names: Names) -> str:
	label = names.label(field)
	if field in LONG_TEXTS:
		return label
	old, new = (names.value(field, value) for value in pair)
	return _("{0} from {1} to {2}").format(label, old or _("nothing"), new or _("nothing"))


def _transferred(who: str, changes: dict, names: Names) -> str:
	parts = [_new(changes, field, names) for field in ("department", "jurisdiction", "officer")]
	target = ", ".join(part for part in parts if part)
	return (
		_("{0} transferred it to {1}.").format(who, target)
		if target
		else _("{0} transferred it.").format(who)
	)


def _merged(who: str, changes: dict, names: Names) -> str:
	target = _new(changes, "merged_into", names)
	return _("{0} merged it into {1}.").format(who, target) if target else _("{0} merged it.").format(who)


def _rejected(who: str, changes: dict, names: Names) -> str:
	ground = _new(changes, "non_grievance_ground", names)
	if ground:
		return _("{0} rejected it: {1}.").format(who, ground)
	return _("{0} rejected it.").format(who)


def _breached(who: str, changes: dict, names: Names) -> str:
	if "response_breached" in changes and "resolution_breached" not in changes:
		return _("The limit to acknowledge was missed.")
	if "resolution_breached" in changes and "response_breached" not in changes:
		return _("The limit to resolve was missed.")
	return _("A limit was missed.")


def _warning(who: str, changes: dict, names: Names) -> str:
	if "response_step" in changes and "resolution_step" not in changes:
		return _("The limit to acknowledge comes near.")
	if "resolution_step" in changes and "response_step" not in changes:
		return _("The limit to resolve comes near.")
	return _("A limit comes near.")


def _escalated(who: str, changes: dict, names: Names) -> str:
	officer, level = _new(changes, "escalated_to", names), _new(changes, "escalation_level", names)
	if officer and level:
		return _("Escalated to {0} (level {1}).").format(officer, level)
	return _("Escalated to {0}.").format(officer) if officer else _("Escalated.")


def _handed_on(who: str, changes: dict, names: Names) -> str:
	officer = _new(changes, "escalated_to", names) or _new(changes, "officer", names)
	return _("Handed on to {0}.").format(officer) if officer else _("Handed on to the next authority.")


def _feedback(who: str, changes: dict, names: Names) -> str:
	outcome, rating = _new(changes, "feedback_outcome", names), _new(changes, "rating", names)
	if outcome and rating:
		return _("The citizen answered: {0} ({1}).").format(outcome, rating)
	return _("The citizen answered: {0}.").format(outcome) if outcome else _("The citizen gave feedback.")


def _handover(who: str, changes: dict, names: Names) -> str:
	officer = _new(changes, "officer", names) or _new(changes, "escalated_to", names)
	if officer:
		return _("The charge changed hands: it is with {0} now.").format(officer)
	return _("The charge changed hands.")


def _supported(who: str, changes: dict, names: Names) -> str:
	old, new = changes.get("support_count", (0, 0))
	more = (new or 0) - (old or 0)
	if more > 1:
		said = _("{0} more citizens have this problem.").format(more)
	else:
		said = (
			_("One more citizen has this problem.") if more == 1 else _("Other citizens have this problem.")
		)
	if "priority" in changes:
		said += " " + _("The priority rose to {0}.").format(names.value("priority", changes["priority"][1]))
	return said


_SENTENCES = {
	REGISTERED: _registered,
	MOVED: _moved,
	ASSIGNED: _assigned,
	CORRECTED: _corrected,
	TRANSFERRED: _transferred,
	MERGED: _merged,
	MERGE_RECEIVED: lambda who, changes, names: _("{0} merged another grievance into this one.").format(who),
	MERGE_UNDONE: lambda who, changes, names: _("{0} undid a merge.").format(who),
	REJECTED: _rejected,
	WARNING: _warning,
	BREACHED: _breached,
	ESCALATED: _escalated,
	HANDED_ON: _handed_on,
	APPEAL_FILED: lambda who, changes, names: _("An appeal was filed."),
	APPEAL_DECIDED: lambda who, changes, names: _("{0} decided the appeal.").format(who),
	FEEDBACK: _feedback,
	DISPUTED: lambda who, changes, names: _("The citizen says that it is not solved."),
	CLOSED_IN_SILENCE: lambda who, changes, names: _("Closed, because the citizen did not answer."),
	MESSAGE_TO_CITIZEN: lambda who, changes, names: _("{0} wrote to the citizen.").format(who),
	INTERIM_REPLY: lambda who, changes, names: _("{0} sent the citizen an interim reply.").format(who),
	CITIZEN_WROTE: lambda who, changes, names: _("The citizen wrote again."),
	HANDOVER: _handover,
	SUPPORTED: _supported,
}
