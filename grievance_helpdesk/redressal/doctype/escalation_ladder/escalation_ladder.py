from frappe.model.document import Document


class EscalationLadder(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from grievance_helpdesk.redressal.doctype.escalation_level.escalation_level import EscalationLevel

		category: DF.Link | None
		department: DF.Link | None
		disabled: DF.Check
		ladder_name: DF.Data
		levels: DF.Table[EscalationLevel]
	# end: auto-generated types

	pass
