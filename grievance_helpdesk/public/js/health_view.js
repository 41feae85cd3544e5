// The page "Channel Health": every account, what waits for a person, and whether the jobs run.
frappe.provide("grievance_helpdesk");

/** Seconds between two looks; nobody asks while the page is out of sight. */
grievance_helpdesk.HEALTH_EVERY = 30;

grievance_helpdesk.HealthPage = class {
	constructor(page) {
		this.page = page;
		this.root = $(`<div class="gh-admin gh-health" aria-live="off"></div>`).appendTo(page.main);
		page.set_secondary_action(__("Refresh"), () => this.refresh());
		this.root.on("click", "[data-gh-action=add]", () => frappe.new_doc("Channel Account"));
		document.addEventListener("visibilitychange", () => this.in_sight() && this.refresh());
	}

	in_sight() {
		return !document.hidden && frappe.get_route()[0] === "channel-health";
	}

	show() {
		this.refresh();
	}

	async refresh() {
		clearTimeout(this.timer);
		try {
			const answer = await grievance_helpdesk.ask("grievance_helpdesk.intake.channel_health.overview");
			const opened = this.opened();
			this.root.html(this.html(answer));
			for (const name of opened) this.root.find("details").filter((_, one) => one.dataset.account === name).attr("open", true);
		} finally {
			this.timer = setTimeout(() => this.in_sight() && this.refresh(), grievance_helpdesk.HEALTH_EVERY * 1000);
		}
	}

	/** What a person unfolded stays so when the page looks again. */
	opened() {
		return this.root.find("details[open]").map((_, one) => one.dataset.account).get();
	}

	html({ accounts, waiting, cases, jobs, now }) {
		return `${this.workers(jobs)}
			<dl class="gh-facts">${this.waiting(waiting, cases)}</dl>
			<h4 class="gh-heading">${__("Channels")}</h4>
			${accounts.length ? accounts.map((account) => this.account(account)).join("") : this.empty()}
			<h4 class="gh-heading">${__("Scheduled jobs")}</h4>
			<div class="gh-card">${this.jobs(jobs.scheduled)}</div>
			<p class="text-muted">${__("As of {0}. The page looks again by itself.", [grievance_helpdesk.site_time(now)])}</p>`;
	}

	empty() {
		return grievance_helpdesk.notice({
			tone: "blue",
			title: __("No channel is connected yet"),
			next: __("Add a Channel Account and follow its first steps. E-mail is the channel that always works."),
			actions: [{ id: "add", label: __("Add a channel") }],
		});
	}

	workers({ scheduler_off, workers, queued }) {
		if (scheduler_off) {
			return grievance_helpdesk.notice({
				tone: "red",
				title: __("The scheduler is off: no channel is read and no case climbs"),
				next: __("Enable it: bench --site SITE enable-scheduler, and look for maintenance mode."),
			});
		}
		if (!workers) {
			return grievance_helpdesk.notice({
				tone: "red",
				title: __("No background worker runs: {0} jobs wait", [queued]),
				next: __("Start the bench's workers (bench start, or supervisor)."),
			});
		}
		return "";
	}

	waiting(waiting, { unrouted, problems }) {
		const total = Object.values(problems).reduce((sum, count) => sum + count, 0);
		const figures = [
			[__("Triage queue"), waiting["For Review"], this.list("Citizen Post", { state: "For Review" })],
			[__("Not read yet"), waiting.New, this.list("Citizen Post", { state: "New" })],
			[__("Parked posts"), waiting.Parked, this.list("Citizen Post", { state: "Parked" }), "red"],
			[__("Unrouted grievances"), unrouted, this.list("Grievance", { routing_status: "Unrouted" }), "orange"],
			[__("Escalation problems"), total, this.list("Escalation Problem", { resolved: 0 }), "orange"],
		];
		return figures
			.map(
				([label, count, address, tone]) => `<div><dt>${label}</dt>
				<dd class="gh-figure ${count && tone ? `gh-figure-${tone}` : ""}"><a href="${address}">${count}</a></dd></div>`
			)
			.join("");
	}

	list(doctype, filters) {
		return `${frappe.router.make_url([frappe.router.slug(doctype)])}?${new URLSearchParams(filters)}`;
	}

	account(account) {
		const escape = grievance_helpdesk.escape;
		const words = grievance_helpdesk.channel_words;
		const state = { ...words.state_notice(account), detail: [account.health_reason, words.waits(account)] };
		const notices = [state, this.late(account), words.gap_notice(account), words.budget_notice(account)];
		const handle = account.handle ? `<span class="text-muted">@${escape(account.handle)}</span>` : "";
		return `<section class="gh-card gh-account" aria-label="${escape(account.name)}">
			<header class="gh-account-head"><span class="gh-channel">${escape(__(account.channel))}</span>
				<a href="${frappe.utils.get_form_link("Channel Account", account.name)}"><strong>${escape(account.name)}</strong></a> ${handle}</header>
			${notices.filter(Boolean).map((notice) => grievance_helpdesk.notice({ ...notice, actions: [] })).join("")}
			<dl class="gh-facts gh-facts-flat">${this.facts(account)}</dl>
			${this.cursor(account)}
		</section>`;
	}

	late({ late_minutes }) {
		if (!late_minutes) return null;
		return {
			tone: "orange",
			title: __("Reading is {0} minutes late", [late_minutes]),
			next: __("The account is due and nobody reads it: look at scheduler and workers."),
		};
	}

	facts(account) {
		const spent = format_number(account.spent_today || 0, null, 2);
		const rows = [
			[__("Last complete read"), grievance_helpdesk.age(account.last_success_at) || __("Never")],
			[__("Newest post"), grievance_helpdesk.age(account.newest_post_at) || "–"],
			[__("Late by"), account.late_minutes ? __("{0} min", [account.late_minutes]) : "–"],
			[__("Next run"), account.next_run_at && account.enabled ? grievance_helpdesk.site_time(account.next_run_at) : "–"],
			[__("Posts today"), account.posts_today],
			[__("Parked"), account.parked],
		];
		if (account.channel === "X") {
			const budget = format_number(account.daily_budget || 0, null, 2);
			rows.push([
				__("Cost today"),
				account.daily_budget ? __("{0} of {1} US dollars", [spent, budget]) : __("{0} US dollars, no limit", [spent]),
			]);
		}
		return rows.map(([label, value]) => `<div><dt>${label}</dt><dd>${value}</dd></div>`).join("");
	}

	cursor({ name, cursor_state }) {
		if (!cursor_state) return "";
		const escape = grievance_helpdesk.escape;
		return `<details class="gh-record" data-account="${escape(name)}"><summary>${__("Where reading stopped")}</summary>
			<pre tabindex="0">${escape(cursor_state)}</pre></details>`;
	}

	jobs(scheduled) {
		if (!scheduled.length) {
			return `<p>${__("No job of this app is known. Run bench migrate, which registers them.")}</p>`;
		}
		const escape = grievance_helpdesk.escape;
		const failed = (job) =>
			job.failed
				? `<a href="${this.list("Scheduled Job Log", { scheduled_job_type: job.name, status: "Failed" })}">${
						grievance_helpdesk.pill(__("{0} failed", [job.failed]), "red")}</a>`
				: "–";
		const rows = scheduled.map(
			(job) => `<tr><td>${escape(this.job_name(job.method))}</td>
				<td>${job.stopped ? grievance_helpdesk.pill(__("Stopped"), "orange") : grievance_helpdesk.age(job.last_execution) || __("Never")}</td>
				<td>${failed(job)}</td></tr>`
		);
		return `<table class="table gh-table"><thead><tr><th scope="col">${__("Job")}</th><th scope="col">${__("Last run")}</th>
			<th scope="col">${__("Since yesterday")}</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
	}

	job_name(method) {
		const names = {
			"intake.schedule.enqueue_due_accounts": __("Read the channels that are due"),
			"intake.schedule.retry_posts": __("Try failed posts again"),
			"intake.schedule.forget_old_signatures": __("Forget old near-duplicates"),
			"intake.learning.retrain": __("Train the category model"),
			"intake.removals.enqueue": __("Look for removed posts"),
			"redressal.escalation.sweep.run": __("Escalate what is due"),
			"redressal.escalation.sweep.find_unassigned": __("Look for cases without an officer"),
			"redressal.escalation.handover.run_due": __("Hand over charges that are due"),
			"jurisdiction.public_holidays.add_coming_years": __("Fetch next year's holidays"),
		};
		return names[method.replace("grievance_helpdesk.", "")] || method;
	}
};
