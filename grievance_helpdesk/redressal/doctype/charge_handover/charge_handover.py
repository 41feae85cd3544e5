import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from grievance_helpdesk.redressal.escalation import handover


class ChargeHandover(Document):
	"""One officer's whole charge goes to another: cases, appeals to decide and postings, in one act."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		case_count: DF.Int
		done_at: DF.Datetime | None
		effective_on: DF.Date
		error: DF.SmallText | None
		from_officer: DF.Link
		move_postings: DF.Check
		reason: DF.SmallText
		status: DF.Literal["Waiting", "Done", "Failed"]
		to_officer: DF.Link
	# end: auto-generated types

	def before_insert(self) -> None:
		self.status = handover.WAITING
		self.case_count, self.done_at, self.error = 0, None, None

	def validate(self) -> None:
		if self.is_new():
			handover.check(self)

	def after_insert(self) -> None:
		if getdate(self.effective_on) <= handover.today():
			handover.start(self)

	@frappe.whitelist(methods=["POST"])
	def try_again(self) -> str:
		"""Carry out a handover that failed or whose job was lost. Returns its status."""
		self.check_permission("write")
		if self.status == handover.DONE:
			frappe.throw(_("This charge was handed over already; make a new Charge Handover to hand it on."))
		if getdate(self.effective_on) > handover.today():
			frappe.throw(_("This handover is carried out by itself on its day."))
		handover.start(self)
		return self.status
