{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}

grievance_helpdesk.escape_fields("Grievance Appeal");

frappe.listview_settings["Grievance Appeal"] = {
	add_fields: ["due_by"],

	get_indicator(doc) {
		if (doc.status === "Pending" && doc.due_by && doc.due_by < frappe.datetime.now_datetime()) {
			return [__("Overdue"), "red", "status,=,Pending"];
		}
		const colour = { Pending: "orange", Allowed: "green", Dismissed: "gray" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
