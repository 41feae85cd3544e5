import frappe
from frappe.tests.utils import FrappeTestCase


class TestGrievanceCategory(FrappeTestCase):
	def setUp(self) -> None:
		frappe.get_doc(
			{"doctype": "Grievance Department", "department_code": "TST-A", "department_name": "Test"}
		).insert()

	def tearDown(self) -> None:
		frappe.db.rollback()

	def category(self, **values):
		fields = {
			"doctype": "Grievance Category",
			"category_code": "TST-CAT",
			"category_name": "Test category",
			"department": "TST-A",
		}
		return frappe.get_doc(fields | values)

	def assert_refused(self, document, message: str) -> None:
		with self.assertRaises(frappe.ValidationError) as caught:
			document.insert()
		self.assertIn(message, str(caught.exception))

	def test_a_grievance_category_names_its_department(self):
		self.assert_refused(self.category(department=None), "Name the department that answers")
		placed = self.category(department=None, departments=[{"area": "Urban", "department": "TST-A"}])
		self.assertEqual(placed.insert().name, "TST-CAT")

	def test_what_is_no_grievance_needs_no_department(self):
		self.category(department=None, grievance_type="Non-grievance").insert()

	def test_limits_need_a_unit_and_cannot_be_negative(self):
		self.assert_refused(self.category(resolution_limit=3), "needs a unit: hours or days")
		self.assert_refused(self.category(resolution_limit=-1, resolution_unit="Days"), "cannot be negative")

	def test_a_limit_set_by_law_needs_its_citation(self):
		self.assert_refused(self.category(basis="Law"), "A limit set by law or order needs its citation.")
		self.category(basis="Law", citation="Haryana Right to Service Act, 2014").insert()

	def test_the_same_phrase_twice_is_refused_whatever_its_blanks_and_case(self):
		phrases = [{"phrase": "paani  nahi"}, {"phrase": "Paani nahi "}]
		self.assert_refused(
			self.category(phrases=phrases), "Row 2: the phrase <strong>Paani nahi</strong> stands twice"
		)

	def test_a_phrase_may_count_in_one_district_and_not_in_another(self):
		phrases = [{"phrase": "dadri", "district": "Panchkula"}, {"phrase": "dadri", "exclude": 1}]
		category = self.category(phrases=phrases).insert()
		self.assertEqual([row.exclude for row in category.phrases], [0, 1])

	def test_markup_in_a_phrase_is_shown_as_text(self):
		phrases = [{"phrase": "<i>x</i>"}, {"phrase": "<i>x</i>"}]
		self.assert_refused(self.category(phrases=phrases), "&lt;i&gt;x&lt;/i&gt;")
