{% include "grievance_helpdesk/public/js/report_view.js" %}

frappe.query_reports["SLA and Escalation"] = grievance_helpdesk.report_view({
	filters: [
		"from_date",
		"to_date",
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: ["Department", "District", "Category"],
			default: "Department",
		},
		"district",
		"department",
		"category",
		"channel",
	],
});
