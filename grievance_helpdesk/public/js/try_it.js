// The page "Try Triage": a pasted text, what would become of it and why. Nothing is stored.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.SAMPLE_POST =
	"Namaste sir ji please mere yaha ki gali banva do or sevrege ki bhe problem hai … vill abheypur ward no 13 panchkula mno -9417580005";

/** A category or phrase as its form holds it, saved or not; the form's button "Try it" puts it here. */
grievance_helpdesk.tried_change = grievance_helpdesk.tried_change || null;

grievance_helpdesk.TryIt = class {
	constructor(page) {
		this.root = $(`<div class="gh-admin gh-try">${this.html()}</div>`).appendTo(page.main);
		this.change = null;
		this.find("form").on("submit", (event) => {
			event.preventDefault();
			this.try_it();
		});
		this.find(".gh-try-sample").on("click", () => {
			this.find("[name=text]").val(grievance_helpdesk.SAMPLE_POST);
			this.try_it();
		});
		this.find("[name=channel]").on("change", () => this.show_subject());
		this.what_if = new grievance_helpdesk.WhatIf(this.find(".gh-try-posts"));
		this.show_subject();
	}

	find(selector) {
		return this.root.find(selector);
	}

	html() {
		const channels = ["X", "Facebook", "Email"].map((name) => `<option value="${name}">${__(name)}</option>`).join("");
		return `<div class="gh-try-change" aria-live="polite"></div>
			<form class="gh-card">
				<label for="gh-try-text">${__("A citizen's text")}</label>
				<textarea id="gh-try-text" name="text" class="form-control" rows="5" maxlength="25000" dir="auto" required
					placeholder="${__("Paste a post or a mail here. Nothing is stored.")}"></textarea>
				<div class="gh-try-fields">
					<div><label for="gh-try-channel">${__("Channel")}</label>
						<select id="gh-try-channel" name="channel" class="form-control">${channels}</select></div>
					<div><label for="gh-try-author">${__("Author (may stay empty)")}</label>
						<input id="gh-try-author" name="author" class="form-control" autocomplete="off"></div>
					<div class="gh-try-subject"><label for="gh-try-subject">${__("Subject of the mail")}</label>
						<input id="gh-try-subject" name="subject" class="form-control" autocomplete="off"></div>
				</div>
				<div class="gh-try-buttons">
					<button type="submit" class="btn btn-primary btn-sm">${__("Try it")}</button>
					<button type="button" class="btn btn-default btn-sm gh-try-sample">${__("Sample post")}</button>
				</div>
			</form>
			<div class="gh-try-answer" aria-live="polite"></div>
			<div class="gh-try-posts"></div>`;
	}

	/** The page is opened, perhaps from a form with a change to try. */
	show() {
		if (this.change !== grievance_helpdesk.tried_change) {
			this.change = grievance_helpdesk.tried_change;
			this.find(".gh-try-answer").empty();
			this.what_if.show(this.change);
			this.show_change();
		} else if (!this.change) {
			this.what_if.show(null);
		}
	}

	show_subject() {
		this.find(".gh-try-subject").toggle(this.find("[name=channel]").val() === "Email");
	}

	show_change() {
		const box = this.find(".gh-try-change").empty();
		if (!this.change) return;
		const name = this.change.category_name || this.change.phrase || this.change.name;
		box.html(
			grievance_helpdesk.notice({
				tone: "blue",
				title: __("With {0} “{1}” as its form stands, saved or not", [__(this.change.doctype), name]),
				next: __("Everything below counts with this change. The site itself goes on without it until it is saved."),
				actions: [
					{ id: "back", label: __("Back to the form") },
					{ id: "drop", label: __("Try without it") },
				],
			})
		);
		box.find("[data-gh-action=back]").on("click", () =>
			frappe.set_route("Form", this.change.doctype, this.change.name)
		);
		box.find("[data-gh-action=drop]").on("click", () => {
			grievance_helpdesk.tried_change = null;
			this.show();
			if (this.find("[name=text]").val().trim()) this.try_it();
		});
	}

	async try_it() {
		const values = {};
		for (const name of ["text", "channel", "author", "subject"]) values[name] = this.find(`[name=${name}]`).val();
		if (values.channel !== "Email") values.subject = "";
		if (this.change) values.change = JSON.stringify(this.change);
		const button = this.find("[type=submit]").prop("disabled", true);
		try {
			const answer = await frappe.xcall("grievance_helpdesk.intake.trial.read", values, "POST");
			this.find(".gh-try-answer").html(this.answer_html(answer));
		} finally {
			button.prop("disabled", false);
		}
	}

	answer_html(answer) {
		const { evidence, text, officer, titles } = answer;
		const view = new grievance_helpdesk.TriageView({ evidence, text, whole: true, officer }).use_titles(titles);
		return `${grievance_helpdesk.notice(this.outcome(answer, view))}
			<dl class="gh-facts">${this.facts(answer, view)}</dl>
			<div class="gh-card">${view.html()}</div>`;
	}

	outcome(answer, view) {
		const reasons = answer.review_reasons.map((reason) => view.in_words(reason));
		const review = answer.needs_review ? reasons : [];
		const outcomes = {
			Grievance: {
				tone: "green",
				title: __("This would become a grievance"),
				detail: review,
				next: review.length ? __("It is registered at once and stands under “Needs review”.") : "",
			},
			"For Review": {
				tone: "yellow",
				title: __("A person would decide: it waits in the triage queue"),
				detail: reasons,
			},
			"Not a Grievance": {
				tone: "blue",
				title: __("This is not a grievance: it would be set aside and stay searchable"),
				detail: review,
			},
			Ignored: { tone: "blue", title: __("This would be ignored: our own account wrote it") },
		};
		return outcomes[answer.outcome];
	}

	facts(answer, view) {
		const { fields } = answer.evidence;
		const value = (name) =>
			view.value_words(grievance_helpdesk.TRIAGE_FIELDS.find((field) => field.name === name), fields[name]);
		const place = fields.jurisdiction.value ? value("jurisdiction") : value("district");
		const rows = [
			[__("Category"), value("category")],
			[__("Department"), value("department")],
			[__("Place"), answer.evidence.places?.place_text ? `${place} (${answer.evidence.places.place_text})` : place],
			[__("Officer"), answer.officer ? answer.officer.title || __("Nobody: it would stay unrouted") : "–"],
			[__("Emergency"), value("urgent")],
			[__("Phones"), answer.phones.join(", ") || __("None")],
			[__("Confidence"), `${Math.round(answer.confidence * 100)} %`],
		];
		const escape = grievance_helpdesk.escape;
		return rows.map(([label, words]) => `<div><dt>${label}</dt><dd dir="auto">${escape(words)}</dd></div>`).join("");
	}
};
