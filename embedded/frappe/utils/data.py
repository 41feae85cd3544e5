"""Conversions, dates and text, with Frappe's names and results."""

from __future__ import annotations

import html
import json
import re
import secrets
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import parser as date_parser
from dateutil.relativedelta import relativedelta

from ..state import _dict, local

DATE_FORMAT = "%Y-%m-%d"
TIME_FORMAT = "%H:%M:%S.%f"
DATETIME_FORMAT = f"{DATE_FORMAT} {TIME_FORMAT}"
_TAGS = re.compile(r"<[^>]*>")
_stopped_clock: list[datetime] = []


def cstr(s, encoding: str = "utf-8") -> str:
	if isinstance(s, bytes):
		return s.decode(encoding)
	return "" if s is None else str(s)


def cint(s, default: int = 0) -> int:
	try:
		return int(float(s))
	except (TypeError, ValueError):
		return default


def flt(s, precision: int | None = None) -> float:
	if isinstance(s, str):
		s = s.replace(",", "")
	try:
		number = float(s)
	except (TypeError, ValueError):
		return 0.0
	return number if precision is None else rounded(number, precision)


def rounded(num: float, precision: int = 0) -> float:
	"""Banker's rounding, Frappe's default."""
	return round(num, precision)


def cast(fieldtype: str, value: Any = None):
	"""``value`` with the Python type of a field type."""
	if fieldtype in ("Currency", "Float", "Percent"):
		return flt(value)
	if fieldtype in ("Int", "Check"):
		return cint(value)
	if fieldtype in (
		"Data",
		"Text",
		"Small Text",
		"Long Text",
		"Text Editor",
		"Select",
		"Link",
		"Dynamic Link",
	):
		return cstr(value)
	if fieldtype == "Date":
		return getdate(value) if value else None
	if fieldtype == "Datetime":
		return get_datetime(value) if value else None
	if fieldtype == "Time":
		return to_timedelta(value) if value else None
	return value


# Time


def get_system_timezone() -> str:
	return local.conf.get("time_zone") or "Asia/Kolkata"


get_time_zone = get_system_timezone


def now_datetime() -> datetime:
	"""The site's local time, without a zone."""
	return (
		_stopped_clock[-1]
		if _stopped_clock
		else datetime.now(ZoneInfo(get_system_timezone())).replace(tzinfo=None)
	)


@contextmanager
def stop_clock(moment):
	"""The site's clock stands at ``moment`` for the length of the block, on every thread."""
	_stopped_clock.append(get_datetime(moment))
	try:
		yield
	finally:
		_stopped_clock.pop()


def now() -> str:
	return now_datetime().strftime(DATETIME_FORMAT)


def nowdate() -> str:
	return now_datetime().strftime(DATE_FORMAT)


today = nowdate


def nowtime() -> str:
	return now_datetime().strftime(TIME_FORMAT)


def getdate(string_date=None) -> date | None:
	"""A date from a date, datetime or text; today without an argument."""
	if string_date is None or string_date == "":
		return now_datetime().date() if string_date is None else None
	if isinstance(string_date, datetime):
		return string_date.date()
	if isinstance(string_date, date):
		return string_date
	if str(string_date).startswith("0001-01-01"):
		return None
	try:
		return date_parser.parse(string_date).date()
	except (ValueError, OverflowError, TypeError):
		from ..exceptions import InvalidDates
		from ..messages import _, bold, throw

		throw(_("{0} is not a valid date string.").format(bold(string_date)), InvalidDates, _("Invalid Date"))


def get_datetime(datetime_str=None) -> datetime | None:
	if datetime_str is None:
		return now_datetime()
	if isinstance(datetime_str, (datetime, timedelta)):
		return datetime_str
	if isinstance(datetime_str, (list, tuple)):
		return datetime(*datetime_str)
	if isinstance(datetime_str, date):
		return datetime.combine(datetime_str, time())
	if not datetime_str or str(datetime_str).startswith("0001-01-01"):
		return None
	try:
		return datetime.fromisoformat(datetime_str)
	except ValueError:
		return date_parser.parse(datetime_str)


def get_time(time_str) -> time:
	if isinstance(time_str, datetime):
		return time_str.time()
	if isinstance(time_str, time):
		return time_str
	if isinstance(time_str, timedelta):
		return (datetime.min + time_str).time()
	return date_parser.parse(time_str).time()


def to_timedelta(time_str) -> timedelta:
	if isinstance(time_str, timedelta):
		return time_str
	moment = get_time(time_str)
	return timedelta(
		hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond
	)


