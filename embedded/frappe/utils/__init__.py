"""``frappe.utils``: everything of :mod:`frappe.utils.data`, checks of contact data, and people's names."""

from __future__ import annotations

import re
import sys
from urllib.parse import urlparse

from .. import exceptions
from ..messages import _, bold
from ..messages import throw as _throw
from ..state import db, local
from .data import *  # noqa: F403 (the package offers what its module offers, as in Frappe)
from .data import cstr

PHONE_NUMBER_PATTERN = re.compile(r"([0-9 +_\-,.*#()]){1,20}$")
EMAIL_PATTERN = re.compile(r"^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$")


def validate_email_address(email_str: str, throw: bool = False) -> str:
	"""The address when it is one, else an empty text (or an error)."""
	email = (email_str or "").strip()
	address = re.sub(r"^.*<(.+)>$", r"\1", email)
	valid = bool(EMAIL_PATTERN.match(address)) and ".." not in address
	if not valid and throw:
		_throw(
			_("{0} is not a valid Email Address").format(bold(escape_html(email_str))),  # noqa: F405
			exceptions.InvalidEmailAddressError,
			title=_("Invalid Email"),
		)
	return address if valid else ""


def validate_phone_number(phone_number, throw: bool = False) -> bool:
	if not phone_number:
		return False
	valid = bool(PHONE_NUMBER_PATTERN.match(str(phone_number).strip()))
	if not valid and throw:
		_throw(_("{0} is not a valid Phone Number").format(phone_number), exceptions.InvalidPhoneNumberError)
	return valid


def validate_phone_number_with_country_code(phone_number: str, fieldname: str) -> None:
	from phonenumbers import NumberParseException, is_valid_number, parse

	if not phone_number:
		return
	try:
		valid = is_valid_number(parse(phone_number))
	except NumberParseException:
		valid = False
	if not valid:
		_throw(
			_("Phone Number {0} set in field {1} is not valid.").format(bold(phone_number), bold(fieldname)),
			exceptions.InvalidPhoneNumberError,
		)


def validate_url(txt: str, throw: bool = False, valid_schemes: str | list[str] | None = None) -> bool:
	url = urlparse(txt)
	schemes = [valid_schemes] if isinstance(valid_schemes, str) else valid_schemes
	valid = bool(url.netloc) and (not schemes or url.scheme in schemes)
	if not valid and throw:
		_throw(_("'{0}' is not a valid URL").format(bold(txt)))
	return valid


def split_emails(txt: str | None) -> list[str]:
	return [part.strip() for part in re.split(r"[,\n]", cstr(txt)) if part.strip()]


def get_fullname(user: str | None = None) -> str:
	user = user or local.session.user
	return db.get_value("User", user, "full_name", cache=True) or user


def get_site_path(*path: str) -> str:
	return str(local.runtime.folder.joinpath(*path))


def get_files_path(*path: str, is_private: bool | int = False) -> str:
	return get_site_path("private" if is_private else "public", "files", *path)


def update_progress_bar(txt: str, i: int, l: int, absolute: bool = False) -> None:  # noqa: E741 (Frappe's names)
	"""A progress bar where a person watches, silence elsewhere."""
	if sys.stdout.isatty() and l:
		done = int((i + 1) * 40 / l)
		sys.stdout.write(
			f"\r{txt}: [{'=' * done}{' ' * (40 - done)}] {i + 1}/{l}" + ("\n" if i + 1 >= l else "")
		)
		sys.stdout.flush()
