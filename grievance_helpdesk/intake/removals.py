"""Looks recent posts up again each day and blanks those that their channel no longer shows.

X asks for this within a day of a post's removal, and a citizen who takes words back may expect it everywhere. Each
look-up costs money or calls, so it covers the latest posts of the last days; older ones are blanked when the
channel itself tells.
"""

from __future__ import annotations

from datetime import timedelta

import frappe

from grievance_helpdesk.intake import accounts, changes, posts
from grievance_helpdesk.intake.connecting import connector_for
from grievance_helpdesk.intake.connectors.base import Connector, ConnectorError
from grievance_helpdesk.intake.connectors.x import POST as PRICE_OF_POST
from grievance_helpdesk.intake.times import Clock

CHANNELS = ("X", "Facebook")
DAYS = 7
POSTS_OF_ACCOUNT = 300
POSTS_IN_ONE_CALL = 100


def enqueue() -> None:
	"""The daily job: one job for each account in good health."""
	for account in frappe.get_all(
		"Channel Account",
		filters={"enabled": 1, "channel": ["in", CHANNELS], "health": ["in", ("OK", "Degraded")]},
		pluck="name",
		limit=0,
	):
		frappe.enqueue(
			"grievance_helpdesk.intake.removals.check_account",
			queue="long",
			job_id=f"check_removals::{account}",
			deduplicate=True,
			account=account,
		)


def check_account(account: str, connector: Connector | None = None, clock: Clock | None = None) -> list[str]:
	"""Blank the account's posts that are gone; their officers are told. Returns the names of the Citizen Posts."""
	clock = clock or Clock()
	document = frappe.get_doc("Channel Account", account)
	connector = connector or connector_for(document, clock)
	stored = _stored(document, clock)
	gone: list[str] = []
	try:
		for start in range(0, len(stored), POSTS_IN_ONE_CALL):
			gone += _check(document, connector, dict(stored[start : start + POSTS_IN_ONE_CALL]), clock)
	except ConnectorError as error:
		frappe.log_error(
			title=f"Removed posts of {account} could not be looked up", message=f"{error} {error.advice}"
		)
	return gone


def _stored(account, clock: Clock) -> list[tuple[str, str]]:
	"""(id on the channel, name) of the latest posts, as many as today's budget allows."""
	left = accounts.budget_left(account, clock.site_now())
	most = POSTS_OF_ACCOUNT if left is None else min(POSTS_OF_ACCOUNT, int(left / PRICE_OF_POST))
	if not most:
		return []
	return frappe.get_all(
		"Citizen Post",
		filters={
			"channel_account": account.name,
			"posted_at": [">=", clock.site_now() - timedelta(days=DAYS)],
			"state": ["!=", "Removed"],
		},
		fields=["external_id", "name"],
		order_by="posted_at desc",
		limit=most,
		as_list=True,
	)


def _check(account, connector: Connector, names: dict[str, str], clock: Clock) -> list[str]:
	"""One call's worth of posts, ``{id on the channel: name}``; commits."""
	now = clock.site_now()
	found = connector.rehydrate(list(names))
	gone = [
		names[external_id] for external_id, item in found.items() if item.removed and external_id in names
	]
	for name in gone:
		posts.blank(name, now)
	changes.tell([], gone)
	if account.channel == "X":
		accounts.spend(account, PRICE_OF_POST * len(names), now)
	frappe.db.commit()
	return gone
