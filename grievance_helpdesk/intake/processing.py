"""Turns stored Citizen Posts into grievances, threads, supports, or a place in the triage queue.

A batch reads what it needs in a dozen queries, decides post by post (:mod:`decisions`), inserts each Grievance behind a
savepoint of its own, and writes the outcomes together. A post that fails keeps its error and is tried again
later, at last it is parked where people see it; the others go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

import frappe

from grievance_helpdesk.intake import knowledge, outcomes, signatures
from grievance_helpdesk.intake.connectors.base import item_key
from grievance_helpdesk.intake.decisions import Case, Decision, Reading, decide
from grievance_helpdesk.intake.known import Known
from grievance_helpdesk.intake.posts import is_automatic, thread_key
from grievance_helpdesk.intake.times import Clock
from grievance_helpdesk.intake.triage import duplicates
from grievance_helpdesk.intake.triage.engine import PostText
from grievance_helpdesk.intake.triage.result import TriageResult
from grievance_helpdesk.redressal import bulk, citizens, registration
from grievance_helpdesk.redressal.problems import problem_key

BATCH = 100
TRIES_OF_BATCH = 3
FIRST_RETRY = timedelta(minutes=5)
LONGEST_ERROR = 500
SAVEPOINT = "citizen_post"
# Outcomes that write documents of their own, behind a savepoint.
WRITES = frozenset(("Grievance", "Thread"))
# States that may be judged again: no grievance was made of the post.
AGAIN = ("New", "For Review", "Not a Grievance", "Ignored", "Parked")
FIELDS = [
	"name",
	"state",
	"grievance",
	"channel",
	"channel_account",
	"external_id",
	"parent_external_id",
	"thread_key",
	"author_id",
	"author_key",
	"author_handle",
	"author_name",
	"text",
	"subject",
	"posted_at",
	"received_at",
	"permalink",
	"problems",
	"attempts",
	"is_own",
	"is_repost",
]


def process(
	names: Iterable[str],
	*,
	again: bool = False,
	registrar: registration.Registrar | None = None,
	clock: Clock | None = None,
) -> Counter:
	"""Process stored posts and commit each batch. Returns how many posts took which state.

	Posts that are not ``New`` any more (``again``: that led to a grievance already) are passed over. A deadlock with
	another worker undoes the batch, which then runs again.
	"""
	registrar = registrar or registration.Registrar()
	names, counts = list(names), Counter()
	for start in range(0, len(names), BATCH):
		counts += _process_batch(names[start : start + BATCH], again, registrar, clock or Clock())
	return counts


def _process_batch(names: list[str], again: bool, registrar: registration.Registrar, clock: Clock) -> Counter:
	for remaining in reversed(range(TRIES_OF_BATCH)):
		try:
			counts = Batch(names, again, registrar, clock).run()
			frappe.db.commit()
			return counts
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			frappe.db.rollback()
			registrar.drop()
			if not remaining:
				raise
	return Counter()


class Batch:
	"""At most :data:`BATCH` posts, oldest first; the caller commits."""

	def __init__(self, names: list[str], again: bool, registrar: registration.Registrar, clock: Clock):
		self.registrar = registrar
		self.now = clock.site_now()
		self.settings = frappe.get_cached_doc("Grievance Settings")
		self.knowledge = knowledge.load()
		self.rows = _claim(names, AGAIN if again else ("New",))
		self.results: dict[str, TriageResult] = {}
		self.citizens: dict[str, str] = {}
		self.changes: dict[str, dict] = {}
		self.supports: Counter = Counter()
		self.counts: Counter = Counter()

	def run(self) -> Counter:
		readings = {row.name: self.read(row) for row in self.rows}
		readings = {name: reading for name, reading in readings.items() if reading}
		since = self.now - timedelta(days=self.settings.support_days)
		known = Known(list(readings.values()), since, self.now)
		self.citizens = citizens.find_or_create(
			outcomes.author_of(row) for row in self.rows if self.may_concern_a_grievance(row, readings, known)
		)
		self.registrar.reserve(sum(reading.is_grievance for reading in readings.values()))
		for row in self.rows:
			if row.name in readings:
				self.settle(row, readings[row.name], known)
		registration.add_supports(self.supports)
		bulk.update("Citizen Post", self.changes)
		signatures.add(known.new_bands, self.now)
		self.registrar.finish()
		return self.counts

	def read(self, row: frappe._dict) -> Reading | None:
		"""Triage of one post; None when the engine failed on it, which is then noted on the post."""
		reading = Reading(
			name=row.name,
			thread=row.thread_key or row.name,
			author=row.author_key or "",
			external_id=row.external_id or "",
			parent=row.parent_external_id or "",
			is_root=thread_key(row.channel, row.external_id or "") == row.thread_key,
			is_own=bool(row.is_own),
			is_automatic=is_automatic(row.problems),
			is_repost=bool(row.is_repost),
		)
		if reading.is_repost and row.parent_external_id:
			reading.original = item_key(row.channel, row.channel_account, row.parent_external_id)
		if reading.is_own or reading.is_automatic or reading.is_repost:
			return reading
		try:
			result = self.triage(row)
		except Exception as error:  # noqa: BLE001 - whatever one post does to the engine, the others go on
			self.fail(row, error)
			return None
		self.results[row.name] = result
		return self.with_result(reading, result)

	def triage(self, row: frappe._dict) -> TriageResult:
		post = PostText(
			row.text or "",
			channel=row.channel,
			author=row.author_key or "",
			posted_at=row.posted_at,
			subject=row.subject or "",
			post_id=row.name,
		)
		return self.knowledge.engine.triage(post)

	def with_result(self, reading: Reading, result: TriageResult) -> Reading:
		places = result.places
		place = places.jurisdiction.value or places.district.value
		reading.is_grievance = outcomes.is_case(result)
		reading.is_sure = outcomes.is_sure(result)
		reading.category = result.category.value
		reading.district = places.district.value
		reading.problem = problem_key(
			result.category.value, place, self.knowledge.level(place), places.place_text, places.ward
		)
		reading.signature = result.signature
		reading.numbers = duplicates.numbers(result.text) if result.signature else frozenset()
		return reading

	def may_concern_a_grievance(self, row: frappe._dict, readings: dict[str, Reading], known: Known) -> bool:
		reading = readings.get(row.name)
		if not reading or not row.author_key or reading.is_own or reading.is_automatic:
			return False
		return reading.is_repost or reading.is_grievance or bool(known.conversation(reading.thread))

	def settle(self, row: frappe._dict, reading: Reading, known: Known) -> None:
		decision = decide(reading, known)
		case = None
		if decision.state in WRITES:
			frappe.db.savepoint(SAVEPOINT)
		try:
			case = self.carry_out(row, reading, decision)
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			raise
		except Exception as error:  # noqa: BLE001 - an admin's hook may raise anything; this post waits, the others go on
			if decision.state in WRITES:
				frappe.db.rollback(save_point=SAVEPOINT)
			frappe.clear_messages()
			self.fail(row, error)
			return
		known.remember(reading, decision.state, decision.grievance, case)
		self.changes[row.name] = outcomes.post_values(
			self.results.get(row.name), reading, decision, self.citizens.get(reading.author)
		)
		self.counts[decision.state] += 1

	def carry_out(self, row: frappe._dict, reading: Reading, decision: Decision) -> Case | None:
		"""Do what was decided; for a new grievance ``decision.grievance`` is filled in and its case returned."""
		result = self.results.get(row.name)
		if decision.state == "Grievance":
			values = outcomes.grievance_values(row, result, decision, self.citizens.get(reading.author))
			grievance = self.registrar.register(values, self.knowledge.places.get(values["jurisdiction"]))
			decision.grievance = grievance.name
			return Case(
				grievance.name,
				grievance.status,
				grievance.category,
				grievance.district,
				reading.author,
				row.name,
			)
		if decision.state == "Thread" and not decision.silent:
			words = result.public_text if result else ""
			registration.add_message(decision.grievance, row.author_name, words, decision.reason)
		if decision.state == "Support":
			self.supports[decision.grievance] += 1
		return None

	def fail(self, row: frappe._dict, error: Exception) -> None:
		attempts = (row.attempts or 0) + 1
		parked = attempts >= max(1, self.settings.max_attempts)
		self.changes[row.name] = {
			"state": "Parked" if parked else "New",
			"attempts": attempts,
			"next_attempt_at": None if parked else self.now + FIRST_RETRY * 2 ** (attempts - 1),
			"error": f"{type(error).__name__}: {error}"[:LONGEST_ERROR],
		}
		self.counts["Parked" if parked else "Failed"] += 1
		if parked:
			frappe.log_error(title=f"Citizen Post {row.name} was parked", reference_doctype="Citizen Post")


def _claim(names: list[str], states: tuple[str, ...]) -> list[frappe._dict]:
	"""Lock the posts that still wait, so that two workers never process the same one; oldest first."""
	rows = frappe.db.get_values(
		"Citizen Post",
		{"name": ["in", names], "state": ["in", states]},
		FIELDS,
		as_dict=True,
		for_update=True,
		order_by=None,
	)
	return sorted(
		(row for row in rows if not row.grievance),
		key=lambda row: (row.posted_at or row.received_at, row.name),
	)
