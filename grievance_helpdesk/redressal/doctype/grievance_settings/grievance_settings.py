from frappe.model.document import Document


class GrievanceSettings(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		audit_share: DF.Percent
		category_threshold: DF.Percent
		kind_threshold: DF.Percent
		max_attempts: DF.Int
		max_run_seconds: DF.Int
		place_threshold: DF.Percent
		priority_high_at: DF.Int
		priority_urgent_at: DF.Int
		signature_days: DF.Int
		state: DF.Link | None
		support_days: DF.Int
		target_accuracy: DF.Percent
	# end: auto-generated types
