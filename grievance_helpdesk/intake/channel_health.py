"""How reading the channels goes, on one page: accounts, posts, jobs, and what waits for a person.

One query for each kind of figure, whatever the number of accounts.
"""

from datetime import datetime, timedelta

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import now_datetime

from grievance_helpdesk.intake.schedule import QUEUE
from grievance_helpdesk.jurisdiction import scope

ROLES = ("Grievance Administrator", "State Nodal Officer", "Grievance Cell", "System Manager")
FIELDS = [
	"name",
	"channel",
	"handle",
	"enabled",
	"terms_accepted",
	"health",
	"health_reason",
	"gap_note",
	"consecutive_failures",
	"last_run_at",
	"last_success_at",
	"newest_post_at",
	"hold_until",
	"next_run_at",
	"poll_interval",
	"daily_budget",
	"spent_today",
	"spent_on",
	"cursor_state",
]
WAITING = ("New", "For Review", "Parked")
OURS = "grievance_helpdesk.%"
LATELY = timedelta(days=1)
OPEN = ("Open", "On Hold")


@frappe.whitelist(methods=["GET"])
def overview() -> dict:
	"""``accounts``, ``waiting`` posts, ``cases`` that wait for a person, ``jobs``, and the site's time ``now``."""
	frappe.only_for(ROLES)
	now = now_datetime().replace(microsecond=0)
	waiting = _waiting_posts()
	return {
		"now": str(now),
		"accounts": _accounts(now, waiting),
		"waiting": _by_state(waiting),
		"cases": {"unrouted": _unrouted(), "problems": _problems()},
		"jobs": _jobs(now),
	}


def _accounts(now: datetime, waiting: list[tuple[str, str, int]]) -> list[dict]:
	rows = frappe.get_all("Channel Account", fields=FIELDS, order_by="enabled desc, name", limit=0)
	today = _posts_today(now)
	parked = {account: count for account, state, count in waiting if state == "Parked"}
	for row in rows:
		row.posts_today = today.get(row.name, 0)
		row.parked = parked.get(row.name, 0)
		row.late_minutes = _late_minutes(row, now)
		if str(row.spent_on or "") != str(now.date()):
			row.spent_today = 0
	return rows


def _late_minutes(row, now: datetime) -> int:
	"""How long the next run is overdue; a tick of the scheduler takes a minute, and one may be passed over."""
	if not row.enabled or not row.next_run_at or (row.hold_until and row.hold_until > now):
		return 0
	late = int((now - row.next_run_at).total_seconds() // 60)
	return late if late > 2 else 0


def _posts_today(now: datetime) -> dict[str, int]:
	post = frappe.qb.DocType("Citizen Post")
	midnight = now.replace(hour=0, minute=0, second=0)
	return dict(
		frappe.qb.from_(post)
		.select(post.channel_account, Count(post.name))
		.where(post.channel_account.isnotnull() & (post.posted_at >= midnight))
		.groupby(post.channel_account)
		.run()
	)


def _waiting_posts() -> list[tuple[str, str, int]]:
	"""(account, state, posts) of what is not settled yet; counts alone, which tell nobody whose post it is."""
	post = frappe.qb.DocType("Citizen Post")
	return list(
		frappe.qb.from_(post)
		.select(post.channel_account, post.state, Count(post.name))
		.where(post.state.isin(WAITING))
		.groupby(post.channel_account, post.state)
		.run()
	)


def _by_state(waiting: list[tuple[str, str, int]]) -> dict[str, int]:
	return {state: sum(count for _account, other, count in waiting if other == state) for state in WAITING}


def _unrouted() -> int:
	grievance = frappe.qb.DocType("Grievance")
	query = (
		frappe.qb.from_(grievance)
		.select(Count(grievance.name))
		.where(grievance.status.isin(OPEN) & (grievance.routing_status == "Unrouted"))
	)
	if (rule := scope.criterion_for("Grievance")) is not None:
		query = query.where(rule)
	return query.run()[0][0]


def _problems() -> dict[str, int]:
	problem = frappe.qb.DocType("Escalation Problem")
	query = (
		frappe.qb.from_(problem)
		.select(problem.problem_type, Count(problem.name))
		.where(problem.resolved == 0)
		.groupby(problem.problem_type)
	)
	if (rule := scope.criterion_for("Escalation Problem")) is not None:
		query = query.where(rule)
	return dict(query.run())


def _jobs(now: datetime) -> dict:
	"""The scheduled jobs of this app with their failures since yesterday, and whether anybody does them."""
	from frappe.utils.background_jobs import get_queue, get_workers
	from frappe.utils.scheduler import is_scheduler_inactive

	failures = _failures(now - LATELY)
	rows = frappe.get_all(
		"Scheduled Job Type",
		filters={"method": ["like", OURS]},
		fields=["name", "method", "frequency", "cron_format", "last_execution", "stopped"],
		order_by="method",
		limit=0,
	)
	for row in rows:
		row.failed = failures.get(row.name, 0)
	return {
		"scheduler_off": is_scheduler_inactive(verbose=False),
		"workers": len(get_workers()),
		"queued": get_queue(QUEUE).count,
		"scheduled": rows,
	}


def _failures(since: datetime) -> dict[str, int]:
	log = frappe.qb.DocType("Scheduled Job Log")
	return dict(
		frappe.qb.from_(log)
		.select(log.scheduled_job_type, Count(log.name))
		.where((log.status == "Failed") & (log.creation >= since))
		.groupby(log.scheduled_job_type)
		.run()
	)
