// What a person can decide about a post, for the form and for many posts of the list at once.
frappe.provide("grievance_helpdesk");

/** Asks for the ground, showing the reply that the citizen would get; `send({ground})` decides. */
grievance_helpdesk.ask_ground = (send) => {
	const dialog = grievance_helpdesk.careful_dialog({
		title: __("Not a grievance"),
		fields: [
			{
				fieldname: "ground",
				fieldtype: "Link",
				options: "Non-grievance Ground",
				label: __("Ground"),
				reqd: 1,
				get_query: () => ({ filters: { disabled: 0 } }),
				onchange: () => grievance_helpdesk.show_reply(dialog),
			},
			{ fieldname: "reply", fieldtype: "HTML" },
		],
		label: __("Set aside"),
		send: ({ ground }) => send({ ground }),
	});
};

grievance_helpdesk.show_reply = async (dialog) => {
	const ground = dialog.get_value("ground");
	const area = dialog.get_field("reply").$wrapper.empty();
	if (!ground) return;
	const { message } = await frappe.db.get_value("Non-grievance Ground", ground, [
		"reply_text",
		"reply_text_hi",
		"citation",
	]);
	if (!message || dialog.get_value("ground") !== ground) return;
	const escape = grievance_helpdesk.escape;
	area.html(`<div class="gh-reply"><p class="text-muted">${__("Reply text of this ground:")}</p>
		<blockquote>${escape(message.reply_text)}</blockquote>
		<blockquote lang="hi">${escape(message.reply_text_hi)}</blockquote>
		${message.citation ? `<p class="text-muted">${escape(message.citation)}</p>` : ""}</div>`);
};

/** Runs one method on each checked post, one after another, and says what failed. */
grievance_helpdesk.on_each_post = async (listview, label, method, values) => {
	const names = listview.get_checked_items(true);
	if (!names.length) return;
	const failed = [];
	for (const [index, name] of names.entries()) {
		frappe.show_progress(label, index + 1, names.length, "", true);
		try {
			await grievance_helpdesk.run_method("Citizen Post", name, method, values);
		} catch {
			failed.push(name); // the server's own message is on the screen already
		}
	}
	frappe.hide_progress();
	const done = names.length - failed.length;
	frappe.show_alert({
		message: failed.length ? __("{0} done, {1} not", [done, failed.length]) : __("{0} done", [done]),
		indicator: failed.length ? "orange" : "green",
	});
	listview.clear_checked_items();
	listview.refresh();
};
