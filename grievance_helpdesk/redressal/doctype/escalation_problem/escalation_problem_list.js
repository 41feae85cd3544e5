const ADVICE = {
	"Nobody Assigned": __("Find the place and department, or choose an officer."),
	"No Authority": __("Post an officer, name an acting one, or change the Escalation Ladder."),
	"Step Failed": __("Read the detail and the Error Log; it is tried again each hour."),
	"Left Behind": __("Choose another officer for the case."),
};

frappe.listview_settings["Escalation Problem"] = {
	filters: [["resolved", "=", 0]],

	get_indicator(doc) {
		return doc.resolved
			? [__("Settled"), "green", "resolved,=,1"]
			: [__(doc.problem_type), "red", `resolved,=,0|problem_type,=,${doc.problem_type}`];
	},

	formatters: {
		problem_type: (value) =>
			`<span title="${frappe.utils.escape_html(ADVICE[value] || "")}">${__(value)}</span>`,
	},

	refresh(listview) {
		const empty = __(
			"Nothing waits here: every case has an officer, every missed limit found its authority. When something does, open the case and do what the detail says."
		);
		listview.$no_result?.find(".no-result-message, p").first().text(empty);
	},

	button: {
		show: (doc) => !!doc.grievance,
		get_label: () => __("Open Case"),
		get_description: (doc) => doc.grievance,
		action: (doc) => frappe.set_route("Form", "Grievance", doc.grievance),
	},
};
