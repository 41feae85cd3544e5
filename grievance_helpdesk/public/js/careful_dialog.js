// The dialog of every decision. Needs escape_fields.js.
frappe.provide("grievance_helpdesk");

/**
 * Writes what stands in the field with the cursor into its dialog, and waits until chosen records are looked up. Before
 * that `get_values` empties a required field which was typed into, and a Link answers with the title that it shows
 * instead of the name.
 */
grievance_helpdesk.settle = async (dialog) => {
	if (dialog.$wrapper[0].contains(document.activeElement)) document.activeElement.blur();
	await frappe.after_ajax();
	await new Promise((resolve) => setTimeout(resolve)); // a field takes an answer in after its request has ended
};

/**
 * A dialog that closes only when `send` has worked; a refusal of the server leaves the typed words where they are.
 * Ctrl+Enter sends it. focus: the field to write in first.
 */
grievance_helpdesk.careful_dialog = ({ title, fields, label, send, size, focus }) => {
	for (const df of fields) {
		// Frappe shows the value of a text field as HTML beside its input; people paste what citizens wrote.
		if (grievance_helpdesk.TEXT_FIELDS.includes(df.fieldtype)) df.formatter = grievance_helpdesk.without_markup;
	}
	const dialog = new frappe.ui.Dialog({ title, fields, size });
	const act = () => grievance_helpdesk.send_from(dialog, send);
	dialog.set_primary_action(label);
	dialog.get_primary_btn().attr("title", __("Ctrl+Enter")).on("click", act);
	dialog.$wrapper.on("keydown", (event) => {
		if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
		event.preventDefault();
		act();
	});
	if (focus) dialog.$wrapper.on("shown.bs.modal", () => dialog.get_field(focus).set_focus());
	dialog.show();
	return dialog;
};

/** Once, however often it is pressed; `send` gets the values of the dialog. */
grievance_helpdesk.send_from = async (dialog, send) => {
	if (dialog.get_primary_btn().is(".disabled, :disabled")) return;
	dialog.disable_primary_action();
	try {
		await grievance_helpdesk.settle(dialog);
		const values = dialog.get_values(); // null, and said which, when something is missing
		if (!values) return;
		await send(values);
		dialog.hide();
	} catch (error) {
		if (error instanceof Error) throw error; // the server's refusal is on the screen already
	} finally {
		dialog.enable_primary_action();
	}
};
