import frappe
from frappe.tests.utils import FrappeTestCase

from grievance_helpdesk.install import load_master_data
from grievance_helpdesk.jurisdiction import place_import


def place(level: str, name: str, parent: str | None, **values):
	return frappe.get_doc(
		{
			"doctype": "Jurisdiction",
			"level": level,
			"jurisdiction_name": name,
			"parent_jurisdiction": parent,
			**values,
		}
	)


def assert_tree_is_sound(case: FrappeTestCase) -> None:
	"""Bounds are one gapless nesting, and each scope path continues its parent's."""
	rows = frappe.get_all(
		"Jurisdiction", fields=["name", "parent_jurisdiction", "lft", "rgt", "scope_path"], limit=0
	)
	by_name = {row.name: row for row in rows}
	case.assertEqual(sorted([r.lft for r in rows] + [r.rgt for r in rows]), list(range(1, 2 * len(rows) + 1)))
	case.assertEqual(len({row.scope_path for row in rows}), len(rows))
	for row in rows:
		parent = by_name.get(row.parent_jurisdiction)
		if parent:
			case.assertTrue(parent.lft < row.lft < row.rgt < parent.rgt, row.name)
			case.assertEqual(row.scope_path[:-4], parent.scope_path)


class TestJurisdiction(FrappeTestCase):
	def setUp(self) -> None:
		frappe.set_user("Administrator")

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback()

	def assert_refused(self, document, message: str) -> None:
		with self.assertRaises((frappe.ValidationError, frappe.DuplicateEntryError)) as caught:
			document.insert()
		self.assertIn(message, str(caught.exception))

	def test_installation_laid_out_haryana(self):
		self.assertEqual(frappe.db.count("Jurisdiction", {"level": "District"}), 23)
		self.assertEqual(frappe.db.get_single_value("Grievance Settings", "state"), "Haryana")
		assert_tree_is_sound(self)

	def test_a_locality_gets_its_name_district_and_path(self):
		colony = place("Locality", " Shiv Colony ", "Kalka Sub-division, Panchkula").insert()
		kalka = frappe.get_doc("Jurisdiction", "Kalka Sub-division, Panchkula")
		self.assertEqual(colony.name, "Shiv Colony Locality, Panchkula")
		self.assertEqual(colony.district, "Panchkula")
		self.assertTrue(colony.scope_path.startswith(kalka.scope_path))
		assert_tree_is_sound(self)

	def test_levels_only_go_downwards(self):
		self.assert_refused(place("District", "Test", "Panchkula"), "A District cannot be part of a District")
		self.assert_refused(place("Village", "Test", None), "Say which place")
		self.assert_refused(place("State", "Test", "Panchkula"), "A state is the top of the tree")

	def test_pin_codes_have_six_digits(self):
		self.assert_refused(place("Locality", "Test", "Panchkula", pin_codes="<b>1"), "is not a PIN code")
		colony = place("Locality", "Test", "Panchkula", pin_codes="134109, 134109 134112").insert()
		self.assertEqual(colony.pin_codes, "134109 134112")

	def test_namesakes_of_one_district_carry_their_parents_name(self):
		place("Village", "Testgarh", "Kalka Sub-division, Panchkula").insert()
		second = place("Village", "Testgarh", "Morni Sub-division, Panchkula").insert()
		self.assertEqual(second.name, "Testgarh, Morni Village, Panchkula")
		third = place("Village", "Testgarh", "Morni Sub-division, Panchkula")
		self.assert_refused(third, "<strong>Testgarh</strong> stands below Morni already")

	def test_validity_must_not_end_before_it_begins(self):
		document = place("Ward", "Ward 1", "Panchkula", valid_from="2026-02-01", valid_to="2026-01-01")
		self.assert_refused(document, "Valid To lies before Valid From")

	def test_moving_a_place_takes_everything_below_along(self):
		village = place("Village", "Testgarh", "Kalka Sub-division, Panchkula").insert()
		ward = place("Ward", "Ward 1", village.name).insert()
		village.reload()
		self.assertEqual(village.is_group, 1, "a place with places below it is a group")
		village.parent_jurisdiction = "Morni Sub-division, Panchkula"
		village.save()
		morni = frappe.db.get_value("Jurisdiction", "Morni Sub-division, Panchkula", "scope_path")
		path = frappe.db.get_value("Jurisdiction", ward.name, "scope_path")
		self.assertEqual(path[: len(morni)], morni)
		assert_tree_is_sound(self)

	def test_loading_again_adds_nothing_and_keeps_an_admins_change(self):
		frappe.db.set_value("Jurisdiction", "Panchkula", "name_hi", "changed")
		counts = load_master_data()
		self.assertEqual(set(counts.values()), {0})
		self.assertEqual(frappe.db.get_value("Jurisdiction", "Panchkula", "name_hi"), "changed")

	def test_a_missing_place_comes_back_without_renumbering_the_others(self):
		before = dict(frappe.get_all("Jurisdiction", fields=["name", "scope_path"], as_list=True, limit=0))
		gone = "Agroha Block, Hisar"
		frappe.delete_doc("Jurisdiction", gone)
		self.assertEqual(load_master_data()["Jurisdiction"], 1)
		after = dict(frappe.get_all("Jurisdiction", fields=["name", "scope_path"], as_list=True, limit=0))
		before.pop(gone)
		after.pop(gone)
		self.assertEqual(after, before)
		assert_tree_is_sound(self)


