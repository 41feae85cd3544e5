"""``frappe.cache``: a small in-process stand-in for Redis, shared by the threads of one site."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager


class Cache:
	def __init__(self):
		self._values: dict[str, tuple[object, float | None]] = {}
		self._hashes: dict[str, dict] = {}
		self._locks: dict[str, threading.Lock] = {}
		self._guard = threading.RLock()

	def __call__(self) -> Cache:
		"""``frappe.cache()`` is the older spelling of ``frappe.cache``."""
		return self

	def make_key(self, key: str, user: str | None = None) -> str:
		return f"{user}:{key}" if user else key

	def set_value(self, key, val, user=None, expires_in_sec: float | None = None) -> None:
		until = time.monotonic() + expires_in_sec if expires_in_sec else None
		with self._guard:
			self._values[self.make_key(key, user)] = (val, until)

	def get_value(
		self,
		key,
		generator=None,
		user=None,
		expires: bool = False,
	):
		with self._guard:
			value, until = self._values.get(self.make_key(key, user), (None, None))
			if until is not None and time.monotonic() >= until:
				value = None
			if value is None and generator:
				value = generator()
				self.set_value(key, value, user)
			return value

	def get(self, name):
		return self.get_value(name)

	def set(self, name, value, ex: float | None = None, nx: bool = False) -> bool | None:
		with self._guard:
			if nx and self.get_value(name) is not None:
				return None
			self.set_value(name, value, expires_in_sec=ex)
			return True

	def setex(self, name, seconds, value) -> None:
		self.set_value(name, value, expires_in_sec=seconds)

	def incrby(self, name, amount: int = 1) -> int:
		with self._guard:
			value, until = self._values.get(name, (0, None))
			if until is not None and time.monotonic() >= until:
				value, until = 0, None
			self._values[name] = (int(value) + amount, until)
			return int(value) + amount

	def exists(self, *names) -> int:
		return sum(self.get_value(name) is not None for name in names)

	def delete_value(self, keys, user=None) -> None:
		with self._guard:
			for key in keys if isinstance(keys, (list, tuple)) else (keys,):
				self._values.pop(self.make_key(key, user), None)
				self._hashes.pop(self.make_key(key, user), None)

	def hset(self, name, key, value) -> None:
		with self._guard:
			self._hashes.setdefault(name, {})[key] = value

	def hget(self, name, key, generator=None):
		with self._guard:
			value = self._hashes.get(name, {}).get(key)
			if value is None and generator:
				value = generator()
				self.hset(name, key, value)
			return value

	def hdel(self, name, keys) -> None:
		with self._guard:
			for key in keys if isinstance(keys, (list, tuple)) else (keys,):
				self._hashes.get(name, {}).pop(key, None)

	@contextmanager
	def lock(self, name: str, timeout: float | None = None, blocking_timeout: float | None = None):
		"""Only one holder of ``name`` in this process."""
		with self._guard:
			lock = self._locks.setdefault(name, threading.Lock())
		if not lock.acquire(timeout=-1 if blocking_timeout is None else blocking_timeout):
			raise TimeoutError(f"The lock {name} is held elsewhere")
		try:
			yield
		finally:
			lock.release()
