from frappe.model.document import Document


class NongrievanceGround(Document):
	"""A lawful reason why a post is no grievance, with the reply that tells the citizen where to turn."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		citation: DF.SmallText | None
		disabled: DF.Check
		ground_code: DF.Data
		ground_title: DF.Data
		ground_title_hi: DF.Data | None
		reply_text: DF.Text
		reply_text_hi: DF.Text
	# end: auto-generated types
