"""What the site knows already about a batch of posts: one query for each question, not one for each post.

A batch adds its own outcomes with :meth:`Known.remember`, so that two posts of one conversation that arrive together
go to one grievance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import frappe

from grievance_helpdesk.intake import signatures
from grievance_helpdesk.intake.decisions import Case, Earlier, Reading
from grievance_helpdesk.intake.posts import thread_key
from grievance_helpdesk.redressal.casework import merge_chain

FIELDS = ["name", "channel", "author_key", "grievance", "external_id", "state", "signature", "thread_key"]
# A news desk that writes all day is compared with its latest posts only.
LATEST_OF_AUTHORS = 2000
IN_ONE_QUERY = 500
MERGED = "Merged"


class Known:
	"""``since`` is the site's time from which posts and grievances may still be joined, until ``now``."""

	def __init__(self, readings: list[Reading], since: datetime, now: datetime):
		self._since = since
		self._now = now
		self._posts: dict[str, Earlier] = {}
		self._threads: dict[str, list[Earlier]] = defaultdict(list)
		self._authors: dict[str, list[Earlier]] = defaultdict(list)
		self._bands: dict[int, str] = {}
		self._problems: dict[str, list[Case]] = defaultdict(list)
		self._cases: dict[str, Case] = {}
		self._keys = {
			reading.name: signatures.keys(reading.signature, reading.district) for reading in readings
		}
		self.new_bands: dict[str, list[int]] = {}
		batch = frozenset(reading.name for reading in readings)
		self._load_originals({reading.original for reading in readings if reading.original})
		self._load_threads({reading.thread for reading in readings}, batch)
		self._load_authors({reading.author for reading in readings if reading.author}, batch)
		self._load_bands(batch)
		self._load_problems({reading.problem for reading in readings if reading.problem})
		self._load_cases({earlier.grievance for earlier in self._posts.values() if earlier.grievance})
		self._follow_merges()

	def post(self, name: str) -> Earlier | None:
		return self._posts.get(name)

	def conversation(self, thread: str) -> list[Earlier]:
		return self._threads.get(thread, [])

	def of_author(self, author: str) -> list[Earlier]:
		return self._authors.get(author, [])

	def alike(self, reading: Reading) -> list[Earlier]:
		"""Posts that share a band; those that share most come first."""
		shared: dict[str, int] = defaultdict(int)
		for band in self._keys.get(reading.name, ()):
			name = self._bands.get(band)
			if name and name != reading.name:
				shared[name] += 1
		best = sorted(shared, key=lambda name: -shared[name])[: signatures.CANDIDATES]
		return [self._posts[name] for name in best if name in self._posts]

	def same_problem(self, problem: str) -> list[Case]:
		return self._problems.get(problem, []) if problem else []

	def case(self, name: str | None) -> Case | None:
		"""The case that answers for the grievance ``name``: another one's name where it was merged."""
		return self._cases.get(name) if name else None

	def remember(self, reading: Reading, state: str, grievance: str | None, case: Case | None = None) -> None:
		"""The outcome of one post of this batch; ``case`` is the grievance that it made."""
		earlier = Earlier(
			reading.name,
			reading.author,
			grievance,
			reading.external_id,
			state,
			reading.signature,
			reading.numbers,
			reading.is_root,
		)
		self._posts[reading.name] = earlier
		if case:
			self._cases[case.name] = case
			if reading.problem:
				self._problems[reading.problem].append(case)
		if grievance:
			self._threads[reading.thread].append(earlier)
		if reading.author and (grievance or state == "For Review"):
			self._authors[reading.author].append(earlier)
		if grievance:
			self.new_bands[reading.name] = self._keys[reading.name]
			self._bands.update(dict.fromkeys(self._keys[reading.name], reading.name))

	def _load_originals(self, names: set[str]) -> None:
		for row in _posts({"name": names}):
			self._keep(row)

	def _load_threads(self, threads: set[str], batch: frozenset[str]) -> None:
		for row in _posts({"thread_key": threads}, {"grievance": ["is", "set"]}, order_by="posted_at, name"):
			if row.name not in batch:
				self._threads[row.thread_key].append(self._keep(row))

	def _load_authors(self, authors: set[str], batch: frozenset[str]) -> None:
		rows = _posts(
			{"author_key": authors},
			{
				"posted_at": [">=", self._since],
				"state": ["in", ("Grievance", "Thread", "Support", "For Review")],
			},
			order_by="posted_at desc",
			limit=LATEST_OF_AUTHORS,
		)
		for row in rows:
			if row.name not in batch:
				self._authors[row.author_key].append(self._keep(row))

	def _load_bands(self, batch: frozenset[str]) -> None:
		keys = (key for found in self._keys.values() for key in found)
		found = signatures.latest(keys, self._since, self._now)
		self._bands = {band: post for band, post in found.items() if post not in batch}
		for row in _posts({"name": set(self._bands.values()) - set(self._posts)}):
			self._keep(row)

	def _load_problems(self, problems: set[str]) -> None:
		if not problems:
			return
		grievance, post = frappe.qb.DocType("Grievance"), frappe.qb.DocType("Citizen Post")
		rows = (
			frappe.qb.from_(grievance)
			.left_join(post)
			.on(post.name == grievance.source_post)
			.select(
				grievance.problem_key,
				grievance.name,
				grievance.status,
				grievance.category,
				grievance.district,
				post.author_key,
			)
			.where(grievance.problem_key.isin(sorted(problems)) & (grievance.received_at >= self._since))
			.orderby(grievance.received_at)
			.run()
		)
		for problem, name, status, category, district, author in rows:
			case = self._cases[name] = Case(name, status, category, district, author or "")
			self._problems[problem].append(case)

	def _load_cases(self, names: set[str]) -> None:
		for chunk in _chunks(names - set(self._cases)):
			rows = frappe.get_all(
				"Grievance",
				filters={"name": ["in", chunk]},
				fields=["name", "status", "category", "district"],
				limit=0,
			)
			self._cases |= {row.name: Case(row.name, row.status, row.category, row.district) for row in rows}

	def _follow_merges(self) -> None:
		"""What would join a merged grievance joins the one that answers for it now; what it is about stays its own."""
		merged = {name for name, case in self._cases.items() if case.status == MERGED}
		if not merged:
			return
		targets = merge_chain.final_targets(merged)
		self._load_cases(set(targets.values()))
		for name in merged:
			target = self._cases[targets[name]]
			self._cases[name].name, self._cases[name].status = target.name, target.status

	def _keep(self, row: frappe._dict) -> Earlier:
		signature, numbers = signatures.read(row.signature)
		earlier = self._posts[row.name] = Earlier(
			row.name,
			row.author_key or "",
			row.grievance,
			row.external_id,
			row.state,
			signature,
			numbers,
			is_root=thread_key(row.channel, row.external_id) == row.thread_key,
		)
		return earlier


def _posts(
	key: dict[str, Iterable[str]], also: dict | None = None, order_by: str = "name", limit: int = 0
) -> list:
	((field, values),) = key.items()
	rows = []
	for chunk in _chunks(values):
		rows += frappe.get_all(
			"Citizen Post",
			filters={field: ["in", chunk], **(also or {})},
			fields=FIELDS,
			order_by=order_by,
			limit=limit,
		)
	return rows


def _chunks(values: Iterable[str]) -> Iterable[list[str]]:
	values = sorted(values)
	return (values[start : start + IN_ONE_QUERY] for start in range(0, len(values), IN_ONE_QUERY))
