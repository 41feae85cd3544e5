frappe.ui.form.on("Nodal Officer", {
	setup(frm) {
		const another_officer = () => ({ filters: { disabled: 0, name: ["!=", frm.doc.name || ""] } });
		frm.set_query("reports_to", another_officer);
		frm.set_query("acting_officer", another_officer);
		frm.set_query("jurisdiction", "postings", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Open Grievances"), () =>
			frappe.set_route("List", "Grievance", { officer: frm.doc.name, status: ["in", ["Open", "On Hold"]] })
		);
	},

	away_from(frm) {
		if (frm.doc.away_from && !frm.doc.acting_officer) {
			frappe.show_alert({
				message: __("Name an acting officer: until then new grievances go one level up."),
				indicator: "orange",
			});
		}
	},
});
