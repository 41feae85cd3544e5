{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}
{% include "grievance_helpdesk/public/js/quick_filters.js" %}

grievance_helpdesk.escape_fields("Escalation Problem");

frappe.listview_settings["Escalation Problem"] = {
	add_fields: ["resolved", "problem_type"],
	filters: [["resolved", "=", 0]],
	hide_name_column: true,

	onload(listview) {
		grievance_helpdesk.set_empty_state(listview, this.empty_words);
		const open = (type) => [
			["resolved", "=", 0],
			["problem_type", "=", type],
		];
		listview.gh_quick = new grievance_helpdesk.QuickFilters(listview, [
			{ label: __("Nobody assigned"), filters: open("Nobody Assigned"), tone: "red" },
			{ label: __("No authority"), filters: open("No Authority"), tone: "red" },
			{ label: __("Step failed"), filters: open("Step Failed"), tone: "orange" },
			{ label: __("Left behind"), filters: open("Left Behind"), tone: "yellow" },
		]);
	},

	refresh(listview) {
		listview.gh_quick?.refresh();
	},

	empty_words(filters) {
		const settled = (filters.find((filter) => filter[1] === "resolved") || [])[3];
		if (settled) return __("No problem was settled yet.");
		return __(
			"Nothing waits here: every open case has an officer, and every missed limit found its authority. When a row appears, open its case and do what the detail says."
		);
	},

	get_indicator(doc) {
		return doc.resolved
			? [__("Settled"), "green", "resolved,=,1"]
			: [__(doc.problem_type), "red", `resolved,=,0|problem_type,=,${doc.problem_type}`];
	},

	button: {
		show: (doc) => !!doc.grievance,
		get_label: () => __("Open Case"),
		get_description: (doc) => __("Open {0}", [doc.grievance]),
		action: (doc) => frappe.set_route("Form", "Grievance", doc.grievance),
	},
};
