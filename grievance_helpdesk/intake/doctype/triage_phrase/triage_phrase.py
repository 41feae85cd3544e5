from frappe.model.document import Document


class TriagePhrase(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		disabled: DF.Check
		language: DF.Literal["", "en", "hi", "hi-Latn"]
		outcome: DF.Data
		phrase: DF.Data
		purpose: DF.Literal["Kind", "Urgency"]
		weight: DF.Float
	# end: auto-generated types
