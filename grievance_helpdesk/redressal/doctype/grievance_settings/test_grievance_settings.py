import frappe
from frappe.tests.utils import FrappeTestCase

from grievance_helpdesk.redressal.registration import raised_priority


class TestGrievanceSettings(FrappeTestCase):
	def test_numbers_that_would_stop_the_jobs_are_refused(self):
		for field, value, words in (
			("max_attempts", 0, "at least 1"),
			("signature_days", -3, "at least 1"),
			("kind_threshold", 120, "between 0 and 100"),
		):
			settings = frappe.get_doc("Grievance Settings")
			settings.set(field, value)
			with self.subTest(field=field), self.assertRaisesRegex(frappe.ValidationError, words):
				settings.save()

	def test_urgent_comes_after_high(self):
		settings = frappe.get_doc("Grievance Settings")
		settings.update({"priority_high_at": 10, "priority_urgent_at": 5})
		with self.assertRaisesRegex(frappe.ValidationError, "must not be smaller"):
			settings.save()

	def test_support_raises_the_priority_and_never_lowers_it(self):
		for before, people, after in (
			("Medium", 4, "Medium"),
			("Low", 5, "High"),
			("High", 5, "High"),
			("Urgent", 5, "Urgent"),
			("Medium", 20, "Urgent"),
		):
			self.assertEqual(raised_priority(before, people, 5, 20), after)
		self.assertEqual(raised_priority("Low", 500, 0, 0), "Low")
