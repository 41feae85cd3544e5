{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/escape_fields.js" %}
{% include "grievance_helpdesk/public/js/careful_dialog.js" %}
{% include "grievance_helpdesk/public/js/fold.js" %}
{% include "grievance_helpdesk/public/js/post_card.js" %}
{% include "grievance_helpdesk/public/js/triage_view.js" %}
{% include "grievance_helpdesk/public/js/post_actions.js" %}

frappe.provide("grievance_helpdesk.citizen_post");

frappe.ui.form.on("Citizen Post", {
	refresh(frm) {
		const form = grievance_helpdesk.citizen_post;
		frm.toggle_display(["subject", "text", "public_text"], false);
		frm.toggle_display(["needs_review", "review_reasons"], frm.doc.state !== "For Review"); // the notice says it
		frm.page.set_title(__("Post by {0}", [frm.doc.author_name || frm.doc.author_handle || __("a citizen")]));
		frm.page.set_title_sub("");
		frm.disable_save(); // every field is the channel's or the machine's; people decide with the buttons
		// The name of a post is a hash, which says nothing to an officer.
		frappe.breadcrumbs.add({ type: "Custom", label: __("Triage queue"), route: frappe.router.make_url(["citizen-post"]) });
		form.show_post(frm);
		form.show_alerts(frm);
		form.add_buttons(frm);
		grievance_helpdesk.show_triage(frm, {
			text: grievance_helpdesk.read_text(frm.doc.subject, form.words(frm.doc)),
			whole: Boolean(frm.doc.text),
		});
	},
});

Object.assign(grievance_helpdesk.citizen_post, {
	words: (doc) => doc.text || doc.public_text,

	/** A post that made a grievance, or joined one, is decided. */
	may_decide: (frm) => frm.perm[0].write && !frm.doc.grievance && frm.doc.state !== "Removed",

	show_post(frm) {
		const { doc } = frm;
		const card = grievance_helpdesk.post_card({
			channel: doc.channel,
			subject: doc.subject,
			author_name: doc.author_name,
			author_handle: doc.author_handle,
			when: grievance_helpdesk.site_time(doc.posted_at),
			permalink: doc.permalink,
			text: grievance_helpdesk.citizen_post.words(doc),
			language: doc.language,
			media: grievance_helpdesk.read_json(doc.media, []),
		});
		frm.get_field("post_html").$wrapper.html(card);
	},

	add_buttons(frm) {
		const form = grievance_helpdesk.citizen_post;
		if (frm.doc.grievance) {
			frm.add_custom_button(__("Open grievance"), () => frappe.set_route("Form", "Grievance", frm.doc.grievance));
		}
		if (!form.may_decide(frm)) return;
		frm.add_custom_button(__("Accept as grievance"), () => form.ask_accept(frm)).addClass("btn-primary");
		frm.add_custom_button(__("Not a grievance"), () => form.ask_ground(frm));
		frm.add_custom_button(__("Link to a grievance"), () => form.ask_link(frm));
		frm.page.add_menu_item(__("Triage again"), () => form.decide(frm, "triage_again"));
	},

	/** Runs the decision on the server, says what became of the post, and opens the next one that waits. */
	async decide(frm, method, values = {}) {
		await grievance_helpdesk.run_method(frm.doctype, frm.doc.name, method, values);
		await frm.reload_doc();
		const number = grievance_helpdesk.escape(frm.doc.grievance);
		frappe.show_alert({
			message: number
				? `${__("Grievance")} <a href="${frappe.utils.get_form_link("Grievance", frm.doc.grievance)}">${number}</a>`
				: __("Done: {0}", [__(frm.doc.state)]),
			indicator: "green",
		});
		if (frm.doc.state !== "For Review") await grievance_helpdesk.citizen_post.open_next();
	},

	async open_next() {
		const [next] = await frappe.db.get_list("Citizen Post", {
			filters: { state: "For Review" },
			fields: ["name"],
			order_by: "urgent desc, posted_at asc",
			limit: 1,
		});
		if (next) frappe.set_route("Form", "Citizen Post", next.name);
		else frappe.set_route("List", "Citizen Post", { state: "For Review" });
	},

	ask_accept(frm) {
		const { doc } = frm;
		// What triage takes for thanks or spam has a category for that, which no grievance can have.
		const guess = ["grievance", "suggestion"].includes(doc.kind) ? doc.category : "";
		grievance_helpdesk.careful_dialog({
			title: __("Accept as grievance"),
			fields: [
				{
					fieldname: "category",
					fieldtype: "Link",
					options: "Grievance Category",
					label: __("Category"),
					reqd: 1,
					default: guess,
					description: guess ? __("Triage's guess; correct it where it is wrong.") : "",
					get_query: () => ({ filters: { disabled: 0, grievance_type: ["!=", "Non-grievance"] } }),
				},
				{
					fieldname: "jurisdiction",
					fieldtype: "Link",
					options: "Jurisdiction",
					label: __("Place"),
					default: doc.jurisdiction || doc.district,
					description: doc.place_text
						? __("In the citizen's words: {0}", [grievance_helpdesk.escape(doc.place_text)])
						: __("Leave empty when nobody can tell: the case then belongs to the state."),
				},
			],
			label: __("Register"),
			send: (values) => grievance_helpdesk.citizen_post.decide(frm, "accept_as_grievance", values),
		});
	},

	ask_ground(frm) {
		grievance_helpdesk.ask_ground((values) =>
			grievance_helpdesk.citizen_post.decide(frm, "not_a_grievance", values)
		);
	},

	ask_link(frm) {
		grievance_helpdesk.careful_dialog({
			title: __("Link to a grievance"),
			fields: [
				{
					fieldname: "grievance",
					fieldtype: "Link",
					options: "Grievance",
					label: __("Grievance"),
					reqd: 1,
					default: frm.doc.same_problem_as,
				},
				{
					fieldname: "relation",
					fieldtype: "Select",
					label: __("Who writes?"),
					reqd: 1,
					default: "Support",
					options: [
						{ value: "Support", label: __("Another citizen with the same problem") },
						{ value: "Thread", label: __("The same citizen, once more") },
					],
				},
			],
			label: __("Link"),
			send: (values) => grievance_helpdesk.citizen_post.decide(frm, "link_to_grievance", values),
		});
	},

	show_alerts(frm) {
		const form = grievance_helpdesk.citizen_post;
		grievance_helpdesk.show_notices(frm, "triage_alert", form.notices(frm.doc), {
			accept: () => form.ask_accept(frm),
			ground: () => form.ask_ground(frm),
			link: () => form.ask_link(frm),
			again: () => form.decide(frm, "triage_again"),
			open: () => frappe.set_route("Form", "Grievance", frm.doc.grievance),
			twin: () => frappe.set_route("Form", "Grievance", frm.doc.same_problem_as),
			reasons: () => frm.layout.tabs.find((tab) => tab.df.fieldname === "tab_reasons")?.set_active(),
		});
	},

	notices(doc) {
		const notices = [];
		const undecided = !doc.grievance && doc.state === "For Review";
		if (undecided && doc.urgent) {
			notices.push({
				tone: "red",
				title: __("Emergency: decide this one first"),
				next: __("Accept it, so that an officer is told at once."),
			});
		}
		if (undecided) {
			notices.push({
				tone: "yellow",
				title: __("Waits for a person's decision"),
				detail: cstr(doc.review_reasons).split("\n"),
				next: __("Read the words, then accept the post, set it aside, or link it to a grievance."),
				actions: [
					{ id: "accept", label: __("Accept as grievance") },
					{ id: "ground", label: __("Not a grievance") },
					{ id: "link", label: __("Link to a grievance") },
					{ id: "reasons", label: __("See the reasons") },
				],
			});
		}
		if (undecided && doc.same_problem_as) {
			notices.push({
				tone: "blue",
				title: __("Perhaps the same problem as {0}", [doc.same_problem_as]),
				next: __("If it is, link the post instead of opening a second case."),
				actions: [{ id: "twin", label: __("Open {0}", [doc.same_problem_as]) }],
			});
		}
		if (doc.state === "Parked") {
			notices.push({
				tone: "red",
				title: __("This post could not be processed"),
				detail: [doc.error],
				next: __("Triage it again; if that fails too, accept it by hand and tell the administrator."),
				actions: [{ id: "again", label: __("Triage again") }],
			});
		}
		if (doc.state === "Removed") {
			notices.push({
				tone: "orange",
				title: __("The citizen removed this post on the channel"),
				next: __("Its words must not be published."),
			});
		}
		return notices;
	},
});
