import frappe
from frappe import _
from frappe.model.document import Document

from grievance_helpdesk.jurisdiction import service_limits


class GrievanceCategory(Document):
	"""What a grievance is about: its department by place, its limits with their source, and how citizens word it."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from grievance_helpdesk.jurisdiction.doctype.category_department.category_department import (
			CategoryDepartment,
		)
		from grievance_helpdesk.jurisdiction.doctype.category_phrase.category_phrase import CategoryPhrase
		from grievance_helpdesk.jurisdiction.doctype.service_limit.service_limit import ServiceLimit

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
		priority_limits: DF.Table[ServiceLimit]
		resolution_limit: DF.Float
		resolution_unit: DF.Literal["", "Hours", "Working Hours", "Days", "Working Days"]
		response_limit: DF.Float
		response_unit: DF.Literal["", "Hours", "Working Hours", "Days", "Working Days"]
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_limits()
		self.validate_phrases()
		if self.grievance_type != "Non-grievance" and not self.department and not self.departments:
			frappe.throw(
				_("Name the department that answers for {0}.").format(frappe.bold(self.category_name))
			)

	def validate_limits(self) -> None:
		service_limits.check(self)
		if self.basis in ("Law", "Order") and not self.citation:
			frappe.throw(_("A limit set by law or order needs its citation."))

	def validate_phrases(self) -> None:
		seen = set()
		for row in self.phrases:
			row.phrase = " ".join((row.phrase or "").split())
			key = (row.phrase.casefold(), row.district, row.exclude)
			if key in seen:
				frappe.throw(
					_("Row {0}: the phrase {1} stands twice; delete one.").format(
						row.idx, frappe.bold(frappe.utils.escape_html(row.phrase))
					)
				)
			seen.add(key)
