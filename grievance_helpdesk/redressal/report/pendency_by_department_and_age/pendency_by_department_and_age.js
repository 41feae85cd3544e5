{% include "grievance_helpdesk/public/js/report_view.js" %}

frappe.query_reports["Pendency by Department and Age"] = grievance_helpdesk.report_view({
	filters: ["district", "department", "category"],
});
