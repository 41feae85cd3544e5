// Frappe shows text fields as HTML and trusts that saving has cleaned them. Posts are stored as they came, in bulk, so
// whatever shows their fields (read-only fields of a form, the report view) must escape. The code of a list runs as
// soon as a DocType's meta is loaded, for whatever view, so this stands there.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.TEXT_FIELDS = ["Data", "Small Text", "Text", "Long Text"];
grievance_helpdesk.MARKUP = { "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Escapes what starts or ends markup. The ampersand stays: a form escapes Data itself before it asks a formatter. */
grievance_helpdesk.without_markup = (value) =>
	cstr(value).replace(/[<>"']/g, (character) => grievance_helpdesk.MARKUP[character]);

grievance_helpdesk.escape_fields = (doctype) => {
	for (const df of frappe.get_meta(doctype).fields) {
		const words = { kind: grievance_helpdesk.KINDS, language: grievance_helpdesk.LANGUAGES }[df.fieldname];
		if (words) df.formatter = (value) => words()[value] || grievance_helpdesk.without_markup(value);
		else if (grievance_helpdesk.TEXT_FIELDS.includes(df.fieldtype)) df.formatter = grievance_helpdesk.formatter_of(df);
	}
};

grievance_helpdesk.formatter_of = (df) => {
	if (df.options === "URL") {
		return (value) => grievance_helpdesk.outside_link(cstr(value).replace(/&amp;/g, "&"), __("Open"));
	}
	if (df.fieldtype === "Data") return grievance_helpdesk.without_markup;
	return (value) => grievance_helpdesk.without_markup(value).replace(/\n/g, "<br>");
};