get_timedelta = to_timedelta


def add_to_date(
	date=None,
	years: int = 0,
	months: int = 0,
	weeks: int = 0,
	days: int = 0,
	hours: int = 0,
	minutes: int = 0,
	seconds: int = 0,
	as_string: bool = False,
	as_datetime: bool = False,
):
	"""``date`` (today or now if None) moved on; text stays text, a date stays a date unless hours move it."""
	timed = bool(hours or minutes or seconds)
	as_string = as_string or isinstance(date, str)
	if date is None:
		date = now_datetime()
	elif isinstance(date, str):
		as_datetime = as_datetime or " " in date
		date = get_datetime(date)
	moved = date + relativedelta(
		years=years, months=months, weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
	)
	if as_string:
		return moved.strftime(DATETIME_FORMAT if as_datetime or timed else DATE_FORMAT)
	return get_datetime(moved) if timed or as_datetime else moved


def add_days(date, days: int):
	return add_to_date(date, days=days)


def add_months(date, months: int):
	return add_to_date(date, months=months)


def date_diff(string_ed_date, string_st_date) -> int:
	return (getdate(string_ed_date) - getdate(string_st_date)).days


def time_diff(string_ed_date, string_st_date) -> timedelta:
	return get_datetime(string_ed_date) - get_datetime(string_st_date)


def time_diff_in_seconds(string_ed_date, string_st_date) -> float:
	return time_diff(string_ed_date, string_st_date).total_seconds()


def get_first_day(dt, d_years: int = 0, d_months: int = 0, as_str: bool = False):
	first = getdate(dt).replace(day=1) + relativedelta(years=d_years, months=d_months)
	return first.strftime(DATE_FORMAT) if as_str else first


def get_last_day(dt) -> date:
	return get_first_day(dt, 0, 1) - timedelta(days=1)


def convert_utc_to_timezone(utc_timestamp: datetime, time_zone: str) -> datetime:
	if utc_timestamp.tzinfo is None:
		utc_timestamp = utc_timestamp.replace(tzinfo=timezone.utc)
	return utc_timestamp.astimezone(ZoneInfo(time_zone))


def convert_utc_to_system_timezone(utc_timestamp: datetime) -> datetime:
	return convert_utc_to_timezone(utc_timestamp, get_system_timezone())


def get_datetime_str(datetime_obj) -> str:
	return get_datetime(datetime_obj).strftime(DATETIME_FORMAT)


def format_datetime(datetime_string) -> str:
	return get_datetime(datetime_string).strftime("%d-%m-%Y %H:%M:%S") if datetime_string else ""


def format_date(string_date=None, format_string: str | None = None) -> str:
	formats = {None: "%d-%m-%Y", "MMMM yyyy": "%B %Y"}
	if format_string not in formats:
		raise NotImplementedError(f"format_date: {format_string}")
	return getdate(string_date).strftime(formats[format_string]) if string_date else ""


formatdate = format_date


# Text


def escape_html(text: str) -> str:
	return html.escape(text, quote=True) if isinstance(text, str) else text


def unescape_html(text: str) -> str:
	return html.unescape(text) if isinstance(text, str) else text


def strip_html(text: str) -> str:
	return _TAGS.sub("", text)


def strip(val: str, chars: str | None = None) -> str:
	return (val or "").strip(chars)


def random_string(length: int) -> str:
	return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _index in range(length))


def get_url(uri: str | None = None, full_address: bool = False) -> str:
	base = (local.conf.get("host_name") or f"http://{local.site}").rstrip("/")
	return f"{base}/{uri.lstrip('/')}" if uri else base


def get_url_to_form(doctype: str, name: str) -> str:
	return get_url(f"/app/{doctype.lower().replace(' ', '-')}/{name}")


def get_link_to_form(doctype: str, name: str, label: str | None = None) -> str:
	return f'<a href="{get_url_to_form(doctype, name)}">{label or name}</a>'


def parse_json(val):
	if isinstance(val, str):
		val = json.loads(val)
	return _dict(val) if isinstance(val, dict) else val


def json_default(obj):
	"""What JSON cannot say: times as text, documents as dicts without their empty fields."""
	if isinstance(obj, (datetime, date, time, timedelta)):
		return str(obj)
	if hasattr(obj, "as_dict"):
		return obj.as_dict(no_nulls=True)
	if isinstance(obj, (set, frozenset, tuple)) or hasattr(obj, "__iter__"):
		return list(obj)
	raise TypeError(f"Object of type {type(obj)} is not JSON serializable")
