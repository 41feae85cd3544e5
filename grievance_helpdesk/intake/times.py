"""Instants as Frappe stores them.

A connector gives aware UTC. Frappe keeps naive times in the *site's* time zone (System Settings), and the Desk and
reports read them so; therefore every instant is converted here, and only here, and cut to the second. In the
hour that a zone with daylight saving repeats, two instants share one wall-clock time; the raw JSON keeps the UTC.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from frappe.utils import get_system_timezone


@dataclass(frozen=True, slots=True)
class Clock:
	"""Time as one run sees it; tests give their own. ``elapsed`` counts seconds and never goes backwards."""

	now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)
	elapsed: Callable[[], float] = time.monotonic

	def site_now(self) -> datetime:
		return site_time(self.now())


def site_time(instant: datetime) -> datetime:
	"""The naive time of an aware instant in the site's zone, to the second."""
	return instant.astimezone(ZoneInfo(get_system_timezone())).replace(tzinfo=None, microsecond=0)


def aware(stored: datetime) -> datetime:
	"""The instant (aware UTC) of a time that the site stored."""
	return stored.replace(tzinfo=ZoneInfo(get_system_timezone())).astimezone(timezone.utc)
