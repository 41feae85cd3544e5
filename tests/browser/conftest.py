"""The real Desk in Chromium: people with roles, their pages, and data that the web server can see.

``BENCH_URL`` names the address of a bench site that is served (``make bench-test`` sets it), ``BENCH_SITE`` the site
itself, which this process writes to. What a test makes is committed, because another process serves it, and deleted
at the end. With ``SCREENSHOTS`` each test leaves a picture in that folder.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.desk_page import BENCH_URL, PASSWORD, Desk, log_in

SCREENSHOTS = os.environ.get("SCREENSHOTS")
ALSO = {"System Manager": ("Grievance Administrator",)}
# The shell first: it draws no window around the page, which costs as much as the page.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
FLAGS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
	here = Path(__file__).parent
	for item in items:
		if here in item.path.parents:
			item.add_marker(pytest.mark.browser)
			item.add_marker(pytest.mark.bench)
			if not BENCH_URL:
				item.add_marker(
					pytest.mark.skip(reason="needs BENCH_URL: the address of a served bench site")
				)


@pytest.fixture(scope="session")
def browser() -> Iterator:
	from playwright.sync_api import sync_playwright

	installed = next(filter(None, map(shutil.which, BROWSERS)), None)
	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path=installed, args=FLAGS)
		yield browser
		browser.close()


@pytest.fixture(scope="session")
def devices(browser) -> Iterator[Callable]:
	"""``devices(user, phone)``: that person's own computer or phone, logged in once, with the Desk's files at hand."""
	owned: dict = {}

	def device_of(user: str, phone: bool):
		if (user, phone) not in owned:
			screen = PHONE if phone else DESKTOP
			owned[user, phone] = browser.new_context(viewport=screen, is_mobile=phone, has_touch=phone)
			log_in(owned[user, phone], user)
		return owned[user, phone]

	yield device_of
	for context in owned.values():
		context.close()


@pytest.fixture
def desk(devices, people, records: Records, request: pytest.FixtureRequest) -> Iterator[Callable[..., Desk]]:
	"""``desk("State Nodal Officer")``: the Desk of a person with that role; ``phone=True`` on a phone's screen.

	It asks for ``records`` so that the pages are closed before the records go that they may still be reading.
	"""
	opened: list[Desk] = []

	def open_desk(role: str, phone: bool = False) -> Desk:
		opened.append(Desk(devices(people[role], phone).new_page(), people[role]))
		return opened[-1]

	yield open_desk
	for number, person in enumerate(opened):
		if SCREENSHOTS:
			person.page.screenshot(path=f"{SCREENSHOTS}/{request.node.name}-{number}.png")
		person.leave()
	for person in opened:
		assert not person.errors, f"The browser's console: {person.errors}"


class Records:
	"""Makes records and deletes them, newest first."""

	def __init__(self):
		self.made: list[tuple[str, str]] = []

	def make(self, doctype: str, **values):
		import frappe

		doc = frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
		self.made.append((doctype, doc.name))
		frappe.db.commit()
		return doc

	def raw(self, doctype: str, name: str, **values) -> None:
		"""Write as the importer does, past Frappe's cleaning of HTML."""
		import frappe

		frappe.db.set_value(doctype, name, values, update_modified=False)
		frappe.db.commit()

	def fresh(self, doctype: str, name: str):
		"""The record as the web server left it."""
		import frappe

		frappe.db.rollback()
		return frappe.get_doc(doctype, name)

	def delete_all(self) -> None:
		import frappe

		frappe.db.rollback()
		frappe.set_user("Administrator")
		for doctype, name in reversed(self.made):
			frappe.delete_doc(doctype, name, force=True, ignore_permissions=True, ignore_missing=True)
		frappe.db.commit()


