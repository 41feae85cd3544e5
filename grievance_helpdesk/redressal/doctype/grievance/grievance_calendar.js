{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/case_words.js" %}

// Cases by the moment at which they must be solved. A limit is computed, so nothing can be dragged to another day.
frappe.views.calendar["Grievance"] = {
	fields: ["name", "subject", "resolve_by", "status", "urgent"],
	field_map: {
		id: "name",
		start: "resolve_by",
		end: "resolve_by",
		title: "subject",
		editable: "gh_never", // a field that no row has
	},

	get_css_class: (event) => grievance_helpdesk.due_tone(event).colour,

	options: {
		editable: false,
		selectable: false,
		displayEventEnd: false,
		contentHeight: "auto", // a phone scrolls the page, not a box inside it
		eventLimit: true, // "+3 more" instead of a day that grows without end
		eventRender(event, element) {
			const { words } = grievance_helpdesk.due_tone(event);
			element.attr("title", `${words}: ${event.name}, ${event.title}`);
			element.find(".fc-title").prepend($(`<strong class="gh-due-word"></strong>`).text(`${words}: `));
		},
	},
};
