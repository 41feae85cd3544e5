"""The one clock of redressal: the site's time, or the fixed moment that a test or the demo's week has set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import frappe


def now() -> datetime:
	"""Site time without zone, to the second, as Frappe stores every time."""
	return (frappe.flags.redressal_moment or frappe.utils.now_datetime()).replace(microsecond=0)


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
	"""Within the block :func:`now` is ``moment`` (site time without zone)."""
	before = frappe.flags.redressal_moment
	frappe.flags.redressal_moment = moment
	try:
		yield
	finally:
		frappe.flags.redressal_moment = before
