import frappe
from frappe.tests.utils import FrappeTestCase

from grievance_helpdesk.jurisdiction import routing


def officer(official_id: str, role: str, **posting) -> str:
	"""An officer with a user and one posting; returns the user."""
	email = f"{official_id.lower()}@example.com"
	user = {"doctype": "User", "email": email, "first_name": official_id, "send_welcome_email": 0}
	frappe.get_doc(user | {"roles": [{"role": role}]}).insert(ignore_permissions=True)
	frappe.get_doc(
		{
			"doctype": "Nodal Officer",
			"official_id": official_id,
			"officer_name": f"Test {official_id}",
			"designation": "City Magistrate",
			"user": email,
			"postings": [{"from_date": "2020-01-01", **posting}],
		}
	).insert(ignore_permissions=True)
	return email


def grievance(**values):
	fields = {
		"doctype": "Grievance",
		"subject": "Street light",
		"description": "The street light has not burned for ten days",
		"category": "LGT",
		"jurisdiction": "Hisar",
	}
	return frappe.get_doc(fields | values).insert(ignore_permissions=True)


class TestGrievance(FrappeTestCase):
	def setUp(self) -> None:
		# Whoever holds an office on this site already must not answer in place of the test's officers.
		frappe.db.delete("Officer Posting")
		self.hisar = officer("TST-HSR", "District Nodal Officer", jurisdiction="Hisar")
		self.sirsa = officer("TST-SRS", "District Nodal Officer", jurisdiction="Sirsa")

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback()

	def open_todos(self, name: str) -> list[str]:
		return frappe.get_all(
			"ToDo",
			{"reference_type": "Grievance", "reference_name": name, "status": "Open"},
			pluck="allocated_to",
		)

	def test_it_is_routed_assigned_and_explained(self):
		case = grievance()
		self.assertEqual((case.officer, case.routing_status), ("TST-HSR", routing.ROUTED))
		self.assertIn("Hisar", case.routing_reason)
		self.assertEqual(case.district, "Hisar")
		self.assertTrue(
			case.scope_path.startswith(frappe.db.get_value("Jurisdiction", "Hisar", "scope_path"))
		)
		self.assertEqual(self.open_todos(case.name), [self.hisar])
		self.assertEqual(len(case.tracking_key), 20)

	def test_a_corrected_place_moves_it_to_the_other_desk_and_teaches(self):
		case = grievance()
		case.jurisdiction = "Sirsa"
		case.save()
		self.assertEqual((case.officer, case.district), ("TST-SRS", "Sirsa"))
		self.assertEqual(self.open_todos(case.name), [self.sirsa])

	def test_without_a_posting_it_stands_in_the_unrouted_queue(self):
		case = grievance(jurisdiction="Karnal")
		self.assertEqual((case.officer, case.routing_status), (None, routing.UNROUTED))
		self.assertTrue(case.routing_code and case.routing_reason)
		self.assertEqual(self.open_todos(case.name), [])
		officer("TST-KNL", "District Nodal Officer", jurisdiction="Karnal")
		self.assertEqual(case.route_again()["officer"], "TST-KNL")

	def test_a_person_may_choose_the_officer(self):
		case = grievance()
		case.officer = "TST-SRS"
		case.save()
		self.assertEqual((case.officer, case.routing_code), ("TST-SRS", "CHOSEN_BY_PERSON"))
		self.assertEqual(self.open_todos(case.name), [self.sirsa])

	def test_an_emergency_is_urgent_and_a_bribe_is_confidential(self):
		self.assertEqual(grievance(category="PWR-DNG").priority, "Urgent")
		self.assertEqual(grievance(category="COR").confidential, 1)

	def test_a_merged_department_hands_on(self):
		old = {"doctype": "Grievance Department", "department_code": "TST-OLD", "department_name": "Old"}
		frappe.get_doc(old | {"merged_into": "PHED"}).insert()
		self.assertEqual(grievance(department="TST-OLD").department, "PHED")

	def test_an_officer_sees_the_own_district_only(self):
		mine, other = grievance(), grievance(jurisdiction="Sirsa")
		with self.set_user(self.hisar):
			names = frappe.get_list("Grievance", pluck="name", limit=0)
			self.assertIn(mine.name, names)
			self.assertNotIn(other.name, names)
			self.assertTrue(frappe.has_permission("Grievance", doc=mine.name))
			self.assertFalse(frappe.has_permission("Grievance", doc=other.name))

	def test_a_confidential_case_is_hidden_from_those_it_is_not_assigned_to(self):
		officer("TST-DEP", "Department Officer", jurisdiction="Hisar", department="VIGILANCE")
		case = grievance(category="COR")
		self.assertEqual(case.officer, "TST-DEP")
		self.assertFalse(frappe.has_permission("Grievance", doc=case.name, user=self.hisar))
		self.assertTrue(frappe.has_permission("Grievance", doc=case.name, user="tst-dep@example.com"))
