"""Which problems become more, and where many citizens wrote about the same one within hours."""

from collections.abc import Mapping
from datetime import timedelta

from frappe import _
from frappe.utils import formatdate

from grievance_helpdesk.redressal.reporting import cases, choices, clusters, groups, hot_spots, trends
from grievance_helpdesk.redressal.reporting.columns import bars, column, summary
from grievance_helpdesk.redressal.reporting.report import CaseReport

IN_CHART = 6
TRENDS, HOT_SPOTS = SHOWN = ("Trends", "Hot Spots")


def execute(filters: Mapping | None = None) -> tuple:
	shown = choices.one_of(filters, "show", _("Show"), SHOWN)
	return (HotSpots if shown == HOT_SPOTS else Trends)(filters).run()


def received(first: object, last: object) -> dict:
	return {"received_at": ["between", [str(first), str(last)]], "status": ["in", list(cases.COUNTED)]}


class Trends(CaseReport):
	def columns(self) -> list[dict]:
		before = trends.period_before(self.filters)
		return [
			*groups.columns("category", _("Category")),
			column(
				"now",
				_("This Period"),
				meaning=_("Grievances that came within the period."),
				drill=received(self.filters.from_date, self.filters.to_date),
			),
			column(
				"before",
				_("Period Before"),
				width=130,
				meaning=_("Grievances that came in as many days just before."),
				drill=received(before.from_date, before.to_date),
			),
			column("change", _("Change"), meaning=_("This period less the period before.")),
			column(
				"change_percent",
				_("Change in %"),
				"Percent",
				meaning=_("The change as a share of the period before; empty where none came before."),
			),
			column(
				"series",
				_("Last 8 Weeks"),
				"Data",
				width=130,
				meaning=_(
					"Eight times seven days, the last of which ends with the period. The highest bar is the"
					" category's own highest week."
				),
			),
			column(
				"share",
				_("Share of All"),
				"Percent",
				meaning=_("Share of all grievances that came within the period."),
			),
			column(
				"most_in_title",
				_("Most in"),
				"Data",
				width=140,
				meaning=_("The district from which most of this period's grievances came."),
			),
			column(
				"most_in_share",
				_("District's Share"),
				"Percent",
				width=140,
				meaning=_("Share of this category's grievances that came from that district."),
			),
		]

	def rows(self) -> list[dict]:
		rows = trends.by_category(self.filters)
		titles = groups.titles("category", (row["category"] for row in rows))
		districts = groups.titles("district", (row["most_in"] for row in rows)) | {None: None}
		named = [
			row
			| {
				"title": titles.get(row["category"], row["category"]),
				"most_in_title": districts.get(row["most_in"], row["most_in"]),
				"series": clusters.sparkline(row["weeks"]),
			}
			for row in rows
		]
		return [*named, self._total(rows)] if len(rows) > 1 else named

	def _total(self, rows: list[dict]) -> dict:
		weeks = [sum(numbers) for numbers in zip(*(row["weeks"] for row in rows), strict=True)]
		total = groups.total(rows, ("now", "before", "change"))
		percent = trends.share(total["change"], total["before"])
		return total | {"change_percent": percent, "weeks": weeks, "series": clusters.sparkline(weeks)}

	def chart(self, rows: list[dict]) -> dict | None:
		"""The most frequent categories, week by week."""
		shown = [row for row in rows if not row.get("bold")][:IN_CHART]
		first = self.filters.to_date - timedelta(days=7 * trends.WEEKS - 1)
		weeks = [formatdate(first + timedelta(days=7 * week)) for week in range(trends.WEEKS)]
		return bars(weeks, [(row["title"], row["weeks"]) for row in shown], kind="line")

	def summary(self, rows: list[dict]) -> list[dict]:
		total = rows[-1]
		numbers = [summary(_("This Period"), total["now"]), summary(_("Period Before"), total["before"])]
		if total["change_percent"] is not None:
			colour = "Orange" if total["change"] > 0 else "Green"
			numbers.append(summary(_("Change in %"), total["change_percent"], colour, "Percent"))
		risen = [row for row in rows if row["change"] > 0 and not row.get("bold")]
		if risen:
			most = max(risen, key=lambda row: row["change"])
			numbers.append(summary(_("Rises Most"), most["title"], "Orange", "Data"))
		return numbers


class HotSpots(CaseReport):
	def __init__(self, chosen: Mapping | None):
		super().__init__(chosen)
		self.at_least = choices.whole_number(
			chosen, "at_least", _("At Least So Many"), usual=5, lowest=2, highest=1000
		)
		self.hours = choices.whole_number(
			chosen, "within_hours", _("Within Hours"), usual=48, lowest=1, highest=720
		)

	def columns(self) -> list[dict]:
		return [
			column("category_title", _("Category"), "Data", width=220),
			column("place", _("Place"), "Data", width=180, meaning=_("The place that the grievances name.")),
			column(
				"place_text",
				_("Spot"),
				"Data",
				width=180,
				meaning=_("The words for it that citizens use most."),
			),
			column("district_title", _("District"), "Data", width=120),
			column(
				"cases",
				_("Grievances"),
				meaning=_(
					"Grievances of the same category at the same place, at least so many of them within so many hours."
				),
				drill={"status": ["in", list(cases.COUNTED)]},
			),
			column(
				"citizens",
				_("Citizens"),
				meaning=_("The grievances and the citizens who joined them in support."),
			),
			column("first", _("First"), "Datetime", width=190, meaning=_("When the first of them came.")),
			column("last", _("Last"), "Datetime", width=190, meaning=_("When the last of them came.")),
		]

	def rows(self) -> list[dict]:
		spots = hot_spots.find(self.filters, self.at_least, self.hours)
		categories = groups.titles("category", (spot["category"] for spot in spots))
		places = groups.titles(
			"district", {spot[field] for spot in spots for field in ("jurisdiction", "district")}
		)
		return [
			spot
			| {
				"category_title": categories.get(spot["category"], spot["category"]),
				"place": places.get(spot["jurisdiction"], spot["jurisdiction"]),
				"district_title": places.get(spot["district"], spot["district"]),
				"list_filters": _list_filters(spot),
			}
			for spot in spots
		]

	def nothing(self) -> str:
		return _(
			"No place has {0} grievances of one category within {1} hours in this period. Choose a smaller number, more"
			" hours or a longer period."
		).format(self.at_least, self.hours)

	def note(self, rows: list[dict]) -> str | None:
		return _(
			"Places with at least {0} grievances of one category within {1} hours, the latest first."
		).format(self.at_least, self.hours)

	def chart(self, rows: list[dict]) -> dict | None:
		shown = sorted(rows, key=lambda row: -row["citizens"])[: 2 * IN_CHART]
		labels = [f"{row['place']}: {row['category_title']}" for row in shown]
		return bars(labels, [(_("Citizens"), [row["citizens"] for row in shown])], colours=["#E24C4C"])

	def summary(self, rows: list[dict]) -> list[dict]:
		return [
			summary(_("Hot Spots"), len(rows), "Red"),
			summary(_("Grievances"), sum(row["cases"] for row in rows)),
			summary(_("Citizens"), sum(row["citizens"] for row in rows)),
		]


def _list_filters(spot: dict) -> dict:
	"""The list behind a hot spot."""
	times = [[">=", str(spot["first"])], ["<=", str(spot["last"])]]
	same = {name: spot[name] for name in ("category", "jurisdiction")}
	return same | {"problem_key": spot["problem_key"] or ["is", "not set"], "received_at": times}
