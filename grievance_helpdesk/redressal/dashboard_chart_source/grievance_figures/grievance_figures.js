frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Grievance Figures"] = {
	method: "grievance_helpdesk.redressal.charts.get",
	filters: [],
};
