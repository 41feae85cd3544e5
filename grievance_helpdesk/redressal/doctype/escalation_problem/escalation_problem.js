frappe.ui.form.on("Escalation Problem", {
	refresh(frm) {
		frm.add_custom_button(__("Open Case"), () =>
			frappe.set_route("Form", "Grievance", frm.doc.grievance)
		);
	},
});
