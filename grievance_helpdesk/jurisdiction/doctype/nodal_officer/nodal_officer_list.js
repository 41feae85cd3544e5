frappe.listview_settings["Nodal Officer"] = {
	add_fields: ["disabled", "away_from", "away_to"],
	get_indicator(officer) {
		const today = frappe.datetime.get_today();
		const away =
			officer.away_from && officer.away_from <= today && (!officer.away_to || today <= officer.away_to);
		if (officer.disabled) return [__("Disabled"), "gray", "disabled,=,1"];
		if (away) return [__("Away"), "orange", `away_from,<=,${today}`];
		return [__("On Duty"), "green", "disabled,=,0"];
	},
};
