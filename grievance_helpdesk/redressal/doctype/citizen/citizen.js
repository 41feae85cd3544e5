frappe.ui.form.on("Citizen", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Grievances"), () =>
			frappe.set_route("List", "Grievance", { citizen: frm.doc.name, status: ["!=", ""] })
		);
		frm.add_custom_button(__("Posts"), () =>
			frappe.set_route("List", "Citizen Post", { citizen: frm.doc.name, state: ["!=", ""] })
		);
	},
});
