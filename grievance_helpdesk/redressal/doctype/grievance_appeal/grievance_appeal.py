import frappe
from frappe import _
from frappe.model.document import Document

from grievance_helpdesk.redressal.escalation import appeals


class GrievanceAppeal(Document):
	"""What the next authority is asked to decide about a case, and its order."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		appeal_level: DF.Int
		authority: DF.Link | None
		disposed_at: DF.Datetime | None
		disposed_by: DF.Link | None
		due_by: DF.Datetime | None
		filed_at: DF.Datetime | None
		filed_by: DF.Literal["Automatic", "Citizen"]
		grievance: DF.Link
		order_text: DF.Text | None
		reason: DF.Text | None
		status: DF.Literal["Pending", "Allowed", "Dismissed"]
	# end: auto-generated types

	def on_trash(self) -> None:
		if self.status != appeals.PENDING and not self.flags.case_goes:
			frappe.throw(_("{0} was decided; a decided appeal is kept.").format(frappe.bold(self.name)))


def on_doctype_update() -> None:
	"""What the reports count: appeals filed in a period, and those that nobody decided in time."""
	frappe.db.add_index("Grievance Appeal", ["filed_at", "filed_by", "status", "grievance"])
	frappe.db.add_index("Grievance Appeal", ["status", "due_by", "grievance"])
