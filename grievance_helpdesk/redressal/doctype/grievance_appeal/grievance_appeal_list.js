{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}
{% include "grievance_helpdesk/public/js/quick_filters.js" %}

grievance_helpdesk.escape_fields("Grievance Appeal");

frappe.listview_settings["Grievance Appeal"] = {
	add_fields: ["due_by"],
	filters: [["status", "=", "Pending"]],

	onload(listview) {
		grievance_helpdesk.set_empty_state(listview, (filters) =>
			filters.some((filter) => filter[1] === "status" && filter[3] === "Pending")
				? __("No appeal waits for a decision. An appeal is filed by itself when a limit is missed, or by the citizen.")
				: ""
		);
		const filed = (by) => [["status", "=", "Pending"], ["filed_by", "=", by]];
		listview.gh_quick = new grievance_helpdesk.QuickFilters(listview, [
			{ label: __("To decide"), filters: [["status", "=", "Pending"]], tone: "orange" },
			{ label: __("Filed by the citizen"), filters: filed("Citizen"), tone: "orange" },
			{ label: __("Filed by itself"), filters: filed("Automatic"), tone: "blue" },
		]);
	},

	refresh(listview) {
		listview.gh_quick?.refresh();
	},

	get_indicator(doc) {
		if (doc.status === "Pending" && doc.due_by && doc.due_by < frappe.datetime.now_datetime()) {
			return [__("Overdue"), "red", "status,=,Pending"];
		}
		const colour = { Pending: "orange", Allowed: "green", Dismissed: "gray" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
