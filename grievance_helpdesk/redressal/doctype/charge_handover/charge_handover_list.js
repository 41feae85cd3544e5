frappe.listview_settings["Charge Handover"] = {
	get_indicator(doc) {
		const colour = { Waiting: "orange", Done: "green", Failed: "red" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
