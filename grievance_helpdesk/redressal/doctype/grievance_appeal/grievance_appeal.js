{% include "grievance_helpdesk/public/js/escape_fields.js" %}
{% include "grievance_helpdesk/public/js/careful_dialog.js" %}

frappe.ui.form.on("Grievance Appeal", {
	refresh(frm) {
		if (frm.doc.status !== "Pending") return;
		const late = frm.doc.due_by && frm.doc.due_by < frappe.datetime.now_datetime();
		frm.set_intro(
			late
				? __("This appeal is overdue and goes to the next authority.")
				: __("Read the case, then allow or dismiss the appeal."),
			late ? "red" : "blue"
		);
		frm.add_custom_button(__("Allow"), () => decide(frm, "Allowed")).addClass("btn-primary");
		frm.add_custom_button(__("Dismiss"), () => decide(frm, "Dismissed"));
	},
});

function decide(frm, decision) {
	const allowed = decision === "Allowed";
	grievance_helpdesk.careful_dialog({
		title: allowed ? __("Allow the Appeal") : __("Dismiss the Appeal"),
		fields: [
			{
				fieldtype: "HTML",
				options: `<p>${
					allowed
						? __("The grievance goes back to its officer to be worked on again.")
						: __("The grievance stays as it is.")
				}</p>`,
			},
			{
				fieldname: "order_text",
				fieldtype: "Text",
				label: __("Order"),
				reqd: 1,
				description: __("What was decided and why. The citizen reads it."),
			},
		],
		label: allowed ? __("Allow") : __("Dismiss"),
		send: async ({ order_text }) => {
			const values = { appeal: frm.doc.name, decision, order_text };
			await frappe.xcall("grievance_helpdesk.redressal.escalation.appeals.dispose", values);
			frm.reload_doc();
		},
	});
}
