import frappe
from frappe.tests.utils import FrappeTestCase


class TestNonGrievanceGround(FrappeTestCase):
	def tearDown(self) -> None:
		frappe.db.rollback()

	def ground(self, **values):
		fields = {
			"doctype": "Non-grievance Ground",
			"ground_code": "TST-RTI",
			"ground_title": "Right to information",
			"reply_text": "Please write to the Public Information Officer.",
			"reply_text_hi": "कृपया जन सूचना अधिकारी को लिखें।",
		}
		return frappe.get_doc(fields | values)

	def test_the_code_is_the_name_and_never_changes(self):
		ground = self.ground().insert()
		self.assertEqual(ground.name, "TST-RTI")
		ground.ground_code = "TST-OTHER"
		ground.save()
		self.assertEqual(frappe.db.get_value("Non-grievance Ground", "TST-RTI", "ground_code"), "TST-RTI")

	def test_the_citizen_gets_the_reason_in_both_languages(self):
		for fieldname in ("reply_text", "reply_text_hi"):
			with self.subTest(fieldname), self.assertRaises(frappe.MandatoryError):
				self.ground(**{fieldname: ""}).insert()
