"""Several writes that stand or fall together, inside the transaction of a request or a job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe


@contextmanager
def all_or_nothing(name: str) -> Iterator[None]:
	"""Undo everything written in the block when it fails, and let the error go on. ``name`` names the savepoint."""
	frappe.db.savepoint(name)
	try:
		yield
	except frappe.QueryDeadlockError:
		# The database has undone the whole transaction; there is no savepoint any more.
		raise
	except Exception:
		frappe.db.rollback(save_point=name)
		raise
	frappe.db.release_savepoint(name)
