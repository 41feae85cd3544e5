{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/channel_words.js" %}
{% include "grievance_helpdesk/public/js/health_view.js" %}

grievance_helpdesk.HEALTH_STYLE = `{% include "grievance_helpdesk/public/css/desk.css" %}
{% include "grievance_helpdesk/public/css/admin.css" %}`;

frappe.pages["channel-health"].on_page_load = (wrapper) => {
	frappe.dom.set_style(grievance_helpdesk.HEALTH_STYLE, "gh-health-style");
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Channel Health"), single_column: true });
	wrapper.health = new grievance_helpdesk.HealthPage(page);
};

frappe.pages["channel-health"].on_page_show = (wrapper) => wrapper.health.show();
