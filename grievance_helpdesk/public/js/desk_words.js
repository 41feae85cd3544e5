// Small helpers of the Desk side. Everything that a citizen or a channel wrote passes `escape` before it is HTML.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.escape = (text) => frappe.utils.escape_html(cstr(text));

/** An address that may stand in a link: http or https only, else "". */
grievance_helpdesk.safe_url = (address) => {
	try {
		const url = new URL(cstr(address));
		return ["http:", "https:"].includes(url.protocol) ? url.href : "";
	} catch {
		return "";
	}
};

/** A link out of the Desk that tells the other site nothing and opens beside the case. */
grievance_helpdesk.outside_link = (address, label) => {
	const url = grievance_helpdesk.safe_url(address);
	if (!url) return "";
	return `<a class="gh-outside" href="${grievance_helpdesk.escape(url)}" target="_blank"
		rel="noopener noreferrer nofollow">${grievance_helpdesk.escape(label)}</a>`;
};

/** JSON kept in a Code field; `otherwise` when it is empty or broken. */
grievance_helpdesk.read_json = (text, otherwise) => {
	try {
		return JSON.parse(text || "null") ?? otherwise;
	} catch {
		return otherwise;
	}
};

/** "Fri 27 Nov" in the viewer's language; Frappe's own calendar knows the English names only. */
grievance_helpdesk.date_words = (moment, { weekday = true, year = false } = {}) => {
	const language = frappe.boot.lang || "en";
	if (language.startsWith("en")) return moment.format(`${weekday ? "ddd " : ""}D MMM${year ? " YYYY" : ""}`);
	const parts = { day: "numeric", month: "short", ...(weekday && { weekday: "short" }), ...(year && { year: "numeric" }) };
	return new Date(moment.year(), moment.month(), moment.date()).toLocaleDateString(language, parts);
};

/** A Datetime of the site in the viewer's own time zone, as people read it. */
grievance_helpdesk.site_time = (value) => {
	if (!value) return "";
	const moment = frappe.datetime.convert_to_user_tz(value, false);
	return `${grievance_helpdesk.date_words(moment, { weekday: false, year: true })}, ${moment.format("HH:mm")}`;
};

/** How long ago, in short words; the full time on hover. `value` as a Datetime of the site. */
grievance_helpdesk.age = (value) =>
	value ? `<span title="${grievance_helpdesk.site_time(value)}">${comment_when(value, true)}</span>` : "";

grievance_helpdesk.pill = (label, colour) =>
	`<span class="indicator-pill no-indicator-dot ${colour} ellipsis">${grievance_helpdesk.escape(label)}</span>`;

/**
 * A notice at the top of a form.
 * tone: "red" | "orange" | "yellow" | "blue" | "green"; detail: lines of plain text, each escaped here.
 */
grievance_helpdesk.notice = ({ tone, title, detail = [], next = "", actions = [] }) => {
	const escape = grievance_helpdesk.escape;
	const lines = detail.filter(Boolean).map((line) => `<li>${escape(line)}</li>`).join("");
	const buttons = actions
		.map(
			({ id, label }) =>
				`<button type="button" class="btn btn-xs btn-default" data-gh-action="${escape(id)}">${escape(label)}</button>`
		)
		.join("");
	return `<div class="gh-notice gh-${tone}" role="${tone === "red" ? "alert" : "status"}">
		<div class="gh-notice-title">${escape(title)}</div>
		${lines ? `<ul class="gh-notice-lines">${lines}</ul>` : ""}
		${next ? `<div class="gh-notice-next">${escape(next)}</div>` : ""}
		${buttons ? `<div class="gh-notice-actions">${buttons}</div>` : ""}
	</div>`;
};

/** Puts notices into an HTML field; `actions` maps the id of a button to what it does. */
grievance_helpdesk.show_notices = (frm, fieldname, notices, actions = {}) => {
	const wrapper = frm.get_field(fieldname).$wrapper;
	wrapper.html(notices.map(grievance_helpdesk.notice).join(""));
	frm.toggle_display(fieldname, notices.length > 0);
	wrapper.find("[data-gh-action]").on("click", (event) => actions[event.currentTarget.dataset.ghAction]?.());
};

grievance_helpdesk.KINDS = () => ({
	grievance: __("A grievance"),
	suggestion: __("A suggestion"),
	thanks: __("Thanks"),
	greeting: __("A greeting"),
	politics: __("Politics"),
	spam: __("Advertising or spam"),
	abuse: __("Abuse without a problem named"),
	question: __("A question"),
	out_of_scope: __("Not for this office"),
});

grievance_helpdesk.LANGUAGES = () => ({
	en: __("English"),
	hi: __("Hindi"),
	"hi-Latn": __("Hindi in Latin letters"),
	mixed: __("Hindi and English mixed"),
	und: __("Not known"),
});

/** Runs a method on the stored record, not on the copy that this page holds; returns its answer. */
grievance_helpdesk.run_method = async (doctype, name, method, values = {}) => {
	const args = { dt: doctype, dn: name, method, args: JSON.stringify(values) };
	const { message } = await frappe.call({ method: "run_doc_method", args, freeze: true });
	return message;
};

/** Asks a method that only reads (GET) and returns its answer. */
grievance_helpdesk.ask = async (method, args) => {
	const { message } = await frappe.call({ method, args, type: "GET" });
	return message;
};
