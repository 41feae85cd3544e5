// What a changed phrase would have done to the last posts: asks, shows how far it is, and what came out.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.OUTCOMES = () => ({
	Grievance: __("Grievance"),
	"For Review": __("For review"),
	"Not a Grievance": __("Not a grievance"),
});

grievance_helpdesk.WhatIf = class {
	constructor(root) {
		this.root = root;
		this.change = null;
		this.timer = null;
		// A live update only makes us ask sooner: the socket may be off.
		frappe.realtime.off("what_if_progress");
		frappe.realtime.on("what_if_progress", () => this.timer && this.ask_in(0));
	}

	/** Who sees the posts of all districts and changes phrases, as the server asks. */
	static may_ask() {
		return ["Grievance Administrator", "State Nodal Officer", "Grievance Cell"].some((role) =>
			frappe.user_roles.includes(role)
		);
	}

	show(change) {
		this.stop();
		this.change = change;
		if (!grievance_helpdesk.WhatIf.may_ask()) return this.root.empty();
		this.root.html(change ? this.question() : this.hint());
		this.root.find("form").on("submit", (event) => {
			event.preventDefault();
			this.start();
		});
	}

	hint() {
		return `<p class="text-muted gh-try-hint">${__(
			"To see what a changed phrase would have done to the last posts, open a category or a phrase, change it, and press “Try it” there before you save."
		)}</p>`;
	}

	question() {
		const days = [7, 30, 90].map(
			(number) => `<option value="${number}" ${number === 30 ? "selected" : ""}>${__("{0} days", [number])}</option>`
		);
		return `<h4 class="gh-heading">${__("What the change would have done")}</h4>
			<form class="gh-card gh-what-if-form">
				<label for="gh-what-if-days">${__("Posts of the last")}</label>
				<select id="gh-what-if-days" class="form-control">${days.join("")}</select>
				<button type="submit" class="btn btn-default btn-sm">${__("Read them again")}</button>
			</form>
			<div class="gh-what-if" aria-live="polite"></div>`;
	}

	box() {
		return this.root.find(".gh-what-if");
	}

	async start() {
		const values = { change: JSON.stringify(this.change), days: cint(this.root.find("select").val()) };
		this.root.find("[type=submit]").prop("disabled", true);
		try {
			this.take(await frappe.xcall("grievance_helpdesk.intake.what_if.start", values, "POST"));
		} catch {
			this.finish();
		}
	}

	ask_in(seconds) {
		clearTimeout(this.timer);
		this.timer = setTimeout(async () => {
			try {
				this.take(await grievance_helpdesk.ask("grievance_helpdesk.intake.what_if.state"));
			} catch {
				this.finish();
			}
		}, seconds * 1000);
	}

	stop() {
		clearTimeout(this.timer);
		this.timer = null;
	}

	finish() {
		this.stop();
		this.root.find("[type=submit]").prop("disabled", false);
	}

	take(answer) {
		if (["queued", "running"].includes(answer.state)) {
			this.box().html(this.progress(answer));
			return this.ask_in(document.hidden ? 10 : 1);
		}
		this.finish();
		if (answer.state === "done") return this.box().html(this.result(answer.result));
		this.box().html(
			grievance_helpdesk.notice({
				tone: "red",
				title: __("Reading the posts again broke off"),
				next: __("The Error Log says why; nothing was changed. Try again, or ask for fewer days."),
			})
		);
	}

	progress({ state, done, total, silent_for }) {
		const percent = total ? Math.round((100 * done) / total) : 0;
		const words =
			state === "queued" ? __("Waiting for a background worker…") : __("{0} of {1} posts read", [done, total]);
		const silent =
			silent_for > 60
				? `<p class="text-muted">${__("Nothing has happened for a while: Channel Health says whether workers run.")}</p>`
				: "";
		return `<div class="gh-card"><p>${words}</p>
			<div class="progress"><div class="progress-bar" role="progressbar" aria-valuemin="0" aria-valuemax="100"
				aria-valuenow="${percent}" aria-label="${__("Progress")}" style="width: ${percent}%"></div></div>${silent}</div>`;
	}

	result(result) {
		this.titles = result.titles;
		const notes = [
			result.cut
				? __("Only the latest {0} posts were read; the oldest of them is of {1}.", [
						result.posts,
						grievance_helpdesk.site_time(result.oldest),
				  ])
				: "",
			this.emergencies(result),
		];
		const title = result.changed
			? __("{0} of {1} posts would be read otherwise", [result.changed, result.posts])
			: __("None of {0} posts would be read otherwise", [result.posts]);
		const head = grievance_helpdesk.notice({
			tone: result.worse > result.better ? "orange" : "green",
			title,
			detail: [this.judged(result), ...notes],
		});
		if (!result.changed) return head;
		return `${head}<div class="gh-card">${this.moves(result)}${this.balance(result)}</div>
			<h4 class="gh-heading">${__("Examples")}</h4>
			<ul class="gh-examples">${result.examples.map((example) => this.example(example)).join("")}</ul>`;
	}

	judged({ changed, decided, better, worse }) {
		if (!changed) return "";
		if (!decided) return __("Officers have corrected none of them, so nothing says whether that is better.");
		return __("Officers have corrected {0} of them: {1} would come right, {2} would come wrong.", [
			decided,
			better,
			worse,
		]);
	}

	emergencies({ urgent_gained, urgent_lost }) {
		if (!urgent_gained && !urgent_lost) return "";
		return __("Emergencies: {0} more, {1} fewer.", [urgent_gained, urgent_lost]);
	}

	moves({ moves }) {
		const rows = moves.map(
			(move) => `<tr><td>${this.verdict(move.from)}</td><td>${this.verdict(move.to)}</td>
				<td class="text-right">${move.posts}</td></tr>`
		);
		return `<table class="table gh-table"><thead><tr><th scope="col">${__("Now")}</th>
			<th scope="col">${__("With the change")}</th><th scope="col" class="text-right">${__("Posts")}</th></tr></thead>
			<tbody>${rows.join("")}</tbody></table>`;
	}

	balance({ gained, lost }) {
		const codes = [...new Set([...Object.keys(gained), ...Object.keys(lost)])];
		if (!codes.length) return "";
		const rows = codes.map(
			(code) => `<tr><td>${grievance_helpdesk.escape(this.title(code))}</td>
				<td class="text-right">${gained[code] ? `+${gained[code]}` : "–"}</td>
				<td class="text-right">${lost[code] ? `−${lost[code]}` : "–"}</td></tr>`
		);
		return `<table class="table gh-table"><thead><tr><th scope="col">${__("Category")}</th>
			<th scope="col" class="text-right">${__("Gains")}</th>
			<th scope="col" class="text-right">${__("Loses")}</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
	}

	title(code) {
		return this.titles[code] || code || __("No category");
	}

	verdict({ outcome, category }) {
		const words = grievance_helpdesk.OUTCOMES()[outcome] || outcome;
		if (outcome === "Not a Grievance") return grievance_helpdesk.escape(words);
		const about = grievance_helpdesk.escape(this.title(category));
		return outcome === "Grievance" ? about : `${about} <span class="text-muted">(${grievance_helpdesk.escape(words)})</span>`;
	}

	example({ name, text, before, after, decided, judgement }) {
		const escape = grievance_helpdesk.escape;
		const pills = {
			better: grievance_helpdesk.pill(__("comes right"), "green"),
			worse: grievance_helpdesk.pill(__("comes wrong"), "red"),
		};
		const said = decided === "Not a Grievance" ? __("Not a grievance") : this.title(decided);
		const officers = decided ? `<div class="text-muted">${__("Officers said: {0}", [escape(said)])} ${pills[judgement] || ""}</div>` : "";
		return `<li><a href="${frappe.utils.get_form_link("Citizen Post", name)}" dir="auto">${escape(text) || __("(no text)")}</a>
			<div>${this.verdict(before)} → ${this.verdict(after)}</div>${officers}</li>`;
	}
};
