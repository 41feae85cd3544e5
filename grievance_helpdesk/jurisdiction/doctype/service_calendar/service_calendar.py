from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate, to_timedelta

from grievance_helpdesk.jurisdiction import public_holidays


class ServiceCalendar(Document):
	"""When the office works: hours by weekday, and the days on which it stays shut."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from grievance_helpdesk.jurisdiction.doctype.service_calendar_holiday.service_calendar_holiday import (
			ServiceCalendarHoliday,
		)
		from grievance_helpdesk.jurisdiction.doctype.service_calendar_hours.service_calendar_hours import (
			ServiceCalendarHours,
		)

		calendar_name: DF.Data
		country: DF.Data | None
		holidays: DF.Table[ServiceCalendarHoliday]
		hours: DF.Table[ServiceCalendarHours]
		subdivision: DF.Data | None
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_hours()
		self.validate_holidays()
		region = (self.country or "").strip().upper(), (self.subdivision or "").strip().upper()
		self.country, self.subdivision = region
		if self.country and (self.has_value_changed("country") or self.has_value_changed("subdivision")):
			public_holidays.known(self.country, self.subdivision, getdate().year)

	def validate_hours(self) -> None:
		if not self.hours:
			frappe.throw(_("A calendar needs at least one working day: add a row with its hours."))
		shifts: dict[str, list] = {}
		for row in self.hours:
			shift = Shift(to_timedelta(row.from_time), closing_time(row.to_time), row)
			if shift.end <= shift.begin:
				frappe.throw(
					_(
						"Row {0}: the hours of {1} end at {2}, before they begin at {3}. Correct one of the two."
					).format(row.idx, _(row.weekday), clock_face(shift.end), clock_face(shift.begin))
				)
			shifts.setdefault(row.weekday, []).append(shift)
		for weekday, of_day in shifts.items():
			refuse_overlap(weekday, of_day)

	def validate_holidays(self) -> None:
		first: dict = {}
		for row in self.holidays:
			day = getdate(row.holiday_date)
			if day in first:
				frappe.throw(
					_("Row {0}: the holiday on {1} stands in row {2} already; delete one of the two.").format(
						row.idx, frappe.bold(format_date(day)), first[day]
					)
				)
			first[day] = row.idx
		self.holidays.sort(key=lambda row: getdate(row.holiday_date))
		for position, row in enumerate(self.holidays, 1):
			row.idx = position

	@frappe.whitelist(methods=["POST"])
	def add_public_holidays(self, year: int) -> int:
		"""Add the public holidays of a year that the calendar lacks, and save it; returns their number."""
		self.check_permission("write")
		count = public_holidays.add(self, int(year))
		if count:
			self.save()
		return count


class Shift(NamedTuple):
	begin: timedelta
	end: timedelta
	row: Document


def closing_time(value) -> timedelta:
	"""00:00 as the end of a shift is the midnight at the end of the day."""
	return to_timedelta(value) or timedelta(days=1)


def clock_face(moment: timedelta) -> str:
	minutes = int(moment.total_seconds()) // 60
	return f"{minutes // 60:02d}:{minutes % 60:02d}"


def refuse_overlap(weekday: str, shifts: list[Shift]) -> None:
	ordered = sorted(shifts, key=lambda shift: shift[:2])
	for earlier, later in pairwise(ordered):
		if later.begin < earlier.end:
			frappe.throw(
				_(
					"Row {0}: the hours of {1} overlap with row {2}, which ends at {3}. Correct or delete one of the two."
				).format(later.row.idx, _(weekday), earlier.row.idx, clock_face(earlier.end))
			)
