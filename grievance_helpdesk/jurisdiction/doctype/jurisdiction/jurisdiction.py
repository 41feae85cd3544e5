from frappe.utils.nestedset import NestedSet


class Jurisdiction(NestedSet):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF
		from grievance_helpdesk.jurisdiction.doctype.jurisdiction_alias.jurisdiction_alias import JurisdictionAlias

		aliases: DF.Table[JurisdictionAlias]
		census_code: DF.Data | None
		disabled: DF.Check
		district: DF.Link | None
		is_group: DF.Check
		jurisdiction_name: DF.Data
		level: DF.Literal["State", "Division", "District", "Sub-division", "Block", "Urban Body", "Village", "Ward", "Locality"]
		lft: DF.Int
		lgd_code: DF.Data | None
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
