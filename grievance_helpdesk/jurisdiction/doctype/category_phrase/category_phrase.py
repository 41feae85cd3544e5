from frappe.model.document import Document


class CategoryPhrase(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		district: DF.Link | None
		exclude: DF.Check
		language: DF.Literal["", "en", "hi", "hi-Latn"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		phrase: DF.Data
		valid_from: DF.Date | None
		valid_to: DF.Date | None
		weight: DF.Float
	# end: auto-generated types
