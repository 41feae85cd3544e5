// What an officer writes to the citizen, and what stays inside. Two colours and two words keep them apart: green and
// "The citizen reads this" for public text, yellow and "Internal" for notes.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.REPLY_API = "grievance_helpdesk.redressal.citizen_side.reply_api";

grievance_helpdesk.reply_languages = () => [
	{ value: "hi", label: __("Hindi") },
	{ value: "en", label: __("English") },
];

/** The language in which the citizen wrote, as far as replies know it. */
grievance_helpdesk.citizen_language = (doc) => (doc.language === "en" ? "en" : "hi");

/** A band that says who will read what is typed below it. */
grievance_helpdesk.audience_band = (is_public) =>
	is_public
		? `<div class="gh-band gh-band-public">${__("The citizen reads this text: no phone numbers, and nobody else's data.")}</div>`
		: `<div class="gh-band gh-band-internal">${__("Internal: only officers read this. It never goes to the citizen.")}</div>`;

/**
 * Fields of a dialog for one public text with canned replies above it.
 * target: name of the text field.
 */
grievance_helpdesk.reply_fields = (frm, { target, label, reqd = 1, value = "" }) => [
	{ fieldname: "band", fieldtype: "HTML", options: grievance_helpdesk.audience_band(true) },
	{ fieldtype: "Section Break", hide_border: 1 },
	{ fieldname: "template", fieldtype: "Select", options: [""], label: __("Canned Reply") },
	{ fieldtype: "Column Break" },
	{
		fieldname: "language",
		fieldtype: "Select",
		options: grievance_helpdesk.reply_languages(),
		default: grievance_helpdesk.citizen_language(frm.doc),
		label: __("Language of the Reply"),
	},
	{ fieldtype: "Section Break", hide_border: 1 },
	{ fieldname: target, fieldtype: "Small Text", label, reqd, default: value },
];

/** The canned replies that fit the case, those for its own category and department first. */
grievance_helpdesk.offer_templates = async (dialog, frm, purposes) => {
	const { name } = frm.doc;
	const rows = await grievance_helpdesk.ask(`${grievance_helpdesk.REPLY_API}.templates`, { name });
	const fitting = rows.filter(({ purpose }) => purposes.includes(purpose)).map((row) => row.name);
	dialog.set_df_property("template", "options", ["", ...fitting]);
	if (!fitting.length) dialog.set_df_property("template", "description", __("No canned reply fits this case."));
};

/** Choosing a template or a language writes the reply; words of the officer's own stay, the reply goes below them. */
grievance_helpdesk.follow_template = (dialog, frm, target, purposes) => {
	grievance_helpdesk.offer_templates(dialog, frm, purposes);
	let inserted = "";
	const insert = async () => {
		const template = dialog.get_value("template");
		if (!template) return;
		const values = { name: frm.doc.name, template, language: dialog.get_value("language") };
		const text = await grievance_helpdesk.ask(`${grievance_helpdesk.REPLY_API}.render`, values);
		if (dialog.get_value("template") !== template) return;
		const written = cstr(dialog.get_value(target)).trim();
		const own = inserted && written.endsWith(inserted) ? written.slice(0, -inserted.length).trim() : written;
		inserted = text.trim();
		await dialog.set_value(target, [own, inserted].filter(Boolean).join("\n\n"));
	};
	for (const fieldname of ["template", "language"]) dialog.fields_dict[fieldname].df.onchange = insert;
};

grievance_helpdesk.message_dialog = (frm, { title, purposes, label, then } = {}) => {
	const dialog = grievance_helpdesk.careful_dialog({
		title: title || __("Message to the citizen"),
		fields: grievance_helpdesk.reply_fields(frm, {
			target: "text",
			label: __("Message"),
		}),
		label: label || __("Send"),
		focus: "text",
		send: async ({ text }) => {
			await frappe.xcall(`${grievance_helpdesk.REPLY_API}.send`, { name: frm.doc.name, text });
			await (then ? then() : grievance_helpdesk.reload(frm, __("Sent. The citizen sees it.")));
		},
	});
	grievance_helpdesk.follow_template(dialog, frm, "text", purposes || ["Acknowledge", "Ask Citizen", "General"]);
	return dialog;
};

grievance_helpdesk.interim_dialog = (frm) => {
	const fields = grievance_helpdesk.reply_fields(frm, {
		target: "text",
		label: __("Interim Reply"),
	});
	fields.push({ fieldname: "expected_by", fieldtype: "Date", reqd: 1, label: __("The Citizen Can Expect It By") });
	const dialog = grievance_helpdesk.careful_dialog({
		title: __("Interim reply"),
		fields,
		label: __("Send"),
		focus: "text",
		send: async ({ text, expected_by }) => {
			await frappe.xcall(`${grievance_helpdesk.REPLY_API}.interim`, { name: frm.doc.name, text, expected_by });
			await grievance_helpdesk.reload(frm, __("Sent. The clocks go on."));
		},
	});
	grievance_helpdesk.follow_template(dialog, frm, "text", ["Interim Reply"]);
	return dialog;
};

grievance_helpdesk.note_dialog = (frm) =>
	grievance_helpdesk.careful_dialog({
		title: __("Internal note"),
		fields: [
			{ fieldname: "band", fieldtype: "HTML", options: grievance_helpdesk.audience_band(false) },
			{ fieldname: "text", fieldtype: "Small Text", label: __("Note"), reqd: 1 },
		],
		label: __("Keep"),
		send: async ({ text }) => {
			await frappe.xcall(`${grievance_helpdesk.REPLY_API}.note`, { name: frm.doc.name, text });
			await grievance_helpdesk.reload(frm, __("Kept. Only officers see it."));
		},
	});

grievance_helpdesk.reload = async (frm, message) => {
	await frm.reload_doc();
	if (message) frappe.show_alert({ message, indicator: "green" });
};
