{% include "grievance_helpdesk/public/js/try_button.js" %}

frappe.ui.form.on("Triage Phrase", {
	refresh: (frm) => grievance_helpdesk.add_try_button(frm),
});
