"""The test case that the app's DocType tests derive from; what a class writes is rolled back after it."""

from __future__ import annotations

import copy
import unittest
from contextlib import contextmanager
from unittest.mock import patch

import frappe

from ..utils.data import stop_clock


class FrappeTestCase(unittest.TestCase):
	maxDiff = 10_000

	@classmethod
	def setUpClass(cls) -> None:
		frappe.db.commit()
		cls.addClassCleanup(_restore_flags, copy.deepcopy(dict(frappe.local.flags)))
		cls.addClassCleanup(frappe.db.rollback)
		super().setUpClass()

	@contextmanager
	def set_user(self, user: str):
		before = frappe.session.user
		frappe.set_user(user)
		try:
			yield
		finally:
			frappe.set_user(before)

	@contextmanager
	def freeze_time(self, time_to_freeze):
		"""The site's clock (``frappe.utils.now`` and its kin) stands; Python's own does not."""
		with stop_clock(time_to_freeze):
			yield

	@contextmanager
	def assertQueryCount(self, count: int):
		queries: list[str] = []
		execute = type(frappe.db._get_current_object()).execute

		def counted(self, query, values=()):
			queries.append(query)
			return execute(self, query, values)

		with patch.object(type(frappe.db._get_current_object()), "execute", counted):
			yield
		self.assertLessEqual(len(queries), count, "Queries executed:\n" + "\n".join(queries))

	def assertDocumentEqual(self, expected, actual) -> None:
		expected = expected.as_dict() if hasattr(expected, "as_dict") else expected
		for field, value in expected.items():
			if isinstance(value, list):
				self.assertEqual(len(value), len(actual.get(field)), field)
				for wanted, row in zip(value, actual.get(field), strict=True):
					self.assertDocumentEqual(wanted, row)
			elif isinstance(value, float):
				self.assertAlmostEqual(value, actual.get(field), msg=field)
			else:
				self.assertEqual(str(value), str(actual.get(field)), field)


def _restore_flags(flags: dict) -> None:
	frappe.local.flags = frappe._dict(flags)
	frappe.set_user("Administrator")


@contextmanager
def change_settings(doctype: str, settings_dict: dict | None = None, /, commit: bool = False, **settings):
	"""Other values in a Single DocType for the length of the block."""
	doc = frappe.get_doc(doctype)
	wanted = {**(settings_dict or {}), **settings}
	before = {key: doc.get(key) for key in wanted}
	try:
		_set_settings(doctype, wanted)
		yield
	finally:
		_set_settings(doctype, before)


def _set_settings(doctype: str, values: dict) -> None:
	doc = frappe.get_doc(doctype)
	doc.update(values)
	doc.save(ignore_permissions=True)
