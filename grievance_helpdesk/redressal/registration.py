"""Registers grievances: the one door through which intake makes a case.

Each Grievance goes through Frappe's document API, so that an admin's hooks, notifications and custom fields
work; only the assignment of a whole batch is written at once (:func:`assignment.assign_many`).
"""

from __future__ import annotations

import re
from collections import Counter

import frappe
from frappe import _
from frappe.model.naming import NamingSeries

from grievance_helpdesk.jurisdiction import routing
from grievance_helpdesk.redressal import assignment, history, workflow
from grievance_helpdesk.redressal.casework import merge_chain
from grievance_helpdesk.redressal.clocks import recompute
from grievance_helpdesk.redressal.history import events


class Registrar:
	"""Registers the grievances of one run; call :meth:`finish` in the same transaction."""

	def __init__(self):
		self.roster = routing.load_roster()
		self.pending: list[assignment.Assignment] = []
		self.registered: list = []
		self.numbers: NumberBlock | None = None
		self.latest = None

	def reserve(self, count: int) -> None:
		"""Take the numbers of the next ``count`` grievances at once instead of one by one."""
		self.numbers = NumberBlock.take(count)
		if self.numbers:
			workflow.note_moves_done(*self.numbers.names())

	def register(self, values: dict, place=None):
		"""Insert a Grievance from ``values`` (its fields), routed to an officer. Returns the document.

		``place`` (with district, scope_path and level) spares the look-up of the Jurisdiction.
		"""
		grievance = frappe.get_doc({"doctype": "Grievance", **values})
		grievance.flags.roster = self.roster
		grievance.flags.assign_later = True
		grievance.flags.place = place
		# Open lists are told once, by finish().
		grievance.flags.notify_update = False
		# The values come from the site's own records a moment ago; asking for each link again costs a third of it all.
		name = self.numbers.next() if self.numbers else None
		grievance.flags.move_noted = bool(name)
		grievance.insert(ignore_permissions=True, ignore_links=True, set_name=name)
		if self.numbers:
			self.numbers.use()
		self.latest = grievance
		self.registered.append(grievance)
		if grievance.flags.officer_user:
			self.pending.append(
				assignment.Assignment(
					grievance.name, grievance.flags.officer_user, grievance.subject, grievance.priority
				)
			)
		return grievance

	def drop(self) -> None:
		"""The transaction was rolled back: nothing of it is to be finished."""
		self.pending, self.registered = [], []

	def finish(self) -> None:
		history.write_registered(self.registered)
		assignment.assign_many(self.pending)
		self.drop()
		if self.numbers:
			workflow.forget_moves(*self.numbers.names())
			self.numbers.give_back()
			self.numbers = None
		if self.latest:
			self.latest.notify_update()
			self.latest = None


class NumberBlock:
	"""Consecutive numbers of the naming series, taken with one UPDATE in the transaction that uses them.

	What is left goes back, unless another document took a number since; so numbers stay without gaps as Frappe's own do.
	"""

	SIMPLE = re.compile(r"(?:[\w/-]+|YYYY|YY|MM|DD)?(?:\.(?:[\w/-]+|YYYY|YY|MM|DD)?)*\.(#+)\.?")

	def __init__(self, prefix: str, digits: int, last: int, count: int):
		self.prefix = prefix
		self.digits = digits
		self.last = last
		self.unused = list(range(last - count + 1, last + 1))

	@classmethod
	def take(cls, count: int) -> NumberBlock | None:
		"""None where the series is of another shape (a field in the name) or new: then Frappe names each document."""
		field = frappe.get_meta("Grievance").get_field("naming_series")
		series = field.default or (field.options or "").split("\n")[0]
		shape = cls.SIMPLE.fullmatch(series)
		if not count or not shape or frappe.db.db_type != "mariadb":
			return None
		prefix = NamingSeries(series).get_prefix()
		table = frappe.qb.DocType("Series")
		row = frappe.qb.from_(table).select(table.current).where(table.name == prefix).for_update().run()
		if not row:
			return None
		last = row[0][0] + count
		frappe.qb.update(table).set(table.current, last).where(table.name == prefix).run()
		return cls(prefix, len(shape[1]), last, count)

	def next(self) -> str | None:
		"""The name of the next grievance; it counts as used once :meth:`use` is called, so a failure leaves no gap."""
		return self._name(self.unused[0]) if self.unused else None

	def names(self) -> list[str]:
		"""The names that are not used yet."""
		return [self._name(number) for number in self.unused]

	def _name(self, number: int) -> str:
		return f"{self.prefix}{number:0{self.digits}d}"

	def use(self) -> None:
		del self.unused[:1]

	def give_back(self) -> None:
		if not self.unused:
			return
		table = frappe.qb.DocType("Series")
		frappe.qb.update(table).set(table.current, self.unused[0] - 1).where(
			(table.name == self.prefix) & (table.current == self.last)
		).run()
		self.unused = []


