{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}

grievance_helpdesk.escape_fields("Charge Handover");

frappe.listview_settings["Charge Handover"] = {
	get_indicator(doc) {
		const colour = { Waiting: "orange", Done: "green", Failed: "red" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
