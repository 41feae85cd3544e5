frappe.listview_settings["Grievance Category"] = {
	add_fields: ["disabled", "emergency", "confidential"],
	get_indicator(category) {
		if (category.disabled) return [__("Disabled"), "gray", "disabled,=,1"];
		if (category.emergency) return [__("Emergency"), "red", "emergency,=,1"];
		if (category.confidential) return [__("Confidential"), "purple", "confidential,=,1"];
		return [__("Active"), "green", "disabled,=,0"];
	},
};
