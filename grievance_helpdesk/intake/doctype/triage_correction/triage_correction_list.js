{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}
{% include "grievance_helpdesk/public/js/quick_filters.js" %}

grievance_helpdesk.escape_fields("Triage Correction");

frappe.listview_settings["Triage Correction"] = {
	hide_name_column: true,

	onload(listview) {
		grievance_helpdesk.show_all_columns(listview);
		grievance_helpdesk.set_empty_state(listview, (filters) =>
			filters.length
				? ""
				: __("Nobody corrected triage yet. Each correction of category or place is kept here and teaches the next model.")
		);
	},
};
