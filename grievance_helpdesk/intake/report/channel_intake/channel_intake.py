"""From the citizens' posts to the confirmed solution, by day, week or channel."""

from collections.abc import Mapping
from datetime import date, timedelta

from frappe import _
from frappe.query_builder.functions import Count, Date
from frappe.utils import formatdate, getdate

from grievance_helpdesk.intake import post_counts
from grievance_helpdesk.redressal.reporting import cases, choices
from grievance_helpdesk.redressal.reporting.columns import bars, column, share, summary
from grievance_helpdesk.redressal.reporting.report import CaseReport

DAY, WEEK, CHANNEL, DAY_AND_CHANNEL = GROUPS = ("Day", "Week", "Channel", "Day and Channel")
# State of a post: the column that counts it
COUNTED_IN = {
	"Grievance": "registered",
	"Thread": "joined",
	"Support": "joined",
	"For Review": "for_review",
	"Not a Grievance": "set_aside",
	"Parked": "parked",
	"New": "unread",
	"Ignored": "ignored",
	"Removed": "removed",
}
OF_POSTS = ("posts", *dict.fromkeys(COUNTED_IN.values()), "decided", "automatic")
OF_CASES = ("cases", "acknowledged", "resolved", "confirmed")


def execute(filters: Mapping | None = None) -> tuple:
	return ChannelIntake(filters).run()


