"""The Desk of an officer whose language is Hindi: words, dates and numbers, and room for longer words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import frappe
import pytest

ROLE = "District Nodal Officer"
DEVANAGARI = re.compile(r"[ऀ-ॿ]")


@pytest.fixture
def hindi_desk(people, desk) -> Iterator[Callable]:
	"""``hindi_desk()``: the district officer's Desk in Hindi."""
	_speak(people[ROLE], "hi")
	yield lambda phone=False: desk(ROLE, phone=phone)
	_speak(people[ROLE], "")


def _speak(user: str, language: str) -> None:
	doc = frappe.get_doc("User", user)
	doc.language = language
	doc.save(ignore_permissions=True)
	frappe.db.commit()


def test_the_form_speaks_hindi(hindi_desk, grievance):
	officer = hindi_desk().case(grievance(subject="Sewer blocked").name)
	assert "लंबित" in officer.strip()
	assert "मामले का संज्ञान लें" in officer.strip()
	page = officer.page.locator(".layout-main-section").inner_text()
	assert "नागरिक ने क्या लिखा" in page and "प्राथमिकता" in page
	labels = officer.page.locator(".form-tabs .nav-link:visible").all_inner_texts()
	assert [label for label in labels if not DEVANAGARI.search(label)] == []


def test_the_list_speaks_hindi(hindi_desk, grievance):
	grievance(subject="Browser sewer in Hindi")
	officer = hindi_desk().list("Grievance")
	quick = officer.page.locator(".gh-quick button:visible").all_inner_texts()
	assert "अवधि पार" in " ".join(quick)
	assert [label for label in quick if not DEVANAGARI.search(label)] == []
	row = officer.page.locator(".list-row", has_text="Browser sewer in Hindi").inner_text()
	assert "Open" not in row and "लंबित" in row


def test_the_workspace_speaks_hindi(hindi_desk):
	officer = hindi_desk().open("grievance-helpdesk", ".shortcut-widget-box .indicator-pill")
	page = officer.page.locator(".layout-main-section").inner_text()
	assert "अवधि पार" in page and "आज" in page and "Overdue" not in page


def test_a_dialog_speaks_hindi(hindi_desk, grievance):
	officer = hindi_desk().case(grievance().name)
	officer.page.keyboard.press("Alt+Shift+T")
	words = officer.dialog().inner_text()
	assert "दूसरे कार्यालय को स्थानांतरित करें" in words and "स्थानांतरण हो चुके हैं" in words
	assert "विभाग" in words and "कारण" in words


def test_days_have_hindi_names(hindi_desk, grievance):
	officer = hindi_desk().case(grievance().name)
	day = officer.page.evaluate("grievance_helpdesk.date_words(moment('2026-11-25'), {year: true})")
	assert {"25", "2026"} <= set(re.findall(r"\d+", day))
	assert day.startswith("बुध") and "नव" in day


@pytest.mark.parametrize("path", ["grievance", "citizen-post", "grievance-helpdesk"])
def test_hindi_needs_no_sideways_scrolling_on_a_phone(hindi_desk, grievance, post, path):
	grievance()
	post()
	until = {"grievance-helpdesk": ".shortcut-widget-box"}.get(path, ".gh-quick")
	assert not hindi_desk(phone=True).open(path, until).scrolls_sideways


def test_the_form_in_hindi_fits_a_phone(hindi_desk, grievance):
	officer = hindi_desk(phone=True).case(grievance(needs_review=1).name)
	assert not officer.scrolls_sideways
