import frappe
from frappe import _
from frappe.model.document import Document

from grievance_helpdesk.redressal import plain_text
from grievance_helpdesk.redressal.citizen_side import personal_data, placeholders, replies


class GrievanceReplyTemplate(Document):
	"""A canned reply in English and Hindi; an officer reads and changes it before it is sent."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		category: DF.Link | None
		department: DF.Link | None
		disabled: DF.Check
		purpose: DF.Literal[
			"Acknowledge", "Ask Citizen", "Interim Reply", "Action Taken", "Closure", "General"
		]
		template_title: DF.Data
		text_en: DF.Text
		text_hi: DF.Text
	# end: auto-generated types

	def validate(self) -> None:
		for fieldname in ("text_en", "text_hi"):
			text = plain_text.written(self.get(fieldname))
			self.set(fieldname, text)
			self.validate_text(_(self.meta.get_label(fieldname)), text)

	def validate_text(self, label: str, text: str) -> None:
		unknown = placeholders.unknown(text)
		if unknown:
			frappe.throw(
				_("{0}: {1} is no placeholder. These can be used: {2}.").format(
					label,
					frappe.bold(", ".join(unknown)),
					", ".join(f"{{{name}}}" for name in placeholders.ALLOWED),
				)
			)
		if len(text) > replies.MESSAGE_LENGTH:
			frappe.throw(
				_("{0}: write at most {1} characters; these are {2}.").format(
					label, replies.MESSAGE_LENGTH, len(text)
				)
			)
		for kind, _start, _end in personal_data.find(text):
			frappe.throw(f"{label}: {replies.words_of_find(kind)}")