class ChannelIntake(CaseReport):
	def __init__(self, chosen: Mapping | None):
		super().__init__(chosen)
		self.group = choices.one_of(chosen, "group_by", _("Group By"), GROUPS)
		self.only_of_cases = post_counts.only_of_cases(self.filters)

	def columns(self) -> list[dict]:
		return [*self._columns_of_groups(), *self._columns_of_posts(), *self._columns_of_cases()]

	def _columns_of_groups(self) -> list[dict]:
		day = column("title", _("Week From") if self.group == WEEK else _("Day"), "Data", width=120)
		channel = column("channel", _("Channel"), "Data", width=120)
		return {CHANNEL: [channel], DAY_AND_CHANNEL: [day, channel]}.get(self.group, [day])

	def _columns_of_posts(self) -> list[dict]:
		return [
			self._of_posts("posts", _("Posts"), _("Posts and mails that came within the period.")),
			self._of_posts(
				"registered",
				_("Registered"),
				_("Posts that became a grievance of their own."),
				post_counts.REGISTERED,
			),
			self._of_posts(
				"joined",
				_("Joined"),
				_(
					"Posts that joined a grievance: another message of its citizen, or the support of another one."
				),
				post_counts.JOINED,
			),
			self._of_posts(
				"for_review", _("For Review"), _("Posts that wait for a person to decide."), ("For Review",)
			),
			self._of_posts(
				"set_aside",
				_("Set Aside"),
				_("Posts that are no grievance, such as thanks or greetings."),
				post_counts.SET_ASIDE,
			),
			self._of_posts("parked", _("Parked"), _("Posts that failed again and again."), ("Parked",)),
			self._of_posts("unread", _("Unread"), _("Posts that nothing was done with yet."), ("New",)),
			self._of_posts(
				"ignored", _("Ignored"), _("Our own posts, and mails that a machine wrote."), ("Ignored",)
			),
			self._of_posts("removed", _("Taken Back"), _("Posts that the citizen deleted."), ("Removed",)),
			column(
				"automatic_share",
				_("Automatic"),
				"Percent",
				meaning=_("Share of the posts registered, joined or set aside that no person had to decide."),
			),
		]

	def _of_posts(self, name: str, label: str, meaning: str, states: tuple[str, ...] = ()) -> dict:
		if self.only_of_cases and self._has_case_filter():
			# The list of posts has no filter for what their cases have, so no list holds just these.
			return column(name, label, meaning=meaning)
		drill = self._period() | ({"state": ["in", list(states)]} if states else {})
		if self.filters.channel:
			drill["channel"] = self.filters.channel
		return column(name, label, meaning=meaning, drill=drill, drill_to="Citizen Post")

	def _has_case_filter(self) -> bool:
		return any(getattr(self.filters, field) for field in post_counts.OF_A_CASE)

	def _period(self) -> dict:
		return {"received_at": ["between", [str(self.filters.from_date), str(self.filters.to_date)]]}

	def _columns_of_cases(self) -> list[dict]:
		received = self._period() | {"status": ["in", list(cases.COUNTED)]}
		return [
			column(
				"cases",
				_("Grievances"),
				meaning=_(
					"Grievances received in the period, also those that a clerk entered at the counter without a post."
				),
				drill=received,
			),
			column(
				"acknowledged",
				_("Acknowledged"),
				meaning=_("Of these grievances, those that a person has taken up."),
				drill=received | {"acknowledged_at": ["is", "set"]},
			),
			column(
				"resolved",
				_("Resolved"),
				meaning=_("Of these grievances, those that are resolved or closed."),
				drill=received | {"status": ["in", list(cases.DONE)]},
			),
			column(
				"confirmed",
				_("Confirmed"),
				meaning=_("Of these grievances, those that the citizen says are solved."),
				drill=received | {"feedback_outcome": "Solved"},
			),
		]

	def rows(self) -> list[dict]:
		found: dict[tuple, dict] = {}
		for row in post_counts.by_day(self.filters):
			group, number = self._group(found, row), int(row["number"])
			group["posts"] += number
			group[COUNTED_IN[row["state"]]] += number
			if row["state"] in post_counts.DECIDED:
				group["decided"] += number
				group["automatic"] += 0 if row["decided_by_person"] else number
		for row in self._cases():
			group = self._group(found, row)
			for name in OF_CASES:
				group[name] += int(row[name] or 0)
		rows = [found[key] for key in sorted(found, key=lambda key: [str(part) for part in key])]
		if len(rows) > 1:
			rows.append(self._total(rows))
		return [row | {"automatic_share": share(row["automatic"], row["decided"])} for row in rows]

	def _group(self, found: dict, row: Mapping) -> dict:
		day = getdate(row["day"])
		first = day - timedelta(days=day.weekday()) if self.group == WEEK else day
		channel = row["channel"] or _("Not Known")
		key = {CHANNEL: (channel,), DAY_AND_CHANNEL: (first, channel)}.get(self.group, (first,))
		if key not in found:
			names = {
				"title": formatdate(first),
				"short": f"{first.day}/{first.month}",
				"channel": channel,
				"list_filters": self._list(first, row["channel"]),
			}
			found[key] = names | dict.fromkeys((*OF_POSTS, *OF_CASES), 0)
		return found[key]

	def _list(self, first: date, channel: str | None) -> dict:
		"""What the lists behind a row's numbers are filtered by."""
		last = first + timedelta(days=6) if self.group == WEEK else first
		days = [str(max(first, self.filters.from_date)), str(min(last, self.filters.to_date))]
		by_day = {"received_at": ["between", days]}
		by_channel = {"channel": channel or ["is", "not set"]}
		return {CHANNEL: by_channel, DAY_AND_CHANNEL: by_day | by_channel}.get(self.group, by_day)

	def _total(self, rows: list[dict]) -> dict:
		numbers = {name: sum(row[name] for row in rows) for name in (*OF_POSTS, *OF_CASES)}
		first = "channel" if self.group == CHANNEL else "title"
		return {"title": None, "channel": None, first: _("Total"), "bold": 1} | numbers

	def _cases(self) -> list[dict]:
		grievance = cases.table()
		day = Date(grievance.received_at)
		query = cases.received(self.filters).select(
			day.as_("day"),
			grievance.channel,
			Count("*").as_("cases"),
			cases.number_where(grievance.acknowledged_at.notnull(), "acknowledged"),
			cases.number_where(grievance.status.isin(cases.DONE), "resolved"),
			cases.number_where(grievance.feedback_outcome == "Solved", "confirmed"),
		)
		return query.groupby(day, grievance.channel).run(as_dict=True)

	def nothing(self) -> str:
		return _(
			"No post and no grievance that you may see came within this period. Choose a longer one, or fewer filters."
		)

	def note(self, rows: list[dict]) -> str | None:
		if not self.only_of_cases:
			return None
		return _("Posts are counted as far as they belong to the grievances of this report.")

	def chart(self, rows: list[dict]) -> dict | None:
		"""What became of the posts."""
		shown = [row for row in rows if not row.get("bold")]
		series = {
			"registered": _("Registered"),
			"joined": _("Joined"),
			"for_review": _("For Review"),
			"set_aside": _("Set Aside"),
			"parked": _("Parked"),
		}
		titles = [
			" ".join(filter(None, (row["short"] if self.group != CHANNEL else None, self._channel_of(row))))
			for row in shown
		]
		chart = bars(
			titles,
			[(label, [row[name] for row in shown]) for name, label in series.items()],
			stacked=True,
			colours=["#2490EF", "#29CD42", "#ECAC4B", "#98A1A9", "#E24C4C"],
		)
		# Of many days the axis names every second or third.
		return chart | {"axisOptions": {"xIsSeries": int(self.group in (DAY, WEEK))}}

	def _channel_of(self, row: dict) -> str | None:
		return row["channel"] if self.group in (CHANNEL, DAY_AND_CHANNEL) else None

	def summary(self, rows: list[dict]) -> list[dict]:
		total = rows[-1]
		numbers = [
			summary(_("Posts"), total["posts"]),
			summary(_("For Review"), total["for_review"], "Orange" if total["for_review"] else "Green"),
			summary(_("Grievances"), total["cases"]),
			summary(_("Resolved"), total["resolved"], "Green"),
			summary(_("Confirmed"), total["confirmed"], "Green"),
		]
		if total["automatic_share"] is not None:
			numbers.insert(1, summary(_("Automatic"), total["automatic_share"], "Blue", "Percent"))
		return numbers
