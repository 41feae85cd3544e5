"""What a changed phrase would have done to the posts of the last days: a background job with an answer to ask for.

Each stored post is read by the present rules and by the changed ones; what the site would do beyond triage (threads,
supports) stays as it was. Nothing is written but the answer, which waits in the cache for the person who asked. The job
sees the posts that this person may see. When it breaks, the Error Log says why and the person is notified.
"""

from collections.abc import Iterator
from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime
from frappe.utils.background_jobs import is_job_enqueued
from pypika import Order

from grievance_helpdesk.intake import knowledge, rule_changes, trial
from grievance_helpdesk.intake.posts import is_automatic
from grievance_helpdesk.intake.triage.comparing import Comparison
from grievance_helpdesk.intake.triage.engine import PostText
from grievance_helpdesk.intake.what_changed import Tally, Verdict
from grievance_helpdesk.jurisdiction import scope

# Who sees the posts of all districts and may change phrases.
ROLES = ("Grievance Administrator", "State Nodal Officer", "Grievance Cell")
DAYS, MOST_DAYS = 30, 366
MOST_POSTS = 5000
STEP = 100
KEPT_SECONDS = 3600
TIME_LIMIT = 1200
LONGEST_QUOTE = 200
READ = ("New", "Grievance", "Thread", "Support", "For Review", "Not a Grievance", "Ignored", "Parked")
QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"


@frappe.whitelist(methods=["POST"])
def start(change: str | dict, days: int = DAYS) -> dict:
	"""Ask what ``change`` would have done. Returns the state, as :func:`state` does; one question a person at a time."""
	frappe.only_for(ROLES)
	if not 1 <= days <= MOST_DAYS:
		frappe.throw(_("Choose between 1 and {0} days.").format(MOST_DAYS))
	change = frappe.parse_json(change)
	# Says what is wrong with the change at once instead of in the background.
	rule_changes.checked(change)
	job_id = f"what_if::{frappe.session.user}"
	if is_job_enqueued(job_id):
		frappe.throw(_("Your last question is still being answered: wait for it."))
	_keep({"state": QUEUED, "done": 0, "total": 0})
	frappe.enqueue(
		"grievance_helpdesk.intake.what_if.run",
		queue="long",
		timeout=TIME_LIMIT,
		job_id=job_id,
		deduplicate=True,
		change=change,
		days=days,
	)
	return state()


@frappe.whitelist(methods=["GET"])
def state() -> dict:
	"""How far the present person's question is: ``state``, ``done`` of ``total``, seconds of silence, the ``result``."""
	frappe.only_for(ROLES)
	kept = frappe.cache.get_value(_key(), expires=True)
	if not kept:
		return {"state": None}
	silence = (now_datetime() - get_datetime(kept["at"])).total_seconds()
	return {**kept, "silent_for": round(max(0.0, silence))}


def run(change: dict, days: int) -> dict:
	"""The job: acts with the sight of the person who asked."""
	try:
		result = compare(change, days)
	except Exception:
		frappe.db.rollback()
		_keep({"state": FAILED, "done": 0, "total": 0})
		_notify_of_failure()
		frappe.db.commit()
		raise
	_keep({"state": DONE, "done": result["posts"], "total": result["posts"], "result": result})
	return result


def compare(change: dict, days: int) -> dict:
	"""Both readings of each post, added up."""
	engine = knowledge.load().engine
	comparison = Comparison(engine, rule_changes.engine_with(engine, change))
	rows = _posts(days)
	cut = len(rows) > MOST_POSTS
	rows = rows[:MOST_POSTS]
	tally = Tally()
	for number, row in enumerate(rows, 1):
		if number % STEP == 1:
			_tell(number - 1, len(rows))
		if is_automatic(row.problems):
			continue
		both = comparison.read(_as_read(row))
		if both:
			tally.add(row.name, *(_verdict(result) for result in both))
	_tell(len(rows), len(rows))
	tally.judge(_decided(tally.names()))
	return {
		"posts": len(rows),
		"cut": cut,
		"oldest": str(rows[-1].posted_at) if rows else None,
		"days": days,
		**tally.as_dict(),
		"examples": list(_examples(tally)),
		"titles": trial.titles_of("Grievance Category", tally.categories()),
	}


def _verdict(result) -> Verdict:
	return Verdict(
		trial.outcome_of(result), result.category.value, result.department.value, bool(result.urgent.value)
	)


def _posts(days: int) -> list:
	"""The latest posts, newest first; one more than are read tells that there were more."""
	post = frappe.qb.DocType("Citizen Post")
	query = (
		frappe.qb.from_(post)
		.select(
			post.name, post.text, post.subject, post.channel, post.author_key, post.posted_at, post.problems
		)
		.where(post.state.isin(READ) & (post.posted_at >= now_datetime() - timedelta(days=days)))
		.where((post.is_own == 0) & (post.is_repost == 0))
		.orderby(post.posted_at, order=Order.desc)
		.limit(MOST_POSTS + 1)
	)
	if (rule := scope.criterion_for("Citizen Post")) is not None:
		query = query.where(rule)
	return query.run(as_dict=True)


def _as_read(row) -> PostText:
	return PostText(
		row.text or "",
		channel=row.channel,
		author=row.author_key or "",
		posted_at=row.posted_at,
		subject=row.subject or "",
		post_id=row.name,
	)


def _decided(names: list[str]) -> dict[str, str]:
	"""The category, or "Not a Grievance", that officers chose for these posts; the latest word counts."""
	rows = frappe.get_all(
		"Triage Correction",
		filters={"citizen_post": ["in", names], "field_name": ["in", ("category", "kind")]},
		fields=["citizen_post", "corrected"],
		order_by="creation, name",
		limit=0,
	)
	return {row.citizen_post: row.corrected for row in rows if row.corrected}


def _examples(tally: Tally) -> Iterator[dict]:
	chosen = tally.examples()
	words = dict(
		frappe.get_all(
			"Citizen Post",
			filters={"name": ["in", [change.name for change in chosen]]},
			fields=["name", "public_text"],
			as_list=True,
			limit=0,
		)
	)
	for change in chosen:
		# The public text: without phone numbers and addresses, as it may stand in a list.
		yield {**change.as_dict(), "text": " ".join((words.get(change.name) or "").split())[:LONGEST_QUOTE]}


def _tell(done: int, total: int) -> None:
	_keep({"state": RUNNING, "done": done, "total": total})
	frappe.publish_realtime("what_if_progress", {"done": done, "total": total}, user=frappe.session.user)


def _key() -> str:
	return f"grievance_helpdesk_what_if::{frappe.session.user}"


def _keep(values: dict) -> None:
	frappe.cache.set_value(_key(), {**values, "at": str(now_datetime())}, expires_in_sec=KEPT_SECONDS)


def _notify_of_failure() -> None:
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"for_user": frappe.session.user,
			"type": "Alert",
			"subject": _(
				"Reading the posts again with the changed phrase broke off: the Error Log says why."
			),
		}
	).insert(ignore_permissions=True)
