{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/case_words.js" %}

grievance_helpdesk.name_due = (event, element) => {
	const { words } = grievance_helpdesk.due_tone(event);
	element.attr("title", `${words}: ${event.name}, ${event.title}`);
	element.find(".fc-title, .fc-event-title").prepend($(`<strong class="gh-due-word"></strong>`).text(`${words}: `));
};

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
		defaultTimedEventDuration: "00:01", // a limit just before midnight does not reach into the next day
		// "+3 more" instead of a day that grows without end; Frappe 16 has another release of the calendar, with other names.
		eventLimit: true,
		dayMaxEvents: true,
		eventRender: (event, element) => grievance_helpdesk.name_due(event, element),
		eventDidMount: ({ event, el }) => grievance_helpdesk.name_due({ ...event.extendedProps, title: event.title }, $(el)),
	},
};
