{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}
{% include "grievance_helpdesk/public/js/quick_filters.js" %}

grievance_helpdesk.escape_fields("Grievance");

frappe.listview_settings["Grievance"] = {
	add_fields: ["status", "priority", "urgent", "routing_status", "needs_review", "received_at", "channel"],
	filters: [["status", "=", "Open"]],
	hide_name_column: true,

	onload(listview) {
		grievance_helpdesk.show_all_columns(listview);
		grievance_helpdesk.set_empty_state(listview, this.empty_words);
		listview.gh_quick = new grievance_helpdesk.QuickFilters(listview, [
			{ label: __("Open"), filters: [["status", "=", "Open"]], tone: "blue" },
			{ label: __("Emergencies"), filters: [["status", "=", "Open"], ["urgent", "=", 1]], tone: "red" },
			{
				label: __("Unrouted"),
				filters: [["status", "=", "Open"], ["routing_status", "=", "Unrouted"]],
				tone: "orange",
			},
			{
				label: __("Citizen wrote again"),
				filters: [["status", "=", "Open"], ["citizen_wrote_again", "=", 1]],
				tone: "blue",
			},
			{ label: __("Needs review"), filters: [["status", "=", "Open"], ["needs_review", "=", 1]], tone: "yellow" },
		]);
	},

	refresh(listview) {
		listview.gh_quick?.refresh();
	},

	/** The most pressing thing first: on a phone it is all that the list shows beside the subject. */
	get_indicator(doc) {
		const open = ["Open", "On Hold"].includes(doc.status);
		if (open && cint(doc.urgent)) return [__("Emergency"), "red", "urgent,=,1|status,=,Open"];
		if (open && doc.routing_status === "Unrouted") return [__("Unrouted"), "orange", "routing_status,=,Unrouted"];
		if (open && cint(doc.needs_review)) return [__("Review"), "yellow", "needs_review,=,1"];
		const colour = {
			Open: "blue",
			"On Hold": "gray",
			Resolved: "green",
			Closed: "green",
			Rejected: "gray",
			Merged: "gray",
		}[doc.status];
		return [__(doc.status), colour || "gray", `status,=,${doc.status}`];
	},

	formatters: {
		received_at: (value) => grievance_helpdesk.age(value),
		officer: (value, df, doc) =>
			value
				? grievance_helpdesk.escape(doc.officer_officer_name || value)
				: `<span class="gh-muted">${__("Nobody yet")}</span>`,
		category: (value, df, doc) =>
			value
				? grievance_helpdesk.escape(doc.category_category_name || value)
				: `<span class="gh-muted">${__("Not known")}</span>`,
	},

	empty_words(filters) {
		const fields = filters.map((filter) => filter[1]);
		if (fields.includes("urgent")) return __("No open emergency. Go on with the oldest open grievance.");
		if (fields.includes("routing_status")) return __("Every open grievance has an officer.");
		if (fields.includes("citizen_wrote_again")) return __("Every message of a citizen has been read.");
		if (fields.includes("needs_review")) return __("Nothing waits for a check.");
		if (fields.every((field) => field === "status")) {
			return __("Nothing is open here. New posts that wait for a decision stand in the triage queue (Citizen Post).");
		}
		return "";
	},
};
