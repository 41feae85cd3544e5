import frappe
from frappe.model.document import Document

from grievance_helpdesk.jurisdiction.scope import handlers


class GrievanceHandler(Document):
	"""One user's part in one grievance; written by ``handlers.add``, never by hand."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		department: DF.Link | None
		grievance: DF.Link
		reason: DF.Data | None
		scope_path: DF.Data | None
		user: DF.Link
	# end: auto-generated types

	def autoname(self) -> None:
		self.name = handlers.row_name(self.grievance, self.user)


def on_doctype_update() -> None:
	"""Scope asks for an officer's handled cases outside the officer's own area: answered from this index alone."""
	frappe.db.add_index("Grievance Handler", ["user", "scope_path", "department"])
