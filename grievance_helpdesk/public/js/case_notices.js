// What stands in red, orange or blue above a case: each notice says what it is and what to do next.
frappe.provide("grievance_helpdesk");

/** view: the answer of redressal/casework/case_view.py; only the notices that hold for this case. */
grievance_helpdesk.case_notices = (doc, view) => {
	const open = grievance_helpdesk.ACTIVE.includes(doc.status);
	return [
		...(open ? grievance_helpdesk.alarm_notices(doc, view) : []),
		...grievance_helpdesk.standing_notices(doc, view),
		...(open ? grievance_helpdesk.intake_notices(doc) : []),
	];
};

/** What cannot wait. */
grievance_helpdesk.alarm_notices = (doc, view) => {
	const notices = [];
	if (doc.urgent) {
		notices.push({
			tone: "red",
			title: __("Emergency: act on this one first"),
			next: __("Tell the people in the field by phone, then write here what was done."),
		});
	}
	if (cint(doc.disputed_count)) {
		notices.push({
			tone: "red",
			title: __("The citizen says that it is not solved"),
			detail: [view.dispute],
			next: __("Look again on the spot before you resolve it a second time."),
			actions: view.may_write ? [{ id: "message", label: __("Write to the citizen") }] : [],
		});
	}
	const late = view.clocks.filter((clock) => clock.state === "late");
	if (late.length) {
		const titles = grievance_helpdesk.CLOCK_TITLES();
		notices.push({
			tone: "red",
			title: __("Overdue"),
			detail: late.map((clock) => `${titles[clock.kind]}: ${grievance_helpdesk.clock_words(clock)}`),
			next: __("Do it today, or tell the citizen why it takes longer and until when."),
			actions: view.may_write ? [{ id: "interim", label: __("Interim reply…") }] : [],
		});
	}
	return notices;
};

/** Where the case stands: escalated, appealed, merged, waiting, protected. */
grievance_helpdesk.standing_notices = (doc, view) => {
	const words = grievance_helpdesk;
	const notices = [];
	if (doc.status === "Merged" && doc.merged_into) {
		notices.push({
			tone: "blue",
			title: __("Merged into {0}", [doc.merged_into]),
			next: __("Later posts go there; work on that case."),
			actions: [{ id: "target", label: __("Open {0}", [doc.merged_into]) }],
		});
	}
	if (cint(doc.escalation_level) && words.ACTIVE.includes(doc.status)) {
		notices.push({
			tone: "orange",
			title: view.officers.escalated_to
				? __("Escalated to {0}", [view.officers.escalated_to])
				: __("Escalated"),
			detail: [__("Level {0}, {1}", [doc.escalation_level, words.when_words(doc.escalated_at)])],
			next: __("The officer of the case stays responsible; the authority watches and may act."),
		});
	}
	if (view.appeal) {
		notices.push({
			tone: "orange",
			title: __("An appeal waits for its decision"),
			detail: [view.appeal.due_by ? __("Due {0}", [words.when_words(view.appeal.due_by)]) : ""],
			actions: [{ id: "appeal", label: __("Open the appeal") }],
		});
	}
	if (doc.status === "On Hold") {
		notices.push({
			tone: "blue",
			title: __("Waiting for the citizen"),
			detail: [__("Both clocks stand still since {0}.", [words.when_words(doc.paused_since)])],
		});
	}
	if (doc.complaint_against) {
		notices.push({
			tone: "orange",
			title: __("A complaint about {0}", [view.officers.complaint_against]),
			next: __("Neither this officer nor anybody below sees the case. Do not ask them about it by name of the citizen."),
			actions: view.may_see_opened ? [{ id: "opened", label: __("Who opened it") }] : [],
		});
	} else if (doc.confidential) {
		notices.push({
			tone: "orange",
			title: __("Confidential"),
			next: __("Every opening is logged. Show it to nobody who does not work on it."),
			actions: view.may_see_opened ? [{ id: "opened", label: __("Who opened it") }] : [],
		});
	}
	return notices;
};

/** What triage and routing left to a person. */
grievance_helpdesk.intake_notices = (doc) => {
	const notices = [];
	if (doc.routing_status === "Unrouted") {
		notices.push({
			tone: "orange",
			title: __("Nobody answers for this grievance yet"),
			detail: [doc.routing_reason],
			next: __("Choose an officer, or correct place and department and route again."),
			actions: [
				{ id: "choose", label: __("Choose an officer") },
				{ id: "route", label: __("Route again") },
			],
		});
	}
	if (doc.citizen_wrote_again) {
		notices.push({
			tone: "blue",
			title: __("The citizen wrote again"),
			detail: [grievance_helpdesk.site_time(doc.last_message_at)],
			next: __("The new words stand below the form."),
			actions: [{ id: "read", label: __("I have read them") }],
		});
	}
	if (doc.needs_review) {
		notices.push({
			tone: "yellow",
			title: __("The machine was not sure: please check"),
			detail: cstr(doc.review_reasons).split("\n"),
			next: __("Compare category and place with the citizen's words, correct what is wrong, then press Checked."),
			actions: [
				{ id: "checked", label: __("Checked") },
				{ id: "check", label: __("Go to category and place") },
				{ id: "reasons", label: __("See the reasons") },
			],
		});
	}
	if (doc.place_offer && frappe.model.can_create("Jurisdiction")) {
		notices.push({
			tone: "blue",
			title: __("“{0}” stands in no list of places", [doc.place_offer]),
			next: __("Add it once, and later posts find it by themselves."),
			actions: [{ id: "place", label: __("Add this place") }],
		});
	}
	if (doc.possible_duplicate_of) {
		notices.push({
			tone: "blue",
			title: __("Perhaps the same problem as {0}", [doc.possible_duplicate_of]),
			next: __("Open the other one before you send anybody out."),
			actions: [{ id: "twin", label: __("Open {0}", [doc.possible_duplicate_of]) }],
		});
	}
	return notices;
};

/** Who opened a confidential case, newest first. */
grievance_helpdesk.show_opened_by = async (name) => {
	const rows = await grievance_helpdesk.ask("grievance_helpdesk.redressal.history.access.opened_by", { name });
	const escape = grievance_helpdesk.escape;
	const items = rows.map(
		(row) => `<li>${escape(row.full_name)}${row.designation ? `, ${escape(row.designation)}` : ""}
			<span class="gh-muted">${escape(grievance_helpdesk.site_time(row.at))}</span></li>`
	);
	frappe.msgprint({
		title: __("Who opened {0}", [name]),
		message: items.length ? `<ul class="gh-opened">${items.join("")}</ul>` : __("Nobody has opened it yet."),
	});
};
