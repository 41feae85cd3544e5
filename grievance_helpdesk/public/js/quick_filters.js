// One-click filters with counts above a list. The counts are the list's own, so they stay inside the viewer's scope.
// Where the server counts all of them at once, `read` asks it for the filters and their numbers.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.LIST_STYLE = `{% include "grievance_helpdesk/public/css/list.css" %}`;

grievance_helpdesk.QuickFilters = class {
	/**
	 * filters: [{label, filters: [[fieldname, operator, value], …], tone, count}]
	 * read: answers the same filters with fresh numbers; without it each is counted by itself.
	 */
	constructor(listview, filters, read = null) {
		this.listview = listview;
		this.filters = filters;
		this.read = read;
		frappe.dom.set_style(grievance_helpdesk.LIST_STYLE, "gh-list-style");
		this.bar = $(`<div class="gh-quick" role="group" aria-label="${__("Quick filters")}"></div>`);
		filters.forEach((filter, index) => this.add(filter, index));
		listview.$frappe_list.before(this.bar);
	}

	add(filter, index) {
		$(`<button type="button" class="btn btn-default btn-sm" aria-pressed="false" data-index="${index}">
			${grievance_helpdesk.escape(filter.label)} <span class="gh-count gh-${filter.tone || "gray"}"></span>
		</button>`)
			.appendTo(this.bar)
			.on("click", () => this.toggle(this.filters[index]));
	}

	async toggle(filter) {
		const wanted = this.is_on(filter) ? [] : filter.filters;
		await this.listview.filter_area.clear(false);
		await this.listview.filter_area.set(this.with_doctype(wanted));
		this.listview.refresh();
	}

	with_doctype(filters) {
		return filters.map(([field, operator, value]) => [this.listview.doctype, field, operator, value]);
	}

	is_on(filter) {
		const words = (filters) => JSON.stringify(filters.map((row) => row.slice(1, 4).map(String)).sort());
		return words(this.with_doctype(filter.filters)) === words(this.listview.filter_area.get());
	}

	async refresh() {
		this.mark();
		if (this.read) {
			this.show_all(await this.read());
			return;
		}
		await Promise.all(
			this.filters.map(async (filter, index) => {
				const filters = this.with_doctype(filter.filters);
				this.show(await frappe.db.count(this.listview.doctype, { filters }), index);
			})
		);
	}

	/** filters: as `read` answers them, with their numbers. */
	show_all(filters) {
		this.filters = filters;
		this.mark();
		filters.forEach(({ count }, index) => this.show(count, index));
	}

	mark() {
		this.filters.forEach((filter, index) => {
			const on = this.is_on(filter);
			this.bar.find(`[data-index=${index}]`).attr("aria-pressed", String(on)).toggleClass("gh-on", on);
		});
	}

	show(count, index) {
		this.bar.find(`[data-index=${index}] .gh-count`).text(count).toggleClass("gh-zero", !count);
	}
};

/**
 * Frappe shows three columns beside the subject on a usual screen; this list needs all that the DocType names, and
 * room for the subject. An admin's own List View Settings stand above this.
 */
grievance_helpdesk.show_all_columns = (listview) => {
	frappe.dom.set_style(grievance_helpdesk.LIST_STYLE, "gh-list-style");
	listview.$page.addClass("gh-list");
	if (listview.list_view_settings.total_fields) return;
	listview.list_view_settings.total_fields = 10;
	listview.list_view_settings.disable_comment_count = 1;
	listview.setup_columns();
	listview.render_header(true);
};

/** What an empty list says: its own next step instead of "You haven't created one yet". */
grievance_helpdesk.set_empty_state = (listview, words) => {
	const original = listview.get_no_result_message.bind(listview);
	listview.get_no_result_message = () => {
		const text = words(listview.filter_area ? listview.filter_area.get() : []);
		return text
			? `<div class="msg-box no-border"><p class="gh-empty">${grievance_helpdesk.escape(text)}</p></div>`
			: original();
	};
};
