import frappe
from frappe import _
from frappe.model.document import Document

from grievance_helpdesk.redressal.escalation import authorities, ladder


class EscalationLadder(Document):
	"""To whom a case goes when its officer misses a limit, level by level."""

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

	def validate(self) -> None:
		self.validate_only_one()
		self.validate_officers()
		for fault in ladder.faults(authorities.levels_of(self.levels)):
			frappe.throw(sentence(fault))
		self.sort_levels()

	def validate_only_one(self) -> None:
		"""Two ladders for the same cases would leave open which one counts."""
		if self.disabled:
			return
		same = {"disabled": 0, "name": ["!=", self.name or ""]}
		for fieldname in ("department", "category"):
			same[fieldname] = self.get(fieldname) or ["is", "not set"]
		other = frappe.db.get_value("Escalation Ladder", same)
		if other:
			frappe.throw(
				_(
					"{0} already covers the same department and category: change that ladder, or disable it."
				).format(frappe.bold(frappe.utils.escape_html(other)))
			)

	def validate_officers(self) -> None:
		named = [row.officer for row in self.levels if row.escalate_to == ladder.NAMED and row.officer]
		disabled = frappe.get_all(
			"Nodal Officer", filters={"name": ["in", named or [""]], "disabled": 1}, pluck="name"
		)
		for row in self.levels:
			if row.officer in disabled:
				frappe.throw(
					_("Level {0}: {1} is disabled; name an officer in service.").format(
						row.level, frappe.bold(row.officer)
					)
				)

	def sort_levels(self) -> None:
		self.levels.sort(key=lambda row: row.level)
		for number, row in enumerate(self.levels, 1):
			row.idx = number
			row.after_unit = row.after_unit if row.after else None
			row.officer = row.officer if row.escalate_to == ladder.NAMED else None

	def on_update(self) -> None:
		authorities.forget_ladders()

	def on_trash(self) -> None:
		authorities.forget_ladders()


def sentence(fault: ladder.Fault) -> str:
	"""What is wrong, for the person who saves the ladder, and what to do about it."""
	level, other = fault.level, fault.other
	texts = {
		"number": _("Level {0} stands where level {1} should: number the levels 1, 2, 3 without a gap."),
		"negative": _("Level {0}: the time after the missed limit cannot be less than 0."),
		"unit": _("Level {0}: say in which unit the time counts, for example Working Days."),
		"order": _(
			"Level {0} counts from a missed acknowledgement but stands above level {1}, which counts from a missed"
			" resolution: put the levels of the acknowledgement first."
		),
		"falling": _("Level {0} comes earlier than level {1}: give the higher level the longer time."),
		"officer": _("Level {0}: choose the officer whom it names."),
		"loop": _(
			"Level {0}: the ladder leads back to {2}, who has the case since level {1}; choose somebody above."
		),
	}
	target = level.officer if level.escalate_to == ladder.NAMED else _(level.escalate_to)
	return texts[fault.code].format(level.level, other, frappe.bold(frappe.utils.escape_html(target or "")))
