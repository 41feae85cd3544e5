frappe.listview_settings["Triage Model"] = {
	add_fields: ["status", "macro_f1", "accuracy", "examples", "trained_on"],

	get_indicator(doc) {
		const colour = { Active: "green", Kept: "gray", Rejected: "orange" }[doc.status];
		return [__(doc.status), colour || "gray", `status,=,${doc.status}`];
	},

	async onload(listview) {
		const note = await frappe.xcall("grievance_helpdesk.intake.learning.note", {}, "GET");
		if (note) {
			$('<div class="form-message blue" role="status"></div>')
				.text(__("Last night trained no model: {0}", [note]))
				.prependTo(listview.$frappe_list);
		}
	},

	formatters: {
		macro_f1: (value) => format_number(value, null, 3),
	},
};
