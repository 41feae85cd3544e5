"""The user of an officer who comes with a list: found by the e-mail address, made when there is none.

A new user gets the role that the postings speak for: Department Officer where each names a department, else District
Nodal Officer. Sight of the whole state is given by a person in the User, never by a list. Who is there already keeps
the roles as they are. No mail is sent; the person sets a password with "Forgot Password".
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import escape_html, validate_email_address

# Who may import officers may not make users by that alone.
MAKERS = ("Grievance Administrator", "System Manager")
DEPARTMENT, DISTRICT = "Department Officer", "District Nodal Officer"


def find_or_make(officer) -> None:
	"""Fill in ``officer.user`` from ``officer.user_email`` where no user is named."""
	address = (officer.user_email or "").strip().lower()
	officer.user_email = None
	if officer.user:
		return
	if not address:
		frappe.throw(
			_("Name the person of {0}: the e-mail address in “{1}”, or an existing user in “{2}”.").format(
				frappe.bold(escape_html(officer.officer_name or officer.official_id or "")),
				_(officer.meta.get_label("user_email")),
				_(officer.meta.get_label("user")),
			),
			frappe.MandatoryError,
		)
	if not validate_email_address(address):
		frappe.throw(_("{0} is not an e-mail address: correct it.").format(frappe.bold(escape_html(address))))
	user = frappe.db.get_value("User", {"email": address}) or _make(officer, address)
	_check_enabled(user)
	_check_free(user)
	officer.user = user


def _make(officer, address: str) -> str:
	if not set(MAKERS) & set(frappe.get_roles()):
		frappe.throw(
			_(
				"There is no user {0}: ask a Grievance Administrator to import this row, or to make the user."
			).format(frappe.bold(escape_html(address))),
			frappe.PermissionError,
		)
	if not officer.postings:
		frappe.throw(
			_(
				"There is no user {0}, and without a posting nobody knows which role to give: add a posting."
			).format(frappe.bold(escape_html(address)))
		)
	# During an import Frappe fills in no defaults of a document that is made of a dict: the user would be disabled.
	user = frappe.new_doc("User")
	user.update({"email": address, "first_name": officer.officer_name, "send_welcome_email": 0})
	user.append("roles", {"role": role_of(officer.postings)})
	user.flags.no_welcome_mail = True
	return user.insert(ignore_permissions=True).name


def role_of(postings) -> str:
	return DEPARTMENT if all(row.department for row in postings) else DISTRICT


def _check_enabled(user: str) -> None:
	if frappe.db.get_value("User", user, "enabled") == 0:
		frappe.throw(
			_("The user {0} is disabled: enable it first, or name another one.").format(frappe.bold(user))
		)


def _check_free(user: str) -> None:
	other = frappe.db.get_value("Nodal Officer", {"user": user}, "official_id")
	if other:
		frappe.throw(
			_("{0} is the user of {1} already: add the posting there, or name another address.").format(
				frappe.bold(user), frappe.bold(other)
			)
		)
