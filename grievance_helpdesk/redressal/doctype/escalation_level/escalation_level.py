from frappe.model.document import Document


class EscalationLevel(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		after: DF.Float
		after_unit: DF.Literal["", "Hours", "Working Hours", "Days", "Working Days"]
		counts_from: DF.Literal["Missed Acknowledgement", "Missed Resolution"]
		escalate_to: DF.Literal[
			"Superior", "District Nodal Officer", "Head of Department", "State Nodal Officer", "Named Officer"
		]
		files_appeal: DF.Check
		level: DF.Int
		officer: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types

	pass
