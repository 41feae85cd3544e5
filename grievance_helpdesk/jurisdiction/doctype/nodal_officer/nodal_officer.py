from frappe.model.document import Document


class NodalOfficer(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF
		from grievance_helpdesk.jurisdiction.doctype.officer_posting.officer_posting import OfficerPosting

		acting_officer: DF.Link | None
		away_from: DF.Date | None
		away_to: DF.Date | None
		designation: DF.Data
		designation_hi: DF.Data | None
		disabled: DF.Check
		officer_name: DF.Data
		official_id: DF.Data
		postings: DF.Table[OfficerPosting]
		reports_to: DF.Link | None
		user: DF.Link
	# end: auto-generated types
