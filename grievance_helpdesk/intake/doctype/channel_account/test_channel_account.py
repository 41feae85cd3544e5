from unittest.mock import patch

import frappe
from frappe.tests.utils import FrappeTestCase

from grievance_helpdesk.intake import accounts, connecting
from grievance_helpdesk.intake.connectors.base import AccountInfo, AuthFailed

X = {"channel": "X", "handle": "@cmohry", "external_account_id": "1001", "bearer_token": "bearer"}
FACEBOOK = {"channel": "Facebook", "external_account_id": "77", "page_access_token": "page"}


def make(**fields):
	values = {"doctype": "Channel Account", "account_name": frappe.generate_hash(length=8)}
	return frappe.get_doc(values | fields)


class TestChannelAccount(FrappeTestCase):
	def assert_refused(self, words: str, **fields) -> None:
		with self.assertRaises(frappe.ValidationError) as refused:
			make(**fields).insert()
		self.assertIn(words, str(refused.exception))

	def test_each_channel_names_what_is_missing(self):
		self.assert_refused("Handle", **X | {"handle": ""})
		self.assert_refused("Bearer Token", **X | {"bearer_token": ""})
		self.assert_refused("Consumer Secret", **X | {"bearer_token": "", "api_key": "k"})
		self.assert_refused("Page Access Token", **FACEBOOK | {"page_access_token": ""})
		self.assert_refused("Email Account", channel="Email")

	def test_four_keys_serve_instead_of_the_bearer_token(self):
		keys = dict.fromkeys(connecting.X_KEYS, "secret")
		account = make(**X | {"bearer_token": ""} | keys).insert()
		self.assertEqual(account.handle, "cmohry")

	def test_x_stays_off_until_its_terms_are_accepted(self):
		self.assert_refused("agreement", **X, enabled=1)
		make(**X, enabled=1, terms_accepted=1).insert()

	def test_a_version_of_facebook_must_be_known_and_in_force(self):
		self.assert_refused("not a version", **FACEBOOK, api_version="v3.0")
		self.assert_refused("ended version", **FACEBOOK, api_version="v19.0")
		make(**FACEBOOK, api_version="v25.0").insert()

	def test_secrets_travel_by_https_only(self):
		for address in (
			"http://api.example.org",
			"ftp://api.example.org",
			"api.example.org",
			"http://127.0.0.1.evil.example",
		):
			self.assert_refused("https", **X, base_url=address)
		self.assertEqual(
			make(**X, base_url="https://api.example.org/").insert().base_url, "https://api.example.org"
		)

	def test_numbers_have_bounds(self):
		self.assert_refused("at least 1", **X, poll_interval=-5)
		self.assert_refused("negative", **X, daily_budget=-1)

	def test_a_changed_setting_clears_old_trouble_and_a_title_does_not(self):
		account = make(**X, enabled=1, terms_accepted=1).insert()
		account.db_set({"health": accounts.NEEDS_REAUTH, "auth_failures": 2})
		account.reload()
		account.poll_interval = 9
		account.save()
		self.assertEqual(account.health, accounts.NEEDS_REAUTH)
		account.bearer_token = "another"
		account.save()
		self.assertEqual((account.health, account.auth_failures), (accounts.OK, 0))

	def test_connection_says_what_the_account_sees(self):
		account = make(**X | {"external_account_id": ""}).insert()
		seen = AccountInfo("1001", "cmohry", "CM Office", warnings=("Nearly used up.",))
		with patch.object(connecting.XConnector, "verify_credentials", return_value=seen):
			answer = account.test_connection()
		self.assertTrue(answer["ok"])
		self.assertIn("CM Office @cmohry 1001", answer["message"])
		self.assertIn("Nearly used up.", answer["message"])
		self.assertEqual(frappe.db.get_value("Channel Account", account.name, "external_account_id"), "1001")
		with patch.object(connecting.XConnector, "verify_credentials", side_effect=AuthFailed("Refused.")):
			answer = account.test_connection()
		self.assertFalse(answer["ok"])
		self.assertIn("Refused.", answer["message"])

	def test_import_now_says_why_it_cannot(self):
		account = make(**X).insert()
		with self.assertRaisesRegex(frappe.ValidationError, "Switch the account on"):
			account.import_now()
		account.update({"enabled": 1, "terms_accepted": 1})
		account.save()
		account.health = accounts.NEEDS_REAUTH
		with self.assertRaisesRegex(frappe.ValidationError, "refused"):
			account.import_now()
