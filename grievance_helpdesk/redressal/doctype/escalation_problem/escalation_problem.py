from frappe.model.document import Document


class EscalationProblem(Document):
	"""Something about a case that could not be done by itself; somebody has to look."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		detail: DF.SmallText | None
		grievance: DF.Link
		level: DF.Int
		occurred_at: DF.Datetime | None
		problem_type: DF.Literal["Nobody Assigned", "No Authority", "Step Failed", "Left Behind"]
		resolved: DF.Check
	# end: auto-generated types

	pass
