{% include "grievance_helpdesk/public/js/report_view.js" %}

frappe.query_reports["Channel Intake"] = grievance_helpdesk.report_view({
	filters: [
		"from_date",
		"to_date",
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: ["Day", "Week", "Channel", "Day and Channel"],
			default: "Day",
		},
		"channel",
		"district",
		"department",
	],
});
