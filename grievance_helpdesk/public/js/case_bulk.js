// One act on many cases of the list: assign, transfer, close with one text. Each case stands or falls alone; what was
// refused is listed with its reason (redressal/casework/bulk_actions.py).
frappe.provide("grievance_helpdesk");

grievance_helpdesk.BULK_API = "grievance_helpdesk.redressal.casework.bulk_actions";

grievance_helpdesk.add_bulk_actions = (listview) => {
	if (!frappe.model.can_write("Grievance")) return;
	grievance_helpdesk.hide_bare_assignment(listview);
	const acts = [
		[__("Assign…"), grievance_helpdesk.bulk_assign],
		[__("Transfer…"), grievance_helpdesk.bulk_transfer],
		[__("Close with one text…"), grievance_helpdesk.bulk_close],
	];
	for (const [label, run] of acts) {
		listview.page.add_actions_menu_item(label, () => run(listview, listview.get_checked_items(true)), false);
	}
};

/** Frappe's own assignment changes the To Do only, not the officer of the case: it would mislead here. */
grievance_helpdesk.hide_bare_assignment = (listview) => {
	const context = "Button in list view actions menu";
	for (const label of ["Assign To", "Clear Assignment", "Apply Assignment Rule"]) {
		const item = `.menu-item-label[data-label="${encodeURIComponent(__(label, null, context))}"]`;
		listview.page.actions.find(item).closest("li").remove();
	}
};

grievance_helpdesk.bulk_dialog = (listview, names, { title, fields, label, method }) =>
	grievance_helpdesk.careful_dialog({
		title,
		fields: [
			{
				fieldname: "count",
				fieldtype: "HTML",
				options: `<div class="gh-band gh-band-plain">${
					names.length === 1 ? __("1 case is chosen.") : __("{0} cases are chosen.", [names.length])
				}</div>`,
			},
			...fields,
		],
		label,
		send: async (values) => {
			const { message } = await frappe.call({
				method: `${grievance_helpdesk.BULK_API}.${method}`,
				args: { names, ...values },
				freeze: true,
				freeze_message: __("Working…"),
			});
			listview.clear_checked_items();
			listview.refresh();
			grievance_helpdesk.show_bulk_result(message);
		},
	});

grievance_helpdesk.show_bulk_result = ({ done = [], refused = [], queued }) => {
	if (queued) {
		frappe.msgprint({
			title: __("Working in the background"),
			indicator: "blue",
			message: __("{0} cases are being worked on. A notification tells you what was done and what was refused.", [queued]),
		});
		return;
	}
	const escape = grievance_helpdesk.escape;
	const rows = refused.map(
		({ name, reason }) =>
			`<tr><td><a href="${frappe.utils.get_form_link("Grievance", name)}">${escape(name)}</a></td><td>${escape(reason)}</td></tr>`
	);
	const table = rows.length
		? `<p>${__("Refused: {0}. They stay as they were.", [refused.length])}</p>
			<table class="table table-bordered gh-refused"><thead><tr><th>${__("Case")}</th><th>${__("Why")}</th></tr></thead>
			<tbody>${rows.join("")}</tbody></table>`
		: "";
	frappe.msgprint({
		title: refused.length ? __("Done in part") : __("Done"),
		indicator: refused.length ? "orange" : "green",
		message: `<p>${__("Done: {0}.", [done.length])}</p>${table}`,
		wide: rows.length > 0,
	});
};

grievance_helpdesk.bulk_assign = (listview, names) =>
	grievance_helpdesk.bulk_dialog(listview, names, {
		title: __("Assign to one officer"),
		method: "assign",
		label: __("Assign"),
		fields: [
			{ fieldname: "officer", fieldtype: "Link", options: "Nodal Officer", label: __("Officer"), reqd: 1 },
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason") },
		],
	});

grievance_helpdesk.bulk_transfer = (listview, names) =>
	grievance_helpdesk.bulk_dialog(listview, names, {
		title: __("Transfer to another office"),
		method: "transfer",
		label: __("Transfer"),
		fields: [
			{ fieldname: "department", fieldtype: "Link", options: "Grievance Department", label: __("Department") },
			{ fieldname: "jurisdiction", fieldtype: "Link", options: "Jurisdiction", label: __("Place") },
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason"),
				reqd: 1,
				description: __("The next office reads it; the citizen does not."),
			},
		],
	});

grievance_helpdesk.bulk_close = (listview, names) =>
	grievance_helpdesk.bulk_dialog(listview, names, {
		title: __("Close with one text"),
		method: "close",
		label: __("Close these cases"),
		fields: [
			{ fieldname: "band", fieldtype: "HTML", options: grievance_helpdesk.audience_band(true) },
			{
				fieldname: "text",
				fieldtype: "Small Text",
				label: __("Action Taken"),
				reqd: 1,
				description: __("It stands below what was written about a case already. Where evidence is asked for, close the case by itself."),
			},
			{ fieldname: "action", fieldtype: "Data", hidden: 1, default: grievance_helpdesk.hand_over_action() },
		],
	});

/** Whoever may not resolve hands the text to somebody who may: the workflow's action for that, else nothing. */
grievance_helpdesk.hand_over_action = () => {
	const workflow = frappe.workflow.workflows.Grievance;
	if (!workflow) return "";
	const moves = workflow.states.flatMap(({ state }) => {
		const doc = { doctype: "Grievance", workflow_state: state };
		return grievance_helpdesk.moves_of(doc).map((move) => ({ doc, move }));
	});
	if (moves.some(({ move }) => move.status === "Resolved")) return "";
	return moves.find(({ doc, move }) => grievance_helpdesk.hands_over_the_work(doc, move))?.move.action || "";
};
