// One menu "Actions" for a case: the workflow's moves first, then everything else that an officer does with it. The
// moves that lead on also stand in the strip, where they take one click; the commonest acts have keys.
frappe.provide("grievance_helpdesk");

/** The acts beside the workflow's moves: {label, run, key}; `view` says what the viewer may do. */
grievance_helpdesk.case_acts = (frm) => [
	{ label: __("Message to citizen…"), key: "alt+shift+m", run: () => grievance_helpdesk.message_dialog(frm) },
	{ label: __("Interim reply…"), key: "alt+shift+i", run: () => grievance_helpdesk.interim_dialog(frm), open: true },
	{ label: __("Internal note…"), key: "alt+shift+n", run: () => grievance_helpdesk.note_dialog(frm) },
	{ label: __("Assign…"), key: "alt+shift+a", run: () => grievance_helpdesk.assign_dialog(frm), open: true },
	{ label: __("Transfer…"), key: "alt+shift+t", run: () => grievance_helpdesk.open_transfer(frm), open: true },
	{ label: __("Escalate…"), key: "alt+shift+e", run: () => grievance_helpdesk.escalate_dialog(frm), open: true },
];

grievance_helpdesk.may_act = (frm, act) => {
	const { doc } = frm;
	if (frm.is_new() || !frm.perm[0]?.write || doc.status === "Merged") return false;
	return !act.open || grievance_helpdesk.ACTIVE.includes(doc.status);
};

grievance_helpdesk.open_transfer = async (frm) =>
	grievance_helpdesk.transfer_dialog(frm, frm.gh_view || (await grievance_helpdesk.read_view(frm)));

grievance_helpdesk.read_view = (frm) =>
	grievance_helpdesk.ask("grievance_helpdesk.redressal.casework.case_view.read", { name: frm.doc.name });

/** Frappe empties the menu each time before it shows the moves, and then says whether there were any. */
grievance_helpdesk.join_actions = (frm) => {
	if (!frm.states?.setup_btn) return;
	const shown = frm.states.setup_btn.bind(frm.states);
	frm.states.setup_btn = (added) => {
		shown(added);
		const acts = grievance_helpdesk.case_acts(frm).filter((act) => grievance_helpdesk.may_act(frm, act));
		if (added && acts.length) $(`<li class="divider dropdown-divider"></li>`).appendTo(frm.page.actions);
		for (const act of acts) frm.page.add_action_item(act.label, act.run);
	};
};

/** The moves that lead on, in the workflow's order; what ends a case otherwise stays in the menu. */
grievance_helpdesk.MOVES_ON = ["Open", "On Hold", "Resolved", "Closed"];

grievance_helpdesk.add_move_buttons = (frm, view) => {
	const place = frm.gh_strip.find(".gh-strip-moves");
	const moves = view.moves.filter((move) => grievance_helpdesk.MOVES_ON.includes(move.status));
	if (frm.doc.status === "Merged") moves.length = 0;
	const main = grievance_helpdesk.main_move(frm.doc, moves);
	for (const move of moves) {
		$(`<button type="button" class="btn btn-sm ${move === main ? "btn-primary" : "btn-default"}"></button>`)
			.text(__(move.action))
			.attr("data-status", move.status)
			.on("click", () => grievance_helpdesk.move(frm, move.action))
			.appendTo(place);
	}
	if (frm.doc.status === "Open") return;
	$(`<button type="button" class="btn btn-sm btn-default gh-next-case"></button>`)
		.text(__("Next case"))
		.on("click", () => grievance_helpdesk.walk(frm, 1))
		.appendTo(place);
};

/** The move that an officer takes most: what resolves, else the workflow's first one that keeps the case going. */
grievance_helpdesk.main_move = (doc, moves) =>
	moves.find(({ status }) => status === "Resolved") || moves.find(({ status }) => status === "Open") || moves[0];

/** A key pressed during a move would be taken before the next state is there. */
grievance_helpdesk.takes_keys = () => !cur_dialog && !frappe.dom.freeze_count;

grievance_helpdesk.add_shortcuts = (frm) => {
	for (const act of grievance_helpdesk.case_acts(frm)) {
		frappe.ui.keys.add_shortcut({
			shortcut: act.key,
			description: act.label,
			page: frm.page,
			ignore_inputs: true,
			condition: () => grievance_helpdesk.takes_keys() && grievance_helpdesk.may_act(frm, act),
			action: () => act.run(),
		});
	}
	for (const { key, label, run } of grievance_helpdesk.keys_of_a_case(frm)) {
		frappe.ui.keys.add_shortcut({
			shortcut: key,
			description: label,
			page: frm.page,
			ignore_inputs: true,
			condition: grievance_helpdesk.takes_keys,
			action: run,
		});
	}
};

/** Keys for what stands in no menu: {key, label, run}. */
grievance_helpdesk.keys_of_a_case = (frm) => [
	{
		key: "alt+shift+g",
		label: __("Take the next step"),
		run: () => frm.gh_strip.find(".btn-primary").trigger("click"),
	},
	{
		key: "alt+shift+q",
		label: __("Ask the citizen"),
		run: () => frm.gh_strip.find("[data-status='On Hold']").first().trigger("click"),
	},
	{
		key: "alt+shift+h",
		label: __("History of the case"),
		run: () => frm.layout.tabs.find((tab) => tab.df.fieldname === "tab_history")?.set_active(),
	},
	{ key: "alt+shift+j", label: __("Next case"), run: () => grievance_helpdesk.walk(frm, 1) },
	{ key: "alt+shift+k", label: __("Previous case"), run: () => grievance_helpdesk.walk(frm, -1) },
];

/** Frappe's comments are the officers' own notes here: the box says so in words and colour. */
grievance_helpdesk.label_comments = (frm) => {
	const box = frm.footer?.wrapper.find(".comment-input-wrapper");
	if (!box?.length) return;
	box.find(".comment-input-header span").text(__("Internal note: only officers read it, never the citizen"));
	box.addClass("gh-internal-box");
};
