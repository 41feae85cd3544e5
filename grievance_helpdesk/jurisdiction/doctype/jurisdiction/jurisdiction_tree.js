frappe.treeview_settings["Jurisdiction"] = {
	get_tree_root: false,
	root_label: "Jurisdiction",
	breadcrumb: "Jurisdiction",
	show_expand_all: false,
	ignore_fields: ["parent_jurisdiction"],
	fields: [
		{ fieldtype: "Data", fieldname: "jurisdiction_name", label: __("Name"), reqd: true },
		{ fieldtype: "Data", fieldname: "name_hi", label: __("Name in Hindi") },
		{
			fieldtype: "Select",
			fieldname: "level",
			label: __("Level"),
			options: ["Village", "Ward", "Locality", "Block", "Urban Body", "Sub-division", "District", "Division"],
			default: "Locality",
			reqd: true,
		},
		{
			fieldtype: "Check",
			fieldname: "is_group",
			label: __("Other places lie in it"),
		},
	],
};
