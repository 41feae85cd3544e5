// Today's next step of a case in one sentence. Which actions there are, the workflow says (case_view.moves).
frappe.provide("grievance_helpdesk");

/** view: the answer of redressal/casework/case_view.py. */
grievance_helpdesk.next_step = (doc, view) => {
	if (doc.status === "Merged") return __("Go on in {0}: this case is merged into it.", [doc.merged_into]);
	if (doc.status === "Rejected") return __("Nothing to do: the citizen was told why this is not a grievance.");
	if (doc.status === "Closed") return __("Nothing to do: the case is closed.");
	if (doc.status === "Resolved") return grievance_helpdesk.after_resolution(doc, view);
	if (doc.routing_status === "Unrouted" && !doc.officer) return __("Choose an officer: nobody answers for this case yet.");
	if (doc.status === "On Hold") return grievance_helpdesk.while_waiting(doc, view);
	const [response, resolution] = view.clocks;
	if (!doc.acknowledged_at) return grievance_helpdesk.to_acknowledge(response, view);
	return grievance_helpdesk.to_resolve(resolution, view);
};

/** "by 14:00", "by Fri 27 Nov 15:00", "at once" when the time is over. */
grievance_helpdesk.by_words = (clock) => {
	if (clock.state === "late") return __("at once, it is late");
	if (!clock.due) return __("soon");
	return __("by {0}", [grievance_helpdesk.when_words(clock.due, { today: "" })]);
};

grievance_helpdesk.quoted = (moves) => moves.map((move) => `“${__(move.action)}”`).join(` ${__("or")} `);

grievance_helpdesk.to_acknowledge = (clock, view) => {
	const by = grievance_helpdesk.by_words(clock);
	const moves = view.moves.filter((move) => move.status === "Open");
	if (moves.length) return __("Take the case up {0}: press {1}, or write to the citizen.", [by, grievance_helpdesk.quoted(moves.slice(0, 1))]);
	if (view.may_write) return __("Take the case up {0}: write to the citizen.", [by]);
	return __("{0} takes the case up {1}.", [view.officers.officer || __("The officer"), by]);
};

grievance_helpdesk.to_resolve = (clock, view) => {
	const by = grievance_helpdesk.by_words(clock);
	const done = view.moves.filter((move) => move.status === "Resolved");
	if (done.length) return __("Solve it {0}, then press {1} and say what was done.", [by, grievance_helpdesk.quoted(done.slice(0, 1))]);
	if (view.moves.length) {
		return __("Solve it {0}; the next move is {1}.", [by, grievance_helpdesk.quoted(view.moves.slice(0, 1))]);
	}
	return __("{0} solves it {1}.", [view.officers.officer || __("The officer"), by]);
};

grievance_helpdesk.while_waiting = (doc, view) => {
	const back = view.moves.filter((move) => move.status === "Open");
	const press = back.length ? " " + __("Press {0} when the answer is there.", [grievance_helpdesk.quoted(back.slice(0, 1))]) : "";
	const until = doc.expected_by ? " " + __("An answer is expected by {0}.", [grievance_helpdesk.day_words(doc.expected_by)]) : "";
	return __("The citizen was asked; both clocks stand still.") + until + press;
};

grievance_helpdesk.after_resolution = (doc, view) => {
	if (!view.feedback_until) return __("Wait for the citizen's word.");
	return __("Wait for the citizen's word until {0}; without one the case closes by itself.", [
		grievance_helpdesk.when_words(view.feedback_until),
	]);
};

/** A Date as "Fri 27 Nov". */
grievance_helpdesk.day_words = (date) => grievance_helpdesk.date_words(moment(date));
