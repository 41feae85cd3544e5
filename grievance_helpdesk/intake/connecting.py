"""Makes the connector of a Channel Account from its settings and secrets."""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe.utils import get_system_timezone

from grievance_helpdesk.intake import mail
from grievance_helpdesk.intake.connectors.base import Connector
from grievance_helpdesk.intake.connectors.email import EmailConnector
from grievance_helpdesk.intake.connectors.facebook import FacebookConnector
from grievance_helpdesk.intake.connectors.x import XConnector
from grievance_helpdesk.intake.connectors.x_posts import Author
from grievance_helpdesk.intake.times import Clock

X_KEYS = ("api_key", "api_secret", "access_token", "access_token_secret")


def connector_for(account, clock: Clock | None = None) -> Connector:
	"""``account`` is a Channel Account document. Nothing is sent yet."""
	clock = clock or Clock()
	return {"X": _x, "Facebook": _facebook, "Email": _email}[account.channel](account, clock)


def secret(account, fieldname: str) -> str:
	return account.get_password(fieldname, raise_exception=False) or ""


def _x(account, clock: Clock) -> XConnector:
	keys = tuple(secret(account, fieldname) for fieldname in X_KEYS)
	return XConnector(
		user_id=account.external_account_id or "",
		handle=account.handle or "",
		bearer_token=secret(account, "bearer_token"),
		keys=keys if all(keys) else None,
		authors=known_authors,
		look_up_authors=True,
		clock=clock.now,
		**_base_url(account),
	)


def _facebook(account, clock: Clock) -> FacebookConnector:
	version = {"version": account.api_version} if account.api_version else {}
	return FacebookConnector(
		page_id=account.external_account_id or "",
		token=secret(account, "page_access_token"),
		app_secret=secret(account, "app_secret"),
		clock=clock.now,
		**version,
		**_base_url(account),
	)


def _email(account, clock: Clock) -> EmailConnector:
	return EmailConnector(
		mail.received_by(account.email_account),
		address=frappe.db.get_value("Email Account", account.email_account, "email_id") or "",
		time_zone=get_system_timezone(),
		own_addresses=mail.own_addresses(),
	)


def _base_url(account) -> dict[str, str]:
	return {"base_url": account.base_url} if account.base_url else {}


def known_authors(ids: Collection[str]) -> dict[str, Author]:
	"""Authors on X whose names an earlier post told; X charges for each look-up."""
	rows = frappe.get_all(
		"Citizen Identity",
		filters={"channel": "X", "external_id": ["in", sorted(ids)]},
		fields=["external_id", "handle", "parent"],
		limit=0,
	)
	return {row.external_id: Author(row.external_id, row.handle or "") for row in rows}
