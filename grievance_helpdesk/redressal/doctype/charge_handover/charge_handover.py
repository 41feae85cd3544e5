from frappe.model.document import Document


class ChargeHandover(Document):
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

	pass
