"""The shape of a Script Report: a small class with columns, rows, chart and summary."""

from __future__ import annotations

from collections.abc import Mapping

from frappe import _

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.reporting import cells, filters


class CaseReport:
	"""Subclasses say ``columns`` and ``rows``; ``chart``, ``summary`` and ``nothing`` where they have something to say.

	``self.filters`` are checked, ``self.now`` is the moment that all figures of the report speak of.
	"""

	days = 30  # the period without chosen dates

	def __init__(self, chosen: Mapping | None):
		self.filters = filters.read(chosen, days=self.days)
		self.now = moment.now()

	def columns(self) -> list[dict]:
		raise NotImplementedError

	def rows(self) -> list[dict]:
		raise NotImplementedError

	def chart(self, rows: list[dict]) -> dict | None:
		return None

	def summary(self, rows: list[dict]) -> list[dict]:
		return []

	def between(self) -> list:
		"""The period as a list of cases is asked for it: both days included."""
		return ["between", [str(self.filters.from_date), str(self.filters.to_date)]]

	def nothing(self) -> str:
		"""What is the case when there is no row."""
		return _(
			"No grievance that you may see came within this period. Choose a longer one, or fewer filters."
		)

	def note(self, rows: list[dict]) -> str | None:
		"""A sentence above the rows."""
		return None

	def run(self) -> tuple:
		"""What Frappe expects of ``execute``: columns, rows, message, chart, summary, and whether to skip totals."""
		rows = [cells.harmless_row(row) for row in self.rows()]
		if not rows:
			return self.columns(), [], self.nothing(), None, [], True
		return self.columns(), rows, self.note(rows), self.chart(rows), self.summary(rows), False
