// Finds in the citizen's own words the places that triage's reasons point at.
//
// Spans count code points of the folded text (intake/triage/text.py: NFKC, casefolded, ASCII digits, no nukta, no
// invisible characters). This folds the same way and keeps, for each folded character, where it was written. Text that
// triage has to repair first (HTML of a mail, broken encodings) is left unmarked rather than marked in the wrong place.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.Folded = class {
	constructor(raw) {
		this.raw = Array.from(cstr(raw));
		this.characters = [];
		this.origin = [];
		this.raw.forEach((character, index) => this.add(character, index));
		this.text = this.characters.join("");
		this.exact = !grievance_helpdesk.REPAIRED.test(cstr(raw));
	}

	add(character, index) {
		if (character === "\r" && this.raw[index + 1] === "\n") return;
		for (const piece of Array.from(this.fold(character))) {
			const leading = !this.characters.length && /\s/.test(piece);
			if (leading) continue;
			this.characters.push(piece);
			this.origin.push(index);
		}
	}

	fold(character) {
		if (/[\u2028\u2029\r]/.test(character)) return "\n";
		if (grievance_helpdesk.INVISIBLE.test(character)) return "";
		let folded = character.normalize("NFKC").toLowerCase().replace(/\u0901/g, "\u0902");
		folded = folded.replace(/ß/g, "ss").replace(/[\u093c\u09bc\u0a3c\u0abc\u0b3c]/g, "");
		return folded.replace(/\p{Nd}/gu, grievance_helpdesk.ascii_digit);
	}

	/** The raw range [start, end) of a folded span, or null when it lies outside. */
	written(span) {
		if (!this.exact || !Array.isArray(span) || span[0] < 0 || span[1] > this.origin.length || span[0] >= span[1]) return null;
		return [this.origin[span[0]], this.origin[span[1] - 1] + 1];
	}
};

grievance_helpdesk.INVISIBLE = new RegExp(
	"[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u00ad\\u034f\\u061c\\u200b-\\u200f\\u202a-\\u202e" +
		"\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]"
);

/** Tags, entities, and UTF-8 that was read as cp1252. */
grievance_helpdesk.REPAIRED = /<[a-z!/][^<>]*>|&(#\w+|\w+);|à[¤¥]|â€|ð\u0178|Ã./i;

grievance_helpdesk.ascii_digit = (digit) => {
	// The digits of every script stand in runs of ten, in order.
	const code = digit.codePointAt(0);
	let zero = code;
	while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
	return code < 128 ? digit : String((code - zero) % 10);
};

/**
 * The text as HTML with marks around ranges of raw characters.
 * marks: [{range: [start, end], field, label}]; where two overlap, the first one stands.
 */
grievance_helpdesk.marked_text = (raw, marks) => {
	const characters = Array.from(cstr(raw));
	const owner = new Array(characters.length).fill(null);
	for (const mark of marks) {
		for (let index = mark.range[0]; index < mark.range[1]; index += 1) owner[index] = owner[index] || mark;
	}
	let html = "";
	let start = 0;
	while (start < characters.length) {
		let end = start + 1;
		while (end < characters.length && owner[end] === owner[start]) end += 1;
		const piece = grievance_helpdesk.escape(characters.slice(start, end).join(""));
		const mark = owner[start];
		html += mark
			? `<mark class="gh-mark gh-mark-${mark.field}" title="${grievance_helpdesk.escape(mark.label)}">${piece}</mark>`
			: piece;
		start = end;
	}
	return html;
};