def add_supports(supports: dict[str, int]) -> None:
	"""``{grievance: citizens}`` have the same problem: count them, and raise the priority at the settings' limits.

	The rows are locked first: who counts or merges at the same moment waits, and a case that was merged meanwhile
	passes its new citizens on.
	"""
	if not supports:
		return
	supports = _passed_on(supports)
	settings = frappe.get_cached_doc("Grievance Settings")
	rows = frappe.db.get_values(
		"Grievance",
		{"name": ["in", sorted(supports)]},
		["name", "support_count", "priority"],
		as_dict=True,
		order_by=None,
		for_update=True,
	)
	changes, entries = {}, []
	for row in rows:
		count = (row.support_count or 0) + supports[row.name]
		# The citizen who wrote first counts too.
		priority = raised_priority(
			row.priority, count + 1, settings.priority_high_at, settings.priority_urgent_at
		)
		changes[row.name] = {"support_count": count, "priority": priority}
		changed = {"support_count": [row.support_count or 0, count], "priority": [row.priority, priority]}
		entries.append(history.Entry(row.name, events.SUPPORTED, changes=changed))
	frappe.db.bulk_update("Grievance", changes)
	history.record_many(entries)
	recompute.of_priorities([row.name for row in rows if changes[row.name]["priority"] != row.priority])


def _passed_on(supports: dict[str, int]) -> Counter:
	links = merge_chain.load(supports, for_update=True)
	passed_on: Counter = Counter()
	for name, citizens in supports.items():
		passed_on[merge_chain.chain(name, links)[-1]] += citizens
	return passed_on


def raised_priority(priority: str, people: int, high_at: int, urgent_at: int) -> str:
	"""The priority of a problem that ``people`` citizens have; it never falls. A limit of 0 is switched off."""
	if urgent_at and people >= urgent_at:
		return "Urgent"
	if high_at and people >= high_at and priority in ("Low", "Medium"):
		return "High"
	return priority


def add_message(grievance: str, author: str, text: str, reason: str) -> None:
	"""The citizen wrote again: the words stand in the timeline, the grievance is flagged, and its officer is told.

	``text`` is plain text without personal data; it is escaped here.
	"""
	escape = frappe.utils.escape_html
	frappe.get_doc(
		{
			"doctype": "Comment",
			"comment_type": "Comment",
			"reference_doctype": "Grievance",
			"reference_name": grievance,
			"comment_email": frappe.session.user,
			"comment_by": (author or _("Citizen"))[:140],
			"content": f'<div class="gh-citizen-wrote"><p><em>{escape(reason)}</em></p><p>{escape(text)}</p></div>',
		}
	).insert(ignore_permissions=True)
	frappe.db.set_value(
		"Grievance", grievance, {"citizen_wrote_again": 1, "last_message_at": frappe.utils.now_datetime()}
	)
	history.record(grievance, events.CITIZEN_WROTE, note=reason)
	tell_officer(grievance, reason)


def tell_officer(grievance: str, reason: str) -> None:
	officer, subject = frappe.db.get_value("Grievance", grievance, ["officer", "subject"])
	user = assignment.officer_user(officer)
	if not user:
		return
	escape = frappe.utils.escape_html
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"for_user": user,
			"type": "Alert",
			"document_type": "Grievance",
			"document_name": grievance,
			"subject": f"{escape(grievance)}: {escape(reason)} {escape(subject or '')}",
		}
	).insert(ignore_permissions=True)
