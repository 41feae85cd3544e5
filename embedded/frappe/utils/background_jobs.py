"""Background jobs: a queue in memory, worked off by :meth:`JobQueue.work_off` (a thread of the server, or a test)."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from ..messages import _, throw
from ..state import _dict, db, local


@dataclass
class Job:
	method: str | Callable
	user: str
	kwargs: dict
	job_id: str | None = None
	queue: str = "default"
	status: str = "queued"
	error: str = ""
	result: object = None
	on_success: Callable | None = None
	on_failure: Callable | None = None

	def get_status(self) -> str:
		return self.status

	@property
	def id(self) -> str | None:
		return self.job_id


@dataclass
class JobQueue:
	waiting: deque = field(default_factory=deque)
	by_id: dict[str, Job] = field(default_factory=dict)
	wake: threading.Event = field(default_factory=threading.Event)

	def add(self, job: Job, at_front: bool = False) -> Job:
		if job.job_id:
			self.by_id[job.job_id] = job
		(self.waiting.appendleft if at_front else self.waiting.append)(job)
		self.wake.set()
		return job

	def pending(self, job_id: str) -> bool:
		job = self.by_id.get(job_id)
		return bool(job) and job.status in ("queued", "started")

	def clear(self) -> None:
		self.waiting.clear()
		self.by_id.clear()

	def next(self) -> Job | None:
		try:
			return self.waiting.popleft()
		except IndexError:
			return None


def enqueue(
	method: str | Callable,
	queue: str = "default",
	timeout: int | None = None,
	event=None,
	is_async: bool = True,
	job_name: str | None = None,
	now: bool = False,
	enqueue_after_commit: bool = False,
	*,
	on_success: Callable | None = None,
	on_failure: Callable | None = None,
	at_front: bool = False,
	job_id: str | None = None,
	deduplicate: bool = False,
	**kwargs,
):
	"""Queue a function as the current user, or run it at once with ``now`` (or not ``is_async``)."""
	from ..hooks import call

	if deduplicate and not job_id:
		throw(_("`job_id` paramater is required for deduplication."))
	jobs = local.runtime.jobs
	if deduplicate and jobs.pending(job_id):
		return None
	if now or not is_async:
		return call(method, **kwargs)
	job = Job(method, local.session.user, kwargs, job_id, queue, on_success=on_success, on_failure=on_failure)
	if enqueue_after_commit:
		db.after_commit.add(lambda: jobs.add(job, at_front))
		return None
	return jobs.add(job, at_front)


def enqueue_doc(doctype, name=None, method=None, queue="default", timeout=300, now=False, **kwargs):
	return enqueue(run_doc_method, queue, doctype=doctype, name=name, doc_method=method, now=now, **kwargs)


def run_doc_method(doctype, name, doc_method, **kwargs):
	from ..records import get_doc

	getattr(get_doc(doctype, name), doc_method)(**kwargs)


def is_job_enqueued(job_id: str) -> bool:
	return local.runtime.jobs.pending(job_id)


def get_workers(queue=None) -> list:
	"""The one thread of the server that works off the jobs, where it runs, has no name: nobody is listed."""
	return []


def get_queue(qtype: str) -> _dict:
	"""How many jobs wait in a queue (``count``)."""
	return _dict(count=sum(job.queue == qtype for job in local.runtime.jobs.waiting))


def get_job(job_id: str) -> Job | None:
	return local.runtime.jobs.by_id.get(job_id)


def work_off(limit: int | None = None) -> list[Job]:
	"""Run the waiting jobs on this thread, each in its own transaction. Returns them with status and error."""
	done: list[Job] = []
	while limit is None or len(done) < limit:
		job = local.runtime.jobs.next()
		if job is None:
			break
		execute_job(job)
		done.append(job)
	return done


def execute_job(job: Job) -> None:
	from .. import log_error, set_user
	from ..hooks import call

	before = local.session.user
	set_user(job.user)
	job.status = "started"
	try:
		job.result = call(job.method, **job.kwargs)
	except Exception as error:  # noqa: BLE001 (a job may fail in any way; the worker must live on)
		db.rollback()
		job.status, job.error = "failed", f"{type(error).__name__}: {error}"
		log_error(title=f"{job.method}")
		db.commit()
	else:
		db.commit()
		job.status = "finished"
	finally:
		set_user(before)
		if job.job_id and local.runtime.jobs.by_id.get(job.job_id) is job:
			del local.runtime.jobs.by_id[job.job_id]
