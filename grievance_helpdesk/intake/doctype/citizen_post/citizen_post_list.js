{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}
{% include "grievance_helpdesk/public/js/careful_dialog.js" %}
{% include "grievance_helpdesk/public/js/quick_filters.js" %}
{% include "grievance_helpdesk/public/js/post_actions.js" %}

grievance_helpdesk.escape_fields("Citizen Post");

frappe.listview_settings["Citizen Post"] = {
	add_fields: ["state", "needs_review", "urgent", "posted_at", "public_text", "author_handle", "kind"],
	filters: [["state", "=", "For Review"]],
	hide_name_column: true,

	onload(listview) {
		grievance_helpdesk.show_all_columns(listview);
		grievance_helpdesk.set_empty_state(listview, this.empty_words);
		listview.page.set_title(__("Triage queue"));
		listview.gh_quick = new grievance_helpdesk.QuickFilters(listview, [
			{ label: __("Waiting for a decision"), filters: [["state", "=", "For Review"]], tone: "yellow" },
			{ label: __("Emergencies"), filters: [["state", "=", "For Review"], ["urgent", "=", 1]], tone: "red" },
			{ label: __("Parked after errors"), filters: [["state", "=", "Parked"]], tone: "orange" },
			{ label: __("Set aside"), filters: [["state", "=", "Not a Grievance"]], tone: "gray" },
		]);
		this.add_bulk_actions(listview);
	},

	refresh(listview) {
		listview.gh_quick?.refresh();
	},

	add_bulk_actions(listview) {
		const run = (label, method, values) => grievance_helpdesk.on_each_post(listview, label, method, values);
		listview.page.add_actions_menu_item(__("Accept as grievances"), () =>
			run(__("Accept as grievances"), "accept_as_grievance", {})
		);
		listview.page.add_actions_menu_item(__("Not grievances …"), () =>
			grievance_helpdesk.ask_ground((values) => {
				run(__("Not grievances"), "not_a_grievance", values); // its own progress takes the dialog's place
			})
		);
		listview.page.add_actions_menu_item(__("Triage again"), () => run(__("Triage again"), "triage_again", {}));
	},

	get_indicator(doc) {
		if (doc.state === "For Review" && cint(doc.urgent)) {
			return [__("Emergency"), "red", "urgent,=,1|state,=,For Review"];
		}
		const colour = {
			New: "blue",
			Grievance: "green",
			Support: "green",
			Thread: "green",
			"For Review": "yellow",
			Parked: "red",
		}[doc.state];
		return [__(doc.state), colour || "gray", `state,=,${doc.state}`];
	},

	formatters: {
		// The words are what decides; the list puts this text into the link as text, never as HTML.
		author_name: (value, df, doc) => {
			const words = cstr(doc.public_text).replace(/\s+/g, " ").slice(0, 160);
			const author = value || doc.author_handle;
			return author && words ? `${author}: ${words}` : words || author;
		},
		posted_at: (value) => grievance_helpdesk.age(value),
		channel: (value) => grievance_helpdesk.escape(__(value)),
		category: (value, df, doc) =>
			doc.kind && !["grievance", "suggestion"].includes(doc.kind)
				? `<span class="gh-muted">${grievance_helpdesk.KINDS()[doc.kind] || grievance_helpdesk.escape(doc.kind)}</span>`
				: value
				? grievance_helpdesk.escape(__(doc.category_category_name || value))
				: `<span class="gh-muted">${__("Not known")}</span>`,
	},

	empty_words(filters) {
		const state = (filters.find((filter) => filter[1] === "state") || [])[3];
		if (state === "For Review") {
			return __("The triage queue is empty. New posts come in by themselves; open grievances stand in the list Grievance.");
		}
		if (state === "Parked") return __("No post failed. Nothing to do here.");
		if (!filters.length) return __("No post was read yet. Connect a channel under Channel Account.");
		return "";
	},
};
