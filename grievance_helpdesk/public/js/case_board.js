// Grievances on a Kanban board. Frappe asks a DocType's own list settings nothing before it draws a board, so the two
// things that cannot wait stand in the board's own methods, for Grievance alone.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.MOST_CARDS = 300;

/** `change(view, result)` runs after `method` of a view of Frappe, for grievances; what it returns is the result. */
grievance_helpdesk.after_method = (view_class, method, change) => {
	const original = view_class.prototype[method];
	if (original.gh_changed) return;
	view_class.prototype[method] = function (...args) {
		const result = original.apply(this, args);
		return this.doctype === "Grievance" ? change(this, result) : result;
	};
	view_class.prototype[method].gh_changed = true;
};

/** Frappe reads every card; a whole state's would stop the browser. */
grievance_helpdesk.after_method(frappe.views.KanbanView, "get_args", (view, args) => ({
	...args,
	page_length: grievance_helpdesk.MOST_CARDS,
}));

/** A card's title becomes text once and is then set as HTML: twice escaped it is what the citizen wrote. */
grievance_helpdesk.after_method(frappe.views.KanbanView, "prepare_data", (view) => {
	for (const row of view.data) row.subject = grievance_helpdesk.escape(grievance_helpdesk.escape(row.subject));
});

grievance_helpdesk.say_what_a_board_leaves_out = (view) => {
	frappe.dom.set_style(grievance_helpdesk.LIST_STYLE, "gh-list-style");
	view.$page.addClass("gh-board").find(".gh-board-note").remove();
	if (view.data.length < grievance_helpdesk.MOST_CARDS) return;
	const words = __("The board shows {0} cases. Filter by district or category to see the others.", [view.data.length]);
	$(`<p class="gh-board-note gh-muted"></p>`).text(words).insertBefore(view.$frappe_list);
};
