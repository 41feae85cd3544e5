"""The monthly report as CPGRAMS has it, with an index of four dimensions; by month, department or district."""

from collections.abc import Mapping
from dataclasses import replace

from frappe import _
from frappe.utils import add_months, formatdate, get_first_day, get_last_day, getdate

from grievance_helpdesk.redressal.reporting import cases, choices, groups, monthly
from grievance_helpdesk.redressal.reporting.columns import bars, column, share, summary
from grievance_helpdesk.redressal.reporting.report import CaseReport

MONTHS = 12
GROUPS = {
	"Department": "department",
	"District": "district",
	"Month": monthly.MONTH,
}  # the first one is usual
IN_CHART = 24


def execute(filters: Mapping | None = None) -> tuple:
	return MonthlyReport(filters).run()


class MonthlyReport(CaseReport):
	"""The departments in the present month; by month the last twelve, which read as many more cases."""

	def __init__(self, chosen: Mapping | None):
		chosen = chosen or {}
		super().__init__(chosen)
		self.today = self.now.date()
		self.group = GROUPS[choices.one_of(chosen, "group_by", _("Group By"), tuple(GROUPS))]
		if not chosen.get("from_date"):
			months = MONTHS if self.group == monthly.MONTH else 1
			first = add_months(get_first_day(self.filters.to_date), 1 - months)
			self.filters = replace(self.filters, from_date=first)
		if self.group == monthly.MONTH:
			self.filters = monthly.whole_months(self.filters, self.today)

	def columns(self) -> list[dict]:
		return [*self._first_columns(), *self._cases(), *self._opinions(), *self._index()]

	def _first_columns(self) -> list[dict]:
		if self.group == monthly.MONTH:
			month = _("Whole months, from the first day on; the present one up to today.")
			return [column("title", _("Month"), "Data", width=130, meaning=month)]
		return groups.columns(self.group, _("Department") if self.group == "department" else _("District"))

	def _cases(self) -> list[dict]:
		counted = {"status": ["in", list(cases.COUNTED)]}
		return [
			column(
				"brought_forward",
				_("Brought Forward"),
				meaning=_("Pending when the month or period began."),
			),
			column(
				"received",
				_("Received"),
				meaning=_("Received in the month or period."),
				drill=counted,
				drill_period="received_at",
			),
			column("total", _("Total"), meaning=_("Brought forward and received.")),
			column(
				"disposed",
				_("Disposed"),
				meaning=_("Resolved, closed or rejected in the month or period, and not opened again since."),
				drill={"status": ["in", list(cases.FINISHED)]},
				drill_period="resolved_at",
			),
			column(
				"pending",
				_("Pending"),
				meaning=_(
					"Pending when the month or period ended, computed backwards from today: active now, plus disposed since,"
					" minus received since."
				),
			),
			column(
				"average_days",
				_("Average Days"),
				"Float",
				precision=1,
				meaning=_("Days from receipt that those disposed took on average, by the calendar."),
			),
		]

	def _opinions(self) -> list[dict]:
		return [
			column("appeals", _("Appeals"), meaning=_("Appeals filed so far about the cases received.")),
			column(
				"feedback",
				_("Feedback Collected"),
				meaning=_("Closures of those disposed that the citizen confirmed or disputed."),
			),
			column(
				"satisfied",
				_("% Satisfied"),
				"Percent",
				meaning=_("Confirmed closures, of a hundred that the citizen answered."),
			),
			column(
				"top_category",
				_("Top Category"),
				"Data",
				meaning=_("The category of most of the cases received."),
			),
		]

	def _index(self) -> list[dict]:
		return [
			column(
				"index",
				_("Redressal Index"),
				"Float",
				precision=1,
				meaning=_(
					"0 to 100: the average of Efficiency, Feedback, Domain and Commitment, the four dimensions of India's"
					" Grievance Redressal Assessment and Index, each measured with our own figures. A dimension without any"
					" case to judge is left out."
				),
			),
			column(
				"efficiency",
				_("Efficiency"),
				"Float",
				precision=1,
				meaning=_("Of a hundred disposed: before the limit to resolve was over."),
			),
			column(
				"satisfaction",
				_("Feedback"),
				"Float",
				precision=1,
				meaning=_(
					"The average of % Satisfied and of the share of the cases received about which nobody appealed; empty"
					" without an answer of a citizen."
				),
			),
			column(
				"domain",
				_("Domain"),
				"Float",
				precision=1,
				meaning=_("Of a hundred received: with a category and a department."),
			),
			column(
				"commitment",
				_("Commitment"),
				"Float",
				precision=1,
				meaning=_(
					"Organisational commitment. Of a hundred received: acknowledged before that limit was over."
				),
			),
		]

	def rows(self) -> list[dict]:
		rows = self._months() if self.group == monthly.MONTH else self._groups()
		names = groups.titles("category", {row["top_category"] for row in rows})
		return [
			row | {"top_category": names[row["top_category"]] if row["top_category"] else None}
			for row in rows
		]

	def _months(self) -> list[dict]:
		found = monthly.by_month(self.filters, self.today)
		rows = [self._month(month) | figures(group) for month, group in found.items()]
		return rows if any(row["total"] for row in rows) else []

	def _month(self, month: str) -> dict:
		first = getdate(f"{month}-01")
		last = min(get_last_day(first), self.filters.to_date)
		return {"title": formatdate(first, "MMMM yyyy"), "from_date": str(first), "to_date": str(last)}

	def _groups(self) -> list[dict]:
		found = monthly.by_field(self.group, self.filters, self.today)
		names = groups.titles(self.group, list(found))
		period = {"from_date": str(self.filters.from_date), "to_date": str(self.filters.to_date)}
		rows = [
			{self.group: name, "title": names[name], **period, **figures(group)}
			for name, group in found.items()
		]
		return sorted(rows, key=lambda row: (-row["total"], row["title"]))

	def note(self, rows: list[dict]) -> str:
		return _("From {0} to {1}").format(
			formatdate(self.filters.from_date), formatdate(self.filters.to_date)
		)

	def nothing(self) -> str:
		return _(
			"No grievance that you may see was received, finished or pending in this period. Choose a longer one, or fewer"
			" filters."
		)

	def chart(self, rows: list[dict]) -> dict | None:
		shown = rows[-IN_CHART:] if self.group == monthly.MONTH else rows[:IN_CHART]
		return bars(
			[row["title"] for row in shown],
			[
				(_("Received"), [row["received"] for row in shown]),
				(_("Disposed"), [row["disposed"] for row in shown]),
				(_("Pending"), [row["pending"] for row in shown]),
			],
			colours=["#3b82c4", "#2f9e62", "#e08a1e"],
		)

	def summary(self, rows: list[dict]) -> list[dict]:
		received, disposed = (sum(row[name] for row in rows) for name in ("received", "disposed"))
		at_the_end = rows[-1:] if self.group == monthly.MONTH else rows
		confirmed, feedback = (sum(row[name] for row in rows) for name in ("confirmed", "feedback"))
		return [
			summary(_("Received"), received),
			summary(_("Disposed"), disposed, "Green" if disposed >= received else "Orange"),
			summary(_("Pending"), sum(row["pending"] for row in at_the_end)),
			summary(_("% Satisfied"), share(confirmed, feedback), "Green", "Percent"),
		]


def figures(group: monthly.Group) -> dict:
	return {
		"brought_forward": group.brought_forward,
		"received": group.received,
		"total": group.brought_forward + group.received,
		"disposed": group.disposed,
		"pending": group.pending,
		"average_days": group.average_days,
		"appeals": group.appeals,
		"confirmed": group.confirmed,
		"feedback": group.feedback,
		"satisfied": share(group.confirmed, group.feedback),
		"top_category": group.top_category,
		"index": group.index(),
		**group.dimensions(),
	}
