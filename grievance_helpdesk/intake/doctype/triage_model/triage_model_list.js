frappe.listview_settings["Triage Model"] = {
	add_fields: ["status", "macro_f1", "accuracy", "examples", "trained_on"],

	get_indicator(doc) {
		const colour = { Active: "green", Kept: "gray", Rejected: "orange" }[doc.status];
		return [__(doc.status), colour || "gray", `status,=,${doc.status}`];
	},

	formatters: {
		macro_f1: (value) => format_number(value, null, 3),
	},
};
