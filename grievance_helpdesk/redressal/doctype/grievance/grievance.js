{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}
{% include "grievance_helpdesk/public/js/careful_dialog.js" %}
{% include "grievance_helpdesk/public/js/fold.js" %}
{% include "grievance_helpdesk/public/js/post_card.js" %}
{% include "grievance_helpdesk/public/js/triage_view.js" %}
{% include "grievance_helpdesk/public/js/case_words.js" %}
{% include "grievance_helpdesk/public/js/case_next.js" %}
{% include "grievance_helpdesk/public/js/case_clocks.js" %}
{% include "grievance_helpdesk/public/js/case_notices.js" %}
{% include "grievance_helpdesk/public/js/case_replies.js" %}
{% include "grievance_helpdesk/public/js/case_similar.js" %}
{% include "grievance_helpdesk/public/js/case_actions.js" %}
{% include "grievance_helpdesk/public/js/case_moves.js" %}
{% include "grievance_helpdesk/public/js/case_walk.js" %}
{% include "grievance_helpdesk/public/js/case_menu.js" %}
{% include "grievance_helpdesk/public/js/case_timeline.js" %}

frappe.provide("grievance_helpdesk.grievance");

frappe.ui.form.on("Grievance", {
	setup(frm) {
		frm.$wrapper.addClass("gh-case");
	},

	onload_post_render(frm) {
		grievance_helpdesk.grievance.prepare(frm);
	},

	refresh(frm) {
		const form = grievance_helpdesk.grievance;
		frm.toggle_display(["post_html", "triage_html", "clocks_html", "history_html"], !frm.is_new());
		frm.toggle_display(["description", "public_text"], frm.is_new());
		form.prepare(frm);
		frm.gh_strip.empty();
		if (frm.is_new()) {
			grievance_helpdesk.show_notices(frm, "triage_alert", []);
			return;
		}
		form.show_state(frm);
		form.add_buttons(frm);
		form.show_words(frm);
		if (frm.gh_moved) {
			frm.gh_moved = false;
			grievance_helpdesk.reload(frm);
		}
	},

	before_workflow_action: (frm) => grievance_helpdesk.before_move(frm),

	/** Frappe refreshes the form at the same time: reloading before it is through would take the document from under it. */
	after_workflow_action(frm) {
		frm.gh_moved = true;
	},
});

