"""A week of redressal on a simulated clock: officers work, citizens answer, the sweep warns and escalates.

Everybody acts through the same doors as in the Desk: moves of the workflow, transfers, the citizen's feedback by key. The
dice are fixed, so that each run tells the same story.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import frappe
from frappe.model.workflow import get_transitions
from tqdm import tqdm

from grievance_helpdesk.redressal import history, moment, workflow
from grievance_helpdesk.redressal.casework import merging, transfers
from grievance_helpdesk.redressal.citizen_side import feedback
from grievance_helpdesk.redressal.escalation import sweep

DAYS = 7
HOURS = (10, 12, 14, 16, 20)
OFFICE = (10, 12, 14, 16)
CASES_A_SITTING = 8
CHIEF = "sno@example.com"
DONE = {
	"en": "The work was done and looked at on the spot. Thank you for writing.",
	"hi": "काम पूरा कर दिया गया है और मौके पर देख लिया गया है। सूचना के लिए धन्यवाद।",
}
ASLEEP = 0.15
PLANS = (("resolve", 72), ("ask", 12), ("reject", 5), ("transfer", 4), ("forget", 7))


def next_monday(now: datetime) -> datetime:
	"""Nine o'clock on the first Monday after ``now`` (site time)."""
	days = 7 - now.weekday()
	return now.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)


class Week:
	"""``start`` is a Monday morning, when the imported posts came in."""

	def __init__(self, start: datetime, seed: int = 7):
		self.start = start.replace(hour=0)
		self.dice = random.Random(seed)
		self.plans: dict[str, str] = {}
		self.users = dict(frappe.get_all("Nodal Officer", fields=["name", "user"], as_list=True, limit=0))
		self.asleep = {name for name in sorted(self.users) if self.dice.random() < ASLEEP}
		self.ground = frappe.get_all("Non-grievance Ground", pluck="name", order_by="name", limit=1)[0]

	def run(self) -> dict[str, int]:
		"""Let the days pass; returns the counts of the week."""
		steps = [(day, hour) for day in range(DAYS) for hour in HOURS]
		with tqdm(total=len(steps), desc="A week of redressal", unit="step") as bar:
			for day, hour in steps:
				with moment.fixed(self.start + timedelta(days=day, hours=hour)):
					self.step(hour)
				frappe.db.commit()
				bar.update(1)
		return {**counts(), "chain_holds": not history.verify()}

	def step(self, hour: int) -> None:
		sweep.run()
		if hour in OFFICE and self.is_working_day():
			self.officers_work()
		if hour == HOURS[0]:
			self.cell_merges()
		if hour == HOURS[-1]:
			self.citizens_answer()

	@staticmethod
	def is_working_day() -> bool:
		return moment.now().weekday() < 5

	# Officers

	def officers_work(self) -> None:
		for officer, names in self.desks().items():
			if officer not in self.asleep:
				for name in names[:CASES_A_SITTING]:
					self.work_on(name, officer)

	@staticmethod
	def desks() -> dict[str, list[str]]:
		"""Open cases by officer, the one due first on top."""
		rows = frappe.get_all(
			"Grievance",
			filters={"status": "Open", "officer": ["is", "set"]},
			fields=["name", "officer"],
			order_by="resolve_by, name",
			limit=0,
		)
		desks: dict[str, list[str]] = {}
		for row in rows:
			desks.setdefault(row.officer, []).append(row.name)
		return desks

	def work_on(self, name: str, officer: str) -> None:
		doc = frappe.get_doc("Grievance", name)
		if doc.workflow_state == "Action Taken":
			return self.approve(doc)
		if not doc.acknowledged_at:
			with acting_as(self.users[officer]):
				workflow.move(name, "Accept")
			return None
		if doc.workflow_state in ("Assigned", "Reopened"):
			with acting_as(self.users[officer]):
				workflow.move(name, "Start Work")
			return None
		return getattr(self, self.plan(name))(doc, officer)

	def plan(self, name: str) -> str:
		if name not in self.plans:
			names, weights = zip(*PLANS, strict=True)
			self.plans[name] = self.dice.choices(names, weights)[0]
		return self.plans[name]

	def resolve(self, doc, officer: str) -> None:
		if self.dice.random() < 0.5:
			return  # the work on the spot goes on
		doc.action_taken = DONE["hi" if doc.language == "hi" else "en"]
		if (
			frappe.get_cached_doc("Grievance Category", doc.category).evidence_required
			if doc.category
			else False
		):
			doc.evidence = photo(doc.name)
		with acting_as(self.users[officer]):
			doc.save()
			steps = {step["action"] for step in get_transitions(doc)}
			workflow.move(doc.name, "Resolve" if "Resolve" in steps else "Submit Action Taken")

	def approve(self, doc) -> None:
		with acting_as(CHIEF):
			workflow.move(doc.name, "Approve")

	def ask(self, doc, officer: str) -> None:
		self.plans[doc.name] = "resolve"
		with acting_as(self.users[officer]):
			workflow.move(doc.name, "Ask Citizen")

	def reject(self, doc, officer: str) -> None:
		doc.non_grievance_ground = self.ground
		with acting_as(CHIEF):
			doc.save()
			workflow.move(doc.name, "Reject")

	def transfer(self, doc, officer: str) -> None:
		self.plans[doc.name] = "resolve"
		other = "PWD-BR" if doc.department != "PWD-BR" else "ULB"
		if frappe.db.exists("Grievance Department", other):
			with acting_as(self.users[officer]):
				transfers.transfer(doc.name, department=other, reason="The other department owns this road.")

	def forget(self, doc, officer: str) -> None:
		"""Nobody comes back to this one."""

	# The cell and the citizens

	def cell_merges(self) -> None:
		rows = frappe.get_all(
			"Grievance",
			filters={"status": "Open", "possible_duplicate_of": ["is", "set"]},
			fields=["name", "possible_duplicate_of as target"],
			order_by="name",
			limit=2,
		)
		for row in rows:
			if frappe.db.get_value("Grievance", row.target, "status") == "Open":
				with acting_as("cell@example.com"):
					merging.merge(row.name, row.target, "The same problem at the same place.")

	def citizens_answer(self) -> None:
		for doc in self.waiting("On Hold"):
			if self.dice.random() < 0.6:
				workflow.move_to_status(doc.name, "Open")
		for doc in self.waiting("Resolved"):
			fate = self.dice.random()
			if fate < 0.3:
				feedback.give(doc.tracking_key, solved=True, rating="Very Good", comment="")
			elif fate < 0.38:
				feedback.give(
					doc.tracking_key, solved=False, rating="Poor", comment="Nothing has changed here."
				)

	@staticmethod
	def waiting(status: str) -> Iterator:
		return frappe.get_all(
			"Grievance", filters={"status": status}, fields=["name", "tracking_key"], order_by="name", limit=0
		)


