"""One run of one Channel Account: read, store, process, and say how it went.

Each page is stored and committed before the next is asked for, and the cursor moves only where the connector says that
everything before it was yielded. A run that dies loses nothing: the next one starts from the old cursor, and
what is stored already is known by its name. Only one run an account: a lease in the database decides.
"""

from __future__ import annotations

import json
import random as standard_random
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta

import frappe
from frappe import _

from grievance_helpdesk.intake import accounts, changes, posts, processing
from grievance_helpdesk.intake.connecting import connector_for
from grievance_helpdesk.intake.connectors.base import Connector, ConnectorError, Gap, Limits, Page
from grievance_helpdesk.intake.times import Clock, site_time
from grievance_helpdesk.redressal.registration import Registrar


@dataclass(slots=True)
class Summary:
	"""What a run brought. ``outcomes`` counts posts by the state they took; ``error`` is the sentence for people."""

	pages: int = 0
	new: int = 0
	known: int = 0
	edited: int = 0
	removed: int = 0
	outcomes: Counter = field(default_factory=Counter)
	stopped: str = ""
	error: str = ""


def run_account(account: str) -> dict:
	"""The job: one run with the account's own connector. Returns its :class:`Summary` as a dict."""
	summary = Run(account).run()
	return asdict(replace(summary, outcomes=dict(summary.outcomes)))


class Run:
	"""``connector``, ``clock`` and ``random`` (0 ≤ x < 1) are given by tests."""

	def __init__(
		self,
		account: str,
		*,
		connector: Connector | None = None,
		clock: Clock | None = None,
		random: Callable[[], float] = standard_random.random,
	):
		self.name = account
		self.connector = connector
		self.clock = clock or Clock()
		self.random = random
		self.summary = Summary()
		self.registrar: Registrar | None = None

	def run(self) -> Summary:
		"""Read what is new. Errors of the channel become health; anything else is raised once the lease is back."""
		limit = frappe.get_cached_doc("Grievance Settings").max_run_seconds or 240
		self.token = accounts.take_lease(self.name, self.clock.site_now(), limit)
		if not self.token:
			self.summary.stopped = _("Another run is reading this account.")
			return self.summary
		self.account = frappe.get_doc("Channel Account", self.name)
		self.deadline = self.clock.elapsed() + limit * accounts.SHARE_OF_RUN
		values: dict = {}
		try:
			values = self.read()
		except ConnectorError as error:
			values = self.failed(error)
		except BaseException:
			frappe.db.rollback()
			values = {"next_run_at": accounts.next_run(self.account, self.clock.site_now())}
			raise
		finally:
			accounts.release(self.name, self.token, {"last_run_at": self.clock.site_now(), **values})
		return self.summary

	def read(self) -> dict:
		"""Walk the pages. Returns the account's fields at the end of the run."""
		now = self.clock.site_now()
		budget = accounts.budget_left(self.account, now)
		if budget == 0:
			self.summary.stopped = _("Today's budget is spent.")
			return accounts.budget_spent(self.account, now)
		connector = self.connector or connector_for(self.account, self.clock)
		cursor = json.loads(self.account.cursor_state or "{}")
		pages = connector.fetch(cursor, self.limits(budget))
		for page in pages:
			self.take(page)
			self.summary.stopped = self.reason_to_stop()
			if self.summary.stopped and not page.complete:
				pages.close()
				return self.interrupted()
			if self.summary.stopped:
				break
		values = accounts.after_success(self.account, self.clock)
		return values | {"page_limit": 0}

	def limits(self, budget: float | None) -> Limits:
		most = self.account.max_pages_per_run or 20
		return Limits(
			now=self.clock.now(),
			max_pages=min(most, self.account.page_limit or most),
			look_back=timedelta(hours=self.account.look_back_hours or 0),
			budget=budget,
		)

	def take(self, page: Page) -> None:
		"""Store one page and commit; then process it, which commits batch by batch."""
		now = self.clock.site_now()
		stored = posts.store(self.name, page.items, now)
		accounts.spend(self.account, page.usage.cost, now)
		self.note(page)
		frappe.db.commit()
		self.count(stored)
		if stored.new:
			self.registrar = self.registrar or Registrar()
			self.summary.outcomes += processing.process(
				stored.new, registrar=self.registrar, clock=self.clock
			)
		changes.tell(stored.edited, stored.removed)
		if page.complete:
			# Only now: posts of this page that a crash left unprocessed are stored, and the retry job finds them.
			accounts.write(self.name, {"cursor_state": json.dumps(page.cursor)})
		frappe.db.commit()

	def note(self, page: Page) -> None:
		values = {}
		newest = max((site_time(item.posted_at) for item in page.items if not item.removed), default=None)
		if newest and (not self.account.newest_post_at or newest > self.account.newest_post_at):
			self.account.newest_post_at = values["newest_post_at"] = newest
		if page.gap:
			self.account.gap_note = values["gap_note"] = gap_note(page.gap, self.account.gap_note)
		if values:
			accounts.write(self.name, values)
		if page.notes:
			frappe.logger("grievance_helpdesk").info({"account": self.name, "notes": page.notes})

	def count(self, stored: posts.Stored) -> None:
		self.summary.pages += 1
		self.summary.new += len(stored.new)
		self.summary.known += stored.known
		self.summary.edited += len(stored.edited)
		self.summary.removed += len(stored.removed)

	def reason_to_stop(self) -> str:
		if not accounts.holds_lease(self.name, self.token):
			return _("The account was switched off, or another run took over.")
		if self.clock.elapsed() >= self.deadline:
			return _("The time of this run is over; the next one goes on.")
		return ""

	def interrupted(self) -> dict:
		"""Stopped within a walk: the next run is due at once and asks for no more pages than this one managed."""
		return {"page_limit": max(1, self.summary.pages - 1), "next_run_at": self.clock.site_now()}

	def failed(self, error: ConnectorError) -> dict:
		self.summary.error = str(error)
		frappe.db.rollback()
		values = accounts.after_failure(self.account, error, self.clock, self.random)
		health = values["health"]
		if health in (accounts.NEEDS_REAUTH, accounts.OUT_OF_CREDIT) and health != self.account.health:
			accounts.tell_administrators(self.name, health, values["health_reason"])
		return values


def gap_note(gap: Gap, before: str | None) -> str:
	start = site_time(gap.start) if gap.start else _("an unknown time")
	note = _("Posts between {0} and {1} may be missing: {2}").format(start, site_time(gap.end), gap.reason)
	lines = [line for line in (before or "").splitlines() if line != note]
	return "\n".join([note, *lines][:10])
