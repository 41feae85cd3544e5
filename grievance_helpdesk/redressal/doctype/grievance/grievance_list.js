{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}
{% include "grievance_helpdesk/public/js/careful_dialog.js" %}
{% include "grievance_helpdesk/public/js/quick_filters.js" %}
{% include "grievance_helpdesk/public/js/case_words.js" %}
{% include "grievance_helpdesk/public/js/case_moves.js" %}
{% include "grievance_helpdesk/public/js/case_replies.js" %}
{% include "grievance_helpdesk/public/js/case_bulk.js" %}
{% include "grievance_helpdesk/public/js/case_board.js" %}
{% include "grievance_helpdesk/public/js/case_map.js" %}

grievance_helpdesk.escape_fields("Grievance");

frappe.listview_settings["Grievance"] = {
	add_fields: [
		"status",
		"priority",
		"urgent",
		"routing_status",
		"needs_review",
		"received_at",
		"channel",
		"resolve_by",
		"resolution_breached",
		"acknowledged_at",
		"disputed_count",
		"escalation_level",
		"workflow_state",
	],
	filters: [["status", "=", "Open"]],
	hide_name_column: true,

	get_coords_method: grievance_helpdesk.PLACES_API, // by this Frappe offers the map

	async onload(listview) {
		grievance_helpdesk.show_all_columns(listview);
		grievance_helpdesk.set_empty_state(listview, this.empty_words);
		grievance_helpdesk.add_bulk_actions(listview);
		const read = () => grievance_helpdesk.ask("grievance_helpdesk.redressal.casework.quick_filters.read");
		const filters = await read();
		listview.gh_quick = new grievance_helpdesk.QuickFilters(listview, filters, read);
		listview.gh_quick.show_all(filters);
	},

	refresh(listview) {
		listview.gh_quick?.refresh();
		if (listview.view_name === "Kanban") grievance_helpdesk.say_what_a_board_leaves_out(listview);
	},

	/** The most pressing thing first: on a phone it is all that the list shows beside the subject. */
	get_indicator(doc) {
		const open = doc.status === "Open";
		if (open && doc.resolve_by && grievance_helpdesk.minutes_late(doc.resolve_by) > 0) {
			return [__("Overdue"), "red", "resolution_breached,=,1|status,=,Open"];
		}
		if (open && cint(doc.urgent)) return [__("Emergency"), "red", "urgent,=,1|status,=,Open"];
		if (open && cint(doc.disputed_count)) return [__("Disputed"), "red", "disputed_count,>,0|status,=,Open"];
		if (open && doc.routing_status === "Unrouted") return [__("Unrouted"), "orange", "routing_status,=,Unrouted"];
		if (open && cint(doc.escalation_level)) return [__("Escalated"), "orange", "escalation_level,>,0|status,=,Open"];
		if (doc.status === "On Hold") return [__("Awaiting citizen"), "gray", "status,=,On Hold"];
		if (open && cint(doc.needs_review)) return [__("Review"), "yellow", "needs_review,=,1"];
		return [__(doc.status), grievance_helpdesk.STATUS_COLOUR[doc.status] || "gray", `status,=,${doc.status}`];
	},

	formatters: {
		received_at: (value) => grievance_helpdesk.age(value),
		resolve_by: (value, df, doc) => grievance_helpdesk.due_in_list(doc),
		officer: (value, df, doc) =>
			value
				? grievance_helpdesk.escape(doc.officer_officer_name || value)
				: `<span class="gh-muted">${__("Nobody yet")}</span>`,
		category: (value, df, doc) =>
			value
				? grievance_helpdesk.escape(__(doc.category_category_name || value))
				: `<span class="gh-muted">${__("Not known")}</span>`,
	},

	empty_words(filters) {
		const fields = filters.map((filter) => filter[1]);
		const words = {
			urgent: __("No open emergency. Go on with the oldest open grievance."),
			routing_status: __("Every open grievance has an officer."),
			citizen_wrote_again: __("Every message of a citizen has been read."),
			needs_review: __("Nothing waits for a check."),
			resolution_breached: __("Nothing is overdue. Look at what is due today."),
			resolve_by: __("Nothing is due today. Go on with the oldest open grievance."),
			received_at: __("Nothing came in since yesterday."),
			acknowledged_at: __("Every open grievance has been taken up."),
			disputed_count: __("No citizen says that a solved case is not solved."),
			escalation_level: __("Nothing is escalated."),
			officer: __("You have no open case. See what is open in your area under Open."),
		};
		const known = Object.keys(words).find((field) => fields.includes(field));
		if (known) return words[known];
		if (filters.some((filter) => filter[1] === "status" && filter[3] === "On Hold")) {
			return __("No case waits for its citizen.");
		}
		if (fields.every((field) => field === "status")) {
			return __("Nothing is open here. New posts that wait for a decision stand in the triage queue (Citizen Post).");
		}
		return "";
	},
};
