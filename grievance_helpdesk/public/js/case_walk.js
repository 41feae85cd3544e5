// From one case to the next without going back to the list.
frappe.provide("grievance_helpdesk");

/** The cases of the list that the officer came from; without one the own open cases, the most pressing first. */
grievance_helpdesk.cases_to_walk = async () => {
	const listed = frappe.get_list_view("Grievance")?.data || [];
	if (listed.length) return listed.map(({ name }) => name);
	const quick = await grievance_helpdesk.ask("grievance_helpdesk.redressal.casework.quick_filters.read");
	const { filters } = quick.find(({ key }) => key === "mine") || quick.find(({ key }) => key === "open");
	const options = { filters: filters.map((row) => ["Grievance", ...row]), order_by: "resolve_by asc", limit: 100 };
	return (await frappe.db.get_list("Grievance", { ...options, fields: ["name"] })).map(({ name }) => name);
};

/** step: 1 for the next case, -1 for the one before. A case that left the list leads to its first one. */
grievance_helpdesk.walk = async (frm, step) => {
	const names = await grievance_helpdesk.cases_to_walk();
	const here = names.indexOf(frm.doc.name);
	const name = here < 0 ? names[0] : names[here + step];
	if (name) {
		frappe.set_route("Form", "Grievance", name);
		return;
	}
	const words = step > 0 ? __("This was the last case of your list.") : __("This is the first case of your list.");
	frappe.show_alert({ message: words, indicator: "blue" });
};
