import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from grievance_helpdesk.jurisdiction import officer_users


class NodalOfficer(Document):
	"""An office that answers grievances: its official ID, the person who holds it and where it is posted."""

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
		user_email: DF.Data | None
	# end: auto-generated types

	def before_insert(self) -> None:
		officer_users.find_or_make(self)

	def validate(self) -> None:
		self.validate_postings()
		self.validate_absence()
		self.validate_no_circle("reports_to")
		self.validate_no_circle("acting_officer")

	def validate_postings(self) -> None:
		for row in self.postings:
			self.validate_posting_is_whole(row)
			if row.to_date and getdate(row.to_date) < getdate(row.from_date):
				frappe.throw(
					_("Row {0}: the posting ends before it begins; correct one of the dates.").format(row.idx)
				)
		self.validate_no_post_twice()

	def validate_posting_is_whole(self, row) -> None:
		"""A form asks for both by itself; a list that is imported may leave one out."""
		for fieldname in ("jurisdiction", "from_date"):
			if not row.get(fieldname):
				frappe.throw(
					_("Row {0} of the postings of {1}: fill in {2}.").format(
						row.idx,
						frappe.bold(frappe.utils.escape_html(self.officer_name or self.official_id or "")),
						frappe.bold(_(row.meta.get_label(fieldname))),
					)
				)

	def validate_no_post_twice(self) -> None:
		"""One post is held once at a time, or nobody knows which row counts."""
		held: dict[tuple, list] = {}
		for row in self.postings:
			for other in held.setdefault((row.jurisdiction, row.department or None), []):
				if _overlap(row, other):
					frappe.throw(
						_(
							"Rows {0} and {1} hold the same post at the same time: end one before the other begins,"
							" or remove one."
						).format(other.idx, row.idx)
					)
			held[(row.jurisdiction, row.department or None)].append(row)

	def validate_absence(self) -> None:
		if self.away_to and not self.away_from:
			frappe.throw(_("Say from which day {0} is away.").format(frappe.bold(self.officer_name)))
		if self.away_from and self.away_to and getdate(self.away_to) < getdate(self.away_from):
			frappe.throw(_("The absence ends before it begins; correct one of the dates."))
		if self.away_to and getdate(self.away_to) < getdate() and self.has_value_changed("away_to"):
			frappe.throw(
				_(
					"An absence that ended on {0} changes nothing any more: leave both dates empty if {1} is back."
				).format(format_date(self.away_to), frappe.bold(self.officer_name))
			)

	def validate_no_circle(self, fieldname: str) -> None:
		seen, officer = {self.name}, self.get(fieldname)
		while officer:
			if officer in seen:
				frappe.throw(
					_("{0} leads back to {1}: choose another officer.").format(
						_(self.meta.get_label(fieldname)), frappe.bold(self.officer_name)
					)
				)
			seen.add(officer)
			officer = frappe.db.get_value("Nodal Officer", officer, fieldname)


def _overlap(row, other) -> bool:
	return _begins_in_time(row, other) and _begins_in_time(other, row)


def _begins_in_time(row, other) -> bool:
	return not other.to_date or getdate(row.from_date) <= getdate(other.to_date)
