// The two clocks of a case as bars, and the strip above the form: state, clocks, level, and today's next step.
// What the bars show comes from redressal/casework/case_view.py; words stand beside every colour.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.CLOCK_TITLES = () => ({ response: __("Acknowledge"), resolution: __("Resolve") });

/** The tone of a clock: it decides the colour, and `tone_words` says the same for whoever sees none. */
grievance_helpdesk.clock_tone = (clock) => {
	if (["off", "stopped"].includes(clock.state)) return "off";
	if (clock.state === "done") return clock.was_late ? "late" : "done";
	if (clock.state === "paused") return "paused";
	if (clock.state === "late") return "late";
	const percent = clock.used * 100;
	const [first, second] = clock.warnings;
	return percent >= second ? "near" : percent >= first ? "half" : "calm";
};

grievance_helpdesk.tone_words = (clock) => {
	const tone = grievance_helpdesk.clock_tone(clock);
	const late = clock.state === "done" ? __("Done late") : __("Late");
	return {
		off: clock.state === "stopped" ? __("Stopped") : __("No limit"),
		done: __("Done"),
		late,
		paused: __("Paused"),
		near: __("Nearly due"),
		half: __("Running"),
		calm: __("Running"),
	}[tone];
};

grievance_helpdesk.clock_bar = (clock) => {
	const percent = Math.round(clock.used * 100);
	const ticks = clock.warnings
		.filter((at) => at > 0 && at < 100)
		.map((at) => `<i class="gh-clock-tick" style="left: ${at}%" title="${__("Warning at {0} %", [at])}"></i>`);
	return `<div class="gh-clock-bar" role="meter" aria-valuemin="0" aria-valuemax="100" aria-valuenow="${Math.min(percent, 100)}"
		aria-label="${__("{0}: share of the limit used", [grievance_helpdesk.CLOCK_TITLES()[clock.kind]])}">
		<div class="gh-clock-fill" style="width: ${Math.min(percent, 100)}%"></div>${ticks.join("")}</div>`;
};

/** The Redressal tab: one card a clock. */
grievance_helpdesk.clock_card = (clock) => {
	const words = grievance_helpdesk;
	const limit = clock.unit ? __("Limit: {0}", [words.amount_words(clock.limit, clock.unit)]) : __("No limit is set");
	const start = clock.started_at ? __("from {0}", [words.when_words(clock.started_at)]) : "";
	return `<section class="gh-clock gh-tone-${words.clock_tone(clock)}" aria-label="${words.CLOCK_TITLES()[clock.kind]}">
		<header><strong>${words.CLOCK_TITLES()[clock.kind]}</strong>
			<span class="gh-clock-state">${words.tone_words(clock)}</span>
			<span class="gh-clock-share">${clock.unit ? __("{0} % used", [Math.round(clock.used * 100)]) : ""}</span></header>
		${clock.unit ? words.clock_bar(clock) : ""}
		<div class="gh-clock-words">${words.escape(words.first_up(words.clock_words(clock)))}</div>
		<div class="gh-clock-limit">${[limit, start, words.escape(clock.calendar)].filter(Boolean).join(" · ")}</div>
	</section>`;
};

grievance_helpdesk.first_up = (text) => cstr(text).charAt(0).toUpperCase() + cstr(text).slice(1);

grievance_helpdesk.clocks_html = (view) =>
	`<div class="gh-clocks">${view.clocks.map(grievance_helpdesk.clock_card).join("")}</div>`;

/** One clock in the strip: name, small bar, words. */
grievance_helpdesk.strip_clock = (clock) => {
	const words = grievance_helpdesk;
	return `<div class="gh-strip-clock gh-tone-${words.clock_tone(clock)}">
		<div class="gh-strip-name">${words.CLOCK_TITLES()[clock.kind]}
			<span class="gh-clock-state">${words.tone_words(clock)}</span></div>
		${clock.unit ? words.clock_bar(clock) : ""}
		<div class="gh-strip-words">${words.escape(words.clock_words(clock))}</div>
	</div>`;
};

grievance_helpdesk.strip_html = (doc, view) => {
	const words = grievance_helpdesk;
	const level = cint(doc.escalation_level);
	const state = doc.workflow_state || doc.status;
	const status = __(doc.status);
	return `<div class="gh-strip" role="region" aria-label="${__("Where this case stands")}">
		<div class="gh-strip-facts">
			<div class="gh-strip-state">
				${words.pill(__(state), words.STATUS_COLOUR[doc.status] || "gray")}
				${state === doc.status ? "" : `<span class="gh-muted">${words.escape(status)}</span>`}
				<span class="gh-strip-level ${level ? "gh-raised" : ""}">${
					level ? __("Escalation level {0}", [level]) : __("Not escalated")
				}</span>
			</div>
			${view.clocks.map(words.strip_clock).join("")}
		</div>
		<div class="gh-strip-next"><span><strong>${__("Next")}:</strong> ${words.escape(words.next_step(doc, view))}</span>
			<span class="gh-strip-moves"></span></div>
	</div>`;
};
