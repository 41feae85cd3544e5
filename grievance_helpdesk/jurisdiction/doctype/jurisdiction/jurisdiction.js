frappe.ui.form.on("Jurisdiction", {
	setup(frm) {
		frm.set_query("parent_jurisdiction", () => ({
			filters: { disabled: 0, name: ["!=", frm.doc.name || ""] },
		}));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Places Below"), () =>
			frappe.set_route("List", "Jurisdiction", { parent_jurisdiction: frm.doc.name })
		);
		frm.add_custom_button(__("Grievances"), () => {
			// The scope path finds the whole subtree, not only this very place.
			frappe.set_route("List", "Grievance", { scope_path: ["like", `${frm.doc.scope_path}%`] });
		});
	},
});
