"""MariaDB functions that SQLite lacks, and how Python's values are stored and read back."""

from __future__ import annotations

import re
import sqlite3
from datetime import date, datetime, time, timedelta
from decimal import Decimal


def store_datetime(value: datetime) -> str:
	if value.tzinfo is not None:
		raise ValueError(f"{value!r} carries a time zone; the database keeps naive times only")
	return value.strftime("%Y-%m-%d %H:%M:%S.%f")


def read_datetime(text: str | bytes) -> datetime | str:
	text = text.decode() if isinstance(text, bytes) else text
	return datetime.fromisoformat(text.strip())


def read_date(text: str | bytes) -> date:
	text = text.decode() if isinstance(text, bytes) else text
	return date.fromisoformat(text[:10])


def store_timedelta(value: timedelta) -> str:
	seconds, micro = divmod(round(value.total_seconds() * 1_000_000), 1_000_000)
	return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{micro:06d}"


def read_timedelta(raw: bytes) -> timedelta:
	hours, minutes, seconds = raw.decode().split(":")
	return timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))


def register_types() -> None:
	"""Column types drive what a row holds: date, datetime, timedelta and float, as MariaDB's driver gives them."""
	sqlite3.register_adapter(datetime, store_datetime)
	sqlite3.register_adapter(date, date.isoformat)
	sqlite3.register_adapter(time, lambda value: value.strftime("%H:%M:%S.%f"))
	sqlite3.register_adapter(timedelta, store_timedelta)
	sqlite3.register_adapter(Decimal, float)
	sqlite3.register_adapter(bool, int)
	sqlite3.register_converter("datetime", read_datetime)
	sqlite3.register_converter("date", read_date)
	sqlite3.register_converter("time", read_timedelta)
	sqlite3.register_converter("decimal", float)


def _nothing_from_null(function):
	return lambda *values: None if any(value is None for value in values) else function(*values)


_FORMATS = {"%i": "%M", "%s": "%S", "%M": "%B", "%W": "%A", "%h": "%I"}


def _date_format(value: str, pattern: str) -> str:
	pattern = re.sub("%.", lambda found: _FORMATS.get(found.group(), found.group()), pattern)
	return datetime.fromisoformat(value).strftime(pattern)


def _day(value: str) -> date:
	return date.fromisoformat(str(value)[:10])


FUNCTIONS = {
	"concat": (-1, _nothing_from_null(lambda *values: "".join(map(str, values)))),
	"concat_ws": (-1, lambda glue, *values: glue.join(str(v) for v in values if v is not None)),
	"greatest": (-1, _nothing_from_null(max)),
	"least": (-1, _nothing_from_null(min)),
	"locate": (2, _nothing_from_null(lambda part, text: str(text).lower().find(str(part).lower()) + 1)),
	"date_format": (2, _nothing_from_null(_date_format)),
	"datediff": (2, _nothing_from_null(lambda later, earlier: (_day(later) - _day(earlier)).days)),
	"year": (1, _nothing_from_null(lambda value: _day(value).year)),
	"month": (1, _nothing_from_null(lambda value: _day(value).month)),
	"regexp": (
		2,
		_nothing_from_null(lambda pattern, text: bool(re.search(pattern, str(text), re.IGNORECASE))),
	),
}


def add_functions(connection: sqlite3.Connection) -> None:
	for name, (arguments, function) in FUNCTIONS.items():
		connection.create_function(name, arguments, function, deterministic=True)


register_types()
