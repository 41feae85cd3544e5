/**
 * What the reports share: their filters, the way from a number to the list behind it, and what each figure means.
 *
 * A column says `key` (the list's field that the row's value filters), `drill` (further filters of the list), `drill_to`
 * (a list other than Grievance) and `drill_period` (the date of the list that lies within the row's own period, its
 * from_date and to_date). A row may say `list_of` and `list_filters` of its own, and is the total when it is `bold`.
 */
frappe.provide("grievance_helpdesk");

grievance_helpdesk.report_filters = {
	from_date: () => ({ fieldname: "from_date", label: __("From Date"), fieldtype: "Date" }),
	to_date: () => ({ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" }),
	district: () => ({
		fieldname: "district",
		label: __("District"),
		fieldtype: "Link",
		options: "Jurisdiction",
		get_query: () => ({ filters: { level: "District" } }),
	}),
	department: () => ({
		fieldname: "department",
		label: __("Department"),
		fieldtype: "Link",
		options: "Grievance Department",
	}),
	category: () => ({ fieldname: "category", label: __("Category"), fieldtype: "Link", options: "Grievance Category" }),
	officer: () => ({ fieldname: "officer", label: __("Officer"), fieldtype: "Link", options: "Nodal Officer" }),
	channel: () => ({
		fieldname: "channel",
		label: __("Channel"),
		fieldtype: "Select",
		options: ["", "X", "Facebook", "Email", "Counter"],
	}),
};

/** The settings of a report. `filters` names the shared ones, or holds one of its own; `days` is the usual period. */
grievance_helpdesk.report_view = ({ filters, days = 30, ...more }) => ({
	filters: filters.map((filter) => grievance_helpdesk.report_filter(filter, days)),
	onload: (report) => {
		grievance_helpdesk.keep_series(report);
		report.page.add_inner_button(__("What the figures mean"), () => grievance_helpdesk.explain(report));
	},
	formatter: (value, row, column, data, standard) =>
		grievance_helpdesk.linked_figure(
			standard(grievance_helpdesk.as_text(value, column), row, column, data),
			value,
			column,
			data
		),
	...more,
});

/** A chart of many days names only as many as its axis has room for, if it may: Frappe forgets that it is a series. */
grievance_helpdesk.keep_series = (report) => {
	if (report.keeps_series) return;
	report.keeps_series = true;
	const options_of = report.get_chart_options;
	report.get_chart_options = function (data) {
		const series = data.chart?.axisOptions?.xIsSeries;
		const options = options_of.call(this, data);
		if (options && series) options.axisOptions.xIsSeries = series;
		return options;
	};
};

/** Frappe shows a Data cell as HTML; names are written by people. */
grievance_helpdesk.as_text = (value, column) =>
	column.fieldtype === "Data" && typeof value === "string" ? frappe.utils.escape_html(value) : value;

grievance_helpdesk.report_filter = (filter, days) => {
	if (typeof filter !== "string") return filter;
	const described = grievance_helpdesk.report_filters[filter]();
	const today = frappe.datetime.get_today();
	if (filter === "from_date") described.default = frappe.datetime.add_days(today, 1 - days);
	if (filter === "to_date") described.default = today;
	return described;
};

/** The row of totals has no keys of its own: its numbers lead to the whole list. */
grievance_helpdesk.linked_figure = (shown, value, column, data) => {
	if (data?.bold) shown = `<b>${shown}</b>`;
	if (!column.drill || !data || !cint(value)) return shown;
	return `<a href="${frappe.utils.escape_html(grievance_helpdesk.list_address(column, data))}">${shown}</a>`;
};

grievance_helpdesk.list_address = (column, data) => {
	const report = frappe.query_report;
	const is_total = data.is_total_row || data.bold;
	const list = data.list_of || column.drill_to || "Grievance";
	const filters = {
		...(list !== "Grievance" ? {} : grievance_helpdesk.chosen(report)),
		...column.drill,
		...(is_total ? {} : data.list_filters),
	};
	if (column.drill_period) {
		const [first, last] = ["from_date", "to_date"].map((day) => data[day] || report.get_filter_value(day));
		filters[column.drill_period] = ["between", [first, last]];
	}
	for (const { key, fieldname } of is_total ? [] : report.columns.filter((other) => other.key)) {
		filters[key] = data[fieldname] || ["is", "not set"];
	}
	const query = Object.entries(filters).flatMap(([field, filter]) =>
		grievance_helpdesk
			.each_filter(filter)
			.map((one) => `${encodeURIComponent(field)}=${encodeURIComponent(Array.isArray(one) ? JSON.stringify(one) : one)}`)
	);
	return `/app/${frappe.router.slug(list)}?${query.join("&")}`;
};

/** A field may have several filters: `[[">=", …], ["<", …]]`. */
grievance_helpdesk.each_filter = (filter) => (Array.isArray(filter?.[0]) ? filter : [filter]);

/** The report's own filters that are fields of a grievance. */
grievance_helpdesk.chosen = (report) =>
	Object.fromEntries(
		["district", "department", "category", "officer", "channel"]
			.map((field) => [field, report.get_filter_value(field)])
			.filter(([, value]) => value)
	);

grievance_helpdesk.explain = (report) => {
	const rows = (report.columns || [])
		.filter((column) => column.meaning)
		.map((column) => `<dt>${frappe.utils.escape_html(column.label)}</dt><dd>${frappe.utils.escape_html(column.meaning)}</dd>`);
	frappe.msgprint({
		title: __("What the figures mean"),
		message: `<dl>${rows.join("")}</dl><p class="text-muted">${__("Merged cases count with the case that took them in.")}</p>`,
		wide: true,
	});
};
