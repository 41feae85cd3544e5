{% include "grievance_helpdesk/public/js/list_import.js" %}

frappe.listview_settings["Nodal Officer"] = {
	add_fields: ["disabled", "away_from", "away_to"],
	onload: (listview) =>
		grievance_helpdesk.add_import(listview, { label: __("Import officers"), template: "officers.csv" }),
	get_indicator(officer) {
		const today = frappe.datetime.get_today();
		const away =
			officer.away_from && officer.away_from <= today && (!officer.away_to || today <= officer.away_to);
		if (officer.disabled) return [__("Disabled"), "gray", "disabled,=,1"];
		if (away) return [__("Away"), "orange", `away_from,<=,${today}`];
		return [__("On Duty"), "green", "disabled,=,0"];
	},
};