@pytest.fixture(scope="session")
def site() -> None:
	"""Connects this process to the site that is served, unless another test has done so."""
	import frappe

	if getattr(frappe.local, "db", None):
		return
	os.chdir(os.environ.get("BENCH_SITES_PATH", "."))  # Frappe finds its logs from there
	frappe.init(site=os.environ["BENCH_SITE"], sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	frappe.flags.in_test = True


@pytest.fixture(scope="session")
def masters(site: None) -> Iterator[Records]:
	"""Departments, categories and officers of these tests; their codes are nobody else's."""
	records = Records()
	for code, title in (("BRW-ULB", "Browser Urban Bodies"), ("BRW-PHE", "Browser Public Health")):
		records.make("Grievance Department", department_code=code, department_name=title)
	for code, title, department in (
		("BRW-SEW", "Browser sewer blocked", "BRW-ULB"),
		("BRW-WAT", "Browser water missing", "BRW-PHE"),
	):
		records.make(
			"Grievance Category",
			category_code=code,
			category_name=title,
			department=department,
			grievance_type="Grievance",
			priority="Medium",
		)
	records.make(
		"Non-grievance Ground",
		ground_code="BRW-RTI",
		ground_title="Browser information request",
		reply_text="Please ask under the Right to Information Act.",
		reply_text_hi="कृपया सूचना का अधिकार अधिनियम में पूछें।",
	)
	yield records
	records.delete_all()


@pytest.fixture(scope="session")
def people(masters: Records) -> dict[str, str]:
	"""One user a role; the district officer answers for Panchkula, the department officer for its water."""
	import frappe

	users = {}
	run = frappe.generate_hash(length=6)  # Frappe remembers a user's filters beyond the user
	for number, role in enumerate(
		(
			"District Nodal Officer",
			"State Nodal Officer",
			"Grievance Administrator",
			"Grievance Auditor",
			"System Manager",
			"Department Officer",
			"Grievance Cell",
		)
	):
		user = masters.make(
			"User",
			email=f"browser-{number}-{run}@example.org",
			first_name=role,
			send_welcome_email=0,
			new_password=PASSWORD,
			# Frappe's form of a Workflow asks how many grievances stand in which state.
			roles=[{"role": name} for name in (role, *ALSO.get(role, ()))],
		)
		users[role] = user.name
	masters.make(
		"Nodal Officer",
		official_id="BRW-PKL",
		officer_name="Anita Rani",
		designation="City Magistrate",
		user=users["District Nodal Officer"],
		postings=[{"jurisdiction": "Panchkula", "charge": "Regular", "from_date": "2020-01-01"}],
	)
	masters.make(
		"Nodal Officer",
		official_id="BRW-XEN",
		officer_name="Karan Singh",
		designation="Executive Engineer",
		user=users["Department Officer"],
		reports_to="BRW-PKL",
		postings=[
			{
				"jurisdiction": "Panchkula",
				"department": "BRW-PHE",
				"charge": "Regular",
				"from_date": "2020-01-01",
			}
		],
	)
	return users


@pytest.fixture
def records(masters: Records, people: dict[str, str]) -> Iterator[Records]:
	"""What one test makes."""
	records = Records()
	yield records
	_delete_grievances_of_posts(records)
	records.delete_all()


def _delete_grievances_of_posts(records: Records) -> None:
	"""Grievances that a click made of a test's post."""
	import frappe

	frappe.db.rollback()
	for doctype, name in list(records.made):
		if doctype == "Citizen Post":
			for grievance in frappe.get_all("Grievance", filters={"source_post": name}, pluck="name"):
				records.made.append(("Grievance", grievance))
			for correction in frappe.get_all(
				"Triage Correction", filters={"citizen_post": name}, pluck="name"
			):
				records.made.append(("Triage Correction", correction))


WORDS = "Namaste ji, hamari gali ka sevrege band hai … vill Abheypur ward no 13 Panchkula"


def evidence(text: str) -> dict:
	"""Evidence in the shape of ``TriageResult.as_evidence``, with spans into the folded text."""
	from grievance_helpdesk.intake.triage.text import normalise

	folded = normalise(text).folded

	def guess(value, confidence: float, words: str, reason: str) -> dict:
		start = folded.find(words)
		span = [start, start + len(words)] if start >= 0 else None
		return {
			"value": value,
			"confidence": confidence,
			"reasons": [{"rule": "test.rule", "text": reason, "span": span, "weight": 1.0}],
		}

	return {
		"engine_version": "test-engine",
		"ruleset_hash": "abc123",
		"fields": {
			"kind": guess("grievance", 0.97, "band hai", "The post names something that does not work"),
			"category": guess("BRW-SEW", 0.71, "sevrege", "“sevrege” is a spelling of sewerage"),
			"department": guess("BRW-ULB", 0.7, "zzz", "This department answers for sewers in towns"),
			"district": guess("Panchkula", 0.98, "panchkula", "“Panchkula” is a district"),
			"jurisdiction": guess("Panchkula", 0.6, "abheypur", "“Abheypur” stands in no list of places"),
			"language": guess("hi-Latn", 0.9, "hamari", "Hindi words in Latin letters"),
			"urgent": {"value": False, "confidence": 0.9, "reasons": []},
		},
		"categories": [{"code": "BRW-SEW", "confidence": 0.71}, {"code": "BRW-WAT", "confidence": 0.12}],
		"also": [],
		"confidence": 0.6,
		"needs_review": True,
		"review_reasons": ["The place stands in no list"],
	}


@pytest.fixture
def post(records: Records) -> Callable[..., str]:
	"""``post(text=…, state=…)`` stores a Citizen Post; returns its name."""
	import frappe

	def store(text: str = WORDS, **values) -> str:
		name = frappe.generate_hash(length=64)
		records.make(
			"Citizen Post",
			**{
				"name": name,
				"channel": "X",
				"text": "-",
				"public_text": "-",
				"author_name": "Suresh Sharma",
				"author_handle": "abheypur_wala",
				"posted_at": "2026-11-08 06:10:00",
				"permalink": "https://x.com/abheypur_wala/status/1",
				"state": "For Review",
				"kind": "grievance",
				"needs_review": 1,
				"review_reasons": "The place stands in no list",
				"category": "BRW-SEW",
				"district": "Panchkula",
				"jurisdiction": "Panchkula",
				"language": "hi-Latn",
				"triage_evidence": json.dumps(evidence(text)),
				**values,
			},
		)
		author = {"author_name": values["author_name"]} if "author_name" in values else {}
		records.raw("Citizen Post", name, text=text, public_text=text, **author)
		return name

	return store


@pytest.fixture
def grievance(records: Records) -> Callable[..., object]:
	"""``grievance(subject=…, jurisdiction=…)`` registers a case as intake does; returns the document."""

	def register(**values):
		return records.make(
			"Grievance",
			**{
				"subject": "Sewer blocked in Abheypur",
				"description": WORDS,
				"channel": "X",
				"category": "BRW-SEW",
				"jurisdiction": "Panchkula",
				"citizen_name": "Suresh Sharma",
				"triage_evidence": json.dumps(evidence(WORDS)),
				**values,
			},
		)

	return register
