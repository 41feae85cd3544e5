frappe.ui.form.on("Charge Handover", {
	setup(frm) {
		frm.set_query("to_officer", () => ({
			filters: { disabled: 0, name: ["!=", frm.doc.from_officer || ""] },
		}));
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(
				__("On the day, all open cases, escalated cases and appeals of the officer who leaves go to the other."),
				"blue"
			);
			return;
		}
		const states = {
			Waiting: [__("Waits for its day, or for the background job."), "orange"],
			Failed: [__("Nothing was handed over. Correct what the error says, then try again."), "red"],
		};
		const state = states[frm.doc.status];
		state && frm.set_intro(...state);
		const due = frm.doc.effective_on <= frappe.datetime.get_today();
		if (state && due && frm.perm[0].write) {
			frm.add_custom_button(__("Try Again"), () =>
				frm.call("try_again").then(() => frm.reload_doc())
			);
		}
	},
});
