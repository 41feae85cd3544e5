// Similar cases beside the citizen's post (redressal/casework/similar.py): what is open already, what was done before.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.similar_cases = (name) => grievance_helpdesk.ask("grievance_helpdesk.redressal.casework.similar.read", { name });

grievance_helpdesk.similar_reasons = () => ({
	text: __("Nearly the same words"),
	problem: __("Same problem, same place"),
	kind: __("Same category, same district"),
});

grievance_helpdesk.show_similar = async (frm) => {
	const { name } = frm.doc;
	const rows = await grievance_helpdesk.similar_cases(name);
	if (frm.doc.name !== name || !rows.length) return;
	const words = frm.get_field("post_html").$wrapper.find(".gh-words").addClass("gh-words-beside");
	words.find(".gh-like").remove();
	words.append(`<aside class="gh-like" aria-label="${__("Similar cases")}">
		<h5>${__("Similar cases")}</h5>${rows.map(grievance_helpdesk.similar_card).join("")}</aside>`);
};

grievance_helpdesk.similar_card = (row) => {
	const words = grievance_helpdesk;
	const place = row.place_text || row.jurisdiction;
	const supporters = row.support_count ? ` · ${__("{0} in support", [cint(row.support_count)])}` : "";
	const done = row.action_taken
		? `<div class="gh-like-done" dir="auto"><strong>${__("What was done")}:</strong> ${words.escape(row.action_taken)}</div>`
		: "";
	return `<section class="gh-like-case">
		<div><a href="/app/grievance/${encodeURIComponent(row.name)}">${words.escape(row.name)}</a>
			${words.pill(__(row.workflow_state || row.status), words.STATUS_COLOUR[row.status] || "gray")}</div>
		<div class="gh-like-subject" dir="auto">${words.escape(row.subject)}</div>
		<div class="gh-muted">${[words.escape(place), words.age(row.received_at)].filter(Boolean).join(" · ")}${supporters}</div>
		<div class="gh-muted">${words.similar_reasons()[row.why]}</div>${done}
	</section>`;
};
