frappe.ui.form.on("Escalation Level", {
	levels_add(frm) {
		number_levels(frm);
	},
	levels_remove(frm) {
		number_levels(frm);
	},
	levels_move(frm) {
		number_levels(frm);
	},
});

function number_levels(frm) {
	(frm.doc.levels || []).forEach((row, index) => {
		row.level = index + 1;
	});
	frm.refresh_field("levels");
}

frappe.ui.form.on("Escalation Ladder", {
	setup(frm) {
		frm.set_query("officer", "levels", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		const where = [frm.doc.category, frm.doc.department].filter(Boolean).map(frappe.utils.escape_html);
		const text = where.length
			? __("This ladder counts for {0}, before any more general one.", [where.join(", ")])
			: __("This ladder counts for every case that no narrower ladder covers.");
		frm.set_intro(frm.doc.disabled ? __("This ladder is not in use.") : text, "blue");
	},
});
