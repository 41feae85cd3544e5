{% include "grievance_helpdesk/public/js/report_view.js" %}

frappe.query_reports["Officer Scorecard"] = grievance_helpdesk.report_view({
	filters: ["from_date", "to_date", "district", "department", "category", "officer"],
});
