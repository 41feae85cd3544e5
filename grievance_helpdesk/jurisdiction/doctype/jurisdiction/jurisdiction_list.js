{% include "grievance_helpdesk/public/js/list_import.js" %}

frappe.provide("grievance_helpdesk.places");

grievance_helpdesk.places.can_import = () => frappe.user.has_role("Grievance Administrator");

grievance_helpdesk.places.import_list = function (done) {
	new frappe.ui.FileUploader({
		allow_multiple: false,
		make_attachments_public: false,
		restrictions: { allowed_file_types: [".csv", ".xlsx"] },
		on_success: (file) => {
			frappe.xcall(
				"grievance_helpdesk.jurisdiction.place_import.import_file",
				{ file_url: file.file_url },
				"POST"
			).then((outcome) => {
				if (outcome.queued) {
					frappe.show_alert({
						message: __("{0} rows are being imported. You are told when it is done.", [outcome.rows]),
						indicator: "blue",
					});
				} else {
					done();
				}
			});
		},
	});
};

grievance_helpdesk.places.download_template = function () {
	window.open("/api/method/grievance_helpdesk.jurisdiction.place_import.download_template");
};

grievance_helpdesk.places.tell = function ({ message, refused }) {
	const link = refused ? `<p><a href="${encodeURI(refused)}">${__("Refused rows")}</a></p>` : "";
	frappe.msgprint({
		title: __("Places imported"),
		message: frappe.utils.escape_html(message) + link,
		indicator: refused ? "orange" : "green",
	});
};

frappe.listview_settings["Jurisdiction"] = {
	add_fields: ["level", "disabled", "valid_to"],
	get_indicator(place) {
		const ended = place.valid_to && place.valid_to < frappe.datetime.get_today();
		if (place.disabled || ended) {
			return [__("Not in Use"), "gray", place.disabled ? "disabled,=,1" : `valid_to,=,${place.valid_to}`];
		}
		return [__(place.level), "blue", `level,=,${place.level}`];
	},
	onload(listview) {
		grievance_helpdesk.add_import(listview, { label: __("Import a few places"), template: "places.csv" });
		if (!grievance_helpdesk.places.can_import()) return;
		listview.page.add_menu_item(__("Import Official List"), () =>
			grievance_helpdesk.places.import_list(() => listview.refresh())
		);
		listview.page.add_menu_item(__("Download Template"), grievance_helpdesk.places.download_template);
		frappe.realtime.off("place_import_done");
		frappe.realtime.on("place_import_done", (outcome) => {
			grievance_helpdesk.places.tell(outcome);
			listview.refresh();
		});
	},
};
