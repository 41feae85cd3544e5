import frappe
from frappe import _
from frappe.model.document import Document


class GrievanceDepartment(Document):
	"""A department or body that answers grievances. Departments do merge: the code and its history stay."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		department_code: DF.Data
		department_name: DF.Data
		department_name_hi: DF.Data | None
		merged_into: DF.Link | None
		parent_department: DF.Link | None
		service_calendar: DF.Link | None
		valid_from: DF.Date | None
		valid_to: DF.Date | None
	# end: auto-generated types

	def validate(self) -> None:
		if self.valid_from and self.valid_to and str(self.valid_to) < str(self.valid_from):
			frappe.throw(
				_("{0} lies before {1}: correct one of the dates.").format(_("Valid To"), _("Valid From"))
			)
		for fieldname in ("parent_department", "merged_into"):
			self.validate_no_circle(fieldname)

	def validate_no_circle(self, fieldname: str) -> None:
		seen, code = {self.name}, self.get(fieldname)
		while code:
			if code in seen:
				frappe.throw(
					_("{0} leads back to {1}: choose another department.").format(
						_(self.meta.get_label(fieldname)), frappe.bold(self.department_name)
					)
				)
			seen.add(code)
			code = frappe.db.get_value("Grievance Department", code, fieldname)
