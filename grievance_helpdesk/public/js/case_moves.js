// Moves of the workflow. What a move leads to is read from the workflow itself, so that an admin's states and actions
// work without code: only the status that a state sets is known here.
frappe.provide("grievance_helpdesk");

/** The rows of the active workflow that the user may take from the state of `doc`: [{action, next_state, status}]. */
grievance_helpdesk.moves_of = (doc, state = doc.workflow_state) => {
	const workflow = frappe.workflow.workflows[doc.doctype];
	if (!workflow) return [];
	const moves = new Map();
	for (const row of workflow.transitions || []) {
		if (row.state !== state || !frappe.user_roles.includes(row.allowed) || moves.has(row.action)) continue;
		moves.set(row.action, {
			action: row.action,
			next_state: row.next_state,
			status: grievance_helpdesk.status_of(workflow, row.next_state),
		});
	}
	return [...moves.values()];
};

/** The status that a state sets through Frappe's own Update Field. */
grievance_helpdesk.status_of = (workflow, state) => {
	const row = (workflow.states || []).find((row) => row.state === state && row.update_field === "status");
	return row?.update_value || null;
};

/**
 * Whether the move hands the case to somebody else who may resolve it: nobody should have to guess there what was
 * done, so it is asked like at the resolution itself.
 */
grievance_helpdesk.hands_over_the_work = (doc, move) => {
	const workflow = frappe.workflow.workflows[doc.doctype];
	const others_resolve = workflow.transitions.some(
		(row) => row.state === move.next_state && grievance_helpdesk.status_of(workflow, row.next_state) === "Resolved"
	);
	const mine = grievance_helpdesk.moves_of(doc, move.next_state);
	const here = grievance_helpdesk.moves_of(doc);
	const may_resolve = [...mine, ...here].some(({ status }) => status === "Resolved");
	return move.status === "Open" && others_resolve && !may_resolve && !mine.some(({ status }) => status === "Open");
};

/**
 * Frappe calls this before it applies a move, and waits. A move that needs words first is taken by its dialog, with the
 * words in the same save; the promise then stays open, which is how a form script says "not you" without an error.
 */
grievance_helpdesk.before_move = (frm) => {
	const move = grievance_helpdesk.moves_of(frm.doc).find(({ action }) => action === frm.selected_workflow_action);
	const ask = move && grievance_helpdesk.question_before(frm.doc, move);
	if (!ask) return Promise.resolve();
	frm.selected_workflow_action = null;
	frappe.dom.unfreeze();
	ask(frm, move);
	return new Promise(() => {});
};

/** The dialog that a move needs, or null. */
grievance_helpdesk.question_before = (doc, move) => {
	const finished = ["Resolved", "Closed"];
	if (doc.status === "Merged") return grievance_helpdesk.undo_merge_dialog;
	if (move.status === "Merged") return grievance_helpdesk.merge_dialog;
	if (move.status === "Rejected") return grievance_helpdesk.reject_dialog;
	if (move.status === "On Hold" && doc.status !== "On Hold") return grievance_helpdesk.ask_dialog;
	const resolves = finished.includes(move.status) && !finished.includes(doc.status);
	return resolves || grievance_helpdesk.hands_over_the_work(doc, move) ? grievance_helpdesk.resolve_dialog : null;
};

/** Takes the move with `values` in one save; the server's refusal leaves the dialog open. */
grievance_helpdesk.move_with = async (frm, move, values) => {
	await grievance_helpdesk.act("move", { name: frm.doc.name, action: move.action, values });
	await grievance_helpdesk.reload(frm, __("{0}: done.", [__(move.action)]));
};

/** Frappe's own way to move, for the buttons in the strip; the timeline comes anew with the case. */
grievance_helpdesk.move = async (frm, action) => {
	if (frm.is_dirty()) await frm.save();
	frappe.dom.freeze();
	frm.selected_workflow_action = action;
	await frm.script_manager.trigger("before_workflow_action");
	try {
		await frappe.xcall("frappe.model.workflow.apply_workflow", { doc: frm.doc, action });
		frm.selected_workflow_action = null; // before the next state's buttons are there to be pressed
		await frm.reload_doc();
		await frm.script_manager.trigger("after_workflow_action");
		frm.gh_moved = false; // it is fresh already
	} finally {
		frappe.dom.unfreeze();
	}
};

grievance_helpdesk.resolve_dialog = async (frm, move) => {
	const view = frm.gh_view || (await grievance_helpdesk.read_view(frm));
	const evidence_needed = cint(view.evidence_required);
	const fields = grievance_helpdesk.reply_fields(frm, {
		target: "action_taken",
		label: __("Action Taken"),
		value: frm.doc.action_taken,
	});
	fields.push({
		fieldname: "evidence",
		fieldtype: "Attach",
		label: evidence_needed ? __("Evidence (photo or document of the work done)") : __("Evidence (not required)"),
		reqd: evidence_needed,
		default: frm.doc.evidence,
		options: { doctype: frm.doctype, docname: frm.doc.name, fieldname: "evidence", folder: "Home/Attachments" },
	});
	const dialog = grievance_helpdesk.careful_dialog({
		title: __("What was done?"),
		fields,
		label: __(move.action),
		focus: "action_taken",
		send: async ({ action_taken, evidence }) => {
			await grievance_helpdesk.move_with(frm, move, { action_taken, evidence: evidence || null });
		},
	});
	grievance_helpdesk.follow_template(dialog, frm, "action_taken", ["Action Taken"]);
	return dialog;
};

grievance_helpdesk.reject_dialog = (frm, move) => {
	const dialog = grievance_helpdesk.careful_dialog({
		title: __("Why is this not a grievance?"),
		fields: [
			{
				fieldname: "non_grievance_ground",
				fieldtype: "Link",
				options: "Non-grievance Ground",
				label: __("Ground"),
				reqd: 1,
				default: frm.doc.non_grievance_ground,
				get_query: () => ({ filters: { disabled: 0 } }),
				onchange: () => grievance_helpdesk.fill_rejection(dialog, frm),
			},
			{ fieldname: "band", fieldtype: "HTML", options: grievance_helpdesk.audience_band(true) },
			{
				fieldname: "rejection_reply",
				fieldtype: "Small Text",
				label: __("Reply to the Citizen"),
				reqd: 1,
				default: frm.doc.rejection_reply,
			},
		],
		label: __(move.action),
		send: ({ non_grievance_ground, rejection_reply }) =>
			grievance_helpdesk.move_with(frm, move, { non_grievance_ground, rejection_reply }),
	});
	return dialog;
};

/** The ground's own reply in the citizen's language; what the officer wrote is not overwritten. */
grievance_helpdesk.fill_rejection = async (dialog, frm) => {
	const ground = dialog.get_value("non_grievance_ground");
	const written = cstr(dialog.get_value("rejection_reply")).trim();
	if (!ground || (written && written !== dialog.gh_filled)) return;
	const { message } = await frappe.db.get_value("Non-grievance Ground", ground, ["reply_text", "reply_text_hi"]);
	const hindi = grievance_helpdesk.citizen_language(frm.doc) === "hi" && message?.reply_text_hi;
	dialog.gh_filled = cstr(hindi || message?.reply_text).trim();
	await dialog.set_value("rejection_reply", dialog.gh_filled);
};

grievance_helpdesk.ask_dialog = (frm, move) =>
	grievance_helpdesk.message_dialog(frm, {
		title: __("Ask the citizen"),
		purposes: ["Ask Citizen", "General"],
		label: __("Send and pause the clocks"),
		then: () => grievance_helpdesk.move_with(frm, move, {}),
	});
