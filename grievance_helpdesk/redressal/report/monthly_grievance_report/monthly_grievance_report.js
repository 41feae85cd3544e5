{% include "grievance_helpdesk/public/js/report_view.js" %}

frappe.query_reports["Monthly Grievance Report"] = grievance_helpdesk.report_view({
	filters: [
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: ["Month", "Department", "District"].map((value) => ({ value, label: __(value) })),
			default: "Month",
			reqd: 1,
		},
		{
			fieldname: "from_date",
			label: __("From Date"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.month_start(), -11),
		},
		"to_date",
		"district",
		"department",
		"category",
		"channel",
	],
});
