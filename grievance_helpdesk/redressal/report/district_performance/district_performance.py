"""How each district deals with the cases that came to it, with the four stars of Haryana's Harpath."""

from collections.abc import Mapping

from frappe import _

from grievance_helpdesk.redressal.reporting import cases, groups, times
from grievance_helpdesk.redressal.reporting.columns import bars, column, share, summary
from grievance_helpdesk.redressal.reporting.report import CaseReport

NUMBERS = ("received", "undertaken", "rejected", "finished", "within_limit", "reopened")
STARS = 4
MOST_REJECTED = MOST_REOPENED = 10  # percent; a star asks for less
LEAST_WITHIN_LIMIT = 90  # percent: as many may be late as may be rejected or reopened, less than one in ten


def execute(filters: Mapping | None = None) -> tuple:
	return DistrictPerformance(filters).run()


class DistrictPerformance(CaseReport):
	def columns(self) -> list[dict]:
		received = {"received_at": self.between(), "status": ["in", list(cases.COUNTED)]}
		return [
			*groups.columns("district", _("District")),
			column(
				"stars",
				_("Stars"),
				"Data",
				width=80,
				meaning=_(
					"One star each, as on Haryana's Harpath (2018): all received cases taken up; less than 10 % rejected; within"
					" the limit; less than 10 % reopened. Harpath's third star asked for 10 days in every case. Limits differ by"
					" service here, so it asks that more than 90 % of the finished cases were within their own limit. A district"
					" without a case has no star."
				),
			),
			column("received", _("Received"), meaning=_("Received in the period."), drill=received),
			column(
				"undertaken",
				_("Taken Up"),
				meaning=_("Of those received: an officer has acknowledged it, or has moved it on."),
				drill=received | {"acknowledged_at": ["is", "set"]},
			),
			column(
				"rejected",
				_("Rejected"),
				meaning=_("Of those received: rejected as no grievance."),
				drill=received | {"status": "Rejected"},
			),
			column(
				"finished",
				_("Finished"),
				meaning=_("Of those received: resolved, closed or rejected by now."),
				drill=received | {"status": ["in", list(cases.FINISHED)]},
			),
			column(
				"within_limit",
				_("Within Limit"),
				meaning=_("Of those finished: before the limit to resolve was over."),
				drill=received | {"status": ["in", list(cases.FINISHED)], "resolution_breached": 0},
			),
			column(
				"within_share",
				_("% Within Limit"),
				"Percent",
				meaning=_("Within Limit, of a hundred finished."),
			),
			column(
				"reopened",
				_("Reopened"),
				meaning=_("Of those received: opened again at least once after it was finished."),
				drill=received | {"reopened_count": [">", 0]},
			),
			column(
				"median_days",
				_("Median Days"),
				"Float",
				precision=1,
				meaning=_("Half of the finished cases took so many days or fewer, by the calendar."),
			),
			column(
				"average_days",
				_("Average Days"),
				"Float",
				precision=1,
				meaning=_("Days that the finished cases took on average, by the calendar."),
			),
		]

	def rows(self) -> list[dict]:
		grievance = cases.table()
		found = times.grouped(
			cases.received(self.filters),
			[grievance.district],
			grievance.resolution_time,
			[
				cases.number_where(grievance.acknowledged_at.notnull(), "undertaken"),
				cases.number_where(grievance.status == "Rejected", "rejected"),
				cases.number_where(grievance.status.isin(cases.FINISHED), "finished"),
				cases.number_where(
					grievance.status.isin(cases.FINISHED) & (grievance.resolution_breached == 0),
					"within_limit",
				),
				cases.number_where(grievance.reopened_count > 0, "reopened"),
				cases.total(grievance.resolution_time, "seconds"),
			],
		)
		counted = times.merged(found, lambda row: row[0], 1, (*NUMBERS, "seconds"))
		names = groups.titles("district", list(counted))
		rows = [
			self._row(district, group) | {"title": names[district]} for district, group in counted.items()
		]
		return sorted(rows, key=lambda row: (-row["star_count"], -(row["within_share"] or 0), row["title"]))

	def _row(self, district: str | None, group: dict) -> dict:
		count = star_count(group) if district else 0
		spent, seconds = group.pop("times"), group.pop("seconds")
		return group | {
			"district": district,
			"star_count": count,
			"stars": "★" * count + "☆" * (STARS - count) if district else "",
			"within_share": share(group["within_limit"], group["finished"]),
			"median_days": spent.median(),
			"average_days": spent.average(seconds),
		}

	def chart(self, rows: list[dict]) -> dict | None:
		shown = [row for row in rows if row["district"]]
		return bars(
			[row["title"] for row in shown],
			[
				(_("Stars"), [row["star_count"] for row in shown]),
			],
			colours=["#e6a800"],
		)

	def summary(self, rows: list[dict]) -> list[dict]:
		total = {name: sum(row[name] for row in rows) for name in NUMBERS}
		within = share(total["within_limit"], total["finished"])
		return [
			summary(_("Received"), total["received"]),
			summary(_("Finished"), total["finished"]),
			summary(
				_("% Within Limit"),
				within,
				"Green" if (within or 0) > LEAST_WITHIN_LIMIT else "Orange",
				"Percent",
			),
			summary(_("Districts With Four Stars"), sum(row["star_count"] == STARS for row in rows), "Green"),
		]


def star_count(group: dict) -> int:
	received, finished = group["received"], group["finished"]
	return (
		sum(
			(
				group["undertaken"] == received,
				group["rejected"] * 100 < MOST_REJECTED * received,
				group["within_limit"] * 100 > LEAST_WITHIN_LIMIT * finished,
				group["reopened"] * 100 < MOST_REOPENED * received,
			)
		)
		if received
		else 0
	)
