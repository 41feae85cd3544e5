// Frappe's Data Import, one press away from the list whose records it brings, and its template.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.add_import = (listview, { label, template }) => {
	if (!frappe.model.can_import(listview.doctype)) return;
	listview.page.add_menu_item(label, () => grievance_helpdesk.open_import(listview.doctype));
	listview.page.add_menu_item(__("Template for Data Import"), () =>
		window.open(`/assets/grievance_helpdesk/templates/${template}`)
	);
};

grievance_helpdesk.open_import = (doctype) => {
	if (!frappe.model.can_create("Data Import")) {
		frappe.msgprint({
			title: __("Data Import belongs to System Managers"),
			message: __("Ask for the role System Manager beside your own, or let somebody who has both import the list."),
			indicator: "orange",
		});
		return;
	}
	frappe.new_doc("Data Import", { reference_doctype: doctype, import_type: "Insert New Records", mute_emails: 1 });
};
