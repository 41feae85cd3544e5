from frappe.model.document import Document


class OfficerPosting(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		charge: DF.Literal["Regular", "Additional"]
		department: DF.Link | None
		from_date: DF.Date
		jurisdiction: DF.Link
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		to_date: DF.Date | None
	# end: auto-generated types
