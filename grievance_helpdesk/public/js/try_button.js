// "Try it" on the forms of a category and a phrase: takes the form as it stands to the page Try Triage.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.add_try_button = (frm) => {
	const may = ["Grievance Administrator", "Grievance Cell", "System Manager"];
	if (!may.some((role) => frappe.user_roles.includes(role))) return;
	frm.add_custom_button(__("Try it"), () => {
		grievance_helpdesk.tried_change = JSON.parse(JSON.stringify(frm.doc));
		frappe.set_route("try-triage");
	});
};
