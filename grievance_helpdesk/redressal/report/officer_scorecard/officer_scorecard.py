"""What each officer finished in the period, how it held, and what waits on the officer's desk now."""

from collections.abc import Mapping

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from grievance_helpdesk.redressal.reporting import cases, times
from grievance_helpdesk.redressal.reporting.columns import bars, column, share, summary
from grievance_helpdesk.redressal.reporting.report import CaseReport

FINISHED = ("finished", "solved", "within_limit", "confirmed", "silent", "disputed", "reopened")
NOW = ("open_now", "overdue_now")
IN_CHART = 15


def execute(filters: Mapping | None = None) -> tuple:
	return OfficerScorecard(filters).run()


class OfficerScorecard(CaseReport):
	"""Two ranges: the cases finished in the period and the active ones, put together by officer."""

	def columns(self) -> list[dict]:
		finished = {"resolved_at": self.between(), "status": ["in", list(cases.FINISHED)]}
		return [
			column("officer_name", _("Officer"), "Data"),
			column("officer", _("Official ID"), "Link", options="Nodal Officer", width=130, key="officer"),
			column(
				"finished",
				_("Finished"),
				meaning=_("Resolved, closed or rejected in the period, and not opened again since."),
				drill=finished,
			),
			column(
				"within_share",
				_("% Within Limit"),
				"Percent",
				meaning=_("Of a hundred finished: before the limit to resolve was over."),
			),
			column(
				"confirmed",
				_("Confirmed"),
				meaning=_("Of those finished: the citizen said that the problem is solved."),
				drill=finished | {"feedback_outcome": "Solved"},
			),
			column(
				"silent",
				_("Closed in Silence"),
				meaning=_("Of those finished: closed because the citizen did not answer in time."),
				drill=finished | {"feedback_outcome": "No Answer"},
			),
			column(
				"reopened",
				_("Reopened"),
				meaning=_("Of those finished: had been finished before, and were opened again."),
				drill=finished | {"reopened_count": [">", 0]},
			),
			column(
				"disputed",
				_("Disputed Closures"),
				meaning=_("How often the citizens of those finished had said of a closure: not solved."),
			),
			column(
				"false_share",
				_("% False Closures"),
				"Percent",
				meaning=_(
					"Disputed closures, of a hundred closures of those finished (the last one of each and the disputed ones;"
					" rejections are no closures)."
				),
			),
			column(
				"acknowledge_days",
				_("Days to Acknowledge"),
				"Float",
				precision=1,
				meaning=_(
					"Half of those finished were acknowledged within so many days (median, by the calendar)."
				),
			),
			column(
				"resolve_days",
				_("Days to Resolve"),
				"Float",
				precision=1,
				meaning=_("Half of those finished took so many days or fewer (median, by the calendar)."),
			),
			column(
				"open_now",
				_("Open Now"),
				meaning=_("Open or waiting for the citizen today, whenever received."),
				drill={"status": ["in", list(cases.ACTIVE)]},
			),
			column(
				"overdue_now",
				_("Overdue Now"),
				meaning=_("Open today and past the limit to resolve."),
				drill={"status": "Open", "resolve_by": ["<", str(self.now)]},
			),
		]

	def rows(self) -> list[dict]:
		finished, acknowledged, now = self._finished(), self._acknowledged(), self._now()
		names = officer_names([officer for officer in {*finished, *now} if officer])
		rows = [
			self._row(officer, finished.get(officer), acknowledged.get(officer), now.get(officer))
			| {"officer_name": names.get(officer) or _("Nobody")}
			for officer in {*finished, *now}
		]
		return sorted(rows, key=lambda row: (-row["finished"], -row["open_now"], row["officer"] or ""))

	def _finished(self) -> dict:
		grievance = cases.table()
		numbers = [
			cases.number_where(grievance.status.isin(cases.DONE), "solved"),
			cases.number_where(grievance.resolution_breached == 0, "within_limit"),
			cases.number_where(grievance.feedback_outcome == "Solved", "confirmed"),
			cases.number_where(grievance.feedback_outcome == "No Answer", "silent"),
			cases.total(grievance.disputed_count, "disputed"),
			cases.number_where(grievance.reopened_count > 0, "reopened"),
		]
		query = cases.finished(self.filters)
		rows = times.grouped(query, [grievance.officer], grievance.resolution_time, numbers)
		return times.merged(rows, lambda row: row[0], 1, FINISHED)

	def _acknowledged(self) -> dict:
		grievance = cases.table()
		query = cases.finished(self.filters)
		rows = times.grouped(query, [grievance.officer], grievance.response_time)
		return times.merged(rows, lambda row: row[0], 1, ("finished",))

	def _now(self) -> dict:
		grievance = cases.table()
		query = cases.active(self.filters).select(
			grievance.officer, Count("*"), cases.number_where(cases.overdue(self.now), "overdue_now")
		)
		return {
			row[0]: dict(zip(NOW, map(int, row[1:]), strict=True))
			for row in query.groupby(grievance.officer).run()
		}

	def _row(
		self, officer: str | None, finished: dict | None, acknowledged: dict | None, now: dict | None
	) -> dict:
		row = dict.fromkeys((*FINISHED, *NOW), 0) | (finished or {}) | (now or {})
		spent = row.pop("times", times.Times())
		return row | {
			"officer": officer,
			"within_share": share(row["within_limit"], row["finished"]),
			"false_share": share(row["disputed"], row["solved"] + row["disputed"]),
			"acknowledge_days": acknowledged["times"].median() if acknowledged else None,
			"resolve_days": spent.median(),
		}

	def nothing(self) -> str:
		return _(
			"No officer finished a grievance that you may see within this period, and none is open. Choose a longer"
			" period, or fewer filters."
		)

	def chart(self, rows: list[dict]) -> dict | None:
		shown = [row for row in rows if row["officer"]][:IN_CHART]
		return bars(
			[row["officer_name"] for row in shown],
			[
				(_("Finished"), [row["finished"] for row in shown]),
				(_("Open Now"), [row["open_now"] for row in shown]),
				(_("Overdue Now"), [row["overdue_now"] for row in shown]),
			],
			colours=["#2f9e62", "#3b82c4", "#d64545"],
		)

	def summary(self, rows: list[dict]) -> list[dict]:
		total = {name: sum(row[name] for row in rows) for name in (*FINISHED, *NOW)}
		false_share = share(total["disputed"], total["solved"] + total["disputed"])
		return [
			summary(_("Finished"), total["finished"]),
			summary(_("Confirmed"), total["confirmed"], "Green"),
			summary(_("% False Closures"), false_share, "Orange" if false_share else "Green", "Percent"),
			summary(_("Overdue Now"), total["overdue_now"], "Red" if total["overdue_now"] else "Green"),
		]


def officer_names(officers: list[str]) -> dict[str, str]:
	rows = frappe.get_all(
		"Nodal Officer", {"name": ["in", officers or [""]]}, ["name", "officer_name"], limit=0
	)
	return {row.name: row.officer_name for row in rows}
