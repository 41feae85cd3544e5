import frappe
from frappe import _
from frappe.model.document import Document


class GrievanceEvent(Document):
	"""One step in the history of a grievance. ``redressal/history/__init__.py`` writes it; nobody changes or deletes it."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		actor: DF.Data | None
		at: DF.Datetime
		changes: DF.Code | None
		entry_hash: DF.Data | None
		event_type: DF.Data
		grievance: DF.Link
		is_public: DF.Check
		note: DF.LongText | None
		officer: DF.Data | None
		sequence: DF.Int
	# end: auto-generated types

	def db_insert(self, *args, **kwargs) -> None:
		refuse()

	def db_update(self) -> None:
		refuse()

	def db_set(self, *args, **kwargs) -> None:
		refuse()

	def validate(self) -> None:
		refuse()

	def on_trash(self) -> None:
		refuse()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		refuse()


def refuse() -> None:
	frappe.throw(
		_(
			"The history of a grievance writes itself and cannot be changed by anybody. To set something right, "
			"change the grievance: that becomes an event of its own."
		),
		frappe.PermissionError,
		title=_("History Cannot Be Changed"),
	)


def on_doctype_update() -> None:
	"""One event for each number of a grievance; timelines and checks read along this index."""
	frappe.db.add_unique("Grievance Event", ["grievance", "sequence"])
