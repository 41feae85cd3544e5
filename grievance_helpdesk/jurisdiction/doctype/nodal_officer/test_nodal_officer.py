import frappe
from frappe.tests.utils import FrappeTestCase


def officer(official_id: str, **values):
	"""An officer with a user of its own; the caller inserts it."""
	email = f"{official_id.lower()}@example.com"
	if not frappe.db.exists("User", email):
		frappe.get_doc(
			{"doctype": "User", "email": email, "first_name": official_id, "send_welcome_email": 0}
		).insert(ignore_permissions=True)
	fields = {
		"doctype": "Nodal Officer",
		"official_id": official_id,
		"officer_name": f"Test {official_id}",
		"designation": "City Magistrate",
		"user": email,
	}
	return frappe.get_doc(fields | values)


class TestNodalOfficer(FrappeTestCase):
	def tearDown(self) -> None:
		frappe.db.rollback()

	def assert_refused(self, document, message: str) -> None:
		with self.assertRaises(frappe.ValidationError) as caught:
			document.save()
		self.assertIn(message, str(caught.exception))

	def test_the_official_id_is_the_name(self):
		posting = {"jurisdiction": "Panchkula", "from_date": "2026-01-01"}
		document = officer("TST-1", postings=[posting]).insert()
		self.assertEqual(document.name, "TST-1")
		self.assertEqual(document.postings[0].charge, "Regular")

	def test_one_user_holds_one_office(self):
		officer("TST-1").insert()
		with self.assertRaises(frappe.UniqueValidationError):
			officer("TST-2", user="tst-1@example.com").insert()

	def test_a_posting_cannot_end_before_it_begins(self):
		posting = {"jurisdiction": "Panchkula", "from_date": "2026-02-01", "to_date": "2026-01-01"}
		self.assert_refused(officer("TST-1", postings=[posting]), "Row 1: the posting ends before it begins")

	def test_one_post_is_held_once_at_a_time(self):
		post = {"jurisdiction": "Panchkula"}
		for first, second in (
			({"from_date": "2026-01-01"}, {"from_date": "2026-06-01"}),
			({"from_date": "2026-06-01", "to_date": "2026-07-01"}, {"from_date": "2026-01-01"}),
			({"from_date": "2026-01-01", "to_date": "2026-02-01"}, {"from_date": "2026-02-01"}),
		):
			with self.subTest(first=first, second=second):
				document = officer("TST-1", postings=[post | first, post | second])
				self.assert_refused(document, "Rows 1 and 2 hold the same post at the same time")
		document = officer(
			"TST-1",
			postings=[
				post | {"from_date": "2026-01-01", "to_date": "2026-01-31"},
				post | {"from_date": "2026-02-01"},
				post | {"from_date": "2026-01-01", "department": "PHED"},
				{"jurisdiction": "Hisar", "from_date": "2026-01-01", "charge": "Additional"},
			],
		)
		self.assertEqual(len(document.insert().postings), 4)

	def test_an_absence_that_is_over_is_not_entered_any_more(self):
		document = officer("TST-1", away_from="2020-01-01", away_to="2020-01-31")
		self.assert_refused(document, "leave both dates empty if")
		document.away_to = None
		document.insert()
		frappe.db.set_value("Nodal Officer", "TST-1", "away_to", "2020-01-31")
		document.reload()
		document.designation = "Deputy"
		document.save()

	def test_an_absence_has_a_beginning_and_ends_after_it(self):
		self.assert_refused(officer("TST-1", away_to="2026-01-01"), "Say from which day")
		document = officer("TST-1", away_from="2026-01-02", away_to="2026-01-01")
		self.assert_refused(document, "The absence ends before it begins")

	def test_officers_cannot_act_for_each_other_in_a_circle(self):
		first = officer("TST-1").insert()
		officer("TST-2", acting_officer="TST-1").insert()
		first.acting_officer = "TST-2"
		self.assert_refused(first, "leads back to")
		first.reload()
		first.reports_to = first.name
		self.assert_refused(first, "choose another officer")

	def from_a_list(self, **values):
		return officer("TST-1", **({"user": None, "user_email": "New.Officer@example.com"} | values))

	def test_a_user_who_is_not_there_is_made_with_the_role_of_the_postings(self):
		for postings, role in (
			([{"jurisdiction": "Panchkula", "from_date": "2026-01-01"}], "District Nodal Officer"),
			(
				[{"jurisdiction": "Panchkula", "department": "PHED", "from_date": "2026-01-01"}],
				"Department Officer",
			),
		):
			with self.subTest(role=role):
				document = self.from_a_list(postings=postings).insert()
				user = frappe.get_doc("User", document.user)
				self.assertEqual(user.name, "new.officer@example.com")
				self.assertEqual([row.role for row in user.roles], [role])
				self.assertFalse(document.user_email)
				frappe.db.rollback()

	def test_a_user_who_is_there_keeps_the_roles(self):
		person = {"doctype": "User", "email": "new.officer@example.com", "first_name": "There"}
		frappe.get_doc(person | {"roles": [{"role": "Grievance Cell"}]}).insert()
		document = self.from_a_list().insert()
		roles = [row.role for row in frappe.get_doc("User", document.user).roles]
		self.assertEqual(roles, ["Grievance Cell"])

	def test_a_row_without_a_person_or_a_role_is_refused_with_what_to_do(self):
		self.assert_refused(self.from_a_list(user_email=None), "Name the person of")
		self.assert_refused(self.from_a_list(user_email="nobody"), "is not an e-mail address: correct it")
		self.assert_refused(self.from_a_list(), "nobody knows which role to give: add a posting")
		person = {"doctype": "User", "email": "new.officer@example.com", "first_name": "There", "enabled": 0}
		frappe.get_doc(person).insert()
		self.assert_refused(self.from_a_list(), "is disabled: enable it first")

	def test_a_posting_needs_its_place_and_its_first_day(self):
		self.assert_refused(
			officer("TST-1", postings=[{"from_date": "2026-01-01"}]), "fill in <strong>Jurisdiction</strong>"
		)
		self.assert_refused(
			officer("TST-1", postings=[{"jurisdiction": "Panchkula"}]), "fill in <strong>From Date</strong>"
		)
