from frappe.model.document import Document


class GrievanceCategory(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF
		from grievance_helpdesk.jurisdiction.doctype.category_department.category_department import CategoryDepartment
		from grievance_helpdesk.jurisdiction.doctype.category_phrase.category_phrase import CategoryPhrase

		basis: DF.Literal["Law", "Order", "Default"]
		category_code: DF.Data
		category_name: DF.Data
		category_name_hi: DF.Data | None
		citation: DF.SmallText | None
		confidential: DF.Check
		department: DF.Link | None
		departments: DF.Table[CategoryDepartment]
		disabled: DF.Check
		emergency: DF.Check
		evidence_required: DF.Check
		grievance_type: DF.Literal["Grievance", "Suggestion", "Non-grievance"]
		phrases: DF.Table[CategoryPhrase]
		priority: DF.Literal["Low", "Medium", "High", "Urgent"]
		resolution_limit: DF.Float
		resolution_unit: DF.Literal["", "Hours", "Working Hours", "Days", "Working Days"]
		response_limit: DF.Float
		response_unit: DF.Literal["", "Hours", "Working Hours", "Days", "Working Days"]
	# end: auto-generated types
