"""What a citizen's key opens over HTTP, to somebody without an account; and what nothing opens."""

from __future__ import annotations

import itertools
import json
import re
import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.citizen_side import api as citizen_api
from grievance_helpdesk.redressal.citizen_side import replies, tracking
from tests.contract.closures import ACTION, World
from tests.contract.conftest import Http

API = "/api/method/grievance_helpdesk.redressal.citizen_side.api."
UNKNOWN = "No complaint was found for this link. Please open the link exactly as it was sent to you."
PRIVATE = (
	"Secretname",
	"Citizenname",
	"9812345678",
	"api-jun@example.com",
	"No water since three days",
	"Contract: no water",
	"scope_path",
)
CONFIDENTIAL_SHOWS = {"number", "language", "status", "status_text", "confidential", "may"}
# Counters outlive a run on a bench.
RUN = secrets.randbelow(1 << 16)
addresses = (f"10.{RUN >> 8}.{RUN & 255}.{number % 250 + 1}" for number in itertools.count())


class Citizen:
	"""A guest at an address of their own, so that nobody else's requests count against them."""

	def __init__(self, http: Http):
		self.http = http
		self.address = next(addresses)

	def __call__(self, method: str, name: str, **values):
		options = {"query_string" if method == "GET" else "json": values}
		return self.http(
			method,
			API + name,
			headers={"X-Forwarded-For": self.address},
			environ_base={"REMOTE_ADDR": self.address},
			**options,
		)

	def track(self, key: str, **values):
		return self("GET", "track", key=key, **values)


@pytest.fixture
def citizen(http: Http) -> Citizen:
	return Citizen(http)


@pytest.fixture(scope="module")
def world():
	"""Committed for the requests' own connections, and deleted at the end."""
	import frappe as site

	world = World("API")
	site.db.commit()
	yield world
	world.remove()


@pytest.fixture
def resolved(site, world):
	doc = world.resolved(at=moment.now())
	site.db.commit()
	return doc


def message_of(answer) -> str:
	return json.loads(json.loads(answer.json["_server_messages"])[0])["message"]


def without_number(answer) -> dict:
	"""The body without what differs each time: Frappe gives every error a random number."""
	return json.loads(re.sub(r'\\+"__frappe_exc_id\\+": \\+"\w+\\+"', "", answer.text))


# Reading


def test_the_key_shows_public_facts_to_a_guest(citizen, site, world, resolved):
	replies.send(resolved.name, "The team has come.")
	site.db.commit()
	answer = citizen.track(resolved.tracking_key)
	assert answer.status_code == 200
	facts = answer.json["message"]
	assert facts["number"] == resolved.name
	assert (facts["status"], facts["status_text"]) == ("Resolved", "Action was taken")
	assert facts["category"] == "Contract API-CAT"
	assert facts["officer"] == "Junior Engineer (ID API-JUN)"
	assert facts["action_taken"] == ACTION
	assert [step["state"] for step in facts["steps"]] == ["done", "done", "now", "open"]
	assert facts["may"]["feedback"]
	assert facts["may"]["not_solved"]
	assert facts["may"]["appeal"]
	assert "The team has come." in [row["text"] for row in facts["timeline"]]
	assert facts["timeline"][-1]["title"] == "Your complaint was registered."


def test_no_personal_data_and_no_state_of_the_workflow_is_shown(citizen, resolved):
	body = citizen.track(resolved.tracking_key).text
	assert [secret for secret in PRIVATE if secret in body] == []
	assert resolved.tracking_key not in body
	assert "In Progress" not in body
	assert "Administrator" not in body


def test_the_facts_are_spoken_in_the_language_asked_for(citizen, resolved):
	facts = citizen.track(resolved.tracking_key, language="hi").json["message"]
	assert facts["language"] == "hi"
	assert facts["status_text"] == "कार्रवाई हो गई है"
	assert facts["category"] == "स्ट्रीट लाइट"
	assert facts["department"] == "विद्युत विभाग"
	assert facts["officer"] == "कनिष्ठ अभियंता (आईडी API-JUN)"
	assert facts["timeline"][-1]["title"] == "आपकी शिकायत दर्ज हुई।"


def test_of_a_confidential_case_only_number_and_status_are_shown(citizen, site, world):
	doc = world.resolved(at=moment.now(), confidential=1)
	site.db.commit()
	facts = citizen.track(doc.tracking_key).json["message"]
	assert set(facts) == CONFIDENTIAL_SHOWS
	assert (facts["number"], facts["status_text"]) == (doc.name, "Action was taken")


def test_an_open_case_shows_no_action_taken_yet(citizen, site, world):
	doc = world.case()
	doc.db_set("action_taken", "Half written")
	site.db.commit()
	facts = citizen.track(doc.tracking_key).json["message"]
	assert facts["action_taken"] is None
	assert facts["status_text"] == "Received"
	assert not facts["may"]["feedback"]
	assert not facts["may"]["appeal"]


def test_a_joined_case_shows_how_the_other_one_stands(citizen, site, world, resolved):
	doc = world.case()
	doc.db_set({"status": "Merged", "merged_into": resolved.name})
	site.db.commit()
	facts = citizen.track(doc.tracking_key).json["message"]
	assert facts["joined_with"] == {"number": resolved.name, "status_text": "Action was taken"}
	resolved.db_set("confidential", 1)
	site.db.commit()
	facts = citizen.track(doc.tracking_key).json["message"]
	assert facts["joined_with"] == {"number": resolved.name, "status_text": ""}


# Keys


