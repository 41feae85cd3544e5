import frappe
from frappe.model.document import Document

from grievance_helpdesk.intake import learning


class TriageModel(Document):
	"""One trained version of the category model; one is active, the earlier ones are kept."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		accuracy: DF.Float
		calibration: DF.Code | None
		examples: DF.Int
		macro_f1: DF.Float
		previous_macro_f1: DF.Float
		report: DF.SmallText | None
		status: DF.Literal["Active", "Kept", "Rejected"]
		trained_on: DF.Datetime | None
		weights: DF.Attach | None
	# end: auto-generated types

	@frappe.whitelist(methods=["POST"])
	def bring_back(self) -> None:
		"""Use this version from now on; the present one is kept."""
		self.check_permission("write")
		learning.activate(self.name)
