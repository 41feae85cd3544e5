{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}
{% include "grievance_helpdesk/public/js/quick_filters.js" %}

grievance_helpdesk.escape_fields("Citizen");

frappe.listview_settings["Citizen"] = {
	hide_name_column: true,

	onload(listview) {
		grievance_helpdesk.set_empty_state(listview, (filters) =>
			filters.length ? "" : __("No citizen is known yet: they come with the posts and grievances that they write.")
		);
	},
};
