// Times, limits and clocks of a case in words. Nothing here asks the server; `value` is always a Datetime of the site.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.ACTIVE = ["Open", "On Hold"];

grievance_helpdesk.STATUS_COLOUR = {
	Open: "blue",
	"On Hold": "gray",
	Resolved: "green",
	Closed: "green",
	Rejected: "gray",
	Merged: "gray",
};

// Officers may not read the records of the states, and Frappe translates links to what they may read only.
frappe.form.link_formatters["Workflow State"] = (value) => __(value);

grievance_helpdesk.moment_of = (value) => frappe.datetime.convert_to_user_tz(value, false);

grievance_helpdesk.now = () => frappe.datetime.convert_to_user_tz(frappe.datetime.system_datetime(), false);

/** "15:00" today, "tomorrow 10:00", else "Fri 27 Nov 15:00"; the year only when it is another one. */
grievance_helpdesk.when_words = (value, { today = __("today") } = {}) => {
	if (!value) return "";
	const moment = grievance_helpdesk.moment_of(value);
	const now = grievance_helpdesk.now();
	const time = moment.format("HH:mm");
	const days = moment.clone().startOf("day").diff(now.clone().startOf("day"), "days");
	if (days === 0) return `${today} ${time}`.trim();
	if (days === 1) return __("tomorrow {0}", [time]);
	if (days === -1) return __("yesterday {0}", [time]);
	return `${grievance_helpdesk.date_words(moment, { year: moment.year() !== now.year() })} ${time}`;
};

/** How many whole days lie between the day of `value` and today; negative when it is past. */
grievance_helpdesk.days_until = (value) =>
	grievance_helpdesk.moment_of(value).startOf("day").diff(grievance_helpdesk.now().startOf("day"), "days");

/** "21 days", "1 working day": a limit with its unit. */
grievance_helpdesk.amount_words = (amount, unit) => {
	const number = Math.round(amount * 10) / 10;
	const one = number === 1;
	return {
		Hours: () => (one ? __("1 hour") : __("{0} hours", [number])),
		"Working Hours": () => (one ? __("1 working hour") : __("{0} working hours", [number])),
		Days: () => (one ? __("1 day") : __("{0} days", [number])),
		"Working Days": () => (one ? __("1 working day") : __("{0} working days", [number])),
	}[unit]?.() || String(number);
};

/** A stretch of time as people say it: "40 minutes", "3 h 20 min", "2 days". */
grievance_helpdesk.stretch_words = (minutes) => {
	const whole = Math.max(0, Math.round(minutes));
	if (whole < 60) return whole === 1 ? __("1 minute") : __("{0} minutes", [whole]);
	if (whole < 24 * 60) {
		const rest = whole % 60;
		return rest ? __("{0} h {1} min", [Math.floor(whole / 60), rest]) : __("{0} h", [whole / 60]);
	}
	const days = Math.floor(whole / (24 * 60));
	return days === 1 ? __("1 day") : __("{0} days", [days]);
};

grievance_helpdesk.minutes_late = (value) => grievance_helpdesk.now().diff(grievance_helpdesk.moment_of(value), "minutes");

/** What is left of a limit, never rounded down to nothing. */
grievance_helpdesk.left_words = ({ left, unit }) => {
	if (unit === "Hours") return grievance_helpdesk.stretch_words(left * 60);
	if (left < 1) {
		return { "Working Hours": __("less than a working hour"), "Working Days": __("less than a working day") }[unit]
			|| __("less than a day");
	}
	return grievance_helpdesk.amount_words(Math.round(left), unit);
};

/**
 * clock: {state: "running" | "late" | "paused" | "done" | "off", due, left, unit, ended_at, was_late, paused_since}
 * "due in 2 working days, Fri 27 Nov 15:00"
 */
grievance_helpdesk.clock_words = (clock) => {
	const words = grievance_helpdesk;
	const { state, due } = clock;
	if (state === "off") return __("no limit");
	if (state === "done") {
		const when = words.when_words(clock.ended_at);
		return clock.was_late ? __("done {0}, late", [when]) : __("done {0}, in time", [when]);
	}
	if (state === "stopped") return __("stopped, no longer needed");
	if (state === "paused") {
		const since = words.when_words(clock.paused_since);
		return clock.left > 0
			? __("paused since {0}, {1} left", [since, words.left_words(clock)])
			: __("paused since {0}, nothing left", [since]);
	}
	if (state === "late") {
		return __("late by {0}, was due {1}", [words.stretch_words(words.minutes_late(due)), words.when_words(due)]);
	}
	const days = words.days_until(due);
	if (days < 2 || !clock.unit) return __("due {0}", [words.when_words(due)]);
	return __("due in {0}, {1}", [words.left_words(clock), words.when_words(due)]);
};

/** The due date in a list: short words, coloured by what they say. */
grievance_helpdesk.due_in_list = (doc) => {
	const words = grievance_helpdesk;
	const html = (text, tone) =>
		`<span class="gh-due gh-due-${tone}" title="${words.escape(words.site_time(doc.resolve_by))}">${words.escape(text)}</span>`;
	if (doc.status === "On Hold") return html(__("Paused"), "quiet");
	if (!words.ACTIVE.includes(doc.status)) return html(cint(doc.resolution_breached) ? __("Was late") : "", "quiet");
	if (!doc.resolve_by) return html(__("No limit"), "quiet");
	const late = words.minutes_late(doc.resolve_by);
	// Whole hours: the column is narrow.
	const stretch = words.stretch_words(late < 60 ? late : Math.floor(late / 60) * 60);
	if (late > 0) return html(__("Late {0}", [stretch]), "late");
	const days = words.days_until(doc.resolve_by);
	if (days === 0) return html(words.when_words(doc.resolve_by, { today: __("Today") }), "soon");
	if (days === 1) return html(__("Tomorrow"), "soon");
	return html(__("In {0} days", [days]), "calm");
};

/** How a case presses, as {colour, words}; `row` has resolve_by, status and urgent. */
grievance_helpdesk.due_tone = (row) => {
	const words = grievance_helpdesk;
	if (row.status === "On Hold") return { colour: "gray", words: __("Paused") };
	if (!words.ACTIVE.includes(row.status)) return { colour: "green", words: __(row.status) };
	if (words.minutes_late(row.resolve_by) > 0) return { colour: "red", words: __("Late") };
	if (cint(row.urgent)) return { colour: "red", words: __("Emergency") };
	if (words.days_until(row.resolve_by) === 0) return { colour: "orange", words: __("Today") };
	return { colour: "blue", words: __("Due") };
};
