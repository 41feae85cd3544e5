import frappe
from frappe import _
from frappe.model.document import Document

from grievance_helpdesk.jurisdiction import service_limits


class GrievanceSettings(Document):
	"""What holds for the whole site: the state, how sure triage must be, and when support raises the priority."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from grievance_helpdesk.jurisdiction.doctype.service_limit.service_limit import ServiceLimit

		appeal_days: DF.Int
		appeal_limit: DF.Float
		appeal_unit: DF.Literal["", "Hours", "Working Hours", "Days", "Working Days"]
		audit_share: DF.Percent
		category_threshold: DF.Percent
		daily_digest: DF.Check
		digest_hour: DF.Int
		digest_outcome: DF.Data | None
		digest_sent_on: DF.Date | None
		first_warning: DF.Percent
		kind_threshold: DF.Percent
		max_attempts: DF.Int
		max_run_seconds: DF.Int
		max_transfers: DF.Int
		place_threshold: DF.Percent
		pack_day: DF.Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
		pack_outcome: DF.Data | None
		pack_sent_on: DF.Date | None
		priority_high_at: DF.Int
		priority_limits: DF.Table[ServiceLimit]
		priority_urgent_at: DF.Int
		reopen_days: DF.Int
		resolution_limit: DF.Float
		resolution_unit: DF.Literal["", "Hours", "Working Hours", "Days", "Working Days"]
		response_limit: DF.Float
		response_unit: DF.Literal["", "Hours", "Working Hours", "Days", "Working Days"]
		second_warning: DF.Percent
		service_calendar: DF.Link | None
		signature_days: DF.Int
		state: DF.Link | None
		support_days: DF.Int
		target_accuracy: DF.Percent
		waiting_days: DF.Int
		weekly_pack: DF.Check
		wrong_door_phrases: DF.SmallText | None
	# end: auto-generated types

	def validate(self) -> None:
		service_limits.check(self, ("response", "resolution", "appeal"))
		self.validate_calendar()
		self.validate_warnings()
		self.validate_mails()
		for fieldname in ("support_days", "signature_days", "max_attempts", "max_run_seconds"):
			if (self.get(fieldname) or 0) < 1:
				frappe.throw(_("{0} must be at least 1.").format(_(self.meta.get_label(fieldname))))
		for fieldname in (
			"kind_threshold",
			"category_threshold",
			"place_threshold",
			"target_accuracy",
			"audit_share",
			"first_warning",
			"second_warning",
		):
			if not 0 <= (self.get(fieldname) or 0) <= 100:
				frappe.throw(
					_("{0} lies between 0 and 100 percent.").format(_(self.meta.get_label(fieldname)))
				)
		if (
			self.priority_high_at
			and self.priority_urgent_at
			and self.priority_urgent_at < self.priority_high_at
		):
			frappe.throw(
				_("{0} must not be smaller than {1}.").format(
					_(self.meta.get_label("priority_urgent_at")), _(self.meta.get_label("priority_high_at"))
				)
			)

	def validate_calendar(self) -> None:
		if not self.service_calendar and frappe.db.get_single_value("Grievance Settings", "service_calendar"):
			frappe.throw(
				_("Choose a Service Calendar: without one, nights and holidays would count as office time.")
			)

	def validate_mails(self) -> None:
		if not 0 <= (self.digest_hour or 0) <= 23:
			frappe.throw(
				_("{0} is an hour of the day, from 0 to 23.").format(_(self.meta.get_label("digest_hour")))
			)

	def validate_warnings(self) -> None:
		if self.first_warning and self.second_warning and self.second_warning <= self.first_warning:
			frappe.throw(
				_("{0} comes later than {1}: enter a larger percentage, or 0 for none.").format(
					_(self.meta.get_label("second_warning")), _(self.meta.get_label("first_warning"))
				)
			)
		for fieldname in ("reopen_days", "appeal_days", "max_transfers", "waiting_days"):
			if (self.get(fieldname) or 0) < 0:
				frappe.throw(
					_("{0} cannot be negative. Enter 0 or more.").format(_(self.meta.get_label(fieldname)))
				)
