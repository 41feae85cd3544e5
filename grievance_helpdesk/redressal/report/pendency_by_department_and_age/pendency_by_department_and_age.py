"""How many active cases each department has, and how old they are."""

from collections.abc import Mapping
from datetime import timedelta

from frappe import _

from grievance_helpdesk.redressal.reporting import cases, groups, pendency
from grievance_helpdesk.redressal.reporting.columns import bars, column, summary
from grievance_helpdesk.redressal.reporting.report import CaseReport

IN_CHART = 12
COLOURS = ["#86c49a", "#c5d86d", "#f2d16b", "#eda04f", "#dd6b4d", "#a8324a"]  # from fresh to old


def execute(filters: Mapping | None = None) -> tuple:
	return Pendency(filters).run()


class Pendency(CaseReport):
	"""Today's pendency; a period plays no part in it."""

	def columns(self) -> list[dict]:
		active = {"status": ["in", list(cases.ACTIVE)]}
		return [
			*groups.columns("department", _("Department")),
			column(
				"pending",
				_("Pending"),
				meaning=_("Open or waiting for the citizen, whenever received."),
				drill=active,
			),
			*(self._age(limit, active) for limit in pendency.LIMITS),
			column(
				"overdue",
				_("Overdue"),
				meaning=_(
					"Open and past the limit to resolve. A case that waits for its citizen is not overdue."
				),
				drill={"status": "Open", "resolve_by": ["<", str(self.now)]},
			),
			column(
				"untouched",
				_("Not Taken Up"),
				meaning=_("Pending, and nobody has acknowledged it yet."),
				drill=active | {"acknowledged_at": ["is", "not set"]},
			),
			column(
				"oldest",
				_("Oldest Since"),
				"Date",
				meaning=_("The day on which the oldest pending case was received."),
			),
		]

	def _age(self, limit: int, active: dict) -> dict:
		return column(
			f"over_{limit}",
			_("Over {0} Days").format(limit),
			meaning=_("Pending, and received more than {0} days ago.").format(limit),
			drill=active | {"received_at": ["<", str(self.now - timedelta(days=limit))]},
		)

	def rows(self) -> list[dict]:
		rows = pendency.by("department", self.filters, self.now)
		names = groups.titles("department", [row["department"] for row in rows])
		return [row | {"title": names[row["department"]]} for row in rows]

	def nothing(self) -> str:
		return _("Nothing is pending: every grievance that you may see is resolved or closed.")

	def chart(self, rows: list[dict]) -> dict | None:
		"""Each department's cases by age, the freshest first."""
		shown = sorted(rows, key=lambda row: -row["pending"])[:IN_CHART]
		bounds = ("pending", *pendency.AGES)
		names = [_("Up to {0} days").format(pendency.LIMITS[0])]
		names += [_("Over {0} days").format(limit) for limit in pendency.LIMITS]
		series = [
			(name, [row[bound] - row.get(after, 0) for row in shown])
			for name, bound, after in zip(names, bounds, (*bounds[1:], ""), strict=True)
		]
		return bars([row["title"] for row in shown], series, stacked=True, colours=COLOURS)

	def summary(self, rows: list[dict]) -> list[dict]:
		total = {
			name: sum(row[name] for row in rows) for name in ("pending", "overdue", "over_30", "untouched")
		}
		return [
			summary(_("Pending"), total["pending"]),
			summary(_("Overdue"), total["overdue"], "Red" if total["overdue"] else "Green"),
			summary(
				_("Over {0} Days").format(30), total["over_30"], "Orange" if total["over_30"] else "Green"
			),
			summary(_("Not Taken Up"), total["untouched"], "Orange" if total["untouched"] else "Green"),
		]