@contextmanager
def acting_as(user: str) -> Iterator[None]:
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


def photo(name: str) -> str:
	"""A picture of the finished work, attached to the case; returns its address."""
	attached = {"attached_to_doctype": "Grievance", "attached_to_name": name, "is_private": 1}
	file = frappe.get_doc({"doctype": "File", "file_name": f"{name}.txt", "content": "photo", **attached})
	return file.insert(ignore_permissions=True).file_url


def counts() -> dict[str, int]:
	"""What stands on the site after the week: how many cases were once …, and how many are now …"""
	rows = frappe.get_all(
		"Grievance",
		fields=[
			"status",
			"acknowledged_at",
			"resolved_at",
			"escalation_level",
			"appeal_count",
			"reopened_count",
			"disputed_count",
			"transfer_count",
			"response_breached",
			"resolution_breached",
		],
		limit=0,
	)
	now = Counter(row.status for row in rows)
	return {
		"grievances": len(rows),
		"acknowledged": sum(bool(row.acknowledged_at) for row in rows),
		"acknowledged_late": sum(row.response_breached for row in rows),
		"resolved": sum(row.status in ("Resolved", "Closed") or row.reopened_count > 0 for row in rows),
		"overdue": sum(row.resolution_breached for row in rows),
		"escalated": sum(row.escalation_level > 0 for row in rows),
		"appealed": sum(row.appeal_count > 0 for row in rows),
		"transferred": sum(row.transfer_count > 0 for row in rows),
		"reopened": sum(row.reopened_count > 0 for row in rows),
		"disputed": sum(row.disputed_count > 0 for row in rows),
		"rejected": now["Rejected"],
		"merged": now["Merged"],
		"closed": now["Closed"],
		"on_hold_now": now["On Hold"],
		"open_now": now["Open"],
		"events": frappe.db.count("Grievance Event"),
		"escalation_problems": frappe.db.count("Escalation Problem", {"resolved": 0}),
	}