class TestPlaceImport(FrappeTestCase):
	def setUp(self) -> None:
		frappe.set_user("Administrator")

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback()

	def test_new_known_and_faulty_rows(self):
		village = frappe.get_doc(
			"Jurisdiction", {"level": "Village", "district": "Panchkula", "source": "India Post"}
		)
		rows = [
			{"name": "Testgarh", "district": "Panchkula", "subdistrict": "Kalka", "lgd_code": "990001"},
			{
				"name": village.jurisdiction_name.upper(),
				"district": "panchkula",
				"subdistrict": "Kalka",
				"lgd_code": "990002",
				"aliases": "Tst Spelling",
			},
			{"name": "Testgarh", "district": "Meerut"},
			{"name": "Copy", "district": "Panchkula", "lgd_code": "990001"},
			{"name": "", "district": ""},
		]
		outcome = place_import.import_places(rows)
		self.assertEqual((outcome.inserted, outcome.updated, outcome.moved), (1, 1, 1))
		self.assertEqual([row for row, _place, _reason in outcome.errors], [4, 5])
		self.assertIn("there is no district Meerut", outcome.errors[0][2])
		self.assertIn("the code 990001 stands in row 2 already", outcome.errors[1][2])

		known = frappe.get_doc("Jurisdiction", village.name)
		self.assertEqual(known.parent_jurisdiction, "Kalka Sub-division, Panchkula")
		self.assertEqual(known.lgd_code, "990002")
		self.assertEqual(known.pin_codes, village.pin_codes)
		self.assertIn("Tst Spelling", [row.alias for row in known.aliases])
		new = frappe.get_doc("Jurisdiction", "Testgarh Village, Panchkula")
		self.assertEqual(
			(new.district, new.parent_jurisdiction), ("Panchkula", "Kalka Sub-division, Panchkula")
		)
		assert_tree_is_sound(self)

	def test_the_same_list_again_changes_nothing(self):
		rows = [
			{"name": "Testgarh", "district": "Nuh", "pin_codes": "122107", "aliases": "Test Gadh"},
			{"name": "Testpur", "district": "Gurgaon", "subdistrict": "Sohna"},
		]
		self.assertEqual(place_import.import_places(rows).inserted, 2)
		again = place_import.import_places(rows)
		self.assertEqual((again.inserted, again.updated, again.unchanged), (0, 0, 2))

	def test_namesakes_in_one_district_are_two_places(self):
		rows = [
			{"name": "Testgarh", "district": "Nuh", "subdistrict": "Taoru", "lgd_code": "990001"},
			{"name": "Testgarh", "district": "Nuh", "subdistrict": "Punahana", "lgd_code": "990002"},
		]
		self.assertEqual(place_import.import_places(rows).inserted, 2)
		names = frappe.get_all("Jurisdiction", {"jurisdiction_name": "Testgarh"}, pluck="name")
		self.assertCountEqual(names, ["Testgarh Village, Nuh", "Testgarh, Punahana Village, Nuh"])

	def test_a_file_is_imported_and_refused_rows_come_back(self):
		text = "name,district,subdistrict\nTestgarh,Panchkula,Kalka\nNowhere,Meerut,\n"
		file = frappe.get_doc(
			{"doctype": "File", "file_name": "places-test.csv", "content": text, "is_private": 1}
		).insert()
		outcome = place_import.import_file(file.file_url)
		self.assertIn("1 places are new", outcome["message"])
		self.assertEqual(outcome["errors"], 1)
		refused = frappe.get_doc("File", {"file_url": outcome["refused"]})
		content = refused.get_content()
		content = content.decode() if isinstance(content, bytes) else content
		self.assertIn('3,"there is no district Meerut: correct it', content)
		self.assertIn("Nowhere,Meerut", content)
		self.assertTrue(refused.is_private)

	def test_only_the_administrator_of_grievances_imports(self):
		user = frappe.get_doc(
			{
				"doctype": "User",
				"email": "place.cell@example.com",
				"first_name": "Cell",
				"send_welcome_email": 0,
				"roles": [{"role": "Grievance Cell"}],
			}
		).insert(ignore_permissions=True)
		frappe.set_user(user.name)
		# Frappe's only_for lets everyone pass in tests.
		frappe.flags.in_test = False
		try:
			with self.assertRaises(frappe.PermissionError):
				place_import.import_file("/private/files/places.csv")
			with self.assertRaises(frappe.PermissionError):
				place_import.download_template()
		finally:
			frappe.flags.in_test = True

	def test_the_template_can_be_imported_as_it_is(self):
		place_import.download_template()
		header, *examples = frappe.response["filecontent"].splitlines()
		rows = [dict(zip(header.split(","), line.split(","), strict=True)) for line in examples]
		self.assertEqual(place_import.import_places(rows).errors, [])
		ward = frappe.get_doc("Jurisdiction", {"jurisdiction_name": "Ward 7"})
		self.assertEqual((ward.level, ward.district, ward.name_hi), ("Ward", "Gurugram", "वार्ड 7"))
