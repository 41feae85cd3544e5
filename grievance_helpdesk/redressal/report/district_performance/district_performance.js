{% include "grievance_helpdesk/public/js/report_view.js" %}

frappe.query_reports["District Performance"] = grievance_helpdesk.report_view({
	filters: ["from_date", "to_date", "district", "department", "category", "channel"],
});
