{% include "grievance_helpdesk/public/js/report_view.js" %}

frappe.query_reports["Monthly Grievance Report"] = grievance_helpdesk.report_view({
	filters: [
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: ["Department", "District", "Month"].map((value) => ({ value, label: __(value) })),
			default: "Department",
			reqd: 1,
		},
		// Without dates the server takes the present month, or the last twelve months.
		grievance_helpdesk.report_filters.from_date(),
		grievance_helpdesk.report_filters.to_date(),
		"district",
		"department",
		"category",
		"channel",
	],
});
