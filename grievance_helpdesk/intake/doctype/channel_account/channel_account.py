from urllib.parse import urlsplit

import frappe
from frappe import _
from frappe.model.document import Document

from grievance_helpdesk.intake import accounts, connecting, schedule
from grievance_helpdesk.intake.connectors.base import ConnectorError
from grievance_helpdesk.intake.connectors.graph_client import LAST_DAYS
from grievance_helpdesk.intake.times import Clock


class ChannelAccount(Document):
	"""One account, page or mailbox that citizens write to, with its secrets, its health and where reading stopped."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		access_token: DF.Password | None
		access_token_secret: DF.Password | None
		account_name: DF.Data
		api_key: DF.Password | None
		api_secret: DF.Password | None
		api_version: DF.Data | None
		app_secret: DF.Password | None
		auth_failures: DF.Int
		base_url: DF.Data | None
		bearer_token: DF.Password | None
		channel: DF.Literal["X", "Facebook", "Email"]
		consecutive_failures: DF.Int
		cursor_state: DF.Code | None
		daily_budget: DF.Float
		email_account: DF.Link | None
		enabled: DF.Check
		external_account_id: DF.Data | None
		gap_note: DF.SmallText | None
		handle: DF.Data | None
		health: DF.Literal["OK", "Degraded", "Needs Re-auth", "Out of Credit", "Paused"]
		health_reason: DF.SmallText | None
		hold_until: DF.Datetime | None
		last_run_at: DF.Datetime | None
		last_success_at: DF.Datetime | None
		lease_token: DF.Data | None
		lease_until: DF.Datetime | None
		look_back_hours: DF.Int
		max_pages_per_run: DF.Int
		newest_post_at: DF.Datetime | None
		next_run_at: DF.Datetime | None
		page_access_token: DF.Password | None
		page_limit: DF.Int
		poll_interval: DF.Int
		spent_on: DF.Date | None
		spent_today: DF.Float
		terms_accepted: DF.Check
	# end: auto-generated types

	def validate(self) -> None:
		self.handle = (self.handle or "").strip().lstrip("@")
		self.external_account_id = (self.external_account_id or "").strip()
		self.validate_numbers()
		self.validate_base_url()
		{"X": self.validate_x, "Facebook": self.validate_facebook, "Email": self.validate_email}[
			self.channel
		]()
		self.forget_old_trouble()

	def validate_numbers(self) -> None:
		for fieldname in ("poll_interval", "max_pages_per_run"):
			if (self.get(fieldname) or 0) < 1:
				frappe.throw(_("{0} must be at least 1.").format(_(self.meta.get_label(fieldname))))
		for fieldname in ("look_back_hours", "daily_budget"):
			if (self.get(fieldname) or 0) < 0:
				frappe.throw(_("{0} cannot be negative.").format(_(self.meta.get_label(fieldname))))

	def validate_base_url(self) -> None:
		"""https only: secrets travel there. Plain http serves tests and development on this machine."""
		if not self.base_url:
			return
		self.base_url = self.base_url.strip().rstrip("/")
		parts = urlsplit(self.base_url)
		local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
		if local and (frappe.conf.developer_mode or frappe.flags.in_test):
			return
		if parts.scheme != "https" or not parts.hostname:
			frappe.throw(_("{0} must begin with https://").format(_(self.meta.get_label("base_url"))))

	def validate_x(self) -> None:
		self.need("handle")
		keys = [fieldname for fieldname in connecting.X_KEYS if self.has_secret(fieldname)]
		if keys and len(keys) < len(connecting.X_KEYS):
			self.need(*connecting.X_KEYS)
		if not keys:
			self.need("bearer_token")
		if self.external_account_id and not self.external_account_id.isdigit():
			frappe.throw(
				_("{0} is the number of the account on X, not its handle.").format(
					_(self.meta.get_label("external_account_id"))
				)
			)
		if self.enabled and not self.terms_accepted:
			frappe.throw(
				_(
					"Tick {0} before you switch the account on: X asks governments for an agreement of their own."
				).format(frappe.bold(_(self.meta.get_label("terms_accepted"))))
			)

	def validate_facebook(self) -> None:
		self.need("external_account_id", "page_access_token")
		if not self.api_version:
			return
		ends = LAST_DAYS.get(self.api_version)
		if not ends:
			frappe.throw(
				_("{0}: {1} is not a version that this app knows; use {2}.").format(
					_(self.meta.get_label("api_version")),
					frappe.bold(frappe.utils.escape_html(self.api_version)),
					", ".join(LAST_DAYS),
				)
			)
		if ends < frappe.utils.getdate():
			frappe.throw(
				_("Facebook ended version {0} on {1}; choose a newer one.").format(self.api_version, ends)
			)

	def validate_email(self) -> None:
		self.need("email_account")

	def need(self, *fieldnames: str) -> None:
		"""Refuse to save without these fields; the message names each that is missing."""
		missing = [
			_(self.meta.get_label(fieldname))
			for fieldname in fieldnames
			if not (self.get(fieldname) or self.has_secret(fieldname))
		]
		if missing:
			frappe.throw(
				_("{0} needs: {1}").format(_(self.channel), frappe.bold(", ".join(missing))),
				frappe.MandatoryError,
			)

	def has_secret(self, fieldname: str) -> bool:
		if self.meta.get_field(fieldname).fieldtype != "Password":
			return False
		return bool(self.get(fieldname) or (not self.is_new() and connecting.secret(self, fieldname)))

	def forget_old_trouble(self) -> None:
		"""A person changed the account: whatever stopped it is tried again at the next tick."""
		if self.is_new() or not any(map(self.has_value_changed, SETTINGS)):
			return
		self.update(FRESH)

	@frappe.whitelist(methods=["POST"])
	def test_connection(self) -> dict:
		"""Ask the channel whose credentials these are. Returns ``{"ok", "message"}``; fills in the account's number."""
		self.check_permission("write")
		try:
			info = connecting.connector_for(self).verify_credentials()
		except ConnectorError as error:
			return {"ok": False, "message": f"{error} {error.advice}".strip()}
		values = {**FRESH}
		if info.external_id and not self.external_account_id and self.channel != "Email":
			values["external_account_id"] = info.external_id
		self.db_set(values)
		seen = " ".join(
			part for part in (info.name, info.handle and f"@{info.handle}", info.external_id) if part
		)
		sentences = [_("Connected as {0}.").format(seen or self.name), *info.warnings]
		if info.expires_at:
			sentences.append(_("The credentials end on {0}.").format(info.expires_at.date()))
		return {"ok": True, "message": " ".join(sentences)}

	@frappe.whitelist(methods=["POST"])
	def import_now(self) -> dict:
		"""Read at once instead of at the next tick. Returns ``{"message"}``."""
		self.check_permission("write")
		if not self.enabled:
			frappe.throw(
				_("Switch the account on first: tick {0}.").format(_(self.meta.get_label("enabled")))
			)
		now = Clock().site_now()
		if self.hold_until and frappe.utils.get_datetime(self.hold_until) > now:
			frappe.throw(
				_("Reading is on hold until {0}: {1}").format(self.hold_until, self.health_reason or "")
			)
		if self.health == accounts.NEEDS_REAUTH:
			frappe.throw(_("The credentials were refused. Renew them, then press Test connection."))
		schedule.enqueue(self.name)
		return {"message": _("Reading has been queued; new posts appear in a moment.")}


# A change of one of these is a reason to try again what failed before.
SETTINGS = (
	"enabled",
	"terms_accepted",
	"handle",
	"external_account_id",
	"email_account",
	"base_url",
	"api_version",
	"daily_budget",
	"bearer_token",
	"page_access_token",
	"app_secret",
	*connecting.X_KEYS,
)
FRESH = {
	"health": accounts.OK,
	"health_reason": None,
	"consecutive_failures": 0,
	"auth_failures": 0,
	"hold_until": None,
	"next_run_at": None,
}
