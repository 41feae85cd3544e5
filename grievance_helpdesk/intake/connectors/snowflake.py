"""X's ids carry their time: the upper bits are milliseconds since 2010-11-04T01:42:54.657Z."""

from __future__ import annotations

from datetime import datetime, timedelta

from .base import EPOCH

FIRST_MILLISECOND = 1_288_834_974_657
TIME_SHIFT = 22
ONE_MILLISECOND = timedelta(milliseconds=1)


def time_of(post_id: str) -> datetime:
	"""When the id was made (aware UTC). Ids from before November 2010 are not snowflakes and give that month."""
	return EPOCH + ((int(post_id) >> TIME_SHIFT) + FIRST_MILLISECOND) * ONE_MILLISECOND


def id_at(moment: datetime) -> str:
	"""The smallest id of that millisecond; "0" for moments before the first snowflake."""
	milliseconds = (moment - EPOCH) // ONE_MILLISECOND - FIRST_MILLISECOND
	return str(max(milliseconds, 0) << TIME_SHIFT)


def moved_back(post_id: str, by: timedelta) -> str:
	"""An id that lies ``by`` earlier: posts that arrive late, with a smaller id, are still found after it."""
	return str(max((int(post_id) >> TIME_SHIFT) - by // ONE_MILLISECOND, 0) << TIME_SHIFT)
