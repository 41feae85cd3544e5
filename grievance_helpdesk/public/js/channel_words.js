// How a Channel Account is, and what to do about it: on its form and on the page Channel Health.
frappe.provide("grievance_helpdesk.channel_words");

Object.assign(grievance_helpdesk.channel_words, {
	/** The one sentence an admin needs: how it is, and what to do. */
	state_notice(doc) {
		const test = { id: "test", label: __("Test connection") };
		const read_now = { id: "import", label: __("Import now") };
		if (!doc.enabled) return grievance_helpdesk.channel_words.switched_off(doc, test);
		const states = {
			OK: {
				tone: "green",
				title: __("Reading works"),
				next: doc.last_success_at ? "" : __("Nothing was read yet. The next run starts by itself."),
			},
			Degraded: {
				tone: "yellow",
				title: __("Reading has trouble, and goes on by itself"),
				next: __("Nothing to do unless this lasts longer than an hour."),
				actions: [read_now],
			},
			"Needs Re-auth": {
				tone: "red",
				title: __("The channel refuses our sign-in: nothing is read"),
				next: __("Make new tokens at the channel, enter them here, save, and test the connection."),
				actions: [{ id: "access", label: __("Enter new tokens") }, test],
			},
			"Out of Credit": {
				tone: "red",
				title: __("The money for reading is used up: nothing is read"),
				next: __("Raise the daily budget here, or buy credit at the channel, then import again."),
				actions: [read_now],
			},
			Paused: {
				tone: "orange",
				title: __("Reading is paused"),
				next: __("Test the connection; when it works, import again."),
				actions: [test, read_now],
			},
		};
		const state = states[doc.health] || states.OK;
		return { ...state, detail: [doc.health_reason, ...grievance_helpdesk.channel_words.times(doc)] };
	},

	switched_off(doc, test) {
		const unsigned = doc.channel === "X" && !doc.terms_accepted;
		return {
			tone: "orange",
			title: __("This channel is switched off: nothing is read"),
			next: unsigned
				? __("Have the Enterprise agreement for government users signed, tick that it is, and then tick Enabled.")
				: __("Test the connection, then tick Enabled and save."),
			actions: [test],
		};
	},

	times(doc) {
		const site_time = grievance_helpdesk.site_time;
		return [
			doc.last_success_at && __("Last read completely: {0}", [site_time(doc.last_success_at)]),
			doc.newest_post_at && __("Newest post: {0}", [site_time(doc.newest_post_at)]),
			grievance_helpdesk.channel_words.waits(doc),
			doc.next_run_at && __("Next run: {0}", [site_time(doc.next_run_at)]),
			doc.consecutive_failures > 1 ? __("{0} runs failed in a row", [doc.consecutive_failures]) : "",
		];
	},

	waits: (doc) =>
		doc.hold_until && moment(doc.hold_until).isAfter(frappe.datetime.now_datetime())
			? __("The channel asks us to wait until {0}", [grievance_helpdesk.site_time(doc.hold_until)])
			: "",

	gap_notice: (doc) =>
		doc.gap_note && {
			tone: "orange",
			title: __("Posts may be missing"),
			detail: cstr(doc.gap_note).split("\n"),
			next: __("Search the channel by hand for this time and enter what was missed."),
		},

	budget_notice(doc) {
		if (doc.channel !== "X" || !doc.daily_budget || doc.spent_today < 0.8 * doc.daily_budget) return null;
		return {
			tone: "yellow",
			title: __("{0} of {1} US dollars spent today", [
				format_number(doc.spent_today, null, 2),
				format_number(doc.daily_budget, null, 2),
			]),
			next: __("Reading stops when the budget is used up. Raise it, or read less often."),
		};
	},
});
