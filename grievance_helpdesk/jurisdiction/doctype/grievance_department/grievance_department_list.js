frappe.listview_settings["Grievance Department"] = {
	add_fields: ["merged_into", "valid_to"],
	get_indicator(department) {
		if (department.merged_into) {
			return [__("Merged"), "gray", `merged_into,=,${department.merged_into}`];
		}
		if (department.valid_to && department.valid_to < frappe.datetime.get_today()) {
			return [__("Ended"), "gray", `valid_to,=,${department.valid_to}`];
		}
		return [__("Active"), "green", "merged_into,is,not set"];
	},
};
