from datetime import date
from unittest.mock import patch

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import getdate

from grievance_helpdesk.jurisdiction import public_holidays

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def shift(weekday: str, begin: str = "09:00:00", end: str = "17:00:00") -> dict:
	return {"weekday": weekday, "from_time": begin, "to_time": end}


class TestServiceCalendar(FrappeTestCase):
	def tearDown(self) -> None:
		frappe.db.rollback()

	def calendar(self, *hours: dict, **values):
		fields = {"doctype": "Service Calendar", "calendar_name": "Test Offices", "country": None}
		rows = list(hours) or [shift(weekday) for weekday in WEEK]
		return frappe.get_doc(fields | {"hours": rows} | values)

	def assert_refused(self, calendar, message: str) -> None:
		with self.assertRaises(frappe.ValidationError) as caught:
			calendar.insert()
		self.assertIn(message, str(caught.exception))

	def test_a_calendar_without_a_working_day_is_refused(self):
		self.assert_refused(self.calendar(hours=[]), "needs at least one working day: add a row")

	def test_hours_that_end_before_they_begin_are_refused(self):
		calendar = self.calendar(shift("Monday"), shift("Tuesday", "17:00:00", "09:00:00"))
		self.assert_refused(
			calendar, "Row 2: the hours of Tuesday end at 09:00, before they begin at 17:00. Correct"
		)
		self.assert_refused(self.calendar(shift("Monday", "09:00:00", "09:00:00")), "end at 09:00")

	def test_overlapping_hours_are_refused_and_name_both_rows(self):
		calendar = self.calendar(
			shift("Monday", "12:00:00", "17:00:00"), shift("Tuesday"), shift("Monday", "09:00:00", "13:00:00")
		)
		self.assert_refused(calendar, "Row 1: the hours of Monday overlap with row 3, which ends at 13:00")

	def test_a_break_and_a_night_shift_are_fine(self):
		calendar = self.calendar(
			shift("Monday", "13:00:00", "17:00:00"),
			shift("Monday", "09:00:00", "13:00:00"),
			shift("Friday", "18:00:00", "00:00:00"),
		)
		self.assertEqual(len(calendar.insert().hours), 3)

	def test_the_same_holiday_twice_is_refused(self):
		days = ("2026-12-25", "2026-01-26", "2026-12-25")
		calendar = self.calendar(holidays=[{"holiday_date": day} for day in days])
		self.assert_refused(calendar, "stands in row 1 already; delete one of the two")

	def test_holidays_stand_in_order(self):
		days = ("2026-12-25", "2026-01-26")
		calendar = self.calendar(holidays=[{"holiday_date": day} for day in days]).insert()
		calendar.reload()
		self.assertEqual([getdate(row.holiday_date).month for row in calendar.holidays], [1, 12])

	def test_an_unknown_state_is_refused_with_what_to_enter(self):
		self.assert_refused(
			self.calendar(country="IN", subdivision="ZZ"), "No public holidays are known for <strong>IN ZZ"
		)
		self.assert_refused(self.calendar(country="XX"), "leave them empty and enter the holidays by hand")

	def test_public_holidays_of_a_year_are_added_once(self):
		calendar = self.calendar(
			country="in", subdivision="hr", holidays=[{"holiday_date": "2026-01-26", "description": "Ours"}]
		).insert()
		added = calendar.add_public_holidays(2026)
		self.assertGreater(added, 8)
		by_day = {getdate(row.holiday_date): row.description for row in calendar.reload().holidays}
		self.assertEqual(by_day[date(2026, 1, 26)], "Ours")
		self.assertIn(date(2026, 8, 15), by_day)
		self.assertEqual(len(by_day), added + 1)
		self.assertEqual(calendar.add_public_holidays(2026), 0)

	def test_holidays_need_a_country_and_a_possible_year(self):
		with self.assertRaisesRegex(frappe.ValidationError, "Enter the country first"):
			self.calendar().insert().add_public_holidays(2026)
		with self.assertRaisesRegex(frappe.ValidationError, "Enter a year between 2000 and 2100"):
			self.calendar(calendar_name="Other Offices", country="IN").insert().add_public_holidays(20266)

	def test_only_who_may_write_adds_holidays(self):
		calendar = self.calendar(country="IN").insert()
		frappe.set_user("Guest")
		try:
			with self.assertRaises(frappe.PermissionError):
				calendar.add_public_holidays(2026)
		finally:
			frappe.set_user("Administrator")

	def years_after_the_job(self, name: str, today: str) -> set[int]:
		with patch.object(public_holidays, "getdate", lambda day=None: getdate(day or today)):
			public_holidays.add_coming_years()
		return {getdate(row.holiday_date).year for row in frappe.get_doc("Service Calendar", name).holidays}

	def test_next_years_holidays_come_in_december(self):
		name = self.calendar(country="IN", subdivision="HR").insert().name
		self.assertEqual(self.years_after_the_job(name, "2031-11-30"), {2031})
		self.assertEqual(self.years_after_the_job(name, "2031-12-01"), {2031, 2032})

	def test_a_holiday_that_was_deleted_does_not_come_back(self):
		calendar = self.calendar(country="IN", holidays=[{"holiday_date": "2031-01-26"}]).insert()
		self.years_after_the_job(calendar.name, "2031-06-01")
		self.assertEqual(len(calendar.reload().holidays), 1)

	def test_a_calendar_without_country_is_left_alone(self):
		calendar = self.calendar().insert()
		self.assertEqual(self.years_after_the_job(calendar.name, "2031-12-01"), set())

	def test_the_state_has_its_calendar(self):
		settings = frappe.get_doc("Grievance Settings")
		self.assertEqual(settings.service_calendar, "Haryana Government Offices")
		calendar = frappe.get_doc("Service Calendar", settings.service_calendar)
		self.assertEqual([row.weekday for row in calendar.hours], list(WEEK))
		years = {getdate(row.holiday_date).year for row in calendar.holidays}
		self.assertEqual(years, {getdate().year, getdate().year + 1})
