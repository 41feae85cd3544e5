import frappe
from frappe.tests.utils import FrappeTestCase

from grievance_helpdesk.redressal.escalation import authorities


def ladder(*levels: dict, **values):
	"""A ladder whose levels are numbered in order; the caller inserts it."""
	rows = [{"level": number, "escalate_to": "Superior"} | level for number, level in enumerate(levels, 1)]
	fields = {"doctype": "Escalation Ladder", "ladder_name": "Test Ladder", "levels": rows}
	return frappe.get_doc(fields | values)


class TestEscalationLadder(FrappeTestCase):
	def setUp(self) -> None:
		frappe.db.delete("Escalation Ladder")

	def tearDown(self) -> None:
		frappe.db.rollback()

	def assert_refused(self, document, message: str) -> None:
		with self.assertRaises(frappe.ValidationError) as caught:
			document.save()
		self.assertIn(message, str(caught.exception))

	def test_a_ladder_needs_numbers_units_and_a_way_up(self):
		nodal, head = {"escalate_to": "District Nodal Officer"}, {"escalate_to": "Head of Department"}
		for levels, message in (
			([{}, {"level": 3}], "number the levels 1, 2, 3 without a gap"),
			([{"after": 2}], "Level 1: say in which unit"),
			([{"after": -2, "after_unit": "Days"}], "cannot be less than 0"),
			([{"escalate_to": "Named Officer"}], "Level 1: choose the officer"),
			([nodal, nodal], "leads back to <strong>District Nodal Officer</strong>"),
			([nodal, head, nodal], "who has the case since level 1; choose somebody above"),
			([{}, {"counts_from": "Missed Acknowledgement"}], "put the levels of the acknowledgement first"),
			(
				[{"after": 3, "after_unit": "Days"}, {**head, "after": 1, "after_unit": "Working Days"}],
				"Level 2 comes earlier than level 1",
			),
		):
			with self.subTest(message):
				self.assert_refused(ladder(*levels), message)

	def test_levels_are_kept_in_order_and_without_leftovers(self):
		document = ladder(
			{"level": 2, "escalate_to": "State Nodal Officer", "after_unit": "Days"}, {"level": 1}
		)
		document.insert()
		self.assertEqual(
			[(row.idx, row.level, row.after_unit) for row in document.levels], [(1, 1, None), (2, 2, None)]
		)

	def test_two_ladders_for_the_same_cases_are_refused(self):
		first = ladder({}).insert()
		second = ladder({}, ladder_name="Second")
		self.assert_refused(second, "<strong>Test Ladder</strong> already covers the same")
		ladder({}, ladder_name="Off", disabled=1).insert()
		first.disabled = 1
		first.save()
		second.insert()
		first.disabled = 0
		self.assert_refused(first, "<strong>Second</strong> already covers the same")

	def test_a_named_officer_must_be_in_service(self):
		officer = _officer(disabled=1)
		self.assert_refused(
			ladder({"escalate_to": "Named Officer", "officer": officer}),
			"is disabled; name an officer in service",
		)

	def test_a_change_is_in_force_at_once(self):
		document = ladder({}).insert()
		self.assertEqual([one.name for one in authorities.ladders()], ["Test Ladder"])
		document.append("levels", {"level": 2, "escalate_to": "State Nodal Officer"})
		document.save()
		self.assertEqual(len(authorities.ladders()[0].levels), 2)
		document.delete()
		self.assertEqual(authorities.ladders(), [])


def _officer(**values) -> str:
	email = "ladder@example.com"
	frappe.get_doc(
		{"doctype": "User", "email": email, "first_name": "Ladder", "send_welcome_email": 0}
	).insert()
	fields = {
		"doctype": "Nodal Officer",
		"official_id": "TST-LADDER",
		"officer_name": "Ladder",
		"designation": "Officer",
		"user": email,
	}
	return frappe.get_doc(fields | values).insert().name
