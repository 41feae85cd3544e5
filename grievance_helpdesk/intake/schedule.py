"""The jobs of intake (hooks.py)."""

from __future__ import annotations

from datetime import datetime, timedelta

import frappe

from grievance_helpdesk.intake import accounts, processing, signatures
from grievance_helpdesk.intake.times import Clock

QUEUE = "long"
POSTS_IN_ONE_RUN = 500


def enqueue_due_accounts(clock: Clock | None = None) -> list[str]:
	"""Each minute: one job for each account that is due, so that a busy one never keeps another waiting.

	A job that still waits or runs is not enqueued again, and the lease stops any that slips through.
	"""
	names = accounts.due((clock or Clock()).site_now())
	for name in names:
		enqueue(name)
	return names


def enqueue(account: str) -> None:
	limit = frappe.get_cached_doc("Grievance Settings").max_run_seconds or 240
	frappe.enqueue(
		"grievance_helpdesk.intake.importer.run_account",
		queue=QUEUE,
		timeout=int(limit * accounts.LEASE_FACTOR),
		job_id=f"import_account::{account}",
		deduplicate=True,
		account=account,
	)


def retry_posts(clock: Clock | None = None) -> None:
	"""Posts that failed, or that a run left behind when it died, once their time has come."""
	clock = clock or Clock()
	names = frappe.get_all(
		"Citizen Post",
		filters={"state": "New", "next_attempt_at": ["<=", clock.site_now()]},
		order_by="next_attempt_at",
		limit=POSTS_IN_ONE_RUN,
		pluck="name",
	)
	if names:
		processing.process(names, clock=clock)


def forget_old_signatures() -> int:
	"""Daily: near-duplicates are looked for among the posts of the last ``signature_days`` days only."""
	days = frappe.get_cached_doc("Grievance Settings").signature_days or 90
	return signatures.forget_before(_start_of_window(days))


def _start_of_window(days: int) -> datetime:
	return Clock().site_now() - timedelta(days=days)
