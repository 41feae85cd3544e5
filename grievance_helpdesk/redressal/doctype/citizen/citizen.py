from frappe.model.document import Document


class Citizen(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF
		from grievance_helpdesk.redressal.doctype.citizen_identity.citizen_identity import CitizenIdentity

		citizen_name: DF.Data
		consent: DF.Check
		email: DF.Data | None
		first_seen_on: DF.Literal["X", "Facebook", "Email", "Counter"]
		identities: DF.Table[CitizenIdentity]
		language: DF.Literal["", "en", "hi", "hi-Latn", "mixed"]
		masked_contact: DF.Data | None
		phone: DF.Data | None
	# end: auto-generated types
