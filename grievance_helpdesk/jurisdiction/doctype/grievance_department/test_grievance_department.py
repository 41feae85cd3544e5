import frappe
from frappe.tests.utils import FrappeTestCase


def department(code: str, **values):
	return frappe.get_doc(
		{
			"doctype": "Grievance Department",
			"department_code": code,
			"department_name": f"Test {code}",
			**values,
		}
	)


class TestGrievanceDepartment(FrappeTestCase):
	def tearDown(self) -> None:
		frappe.db.rollback()

	def test_the_code_is_the_name(self):
		self.assertEqual(department("TST-A").insert().name, "TST-A")

	def test_departments_that_merge_cannot_lead_in_a_circle(self):
		first = department("TST-A").insert()
		department("TST-B", merged_into="TST-A").insert()
		first.merged_into = "TST-B"
		with self.assertRaises(frappe.ValidationError) as caught:
			first.save()
		self.assertIn("leads back to", str(caught.exception))
		self.assertIn("choose another department", str(caught.exception))

	def test_validity_must_not_end_before_it_begins(self):
		with self.assertRaises(frappe.ValidationError) as caught:
			department("TST-A", valid_from="2026-02-01", valid_to="2026-01-31").insert()
		self.assertIn("Valid To lies before Valid From", str(caught.exception))

	def test_a_code_is_given_once(self):
		department("TST-A").insert()
		with self.assertRaises(frappe.DuplicateEntryError):
			department("TST-A").insert()
