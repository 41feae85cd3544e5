from frappe.model.document import Document


class Citizen(Document):
	"""A person who wrote to us, with the identities on each channel that are known to be the same person."""

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

	def validate(self) -> None:
		self.masked_contact = masked(self.phone, self.email)


def masked(phone: str | None, email: str | None) -> str:
	"""Enough to recognise a contact, too little to use it: ``******0005``, ``s…@example.org``."""
	parts = []
	if phone:
		parts.append("*" * max(0, len(phone) - 4) + phone[-4:])
	if email and "@" in email:
		name, _at, host = email.partition("@")
		parts.append(f"{name[:1]}…@{host}")
	return ", ".join(parts)