Object.assign(grievance_helpdesk.grievance, {
	/** What is built once a form: the strip, the menu, the shortcuts, the label of the comment box. */
	prepare(frm) {
		if (frm.gh_strip) return;
		frm.gh_strip = $(`<div class="gh-strip-place"></div>`).insertBefore(frm.layout.page);
		frm.gh_timeline = new grievance_helpdesk.Timeline(frm);
		frm.layout.tab_link_container.on("shown.bs.tab", () => grievance_helpdesk.grievance.show_history(frm));
		grievance_helpdesk.join_actions(frm);
		grievance_helpdesk.add_shortcuts(frm);
		grievance_helpdesk.label_comments(frm);
	},

	/** Strip, clocks and notices; asked anew at each refresh, because the clocks go on while a form stands open. */
	async show_state(frm) {
		const { name } = frm.doc;
		const view = await grievance_helpdesk.ask("grievance_helpdesk.redressal.casework.case_view.read", { name });
		if (frm.doc.name !== name) return; // the officer went on to the next case meanwhile
		view.may_write = Boolean(frm.perm[0]?.write);
		frm.gh_view = view;
		frm.gh_strip.html(grievance_helpdesk.strip_html(frm.doc, view));
		grievance_helpdesk.add_move_buttons(frm, view);
		frm.get_field("clocks_html").$wrapper.html(grievance_helpdesk.clocks_html(view));
		grievance_helpdesk.grievance.show_notices(frm, view);
		grievance_helpdesk.grievance.show_history(frm, true);
	},

	/** The history is read when its tab is open, and again when the case changed. */
	show_history(frm, changed = false) {
		const tab = frm.layout.tabs.find((tab) => tab.df.fieldname === "tab_history");
		if (changed) frm.gh_timeline.name = null;
		if (tab?.is_active() && frm.gh_timeline.name !== frm.doc.name) frm.gh_timeline.load();
	},

	/**
	 * The words that this viewer may read: those without contact details for whoever may not see the citizen's own.
	 * The post keeps them as they came; Frappe has cleaned the copy of the Grievance where it looked like HTML.
	 */
	words: (doc, post = {}) => post.text || (doc.description ? doc.description : post.public_text || doc.public_text),

	officer_title: (frm) =>
		frm.doc.officer && (frappe.utils.get_link_title("Nodal Officer", frm.doc.officer) || frm.doc.officer),

	add_buttons(frm) {
		if (frm.doc.source_post) {
			frm.add_custom_button(__("Open post"), () => frappe.set_route("Form", "Citizen Post", frm.doc.source_post));
		}
		if (grievance_helpdesk.ACTIVE.includes(frm.doc.status) && frm.perm[0].write) {
			frm.add_custom_button(__("Route again"), () => grievance_helpdesk.grievance.route_again(frm));
			frm.add_custom_button(__("Message to citizen…"), () => grievance_helpdesk.message_dialog(frm));
		}
	},

	async route_again(frm) {
		if (frm.is_dirty()) await frm.save();
		const answer = await grievance_helpdesk.run_method(frm.doctype, frm.doc.name, "route_again");
		await frm.reload_doc();
		frappe.show_alert({
			message: grievance_helpdesk.escape(answer?.reason || __("Routed again.")),
			indicator: answer?.officer ? "green" : "orange",
		});
	},

	async read_message(frm) {
		await frm.set_value("citizen_wrote_again", 0);
		await frm.save();
	},

	add_place: (doc) =>
		frappe.new_doc("Jurisdiction", {
			jurisdiction_name: doc.place_offer,
			level: "Locality",
			parent_jurisdiction: doc.district,
		}),

	/** A person looked at category and place; what was corrected is saved with it. */
	async checked(frm) {
		await frm.set_value("needs_review", 0);
		await frm.save();
	},

	show_notices(frm, view) {
		const form = grievance_helpdesk.grievance;
		const open = (doctype, name) => () => frappe.set_route("Form", doctype, name);
		grievance_helpdesk.show_notices(frm, "triage_alert", grievance_helpdesk.case_notices(frm.doc, view), {
			route: () => form.route_again(frm),
			choose: () => frm.scroll_to_field("officer"),
			check: () => frm.scroll_to_field("category"),
			checked: () => form.checked(frm),
			reasons: () => form.triage_tab(frm)?.set_active(),
			read: () => form.read_message(frm),
			place: () => form.add_place(frm.doc),
			twin: open("Grievance", frm.doc.possible_duplicate_of),
			target: open("Grievance", frm.doc.merged_into),
			appeal: open("Grievance Appeal", view.appeal?.name),
			message: () => grievance_helpdesk.message_dialog(frm),
			interim: () => grievance_helpdesk.interim_dialog(frm),
			opened: () => grievance_helpdesk.show_opened_by(frm.doc.name),
		});
	},

	triage_tab: (frm) => frm.layout.tabs.find((tab) => tab.df.fieldname === "tab_triage"),

	async show_words(frm) {
		const { doc } = frm;
		const form = grievance_helpdesk.grievance;
		const post = doc.source_post ? await form.first_post(doc.source_post) : {};
		if (frm.doc.name !== doc.name) return; // the officer went on to the next case meanwhile
		frm.get_field("post_html").$wrapper.html(`<div class="gh-words"><div>${form.post_html(doc, post)}</div></div>`);
		grievance_helpdesk.show_similar(frm);
		await grievance_helpdesk.show_triage(frm, {
			text: grievance_helpdesk.read_text(post.subject, form.words(doc, post)),
			whole: Boolean(post.text || doc.description),
			officer: { title: form.officer_title(frm), reason: doc.routing_reason },
		});
	},

	async first_post(name) {
		const fields = ["author_name", "author_handle", "posted_at", "permalink", "media", "subject", "text", "public_text"];
		const { message } = await frappe.db.get_value("Citizen Post", name, fields);
		return message || {};
	},

	/** The card of the first post; `post` holds what only the Citizen Post knows. */
	post_html(doc, post) {
		const supporters = doc.support_count
			? `<p class="gh-support">${
					doc.support_count === 1
						? __("One more citizen wrote about the same problem.")
						: __("{0} more citizens wrote about the same problem.", [doc.support_count])
			  } <a href="${frappe.router.make_url(["citizen-post"])}?grievance=${encodeURIComponent(doc.name)}">${__("Read their posts")}</a></p>`
			: "";
		const card = grievance_helpdesk.post_card({
			channel: doc.channel,
			subject: post.subject,
			author_name: post.author_name || doc.citizen_name,
			author_handle: post.author_handle,
			when: grievance_helpdesk.site_time(post.posted_at || doc.received_at),
			permalink: post.permalink || doc.permalink,
			text: grievance_helpdesk.grievance.words(doc, post),
			language: doc.language,
			media: grievance_helpdesk.read_json(post.media, []),
		});
		return card + supporters;
	},
});
