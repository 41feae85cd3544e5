{% include "grievance_helpdesk/public/js/report_view.js" %}

frappe.query_reports["Triage Quality"] = grievance_helpdesk.report_view({
	days: 90,
	filters: [
		"from_date",
		"to_date",
		{
			fieldname: "show",
			label: __("Show"),
			fieldtype: "Select",
			options: ["Accuracy", "Confusions"],
			default: "Accuracy",
		},
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: ["Field", "Channel", "Language"],
			default: "Field",
			depends_on: "eval: doc.show !== 'Confusions'",
		},
		"channel",
		{
			fieldname: "language",
			label: __("Language"),
			fieldtype: "Select",
			options: ["", "en", "hi", "hi-Latn", "mixed"],
		},
	],
});