@pytest.mark.parametrize(
	"key",
	[
		"0123456789abcdef0123",
		"",
		"x",
		"%" * 20,
		"' or 1=1 --",
		"a" * 5000,
		"कखगघङकखगघङकखगघङकखगघङ",
		"\u202e" * 20,
		"GRV-2026-000001",
	],
)
def test_every_key_that_opens_nothing_gets_the_same_answer(citizen, key: str):
	expected = citizen.track("f" * 20)
	answer = citizen.track(key)
	assert (answer.status_code, message_of(answer)) == (404, UNKNOWN)
	assert without_number(answer) == without_number(expected)


def test_a_spoilt_key_changes_nothing(citizen, site, resolved):
	for key in (resolved.tracking_key.upper() + "0", resolved.tracking_key[:-1], resolved.name):
		assert citizen("POST", "feedback", key=key, solved=1).status_code == 404
		assert citizen("POST", "appeal", key=key, reason="x").status_code == 404
	assert site.db.get_value("Grievance", resolved.name, "status") == "Resolved"


def test_unknown_and_malformed_keys_take_the_same_way_through_the_database(site, monkeypatch):
	asked = []
	get_value = site.db.get_value

	def watch(doctype, filters=None, *args, **options):
		asked.append((doctype, len(filters["tracking_key"])))
		return get_value(doctype, filters, *args, **options)

	monkeypatch.setattr(site.db, "get_value", watch)
	for key in ("f" * 20, "short", "f" * 4000, None):
		with pytest.raises(site.DoesNotExistError):
			tracking.find(key)
	assert asked == [("Grievance", 20)] * 4


def test_the_unknown_key_is_told_in_hindi_to_who_reads_hindi(citizen):
	assert message_of(citizen.track("f" * 20, language="hi")).startswith("इस लिंक से कोई शिकायत नहीं मिली।")


# Changing


def test_feedback_closes_the_case_and_a_second_one_is_refused(citizen, site, resolved):
	answer = citizen(
		"POST", "feedback", key=resolved.tracking_key, solved=1, rating="Good", comment="<b>Ok</b>"
	)
	assert answer.status_code == 200
	assert answer.json["message"]["said"] == "Thank you. The complaint is closed as solved."
	assert answer.json["message"]["status"] == "Closed"
	site.db.rollback()
	row = site.db.get_value("Grievance", resolved.name, ["status", "rating", "feedback_comment"])
	assert tuple(row) == ("Closed", "Good", "‹b›Ok‹/b›")
	again = citizen("POST", "feedback", key=resolved.tracking_key, solved=0)
	assert (again.status_code, message_of(again)) == (
		417,
		"You have answered this closure already. If you are not satisfied, please appeal.",
	)


def test_two_answers_at_once_count_once(http, site, resolved):
	"""The row is locked before it is judged, so the second answer sees what the first one did."""
	one, two = Citizen(http), Citizen(http)

	def dispute(citizen: Citizen) -> int:
		return citizen("POST", "feedback", key=resolved.tracking_key, solved=0).status_code

	with ThreadPoolExecutor() as pool:
		assert sorted(pool.map(dispute, (one, two))) == [200, 417]
	site.db.rollback()
	row = site.db.get_value("Grievance", resolved.name, ["status", "disputed_count", "reopened_count"])
	assert tuple(row) == ("Open", 1, 1)


def test_not_solved_reopens_over_http(citizen, site, resolved):
	answer = citizen("POST", "feedback", key=resolved.tracking_key, solved=0, comment="Dark", language="hi")
	assert answer.json["message"]["status_text"] == "दोबारा खुली है"
	site.db.rollback()
	row = site.db.get_value("Grievance", resolved.name, ["status", "disputed_count", "reopened_count"])
	assert tuple(row) == ("Open", 1, 1)


def test_an_appeal_is_filed_over_http(citizen, site, resolved):
	answer = citizen("POST", "appeal", key=resolved.tracking_key, reason="The lamp is dark again.")
	assert answer.status_code == 200
	assert answer.json["message"]["may"]["appeal_pending"]
	site.db.rollback()
	assert site.db.get_value("Grievance Appeal", {"grievance": resolved.name}, "filed_by") == "Citizen"


@pytest.mark.parametrize("solved", ["", "yes", "2", "-1", "1.0", "null", "०"])
def test_only_a_clear_answer_counts(citizen, site, resolved, solved: str):
	answer = citizen("POST", "feedback", key=resolved.tracking_key, solved=solved)
	assert (answer.status_code, message_of(answer)) == (
		417,
		"Please choose: it is solved, or it is not solved.",
	)
	site.db.rollback()
	assert site.db.get_value("Grievance", resolved.name, "status") == "Resolved"


@pytest.mark.parametrize(("method", "name"), [("GET", "feedback"), ("GET", "appeal"), ("POST", "track")])
def test_reading_is_get_and_changing_is_post(citizen, site, resolved, method: str, name: str):
	values = {"key": resolved.tracking_key, "solved": 1, "reason": "x"}
	assert citizen(method, name, **values).status_code == 403
	site.db.rollback()
	assert site.db.get_value("Grievance", resolved.name, "status") == "Resolved"


@pytest.mark.parametrize(
	"wrong", [{"key": ["a"]}, {"key": {"a": 1}}, {"comment": ["x"]}, {"rating": {"x": 1}}]
)
def test_values_of_another_kind_are_refused(citizen, resolved, wrong: dict):
	values = {"key": resolved.tracking_key, "solved": 1, **wrong}
	assert citizen("POST", "feedback", **values).status_code in (404, 417)


# Too much


def test_one_address_may_not_try_without_end(http):
	eager, other = Citizen(http), Citizen(http)
	answers = [
		eager("POST", "feedback", key="f" * 20, solved=1).status_code
		for _try in range(citizen_api.WRITES + 1)
	]
	assert answers == [404] * citizen_api.WRITES + [429]
	assert other("POST", "feedback", key="f" * 20, solved=1).status_code == 404, "others are let in"
