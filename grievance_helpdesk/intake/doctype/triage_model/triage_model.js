frappe.ui.form.on("Triage Model", {
	refresh(frm) {
		frm.disable_save(); // training writes every field
		if (frm.doc.status !== "Kept" || !frm.perm[0].write) return;
		frm.add_custom_button(__("Use this version"), () =>
			frappe.confirm(__("Triage will judge new posts with this version; the present one is kept."), async () => {
				await frm.call({ method: "bring_back", doc: frm.doc, freeze: true });
				await frm.reload_doc();
			})
		);
	},
});
