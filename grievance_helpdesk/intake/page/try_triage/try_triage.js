{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/fold.js" %}
{% include "grievance_helpdesk/public/js/triage_view.js" %}
{% include "grievance_helpdesk/public/js/what_if.js" %}
{% include "grievance_helpdesk/public/js/try_it.js" %}

grievance_helpdesk.TRY_STYLE = `{% include "grievance_helpdesk/public/css/desk.css" %}
{% include "grievance_helpdesk/public/css/admin.css" %}`;

frappe.pages["try-triage"].on_page_load = (wrapper) => {
	frappe.dom.set_style(grievance_helpdesk.TRY_STYLE, "gh-try-style");
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Try Triage"), single_column: true });
	wrapper.try_it = new grievance_helpdesk.TryIt(page);
};

frappe.pages["try-triage"].on_page_show = (wrapper) => wrapper.try_it.show();
