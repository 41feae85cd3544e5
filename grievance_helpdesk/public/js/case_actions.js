// Acts on a case that are no move of the workflow: transfer, assign, merge, undo a merge. The server decides what is
// allowed (redressal/casework/actions.py); the dialogs say beforehand what will happen.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.ACTIONS_API = "grievance_helpdesk.redressal.casework.actions";

grievance_helpdesk.act = (method, values) => frappe.xcall(`${grievance_helpdesk.ACTIONS_API}.${method}`, values);

grievance_helpdesk.transfer_dialog = (frm, view) => {
	const used = cint(frm.doc.transfer_count);
	const most = cint(view.max_transfers);
	const left = Math.max(0, most - used);
	const words = left
		? __("{0} of {1} transfers are used. The clocks go on: a transfer gives no new time.", [used, most])
		: __("All {0} transfers are used. Ask the next authority who answers for this case.", [most]);
	const dialog = grievance_helpdesk.careful_dialog({
		title: __("Transfer to another office"),
		fields: [
			{
				fieldname: "count",
				fieldtype: "HTML",
				options: `<div class="gh-band ${left ? "gh-band-plain" : "gh-band-stop"}">${words}</div>`,
			},
			{ fieldtype: "Section Break", hide_border: 1 },
			{
				fieldname: "department",
				fieldtype: "Link",
				options: "Grievance Department",
				label: __("Department"),
				default: frm.doc.department,
				get_query: () => ({ filters: { merged_into: ["is", "not set"] } }),
			},
			{ fieldtype: "Column Break" },
			{
				fieldname: "jurisdiction",
				fieldtype: "Link",
				options: "Jurisdiction",
				label: __("Place"),
				default: frm.doc.jurisdiction,
			},
			{ fieldtype: "Section Break", hide_border: 1 },
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason"),
				reqd: 1,
				description: __("The next office reads it; the citizen does not."),
			},
		],
		label: __("Transfer"),
		send: async ({ department, jurisdiction, reason }) => {
			const doc = await grievance_helpdesk.act("transfer", { name: frm.doc.name, department, jurisdiction, reason });
			await grievance_helpdesk.after_transfer(frm, doc);
		},
	});
	if (!left) dialog.get_primary_btn().prop("disabled", true);
	return dialog;
};

/** A transfer may take the case out of the officer's own sight; who handled it keeps seeing it. */
grievance_helpdesk.after_transfer = (frm, answer) => {
	const words = answer?.officer
		? grievance_helpdesk.escape(answer.reason || __("Transferred."))
		: __("Transferred. Nobody answers there yet: the case stands in the Unrouted queue.");
	return grievance_helpdesk.reload(frm, words);
};

grievance_helpdesk.assign_dialog = (frm) =>
	grievance_helpdesk.careful_dialog({
		title: __("Assign to another officer"),
		fields: [
			{
				fieldname: "officer",
				fieldtype: "Link",
				options: "Nodal Officer",
				label: __("Officer"),
				reqd: 1,
				get_query: () => ({ filters: { name: ["!=", frm.doc.officer || ""] } }),
				description: __("Somebody who answers for this place and department. To another office: Transfer."),
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason") },
		],
		label: __("Assign"),
		send: async ({ officer, reason }) => {
			await grievance_helpdesk.act("assign", { name: frm.doc.name, officer, reason });
			await grievance_helpdesk.reload(frm, __("Assigned."));
		},
	});

grievance_helpdesk.escalate_dialog = (frm) =>
	grievance_helpdesk.careful_dialog({
		title: __("Ask the next authority"),
		fields: [
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("What the Authority Should Decide"),
				reqd: 1,
				description: __("You stay responsible; the authority gets the case too. The citizen does not read this."),
			},
		],
		label: __("Escalate"),
		send: async ({ reason }) => {
			await grievance_helpdesk.act("escalate", { name: frm.doc.name, reason });
			await grievance_helpdesk.reload(frm, __("The next authority has the case on the desk."));
		},
	});

