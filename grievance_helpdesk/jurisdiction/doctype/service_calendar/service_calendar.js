frappe.ui.form.on("Service Calendar", {
	refresh(frm) {
		if (frm.is_new() || !frm.perm[0].write) return;
		frm.add_custom_button(__("Add Public Holidays"), () => ask_for_year(frm));
	},
});

function ask_for_year(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save the calendar first, then add the holidays."));
		return;
	}
	const year = {
		fieldname: "year",
		fieldtype: "Int",
		label: __("Year"),
		reqd: 1,
		default: moment().year() + 1,
		description: __("Days that are in the calendar already are not added again."),
	};
	frappe.prompt(year, (values) => add_holidays(frm, values.year), __("Add Public Holidays"), __("Add"));
}

async function add_holidays(frm, year) {
	const { message: count } = await frm.call("add_public_holidays", { year });
	await frm.reload_doc();
	frappe.show_alert({
		message: count
			? __("{0} holidays of {1} were added.", [count, year])
			: __("All public holidays of {0} are in the calendar already.", [year]),
		indicator: count ? "green" : "blue",
	});
}
