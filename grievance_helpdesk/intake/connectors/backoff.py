"""How long to wait: after failures (full jitter), and after a rate limit whose end the server names badly or not."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
WINDOW = timedelta(minutes=15)
LONGEST_HOLD = timedelta(minutes=16)
SHORTEST_HOLD = timedelta(minutes=1)


def after_failures(failures: int, chance: random.Random | None = None) -> timedelta:
	"""Wait after that many failures in a row: at least half a minute, doubling, never over an hour, jittered so
	that many accounts do not come back in the same second."""
	ceiling = min(FIRST_WAIT * 2 ** min(max(failures - 1, 0), 16), LONGEST_WAIT)
	share = (chance or random).random()
	return FIRST_WAIT / 2 + (ceiling - FIRST_WAIT / 2) * share


def server_time(headers: Mapping[str, str]) -> datetime | None:
	"""The answer's ``Date`` header as aware UTC, None when missing or unreadable."""
	try:
		moment = parsedate_to_datetime(headers.get("date", ""))
	except (TypeError, ValueError, IndexError):
		return None
	return moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment.astimezone(timezone.utc)


def end_of_hold(headers: Mapping[str, str], now: datetime, name: str = "x-rate-limit-reset") -> datetime:
	"""Until when no call may be made. The wait is the reset minus the *server's* clock, so that a wrong clock here does no
	harm; a missing or unreadable reset holds for one window, and no hold is shorter than a minute or longer than 16."""
	try:
		reset = datetime.fromtimestamp(int(headers.get(name, "")), timezone.utc)
	except (TypeError, ValueError, OverflowError, OSError):
		return now + WINDOW
	wait = reset - (server_time(headers) or now)
	return now + min(max(wait, SHORTEST_HOLD), LONGEST_HOLD)
