from frappe.model.document import Document


class GrievanceHandler(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		department: DF.Link | None
		grievance: DF.Link
		reason: DF.Data | None
		scope_path: DF.Data | None
		user: DF.Link
	# end: auto-generated types

	pass