grievance_helpdesk.merge_dialog = (frm) => {
	const dialog = grievance_helpdesk.careful_dialog({
		title: __("Merge this case into another one"),
		size: "large",
		fields: [
			{
				fieldname: "target",
				fieldtype: "Link",
				options: "Grievance",
				label: __("The Case That Goes On"),
				reqd: 1,
				default: frm.doc.possible_duplicate_of,
				only_select: 1,
				get_query: () => ({ filters: { name: ["!=", frm.doc.name], status: ["in", ["Open", "On Hold", "Resolved"]] } }),
				onchange: () => grievance_helpdesk.compare(dialog, frm),
			},
			{ fieldname: "similar", fieldtype: "HTML" },
			{ fieldname: "both", fieldtype: "HTML" },
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Why They Are One Case"), reqd: 1 },
		],
		label: __("Merge"),
		send: async ({ target, reason }) => {
			await grievance_helpdesk.act("merge", { name: frm.doc.name, target, reason });
			await grievance_helpdesk.reload(frm, __("Merged. Later posts go to the other case."));
		},
	});
	grievance_helpdesk.offer_similar(dialog, frm);
	grievance_helpdesk.compare(dialog, frm);
	return dialog;
};

grievance_helpdesk.offer_similar = async (dialog, frm) => {
	const unfinished = ["Open", "On Hold", "Resolved"];
	const rows = (await grievance_helpdesk.similar_cases(frm.doc.name)).filter(({ status }) => unfinished.includes(status));
	const escape = grievance_helpdesk.escape;
	const items = rows.map(
		(row) => `<button type="button" class="btn btn-default btn-sm gh-similar" data-name="${escape(row.name)}">
			<strong>${escape(row.name)}</strong> ${escape(row.subject)}
			<span class="gh-muted">${escape(grievance_helpdesk.site_time(row.received_at))}</span></button>`
	);
	const area = dialog.get_field("similar").$wrapper;
	area.html(
		items.length
			? `<p class="gh-muted">${__("Similar cases:")}</p>${items.join("")}`
			: `<p class="gh-muted">${__("No similar case is open. Search by number or subject above.")}</p>`
	);
	area.find("[data-name]").on("click", (event) => dialog.set_value("target", event.currentTarget.dataset.name));
};

/** Both cases side by side, so that nobody merges two different problems. */
grievance_helpdesk.compare = async (dialog, frm) => {
	const area = dialog.get_field("both").$wrapper.empty();
	const target = dialog.get_value("target") || frm.doc.possible_duplicate_of;
	if (!target || target === frm.doc.name) return;
	const fields = ["name", "subject", "public_text", "place_text", "status", "received_at", "support_count"];
	const { message } = await frappe.db.get_value("Grievance", target, fields);
	if (!message?.name) return;
	area.html(`<div class="gh-both">${grievance_helpdesk.case_half(frm.doc, __("This case ends here"))}
		${grievance_helpdesk.case_half(message, __("This case goes on"))}</div>`);
};

grievance_helpdesk.case_half = (doc, title) => {
	const escape = grievance_helpdesk.escape;
	const place = doc.place_text ? `<div class="gh-muted">${escape(doc.place_text)}</div>` : "";
	return `<section class="gh-half"><h5>${title}</h5>
		<strong>${escape(doc.name)}</strong> · ${escape(__(doc.status))}
		<div dir="auto">${escape(doc.subject)}</div>${place}
		<div class="gh-muted">${escape(grievance_helpdesk.site_time(doc.received_at))}</div>
		<blockquote dir="auto">${escape(cstr(doc.public_text).slice(0, 400))}</blockquote></section>`;
};

grievance_helpdesk.undo_merge_dialog = (frm) =>
	frappe.confirm(
		__("Open {0} again as a case of its own? Its posts and citizens are with it; {1} no longer counts them.", [
			frm.doc.name,
			frm.doc.merged_into,
		]),
		async () => {
			await grievance_helpdesk.act("undo_merge", { name: frm.doc.name });
			await grievance_helpdesk.reload(frm, __("The case is open again."));
		}
	);
