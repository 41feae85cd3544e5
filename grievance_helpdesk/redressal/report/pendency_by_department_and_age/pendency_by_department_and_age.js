{% include "grievance_helpdesk/public/js/report_view.js" %}

grievance_helpdesk.download_pack = (report, language) => {
	const method = "/api/method/grievance_helpdesk.redressal.meeting_pack.api.download";
	window.open(`${method}?${new URLSearchParams({ ...grievance_helpdesk.chosen(report), language })}`);
};

frappe.query_reports["Pendency by Department and Age"] = grievance_helpdesk.report_view({
	filters: ["district", "department", "category"],
	onload: (report) => {
		report.page.add_inner_button(__("What the figures mean"), () => grievance_helpdesk.explain(report));
		const pack = __("Meeting Pack (PDF)");
		report.page.add_inner_button("हिन्दी", () => grievance_helpdesk.download_pack(report, "hi"), pack);
		report.page.add_inner_button("English", () => grievance_helpdesk.download_pack(report, "en"), pack);
	},
});
