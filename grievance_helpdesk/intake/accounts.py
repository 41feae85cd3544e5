"""Channel Accounts at work: which are due, who may run them, and what a run says about their health."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import frappe
from frappe import _

from grievance_helpdesk.intake.connectors import base
from grievance_helpdesk.intake.times import Clock, site_time

OK, DEGRADED, NEEDS_REAUTH, OUT_OF_CREDIT, PAUSED = (
	"OK",
	"Degraded",
	"Needs Re-auth",
	"Out of Credit",
	"Paused",
)
REFUSALS_UNTIL_STOP = 2
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
LONGEST_HOLD = timedelta(hours=24)
CREDIT_PAUSE = timedelta(hours=6)
SHARE_OF_RUN = 0.8
# A lease outlives the run's own time limit, so that only a dead worker loses it.
LEASE_FACTOR = 1.5


def due(now: datetime) -> list[str]:
	"""Names of the accounts that may be read at ``now`` (site's time), the longest waiting first.

	X waits for its terms to be accepted; an account whose credentials were refused waits for a person.
	"""
	account = frappe.qb.DocType("Channel Account")
	rows = (
		frappe.qb.from_(account)
		.select(account.name)
		.where(
			(account.enabled == 1)
			& ((account.channel != "X") | (account.terms_accepted == 1))
			& (account.health != NEEDS_REAUTH)
			& (account.next_run_at.isnull() | (account.next_run_at <= now))
			& (account.hold_until.isnull() | (account.hold_until <= now))
			& (account.lease_until.isnull() | (account.lease_until <= now))
		)
		.orderby(account.next_run_at)
		.run()
	)
	return [name for (name,) in rows]


def take_lease(name: str, now: datetime, seconds: int) -> str | None:
	"""The token of a lease on the account, or None when another run holds it. Commits.

	One conditional UPDATE decides, so of two runs that start together exactly one gets it.
	"""
	token = frappe.generate_hash(length=20)
	account = frappe.qb.DocType("Channel Account")
	until = now + timedelta(seconds=seconds * LEASE_FACTOR)
	frappe.qb.update(account).set(account.lease_token, token).set(account.lease_until, until).where(
		(account.name == name)
		& (account.enabled == 1)
		& (account.lease_until.isnull() | (account.lease_until <= now))
	).run()
	frappe.db.commit()
	return token if frappe.db.get_value("Channel Account", name, "lease_token") == token else None


def holds_lease(name: str, token: str) -> bool:
	"""Whether the run may go on: it still holds the lease and nobody switched the account off."""
	row = frappe.db.get_value("Channel Account", name, ["lease_token", "enabled"], as_dict=True)
	return bool(row and row.enabled and row.lease_token == token)


def write(name: str, values: dict) -> None:
	"""Set fields of the account without counting as a person's change (the form stays as the admin saved it)."""
	frappe.db.set_value("Channel Account", name, values, update_modified=False)


def release(name: str, token: str, values: dict) -> None:
	"""Give the lease back with the outcome of the run; an outcome without the lease is not written."""
	if frappe.db.get_value("Channel Account", name, "lease_token") == token:
		write(name, {**values, "lease_token": None, "lease_until": None})
	frappe.db.commit()
	frappe.clear_document_cache("Channel Account", name)


def next_run(account, now: datetime) -> datetime:
	return now + timedelta(minutes=max(1, account.poll_interval or 0))


def after_success(account, clock: Clock) -> dict:
	now = clock.site_now()
	return {
		"health": OK,
		"health_reason": None,
		"consecutive_failures": 0,
		"auth_failures": 0,
		"hold_until": None,
		"last_success_at": now,
		"next_run_at": next_run(account, now),
	}


def after_failure(account, error: base.ConnectorError, clock: Clock, random: Callable[[], float]) -> dict:
	"""Fields of the account after a run that ended with ``error``; health tells people what to do about it."""
	now = clock.site_now()
	until = site_time(error.until) if error.until else None
	reason = f"{error} {error.advice}".strip()
	values = {"health_reason": reason, "next_run_at": next_run(account, now)}
	if isinstance(error, base.RateLimited):
		# The provider told us when to come back: no failure of the account.
		return values | {"health": account.health, "hold_until": _bounded(until, now)}
	values["consecutive_failures"] = (account.consecutive_failures or 0) + 1
	if isinstance(error, base.BudgetExhausted):
		return values | {"health": OUT_OF_CREDIT, "hold_until": _bounded(until or now + CREDIT_PAUSE, now)}
	if isinstance(error, base.AuthFailed | base.PermissionDenied):
		refused = (account.auth_failures or 0) + 1
		health = NEEDS_REAUTH if refused >= REFUSALS_UNTIL_STOP else DEGRADED
		return values | {"health": health, "auth_failures": refused, "hold_until": until}
	pause = back_off(values["consecutive_failures"], random)
	return values | {"health": DEGRADED, "hold_until": _bounded(max(until or now, now + pause), now)}


def back_off(failures: int, random: Callable[[], float]) -> timedelta:
	"""Full jitter: anything up to the doubled pause, so that accounts that failed together do not return together."""
	ceiling = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures, 10))
	return ceiling * random()


def _bounded(until: datetime | None, now: datetime) -> datetime:
	return min(max(until or now, now + FIRST_PAUSE), now + LONGEST_HOLD)


def spend(account, cost: float, now: datetime) -> None:
	"""Add ``cost`` (US dollars) to today's spending; the caller commits."""
	spent = account.spent_today if str(account.spent_on or "") == str(now.date()) else 0
	account.spent_today, account.spent_on = (spent or 0) + cost, now.date()
	write(account.name, {"spent_today": account.spent_today, "spent_on": account.spent_on})


def budget_left(account, now: datetime) -> float | None:
	"""US dollars that the account may still spend today; None without a limit."""
	if account.channel != "X" or not account.daily_budget:
		return None
	spent = account.spent_today if str(account.spent_on or "") == str(now.date()) else 0
	return max(0.0, account.daily_budget - (spent or 0))


def budget_spent(account, now: datetime) -> dict:
	"""Today's budget is used up: no reading until tomorrow."""
	tomorrow = datetime.combine(now.date() + timedelta(days=1), datetime.min.time())
	reason = _(
		"Today's budget of {0} US dollars is spent. Reading goes on tomorrow; raise the budget to go on now."
	)
	return {
		"health": PAUSED,
		"health_reason": reason.format(account.daily_budget),
		"hold_until": tomorrow,
		"next_run_at": tomorrow,
	}


def tell_administrators(account: str, health: str, reason: str) -> None:
	"""An Error Log entry, and a notification for every Grievance Administrator (else every System Manager)."""
	frappe.log_error(
		title=f"{account}: {health}",
		message=reason,
		reference_doctype="Channel Account",
		reference_name=account,
	)
	subject = _("Channel Account {0} needs you: {1}").format(account, _(health))
	for user in _administrators():
		frappe.get_doc(
			{
				"doctype": "Notification Log",
				"for_user": user,
				"type": "Alert",
				"document_type": "Channel Account",
				"document_name": account,
				"subject": frappe.utils.escape_html(subject),
				"email_content": frappe.utils.escape_html(reason),
			}
		).insert(ignore_permissions=True)


def _administrators() -> list[str]:
	for role in ("Grievance Administrator", "System Manager"):
		holders = frappe.get_all(
			"Has Role", filters={"role": role, "parenttype": "User"}, pluck="parent", limit=0
		)
		users = frappe.get_all("User", filters={"name": ["in", holders], "enabled": 1}, pluck="name", limit=0)
		if users:
			return users
	return ["Administrator"]
