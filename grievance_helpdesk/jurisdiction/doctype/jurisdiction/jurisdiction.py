import frappe
from frappe import _
from frappe.utils.nestedset import NestedSet

from grievance_helpdesk.jurisdiction import scope, tree
from grievance_helpdesk.jurisdiction.state_data import GROUP_LEVELS

# Below the sub-division levels interleave: a ward or a locality lies in an urban body or in a village.
RANK = {
	"State": 0,
	"Division": 1,
	"District": 2,
	"Sub-division": 3,
	"Block": 4,
	"Urban Body": 4,
	"Village": 5,
	"Ward": 6,
	"Locality": 6,
}


class Jurisdiction(NestedSet):
	"""A place that officers answer for, from the state down to a ward or a locality."""

	nsm_parent_field = "parent_jurisdiction"

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from grievance_helpdesk.jurisdiction.doctype.jurisdiction_alias.jurisdiction_alias import (
			JurisdictionAlias,
		)

		aliases: DF.Table[JurisdictionAlias]
		census_code: DF.Data | None
		disabled: DF.Check
		district: DF.Link | None
		is_group: DF.Check
		jurisdiction_name: DF.Data
		latitude: DF.Float
		level: DF.Literal[
			"State",
			"Division",
			"District",
			"Sub-division",
			"Block",
			"Urban Body",
			"Village",
			"Ward",
			"Locality",
		]
		lft: DF.Int
		lgd_code: DF.Data | None
		longitude: DF.Float
		name_hi: DF.Data | None
		old_parent: DF.Link | None
		parent_jurisdiction: DF.Link | None
		pin_codes: DF.SmallText | None
		rgt: DF.Int
		scope_path: DF.Data | None
		source: DF.Data | None
		valid_from: DF.Date | None
		valid_to: DF.Date | None
	# end: auto-generated types

	def autoname(self) -> None:
		self.check_name_and_level()
		self.set_district()
		title = self.jurisdiction_name.strip()
		self.name = tree.document_name(self.level, title, self.district)
		if frappe.db.exists("Jurisdiction", self.name):
			self.name = self.name_among_namesakes(title)

	def name_among_namesakes(self, title: str) -> str:
		"""Two villages of one district may share a name: the second one carries its parent's name too."""
		namesake = {
			"jurisdiction_name": title,
			"level": self.level,
			"parent_jurisdiction": self.parent_jurisdiction,
		}
		parent = frappe.db.get_value("Jurisdiction", self.parent_jurisdiction, "jurisdiction_name")
		if not parent or frappe.db.exists("Jurisdiction", namesake):
			frappe.throw(
				_("{0} stands below {1} already: open that place and change it.").format(
					frappe.bold(frappe.utils.escape_html(title)), parent or _("the top")
				),
				frappe.DuplicateEntryError,
			)
		return tree.document_name(self.level, f"{title}, {parent}", self.district)

	def validate(self) -> None:
		self.jurisdiction_name = self.jurisdiction_name.strip()
		if self.level in GROUP_LEVELS:
			self.is_group = 1
		self.validate_parent_level()
		self.validate_dates()
		self.validate_pin_codes()
		self.validate_coordinates()
		self.set_district()
		self.set_scope_path()

	def check_name_and_level(self) -> None:
		"""The name of the record is made of both, before Frappe asks what is mandatory."""
		if not (self.jurisdiction_name or "").strip():
			frappe.throw(_("Fill in the name of the place."), frappe.MandatoryError)
		if self.level not in RANK:
			frappe.throw(
				_("Say what {0} is: one of {1}.").format(
					frappe.bold(frappe.utils.escape_html(self.jurisdiction_name)), ", ".join(map(_, RANK))
				),
				frappe.MandatoryError,
			)

	def validate_parent_level(self) -> None:
		if self.level == "State":
			if self.parent_jurisdiction:
				frappe.throw(
					_(
						"A state is the top of the tree: leave {0} empty, or say which level the place has."
					).format(_("Part Of"))
				)
			return
		if not self.parent_jurisdiction:
			frappe.throw(_("Say which place {0} is part of.").format(frappe.bold(self.jurisdiction_name)))
		parent_level = frappe.db.get_value("Jurisdiction", self.parent_jurisdiction, "level")
		if RANK[parent_level] >= RANK[self.level]:
			frappe.throw(
				_("A {0} cannot be part of a {1}: choose a place of a higher level.").format(
					_(self.level), _(parent_level)
				)
			)

	def validate_dates(self) -> None:
		if self.valid_from and self.valid_to and str(self.valid_to) < str(self.valid_from):
			frappe.throw(
				_("{0} lies before {1}: correct one of the dates.").format(_("Valid To"), _("Valid From"))
			)

	def validate_pin_codes(self) -> None:
		codes = (self.pin_codes or "").replace(",", " ").split()
		for code in codes:
			if not (code.isdigit() and len(code) == 6 and code[0] != "0"):
				frappe.throw(
					_("{0} is not a PIN code: write six digits, several separated by spaces.").format(
						frappe.bold(frappe.utils.escape_html(code))
					)
				)
		self.pin_codes = " ".join(dict.fromkeys(codes))

	def validate_coordinates(self) -> None:
		for label, value, most in ((_("Latitude"), self.latitude, 90), (_("Longitude"), self.longitude, 180)):
			if abs(value or 0) > most:
				frappe.throw(_("{0} lies between -{1} and {1} degrees.").format(label, most))

	def set_district(self) -> None:
		"""The nearest district at or above this place."""
		if self.level == "District":
			self.district = None if self.is_new() else self.name
		elif self.level in ("State", "Division"):
			self.district = None
		else:
			parent = frappe.db.get_value(
				"Jurisdiction", self.parent_jurisdiction, ["level", "name", "district"], as_dict=True
			)
			self.district = parent and (parent.name if parent.level == "District" else parent.district)

	def set_scope_path(self) -> None:
		if not self.is_new() and not self.has_value_changed("parent_jurisdiction") and self.scope_path:
			return
		self.flags.previous_path = self.scope_path
		self.scope_path = new_path_below(self.parent_jurisdiction)

	def after_insert(self) -> None:
		if self.level == "District":
			# A link to itself is valid only once the row exists.
			self.db_set("district", self.name, update_modified=False)

	def on_update(self) -> None:
		self.open_parent()
		super().on_update()
		previous = self.flags.previous_path
		if previous and previous != self.scope_path:
			move_places(previous, self.scope_path)
			scope.move_subtree(previous, self.scope_path)

	def open_parent(self) -> None:
		"""A place becomes a group with the first place below it; nobody has to tick a box before."""
		parent = self.parent_jurisdiction
		if parent and not frappe.db.get_value("Jurisdiction", parent, "is_group"):
			frappe.db.set_value("Jurisdiction", parent, "is_group", 1)


def new_path_below(parent: str | None) -> str:
	"""The next free scope path below ``parent`` (None: a new state)."""
	parent_path = frappe.db.get_value("Jurisdiction", parent, "scope_path") if parent else ""
	siblings = frappe.get_all(
		"Jurisdiction",
		filters={"parent_jurisdiction": parent or ["is", "not set"]},
		order_by="scope_path desc",
		limit=1,
		pluck="scope_path",
	)
	return tree.next_path(parent_path or "", siblings[0] if siblings else None)


def move_places(old_path: str, new_path: str) -> None:
	"""Renumber every place below a place that moved; the place itself already has its new path."""
	low, high = tree.path_range(old_path)
	rows = frappe.get_all(
		"Jurisdiction",
		filters=[["scope_path", ">=", low], ["scope_path", "<", high]],
		fields=["name", "scope_path"],
	)
	for row in rows:
		frappe.db.set_value(
			"Jurisdiction",
			row.name,
			"scope_path",
			new_path + row.scope_path[len(old_path) :],
			update_modified=False,
		)
