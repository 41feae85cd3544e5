// "Why this category, place and officer?": triage's evidence as people read it. The record itself
// (TriageResult.as_evidence of intake/triage/result.py) is shown to administrators only.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.TRIAGE_FIELDS = [
	{ name: "kind", label: () => __("What it is") },
	{ name: "category", label: () => __("Category"), doctype: "Grievance Category", title: "category_name" },
	{ name: "department", label: () => __("Department"), doctype: "Grievance Department", title: "department_name" },
	{ name: "district", label: () => __("District"), doctype: "Jurisdiction", title: "jurisdiction_name" },
	{ name: "jurisdiction", label: () => __("Place"), doctype: "Jurisdiction", title: "jurisdiction_name" },
	{ name: "urgent", label: () => __("Emergency") },
	{ name: "language", label: () => __("Language") },
];

grievance_helpdesk.SHOWN_REASONS = 4;

grievance_helpdesk.TriageView = class {
	/**
	 * text: the words as the viewer may read them; whole: whether they are the very words that the spans count in;
	 * officer: {title, reason} or null.
	 */
	constructor({ evidence, text, whole, officer = null }) {
		this.evidence = evidence;
		this.fields = evidence.fields || {};
		this.text = cstr(text);
		this.whole = whole;
		this.officer = officer;
		this.titles = {};
		this.title_of_code = {};
	}

	/** Titles of the codes that the evidence names, one query a DocType. */
	async load_titles() {
		const wanted = {};
		const want = (doctype, title, name) => {
			if (!name) return;
			wanted[doctype] = wanted[doctype] || { title, names: new Set() };
			wanted[doctype].names.add(name);
		};
		for (const { name, doctype, title } of grievance_helpdesk.TRIAGE_FIELDS) {
			if (doctype) want(doctype, title, this.fields[name]?.value);
		}
		for (const code of this.other_categories()) want("Grievance Category", "category_name", code);
		await Promise.all(
			Object.entries(wanted).map(async ([doctype, { title, names }]) => {
				const filters = { name: ["in", [...names]] };
				const rows = await frappe.db.get_list(doctype, { filters, fields: ["name", title], limit: 50 });
				for (const row of rows) {
					this.titles[`${doctype}/${row.name}`] = row[title];
					if (doctype !== "Jurisdiction") this.title_of_code[row.name] = row[title];
				}
			})
		);
		return this;
	}

	/** Titles that came along: {DocType: {name: title}}. */
	use_titles(titles) {
		for (const [doctype, rows] of Object.entries(titles)) {
			for (const [name, title] of Object.entries(rows)) {
				this.titles[`${doctype}/${name}`] = title;
				if (doctype !== "Jurisdiction") this.title_of_code[name] = title;
			}
		}
		return this;
	}

	other_categories() {
		const ranked = (this.evidence.categories || []).map((candidate) => candidate.code);
		return [...ranked, ...(this.evidence.also || [])];
	}

	title(doctype, name) {
		return __(this.titles[`${doctype}/${name}`] || name);
	}

	category_title(code) {
		return this.title("Grievance Category", code);
	}

	value_words({ name, doctype }, guess) {
		if (name === "urgent") return guess.value ? __("Yes") : __("No");
		if (name === "kind") return grievance_helpdesk.KINDS()[guess.value] || guess.value || __("Not known");
		if (name === "language") return grievance_helpdesk.LANGUAGES()[guess.value] || guess.value || __("Not known");
		return guess.value ? this.title(doctype, guess.value) : __("Not found");
	}

	/** A reason with the titles of the records that it names by their codes. */
	in_words(text) {
		return cstr(text).replace(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu, (word) => this.title_of_code[word] || word);
	}

	/** Marks for the words that the reasons point at. */
	marks() {
		if (!this.whole) return [];
		const folded = new grievance_helpdesk.Folded(this.text);
		const marks = [];
		for (const field of grievance_helpdesk.TRIAGE_FIELDS) {
			if (field.name === "language") continue;
			const guess = this.fields[field.name];
			if (!guess || guess.value === null || guess.value === false) continue;
			for (const reason of guess.reasons || []) {
				const range = folded.written(reason.span);
				if (range) marks.push({ range, field: field.name, label: `${field.label()}: ${this.in_words(reason.text)}` });
			}
		}
		return marks;
	}

	legend(marks) {
		if (grievance_helpdesk.REPAIRED.test(this.text)) {
			return `<div class="gh-legend">${__("Triage read a repaired form of this text, so its words are not marked.")}</div>`;
		}
		const used = grievance_helpdesk.TRIAGE_FIELDS.filter(({ name }) => marks.some((mark) => mark.field === name));
		const items = used.map(({ name, label }) => `<mark class="gh-mark gh-mark-${name}">${label()}</mark>`);
		return items.length ? `<div class="gh-legend">${__("Marked words speak for:")} ${items.join(" ")}</div>` : "";
	}

	html() {
		const marks = this.marks();
		const rows = grievance_helpdesk.TRIAGE_FIELDS.map((field) => this.row(field)).join("");
		return `<div class="gh-triage">
			<h4 class="gh-heading">${__("The words that decided")}</h4>
			<div class="gh-post-text gh-evidence-text" dir="auto">${grievance_helpdesk.marked_text(this.text, marks)}</div>
			${this.legend(marks)}
			<h4 class="gh-heading">${
				this.officer ? __("Why this category, place and officer") : __("Why this category and place")
			}</h4>
			<div class="gh-rows">${rows}${this.officer_row()}</div>
			${this.record()}
		</div>`;
	}

	row(field) {
		const guess = this.fields[field.name];
		if (!guess || this.says_nothing(field, guess)) return "";
		const other = field.name === "category" ? this.other_words() : "";
		return `<section class="gh-row" aria-label="${field.label()}">
			<div class="gh-row-name">${field.label()}</div>
			<div class="gh-row-value">
				<strong>${grievance_helpdesk.escape(this.value_words(field, guess))}</strong>
				${this.bar(field, guess)}
			</div>
			<div class="gh-row-reasons">${this.reasons(guess.reasons || [])}${other}</div>
		</section>`;
	}

	/** The place row is left out where it only repeats the district; "no emergency" needs no row. */
	says_nothing({ name }, guess) {
		if (name === "jurisdiction") return !guess.value || guess.value === this.fields.district?.value;
		if (name === "language") return !guess.reasons?.length;
		return name === "urgent" && !guess.value;
	}

	bar({ label }, guess) {
		const percent = Math.round((guess.confidence || 0) * 100);
		const tone = percent >= 75 ? "high" : percent >= 50 ? "middle" : "low";
		const words = { high: __("sure"), middle: __("likely"), low: __("unsure") }[tone];
		return `<div class="gh-sure"><div class="gh-bar" role="meter" aria-valuemin="0" aria-valuemax="100"
			aria-valuenow="${percent}" aria-label="${__("Confidence of {0}", [label()])}">
			<div class="gh-bar-fill gh-bar-${tone}" style="width: ${percent}%"></div></div>
			<span class="text-muted">${percent} % · ${words}</span></div>`;
	}

	reasons(reasons) {
		if (!reasons.length) return `<div class="text-muted">${__("Nothing in the post speaks for it.")}</div>`;
		const sorted = [...reasons].sort((one, other) => Math.abs(other.weight || 0) - Math.abs(one.weight || 0));
		const items = sorted.map(({ text }) => `<li>${grievance_helpdesk.escape(this.in_words(text))}</li>`);
		const shown = items.slice(0, grievance_helpdesk.SHOWN_REASONS).join("");
		const rest = items.slice(grievance_helpdesk.SHOWN_REASONS);
		const more = rest.length
			? `<details><summary>${__("{0} more", [rest.length])}</summary><ul>${rest.join("")}</ul></details>`
			: "";
		return `<ul>${shown}</ul>${more}`;
	}

	other_words() {
		const escape = grievance_helpdesk.escape;
		const chosen = this.fields.category?.value;
		const also = (this.evidence.also || []).map((code) => escape(this.category_title(code)));
		const possible = (this.evidence.categories || [])
			.filter(({ code }) => code !== chosen && !(this.evidence.also || []).includes(code))
			.map(({ code, confidence }) => `${escape(this.category_title(code))} (${Math.round(confidence * 100)} %)`);
		const line = (label, items) => (items.length ? `<div class="gh-other">${label} ${items.join(", ")}</div>` : "");
		return line(__("The post also names:"), also) + line(__("Less likely:"), possible);
	}

	officer_row() {
		if (!this.officer) return "";
		const escape = grievance_helpdesk.escape;
		return `<section class="gh-row" aria-label="${__("Officer")}">
			<div class="gh-row-name">${__("Officer")}</div>
			<div class="gh-row-value"><strong>${escape(this.officer.title || __("Nobody yet"))}</strong></div>
			<div class="gh-row-reasons"><ul><li>${escape(this.in_words(this.officer.reason) || __("Not routed yet."))}</li></ul></div>
		</section>`;
	}

	record() {
		if (!frappe.user.has_role(["System Manager", "Grievance Administrator"])) return "";
		const escape = grievance_helpdesk.escape;
		return `<details class="gh-record"><summary>${__("Record for administrators")}</summary>
			<p class="text-muted">${__("Engine {0}, rules {1}", [
				escape(this.evidence.engine_version),
				escape(this.evidence.ruleset_hash),
			])}</p>
			<pre tabindex="0">${escape(JSON.stringify(this.evidence, null, 2))}</pre></details>`;
	}
};

/** Fills the HTML field `triage_html` of a form; says so when a person registered the case by hand. */
grievance_helpdesk.show_triage = async (frm, { text, whole, officer = null }) => {
	const wrapper = frm.get_field("triage_html").$wrapper;
	const evidence = grievance_helpdesk.read_json(frm.doc.triage_evidence, null);
	if (!evidence?.fields) {
		const view = new grievance_helpdesk.TriageView({ evidence: {}, text, whole, officer });
		wrapper.html(`<p class="text-muted">${__("Triage has not read this text: a person chose category and place.")}</p>
			<div class="gh-rows">${view.officer_row()}</div>`);
		return null;
	}
	const view = new grievance_helpdesk.TriageView({ evidence, text, whole, officer });
	const name = frm.doc.name;
	await view.load_titles();
	if (frm.doc.name === name) wrapper.html(view.html());
	return view;
};
