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
	const dialog = new frappe.ui.Dialog({
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
		primary_action_label: allowed ? __("Allow") : __("Dismiss"),
		async primary_action({ order_text }) {
			dialog.disable_primary_action();
			try {
				await frappe.xcall("grievance_helpdesk.redressal.escalation.appeals.dispose", {
					appeal: frm.doc.name,
					decision,
					order_text,
				});
				dialog.hide();
				frm.reload_doc();
			} catch {
				// The server's refusal stands in a message of its own; the text stays for correcting.
			} finally {
				dialog.enable_primary_action();
			}
		},
	});
	dialog.show();
}
