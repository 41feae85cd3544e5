"""The scheduler: which of the apps' ``scheduler_events`` are due at a given time, put on the job queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..hooks import get_hooks
from ..state import db
from .background_jobs import Job, enqueue
from .data import get_datetime, get_datetime_str, now_datetime

EVENTS = {
	"all": "*/4 * * * *",
	"hourly": "0 * * * *",
	"daily": "0 0 * * *",
	"weekly": "0 0 * * 0",
	"monthly": "0 0 1 * *",
	"yearly": "0 0 1 1 *",
}
LAST_RUN = "__scheduler"
RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
LONGEST_LOOK_BACK = timedelta(days=32)


def scheduled_methods() -> list[tuple[str, str, str]]:
	"""(cron expression, dotted path, queue) of every scheduled function of the apps."""
	found = []
	for event, methods in get_hooks("scheduler_events", {}).items():
		if event == "cron":
			found += [(cron, path, "default") for cron, paths in methods.items() for path in paths]
			continue
		name, _underscore, suffix = event.partition("_")
		queue = "long" if suffix in ("long", "maintenance") else "default"
		found += [(EVENTS[name], path, queue) for path in methods]
	return found


def enqueue_due(now: datetime | None = None) -> list[Job]:
	"""Queue every function that is due at ``now``; one that still waits or runs is not queued twice."""
	now = now or now_datetime()
	jobs = []
	for cron, path, queue in scheduled_methods():
		last = get_datetime(db.get_default(path, LAST_RUN) or now - timedelta(minutes=1))
		if not is_due(cron, last, now):
			continue
		db.set_default(path, get_datetime_str(now), LAST_RUN)
		job = enqueue(path, queue, job_id=f"scheduled_job::{path}", deduplicate=True)
		jobs += [job] if job else []
	db.commit()
	return jobs


def is_scheduler_inactive(verbose: bool = True) -> bool:
	"""The server of the embedded site asks :func:`enqueue_due` each minute; nothing switches it off."""
	return False


def is_due(cron: str, last: datetime, now: datetime) -> bool:
	"""Whether a minute after ``last``, up to ``now``, fits the expression."""
	fields = [_numbers(part, *limits) for part, limits in zip(cron.split(), RANGES, strict=True)]
	moment = now.replace(second=0, microsecond=0)
	earliest = max(last, now - LONGEST_LOOK_BACK)
	while moment > earliest:
		if _fits(moment, fields, cron.split()):
			return True
		moment -= timedelta(minutes=1)
	return False


def _fits(moment: datetime, fields: list[set[int]], parts: list[str]) -> bool:
	minutes, hours, days, months, weekdays = fields
	if moment.minute not in minutes or moment.hour not in hours or moment.month not in months:
		return False
	day, weekday = moment.day in days, bool({moment.isoweekday(), moment.isoweekday() % 7} & weekdays)
	both = parts[2] != "*" and parts[4] != "*"
	return day or weekday if both else day and weekday


def _numbers(part: str, low: int, high: int) -> set[int]:
	numbers: set[int] = set()
	for piece in part.split(","):
		span, _slash, step = piece.partition("/")
		first, _dash, last = span.partition("-")
		begin = low if span == "*" else int(first)
		end = high if span == "*" or (step and not last) else int(last or first)
		numbers |= set(range(begin, end + 1, int(step or 1)))
	return numbers
