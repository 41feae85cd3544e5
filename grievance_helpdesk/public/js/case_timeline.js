// The history of a case for people: newest first, who did what in one sentence, the note, and who can see it.
// The rows come from redressal/history/__init__.py; nothing in them is HTML.
frappe.provide("grievance_helpdesk");

/** Event type → [icon of Frappe's set, tone]. An event that is not named here gets a plain dot. */
grievance_helpdesk.EVENT_LOOKS = {
	REGISTERED: ["file", "blue"],
	MOVED: ["arrow-right", "blue"],
	ASSIGNED: ["assign", "blue"],
	CORRECTED: ["edit", "gray"],
	TRANSFERRED: ["external-link", "orange"],
	MERGED: ["branch", "gray"],
	MERGE_RECEIVED: ["branch", "gray"],
	MERGE_UNDONE: ["branch", "orange"],
	REJECTED: ["close", "gray"],
	WARNING: ["solid-warning", "yellow"],
	BREACHED: ["solid-warning", "red"],
	ESCALATED: ["up-line", "red"],
	HANDED_ON: ["up-line", "orange"],
	APPEAL_FILED: ["review", "orange"],
	APPEAL_DECIDED: ["review", "blue"],
	FEEDBACK: ["star", "green"],
	DISPUTED: ["solid-error", "red"],
	CLOSED_IN_SILENCE: ["check", "gray"],
	MESSAGE_TO_CITIZEN: ["reply", "green"],
	INTERIM_REPLY: ["reply", "green"],
	CITIZEN_WROTE: ["message", "green"],
	HANDOVER: ["users", "blue"],
	SUPPORTED: ["add-round", "gray"],
};

/** Who may ask whether a history was tampered with; the server asks again. */
grievance_helpdesk.VERIFIERS = ["Grievance Administrator", "State Nodal Officer", "Grievance Auditor"];

/** What citizens do reaches the case through the site; so does what the site does by itself. */
grievance_helpdesk.BY_CITIZEN = ["FEEDBACK", "DISPUTED", "CITIZEN_WROTE"];

/** Who acted, "" where the sentence names that person already. */
grievance_helpdesk.actor_words = ({ type, what, who }) => {
	if (who.official_id) {
		return cstr(what).startsWith(who.name) ? "" : [who.name, who.designation, who.official_id].filter(Boolean).join(", ");
	}
	if (grievance_helpdesk.BY_CITIZEN.includes(type)) return __("The citizen");
	if (who.name === frappe.user.full_name("Administrator") || who.name === "Administrator") return __("Automatically");
	return cstr(what).startsWith(who.name) ? "" : who.name;
};

grievance_helpdesk.Timeline = class {
	constructor(frm) {
		this.frm = frm;
		this.public_only = false;
		this.wrapper = frm.get_field("history_html").$wrapper;
		this.name = null;
	}

	async load() {
		const name = this.frm.doc.name;
		this.wrapper.html(`<p class="gh-muted">${__("Reading the history…")}</p>`);
		const rows = await grievance_helpdesk.ask("grievance_helpdesk.redressal.history.timeline", { name });
		if (this.frm.doc.name !== name) return;
		this.rows = rows;
		this.name = name;
		this.render();
	}

	render() {
		const shown = this.rows.filter((row) => row.is_public || !this.public_only);
		this.wrapper.html(`<div class="gh-history">${this.head(shown.length)}
			<ol class="gh-events">${shown.map((row) => this.event(row)).join("") || this.nothing()}</ol></div>`);
		this.wrapper.find("[data-show]").on("click", (event) => {
			this.public_only = event.currentTarget.dataset.show === "public";
			this.render();
		});
		this.wrapper.find("[data-verify]").on("click", () => this.verify());
	}

	head(count) {
		const button = (which, label, on) => `<button type="button" class="btn btn-xs btn-default ${on ? "gh-on" : ""}"
			data-show="${which}" aria-pressed="${on}">${label}</button>`;
		const verify = frappe.user.has_role(grievance_helpdesk.VERIFIERS)
			? `<button type="button" class="btn btn-xs btn-default" data-verify>${__("Verify history")}</button>`
			: "";
		return `<div class="gh-history-head" role="group" aria-label="${__("Which events to show")}">
			${button("all", __("Everything"), !this.public_only)}
			${button("public", __("What the citizen sees"), this.public_only)}
			<span class="gh-muted">${count === 1 ? __("1 event, newest first") : __("{0} events, newest first", [count])}</span>
			<span class="gh-grow"></span>${verify}</div>`;
	}

	nothing() {
		return `<li class="gh-muted">${
			this.public_only ? __("The citizen has not been told anything yet.") : __("Nothing has happened yet.")
		}</li>`;
	}

	event(row) {
		const escape = grievance_helpdesk.escape;
		const [icon, tone] = grievance_helpdesk.EVENT_LOOKS[row.type] || ["primitive-dot", "gray"];
		const who = escape(grievance_helpdesk.actor_words(row));
		const mark = row.is_public
			? `<span class="gh-mark-public">${__("Citizen sees this")}</span>`
			: `<span class="gh-mark-internal">${__("Internal")}</span>`;
		return `<li class="gh-event gh-event-${tone} ${row.is_public ? "gh-event-public" : ""}">
			<span class="gh-event-icon" aria-hidden="true">${frappe.utils.icon(icon, "sm")}</span>
			<div class="gh-event-body">
				<div class="gh-event-what">${escape(row.what)}</div>
				<div class="gh-event-who">${who ? `${who} · ` : ""}<time title="${escape(
			grievance_helpdesk.site_time(row.at)
		)}">${escape(grievance_helpdesk.when_words(row.at))}</time> ${mark}</div>
				${row.note ? `<div class="gh-event-note" dir="auto">${escape(row.note)}</div>` : ""}
			</div></li>`;
	}

	async verify() {
		const { name } = this.frm.doc;
		const { events, findings } = await frappe.xcall("grievance_helpdesk.redressal.history.verify_one", { name });
		const list = findings.map((finding) => `<li>${grievance_helpdesk.escape(finding)}</li>`).join("");
		frappe.msgprint({
			title: findings.length ? __("The history does not hold") : __("The history is whole"),
			indicator: findings.length ? "red" : "green",
			message: findings.length
				? `<ul>${list}</ul><p>${__("Tell the administrator, and change nothing meanwhile.")}</p>`
				: __("All {0} events stand as they were written, none is missing, and the case agrees with them.", [events]),
		});
	}
};
