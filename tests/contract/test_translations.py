"""The app in Hindi: every text is translated, and the list of texts is in step with the sources."""

from __future__ import annotations

import csv
import json

import frappe
import pytest

from tests.contract.text_files import APP, LOCALE, entries, fields, keys, texts_of_code

HINDI, TEMPLATE = LOCALE / "hi.po", LOCALE / "main.pot"


def test_the_reader_sees_what_is_missing_and_fuzzy(tmp_path):
	file = tmp_path / "x.po"
	file.write_text(
		'msgid ""\nmsgstr "Header: 1\\n"\n\n#: a.py\nmsgid "One"\nmsgstr "एक"\n\n'
		'#, fuzzy\nmsgctxt "Case"\nmsgid ""\n"Two "\n"{0}"\nmsgstr ""\n',
		encoding="utf-8",
	)
	one, two = entries(file)
	assert (one.context, one.text, one.translation, one.fuzzy) == ("", "One", "एक", False)
	assert (two.context, two.text, two.translation, two.fuzzy) == ("Case", "Two {0}", "", True)
	assert fields("<b>{0}</b> of {state} {}") == sorted(["<b>", "{0}", "</b>", "{state}", "{}"])


def test_every_text_is_translated_and_nothing_is_left_over():
	assert keys(HINDI) == keys(TEMPLATE)
	assert [entry.text for entry in entries(HINDI) if not entry.translation.strip() or entry.fuzzy] == []


def test_translations_keep_placeholders_and_tags():
	wrong = {e.text: e.translation for e in entries(HINDI) if fields(e.text) != fields(e.translation)}
	assert wrong == {}


def test_translations_are_hindi():
	"""Only what is a name or a sign in both languages stands in Latin letters throughout."""
	same = {
		entry.text for entry in entries(HINDI) if not any("ऀ" <= sign <= "ॿ" for sign in entry.translation)
	}
	assert same <= {"X", "{0} ({1})", "Ctrl+Enter"}


def test_frappes_own_words_are_no_words_of_the_app_and_keep_their_placeholders():
	"""Frappe reads this file for every installed app; the app's own texts win over it."""
	with (APP / "translations" / "hi.csv").open(encoding="utf-8", newline="") as file:
		rows = list(csv.reader(file))
	assert all(len(row) == 2 and fields(row[0]) == fields(row[1]) for row in rows)
	assert {text for text, _hindi in rows} & {entry.text for entry in entries(HINDI)} == set()


def test_no_text_of_the_code_is_missing_from_the_template():
	known = {text for _context, text in keys(TEMPLATE)}
	missing = {text: file for file, text in texts_of_code() if text.strip() not in known}
	assert missing == {}


def test_no_label_of_a_doctype_is_missing_from_the_template():
	known = {text for _context, text in keys(TEMPLATE)}
	labels = {
		field["label"]: file.name
		for file in APP.glob("*/doctype/*/*.json")
		for field in json.loads(file.read_text(encoding="utf-8"))["fields"]
		if field.get("label")
	}
	assert {label: file for label, file in labels.items() if label not in known} == {}


@pytest.mark.parametrize("doctype", ["workflow_state", "workflow_action_master"])
def test_the_shipped_workflow_is_translated(doctype):
	texts = {entry.text for entry in entries(HINDI)}
	records = json.loads((APP / "fixtures" / "workflow" / f"{doctype}.json").read_text(encoding="utf-8"))
	assert {record["name"] for record in records} <= texts


@pytest.mark.bench
def test_the_template_is_what_frappe_collects(tmp_path, monkeypatch):
	"""With ``bench generate-pot-file`` itself, into another folder; the bench's copy of the app has no history."""
	from frappe.gettext import translate

	monkeypatch.setattr(translate, "get_po_dir", lambda app: tmp_path)
	monkeypatch.setattr(translate, "get_is_gitignored_function_for_app", lambda app: lambda path: False)
	translate.generate_pot("grievance_helpdesk")
	assert keys(tmp_path / "main.pot") == keys(TEMPLATE)


@pytest.fixture
def in_hindi(monkeypatch):
	monkeypatch.setattr(frappe.local, "lang", "hi")


def test_the_site_answers_in_hindi(in_hindi):
	assert frappe._("Nodal Officer") == "नोडल अधिकारी"
	assert frappe._("Write at most {0} characters; these are {1}.").startswith("अधिकतम")


def test_a_word_with_two_meanings_asks_for_its_doctype(in_hindi):
	assert frappe._("State") == "राज्य"
	assert frappe._("State", context="Grievance") == "चरण"


def test_a_text_that_nobody_translated_stays_english(in_hindi):
	assert frappe._("No translation has this text") == "No translation has this text"


def test_installing_and_migrating_compile_the_texts(monkeypatch):
	from grievance_helpdesk import install

	compiled = []
	monkeypatch.setattr(install, "compile_translations", compiled.append)
	install.after_migrate()
	assert compiled == ["grievance_helpdesk"]
	frappe.db.rollback()


def test_assets_that_cannot_be_written_stop_no_migration(monkeypatch):
	from grievance_helpdesk import install

	def refuse(app: str) -> None:
		raise PermissionError(app)

	monkeypatch.setattr(install, "compile_translations", refuse)
	before = frappe.db.count("Error Log")
	install._compile_texts()
	assert frappe.db.count("Error Log") == before + 1
