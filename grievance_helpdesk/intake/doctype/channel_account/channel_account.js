{% include "grievance_helpdesk/public/js/desk_words.js" %}
{% include "grievance_helpdesk/public/js/channel_words.js" %}

frappe.provide("grievance_helpdesk.channel_account");

frappe.ui.form.on("Channel Account", {
	refresh(frm) {
		const form = grievance_helpdesk.channel_account;
		if (frm.is_new()) {
			grievance_helpdesk.show_notices(frm, "health_html", [form.first_steps(frm.doc)]);
			return;
		}
		form.add_buttons(frm);
		form.show_health(frm);
	},

	channel(frm) {
		if (frm.is_new()) frm.trigger("refresh");
	},
});

Object.assign(grievance_helpdesk.channel_account, {
	add_buttons(frm) {
		const form = grievance_helpdesk.channel_account;
		if (!frm.perm[0].write) return;
		frm.add_custom_button(__("Test connection"), () => form.test_connection(frm));
		frm.add_custom_button(__("Import now"), () => form.import_now(frm));
	},

	async test_connection(frm) {
		if (frm.is_dirty()) await frm.save();
		const answer = await grievance_helpdesk.run_method(frm.doctype, frm.doc.name, "test_connection");
		frappe.msgprint({
			title: answer?.ok ? __("The connection works") : __("The connection does not work"),
			indicator: answer?.ok ? "green" : "red",
			message: grievance_helpdesk.escape(answer?.message),
		});
		await frm.reload_doc();
	},

	async import_now(frm) {
		if (frm.is_dirty()) await frm.save();
		const answer = await grievance_helpdesk.run_method(frm.doctype, frm.doc.name, "import_now");
		frappe.show_alert({ message: grievance_helpdesk.escape(answer?.message), indicator: "blue" });
		await frm.reload_doc();
	},

	first_steps(doc) {
		const next = {
			X: __("Enter handle, account ID and tokens, save, then press Test connection."),
			Facebook: __("Enter page ID, page access token and app secret, save, then press Test connection."),
			Email: __("Choose the Email Account that receives the citizens' mail and save."),
		}[doc.channel];
		return {
			tone: "blue",
			title: __("Connect a channel"),
			next: next || __("Choose the channel first; it cannot be changed later."),
		};
	},

	show_health(frm) {
		const form = grievance_helpdesk.channel_account;
		const words = grievance_helpdesk.channel_words;
		const notices = [words.state_notice(frm.doc), words.gap_notice(frm.doc), words.budget_notice(frm.doc)];
		grievance_helpdesk.show_notices(frm, "health_html", notices.filter(Boolean), {
			test: () => form.test_connection(frm),
			import: () => form.import_now(frm),
			access: () => frm.scroll_to_field(doc_field_of_access(frm.doc)),
		});

		function doc_field_of_access(doc) {
			return { X: "bearer_token", Facebook: "page_access_token", Email: "email_account" }[doc.channel];
		}
	},
});
