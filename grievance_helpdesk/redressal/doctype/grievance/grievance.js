{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/fold.js" %}
{% include "grievance_helpdesk/public/js/post_card.js" %}
{% include "grievance_helpdesk/public/js/triage_view.js" %}

frappe.provide("grievance_helpdesk.grievance");

grievance_helpdesk.grievance.OPEN = ["Open", "On Hold"];

frappe.ui.form.on("Grievance", {
	refresh(frm) {
		const form = grievance_helpdesk.grievance;
		frm.toggle_display(["post_html", "triage_html"], !frm.is_new());
		frm.toggle_display(["description", "public_text"], frm.is_new());
		if (frm.is_new()) {
			grievance_helpdesk.show_notices(frm, "triage_alert", []);
			return;
		}
		form.show_alerts(frm);
		form.add_buttons(frm);
		form.show_words(frm);
	},
});

Object.assign(grievance_helpdesk.grievance, {
	/**
	 * The words that this viewer may read: those without contact details for whoever may not see the citizen's own.
	 * The post keeps them as they came; Frappe has cleaned the copy of the Grievance where it looked like HTML.
	 */
	words: (doc, post = {}) => post.text || (doc.description ? doc.description : post.public_text || doc.public_text),

	officer_title: (frm) =>
		frm.doc.officer && (frappe.utils.get_link_title("Nodal Officer", frm.doc.officer) || frm.doc.officer),

	add_buttons(frm) {
		const may_route = grievance_helpdesk.grievance.OPEN.includes(frm.doc.status) && frm.perm[0].write;
		if (may_route) {
			frm.add_custom_button(__("Route again"), () => grievance_helpdesk.grievance.route_again(frm));
		}
		if (frm.doc.source_post) {
			frm.add_custom_button(__("Open post"), () => frappe.set_route("Form", "Citizen Post", frm.doc.source_post));
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

	show_alerts(frm) {
		const form = grievance_helpdesk.grievance;
		const notices = form.OPEN.includes(frm.doc.status) ? form.open_notices(frm.doc) : [];
		grievance_helpdesk.show_notices(frm, "triage_alert", notices, {
			route: () => form.route_again(frm),
			choose: () => frm.scroll_to_field("officer"),
			check: () => frm.scroll_to_field("category"),
			checked: () => form.checked(frm),
			reasons: () => form.triage_tab(frm)?.set_active(),
			read: () => form.read_message(frm),
			place: () => form.add_place(frm.doc),
			twin: () => frappe.set_route("Form", "Grievance", frm.doc.possible_duplicate_of),
		});
	},

	triage_tab: (frm) => frm.layout.tabs.find((tab) => tab.df.fieldname === "tab_triage"),

	open_notices(doc) {
		const notices = [];
		if (doc.urgent) {
			notices.push({
				tone: "red",
				title: __("Emergency: act on this one first"),
				next: __("Tell the people in the field by phone, then write here what was done."),
			});
		}
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
				next: __("The new words stand under Comments below."),
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
	},

	async show_words(frm) {
		const { doc } = frm;
		const form = grievance_helpdesk.grievance;
		const post = doc.source_post ? await form.first_post(doc.source_post) : {};
		if (frm.doc.name !== doc.name) return; // the officer went on to the next case meanwhile
		frm.get_field("post_html").$wrapper.html(form.post_html(doc, post));
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
			  } <a href="/app/citizen-post?grievance=${encodeURIComponent(doc.name)}">${__("Read their posts")}</a></p>`
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
