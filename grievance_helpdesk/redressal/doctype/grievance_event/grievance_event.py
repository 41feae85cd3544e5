from frappe.model.document import Document


class GrievanceEvent(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		actor: DF.Link | None
		at: DF.Datetime
		changes: DF.Code | None
		entry_hash: DF.Data | None
		event_type: DF.Data
		grievance: DF.Link
		is_public: DF.Check
		note: DF.Text | None
		officer: DF.Link | None
		previous_hash: DF.Data | None
		sequence: DF.Int
	# end: auto-generated types

	pass
