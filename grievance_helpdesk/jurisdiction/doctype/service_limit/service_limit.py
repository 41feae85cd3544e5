from frappe.model.document import Document


class ServiceLimit(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		priority: DF.Literal["Low", "Medium", "High", "Urgent"]
		resolution_limit: DF.Float
		resolution_unit: DF.Literal["", "Hours", "Working Hours", "Days", "Working Days"]
		response_limit: DF.Float
		response_unit: DF.Literal["", "Hours", "Working Hours", "Days", "Working Days"]
	# end: auto-generated types

	pass
