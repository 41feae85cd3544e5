{% include "grievance_helpdesk/public/js/report_view.js" %}

{
	const hot_spots = "eval: doc.show === 'Hot Spots'";
	frappe.query_reports["Category Trends"] = grievance_helpdesk.report_view({
		filters: [
			"from_date",
			"to_date",
			{
				fieldname: "show",
				label: __("Show"),
				fieldtype: "Select",
				options: ["Trends", "Hot Spots"],
				default: "Trends",
			},
			{
				fieldname: "at_least",
				label: __("At Least So Many"),
				fieldtype: "Int",
				default: 5,
				depends_on: hot_spots,
			},
			{ fieldname: "within_hours", label: __("Within Hours"), fieldtype: "Int", default: 48, depends_on: hot_spots },
			"district",
			"department",
			"category",
			"channel",
		],
	});
}
