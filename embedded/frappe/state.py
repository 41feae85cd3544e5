"""What belongs to the current thread (:data:`local`) and what all threads of one site share (:class:`Runtime`)."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path

from werkzeug.local import Local, LocalProxy


class _dict(dict):
	"""A dict whose keys are attributes too; a missing one is None, as in Frappe."""

	__slots__ = ()

	def __getattr__(self, key):
		if key.startswith("__"):
			raise AttributeError(key)
		return self.get(key)

	def __setattr__(self, key, value):
		self[key] = value

	def __delattr__(self, key):
		self.pop(key, None)

	def update(self, *args, **kwargs):
		super().update(*args, **kwargs)
		return self

	def copy(self):
		return type(self)(self)


local = Local()
db: LocalProxy = local("db")
session: LocalProxy = local("session")
flags: LocalProxy = local("flags")
conf: LocalProxy = local("conf")
form_dict: LocalProxy = local("form_dict")
form = form_dict
request: LocalProxy = local("request")
response: LocalProxy = local("response")
message_log: LocalProxy = local("message_log")
cache: LocalProxy = local("cache")


class Runtime:
	"""One embedded site: its folder, its settings and what its threads share."""

	def __init__(self, name: str, folder: Path):
		from .utils.background_jobs import JobQueue
		from .utils.cache import Cache

		self.name = name
		self.folder = folder
		self.database_path = folder / "site.db"
		self.conf = _dict(json.loads((folder / "site_config.json").read_text(encoding="utf-8")))
		self.conf.setdefault("db_type", "sqlite")
		self.apps: list[str] = []
		self.metas: dict = {}
		self.hooks: dict | None = None
		self.cache = Cache()
		self.jobs = JobQueue()

	@contextmanager
	def session(self, user: str = "Guest"):
		"""Connect this thread to the site as ``user``; what is not committed at the end is rolled back."""
		self.connect(user)
		try:
			yield
		finally:
			self.disconnect()

	def connect(self, user: str = "Guest") -> None:
		from .database.database import Database

		local.runtime = self
		local.site = self.name
		local.conf = self.conf
		local.cache = self.cache
		local.db = Database(self.database_path)
		reset(user)

	def disconnect(self) -> None:
		local.db.rollback()
		local.db.close()
		local.__release_local__()


def reset(user: str) -> None:
	"""Begin a new request, job or test on this thread's connection."""
	local.lang = "en"
	local.flags = _dict(currently_saving=[])
	local.form_dict = _dict()
	local.request = None
	local.request_ip = None
	local.response = _dict()
	local.message_log = []
	local.error_log = []
	local.debug_log = []
	local.session = _dict(user=user, sid=user, data=_dict())
	local.user = user
	clear_local_caches()


def clear_local_caches() -> None:
	local.role_permissions = {}
	local.roles = {}
	local.document_cache = {}
	local.new_doc_templates = {}


def set_user(username: str) -> None:
	"""Become ``username`` on this thread."""
	local.session.user = username
	local.session.sid = username
	local.session.data = _dict()
	local.user = username
	# Who asks changes nothing about a document: Frappe keeps these in Redis.
	documents = local.document_cache
	clear_local_caches()
	local.document_cache = documents
