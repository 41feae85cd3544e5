import frappe
from frappe.tests.utils import FrappeTestCase

from grievance_helpdesk.redressal.citizens import Author, find_or_create
from grievance_helpdesk.redressal.doctype.citizen.citizen import masked


class TestCitizen(FrappeTestCase):
	def test_a_masked_contact_is_recognised_but_of_no_use(self):
		self.assertEqual(masked("9800012345", "suresh@example.org"), "******2345, s…@example.org")
		self.assertEqual(masked(None, None), "")

	def test_one_person_of_a_channel_is_one_citizen_whatever_the_handle(self):
		first = Author("X", "4711", "old_handle", "Suresh")
		renamed = Author("X", "4711", "new_handle", "Suresh K")
		elsewhere = Author("Facebook", "4711", name="Somebody else")
		found = find_or_create([first, renamed, elsewhere])
		self.assertEqual(len(set(found.values())), 2)
		self.assertEqual(find_or_create([renamed])[first.key], found[first.key])

	def test_nobody_is_made_for_an_unknown_author(self):
		before = frappe.db.count("Citizen")
		self.assertEqual(find_or_create([Author("Facebook", "")]), {})
		self.assertEqual(frappe.db.count("Citizen"), before)
