from frappe.model.document import Document


class GrievanceReplyTemplate(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		category: DF.Link | None
		department: DF.Link | None
		disabled: DF.Check
		purpose: DF.Literal[
			"Acknowledge", "Ask Citizen", "Interim Reply", "Action Taken", "Closure", "General"
		]
		template_title: DF.Data
		text_en: DF.Text
		text_hi: DF.Text
	# end: auto-generated types

	pass
