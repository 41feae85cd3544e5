{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/quick_filters.js" %}

frappe.listview_settings["Channel Account"] = {
	add_fields: ["enabled", "health", "health_reason", "last_success_at"],
	hide_name_column: true,

	onload(listview) {
		grievance_helpdesk.show_all_columns(listview);
		grievance_helpdesk.set_empty_state(listview, (filters) =>
			filters.length ? "" : __("No channel is connected. Press “Add Channel Account” and follow its first steps.")
		);
	},

	get_indicator(doc) {
		if (!cint(doc.enabled)) return [__("Switched off"), "gray", "enabled,=,0"];
		const colour = { OK: "green", Degraded: "yellow", "Needs Re-auth": "red", "Out of Credit": "red", Paused: "orange" };
		return [__(doc.health), colour[doc.health] || "gray", `health,=,${doc.health}`];
	},

	formatters: {
		last_success_at: (value) => grievance_helpdesk.age(value) || `<span class="gh-muted">${__("Never")}</span>`,
		health_reason: (value) => grievance_helpdesk.escape(value),
	},
};
