"""How the time limits were kept, what went to the next authority, and what the authorities decided."""

from collections.abc import Mapping

import frappe
from frappe import _

from grievance_helpdesk.redressal.reporting import cases, choices, groups, limits
from grievance_helpdesk.redressal.reporting.columns import bars, column, share, summary
from grievance_helpdesk.redressal.reporting.report import CaseReport

IN_CHART = 12
GROUPS = {"Department": "department", "District": "district", "Category": "category"}


def execute(filters: Mapping | None = None) -> tuple:
	return SlaAndEscalation(filters).run()


class SlaAndEscalation(CaseReport):
	def __init__(self, chosen: Mapping | None):
		super().__init__(chosen)
		self.group = choices.one_of(chosen, "group_by", _("Group By"), tuple(GROUPS))

	@property
	def field(self) -> str:
		return GROUPS[self.group]

	def columns(self) -> list[dict]:
		return [
			*groups.columns(self.field, _(self.group)),
			*self._columns_of_limits(),
			*self._columns_of_escalation(),
			*self._columns_of_appeals(),
		]

	def _received(self, **more: object) -> dict:
		period = [str(self.filters.from_date), str(self.filters.to_date)]
		return {"received_at": ["between", period], "status": ["in", list(cases.COUNTED)]} | more

	def _columns_of_limits(self) -> list[dict]:
		return [
			column(
				"received",
				_("Received"),
				meaning=_("Grievances that came within the period."),
				drill=self._received(),
			),
			column(
				"acknowledged_late",
				_("Acknowledged Late"),
				width=160,
				meaning=_("Received in the period, and nobody acknowledged them within the limit."),
				drill=self._received(response_breached=1),
			),
			column(
				"finished",
				_("Finished"),
				meaning=_("Received in the period, and resolved or rejected since."),
				drill=self._received(status=["in", list(cases.FINISHED)]),
			),
			column(
				"finished_late",
				_("Finished Late"),
				width=130,
				meaning=_("Finished, but after the limit to resolve."),
				drill=self._received(status=["in", list(cases.FINISHED)], resolution_breached=1),
			),
			column(
				"in_time",
				_("In Time"),
				"Percent",
				meaning=_("Share of the finished that were finished within the limit."),
			),
			column(
				"overdue",
				_("Overdue Now"),
				width=130,
				meaning=_("Open today and past the limit to resolve, whenever received."),
				drill={"status": "Open", "resolve_by": ["<", str(self.now)]},
			),
			column(
				"due_soon",
				_("Due in 24 Hours"),
				width=150,
				meaning=_("Open, and the limit to resolve ends within the next 24 hours."),
				drill={
					"status": "Open",
					"resolve_by": [[">=", str(self.now)], ["<", str(self.now + limits.SOON)]],
				},
			),
		]

	def _columns_of_escalation(self) -> list[dict]:
		meaning = _("Received in the period, and now with the authority of this level of the ladder.")
		return [
			column(
				"level_1",
				_("Escalated to 1"),
				width=140,
				meaning=meaning,
				drill=self._received(escalation_level=1),
			),
			column(
				"level_2",
				_("Escalated to 2"),
				width=140,
				meaning=meaning,
				drill=self._received(escalation_level=2),
			),
			column(
				"level_3",
				_("Escalated to 3 or Higher"),
				width=200,
				meaning=_(
					"Received in the period, and now with the third authority of the ladder or a higher one."
				),
				drill=self._received(escalation_level=[">=", 3]),
			),
			*self._column_of_problems(),
		]

	def _column_of_problems(self) -> list[dict]:
		"""Only for those who may open the list of problems."""
		if not frappe.has_permission("Escalation Problem"):
			return []
		meaning = _("What could not be done by itself and waits for a person, whenever it happened.")
		return [column("problems", _("Escalation Problems"), width=170, meaning=meaning)]

	def _columns_of_appeals(self) -> list[dict]:
		return [
			column(
				"appeals_automatic",
				_("Appeals, Automatic"),
				width=170,
				meaning=_("Appeals filed in the period because a limit was missed."),
			),
			column(
				"appeals_citizen",
				_("Appeals by Citizens"),
				width=170,
				meaning=_("Appeals filed in the period by the citizens themselves."),
			),
			column(
				"appeals_allowed",
				_("Allowed"),
				meaning=_("Filed in the period; the authority sent the grievance back to work."),
			),
			column(
				"appeals_dismissed",
				_("Dismissed"),
				meaning=_("Filed in the period; the authority left the answer as it was."),
			),
			column(
				"appeals_pending",
				_("Appeals Pending"),
				width=150,
				meaning=_("Filed in the period and not decided yet."),
			),
			column(
				"appeals_late",
				_("Appeals Past Due"),
				width=160,
				meaning=_("Not decided although the time to decide is over, whenever filed."),
			),
		]

	def rows(self) -> list[dict]:
		rows = limits.by(self.field, self.filters, self.now)
		titles = groups.titles(self.field, (row[self.field] for row in rows))
		rows = [{"title": titles.get(row[self.field], row[self.field]), **row} for row in rows]
		if len(rows) > 1:
			rows.append(groups.total(rows, limits.NUMBERS))
		return [
			row | {"in_time": share(row["finished"] - row["finished_late"], row["finished"])} for row in rows
		]

	def nothing(self) -> str:
		return _(
			"No grievance that you may see came within this period, and none is overdue. Choose a longer period, or"
			" fewer filters."
		)

	def chart(self, rows: list[dict]) -> dict | None:
		"""What went wrong with the limits; departments without any of it are left out."""
		named = [row for row in rows if not row.get("bold")]
		shown = [row for row in named if row["acknowledged_late"] or row["finished_late"] or row["overdue"]]
		series = [  # the longest name last: the legend gives each the same room
			(_("Overdue Now"), "overdue"),
			(_("Finished Late"), "finished_late"),
			(_("Acknowledged Late"), "acknowledged_late"),
		]
		shown = sorted(shown, key=lambda row: -sum(row[name] for _label, name in series))[:IN_CHART]
		return bars(
			[row["title"] for row in shown],
			[(label, [row[name] for row in shown]) for label, name in series],
			colours=["#E24C4C", "#B554FF", "#ECAC4B"],
		)

	def summary(self, rows: list[dict]) -> list[dict]:
		total = rows[-1]
		in_time, late = total["in_time"], total["acknowledged_late"]
		return [
			summary(_("Received"), total["received"]),
			summary(_("Acknowledged Late"), late, "Orange" if late else "Green"),
			*([summary(_("In Time"), in_time, "Blue", "Percent")] if in_time is not None else []),
			summary(_("Overdue Now"), total["overdue"], "Red" if total["overdue"] else "Green"),
			summary(_("Due in 24 Hours"), total["due_soon"], "Orange" if total["due_soon"] else "Green"),
			summary(
				_("Appeals Past Due"), total["appeals_late"], "Red" if total["appeals_late"] else "Green"
			),
		]
