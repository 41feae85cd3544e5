from frappe.model.document import Document


class GrievanceDepartment(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		department_code: DF.Data
		department_name: DF.Data
		department_name_hi: DF.Data | None
		merged_into: DF.Link | None
		parent_department: DF.Link | None
		valid_from: DF.Date | None
		valid_to: DF.Date | None
	# end: auto-generated types
