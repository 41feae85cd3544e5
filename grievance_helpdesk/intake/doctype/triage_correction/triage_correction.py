from frappe.model.document import Document


class TriageCorrection(Document):
	"""What triage guessed and what a person made of it: an example that the next model learns from."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		citizen_post: DF.Link | None
		confidence: DF.Percent
		corrected: DF.Data | None
		corrected_by: DF.Link | None
		field_name: DF.Data
		grievance: DF.Link | None
		predicted: DF.Data | None
		text: DF.LongText | None
	# end: auto-generated types
