"""The life of a document: order of events, defaults, child tables, checks, locking, deleting."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from grievance_helpdesk.compatibility import file_bytes
from tests.contract import records

EVENTS = (
	"before_insert",
	"before_naming",
	"autoname",
	"before_validate",
	"validate",
	"before_save",
	"after_insert",
	"on_update",
	"on_change",
	"on_trash",
	"after_delete",
)


@pytest.fixture
def heard(site, monkeypatch):
	"""Events that documents of Grievance Department heard, in order."""
	controller = type(records.department("CONTRACT-X"))
	found: list[str] = []
	for event in EVENTS:
		monkeypatch.setattr(controller, event, lambda self, event=event: found.append(event), raising=False)
	return found


def test_events_come_in_frappes_order(site, heard):
	doc = records.department("CONTRACT-1").insert()
	assert heard == [
		"before_insert",
		"before_naming",
		"autoname",
		"before_validate",
		"validate",
		"before_save",
		"after_insert",
		"on_update",
		"on_change",
	]
	heard.clear()
	doc.save()
	assert heard == ["before_validate", "validate", "before_save", "on_update", "on_change"]
	heard.clear()
	doc.delete()
	assert heard == ["on_trash", "on_change", "after_delete"]


def test_a_new_document_has_defaults_and_every_field(site):
	doc = site.new_doc("Grievance")
	assert doc.is_new()
	assert (doc.status, doc.priority, doc.urgent) == ("Open", "Medium", 0)
	assert doc.citizen is None
	assert site.get_doc({"doctype": "Grievance Category"}).phrases == []


def test_insert_sets_name_owner_and_times(site):
	doc = records.department("CONTRACT-1").insert()
	assert not doc.is_new()
	assert (doc.name, doc.owner, doc.modified_by) == ("CONTRACT-1", "Administrator", "Administrator")
	assert str(doc.creation) == str(doc.modified)
	stored = site.get_doc("Grievance Department", "CONTRACT-1")
	assert isinstance(stored.creation, datetime)
	assert stored.docstatus == 0


def test_values_come_back_with_the_type_of_their_column(site):
	records.department("CONTRACT-1", valid_from="2024-02-29").insert()
	assert site.db.get_value("Grievance Department", "CONTRACT-1", "valid_from") == date(2024, 2, 29)
	doc = records.category(
		"CONTRACT-C", department="CONTRACT-1", resolution_limit=3, resolution_unit="Days"
	).insert()
	doc.reload()
	assert (doc.resolution_limit, type(doc.resolution_limit)) == (3.0, float)
	assert (doc.confidential, doc.citation) == (0, None)


def test_child_rows_are_numbered_named_kept_and_removed(site):
	records.department("CONTRACT-1").insert()
	doc = records.category("CONTRACT-C", department="CONTRACT-1")
	doc.append("phrases", {"phrase": "no water"})
	doc.append("phrases", {"phrase": "dry tap", "weight": 2})
	doc.insert()
	doc.reload()
	assert [(row.idx, row.phrase, row.parent, row.parenttype, row.parentfield) for row in doc.phrases] == [
		(1, "no water", "CONTRACT-C", "Grievance Category", "phrases"),
		(2, "dry tap", "CONTRACT-C", "Grievance Category", "phrases"),
	]
	kept = doc.phrases[1].name
	doc.remove(doc.phrases[0])
	doc.append("phrases", {"phrase": "no supply"})
	doc.save()
	doc.reload()
	assert [(row.idx, row.phrase) for row in doc.phrases] == [(1, "dry tap"), (2, "no supply")]
	assert doc.phrases[0].name == kept
	assert doc.get("phrases", {"phrase": "dry tap"})[0].name == kept
	assert site.db.count("Category Phrase", {"parent": "CONTRACT-C"}) == 2


def test_before_save_knows_what_changed(site):
	doc = records.department("CONTRACT-1", valid_from="2024-01-01").insert()
	assert doc.has_value_changed("department_name")
	doc = site.get_doc("Grievance Department", "CONTRACT-1")
	doc.department_name = "Other"
	doc.valid_from = "2024-01-01"
	doc.save()
	assert doc.get_doc_before_save().department_name == "Contract CONTRACT-1"
	assert doc.has_value_changed("department_name")
	assert not doc.has_value_changed("valid_from")


def test_a_stale_copy_cannot_be_saved(site):
	records.department("CONTRACT-1").insert()
	mine = site.get_doc("Grievance Department", "CONTRACT-1")
	theirs = site.get_doc("Grievance Department", "CONTRACT-1")
	theirs.save()
	with pytest.raises(site.TimestampMismatchError):
		mine.save()


def test_db_set_writes_at_once_without_checks(site, heard):
	doc = records.department("CONTRACT-1").insert()
	before = doc.modified
	heard.clear()
	doc.db_set("department_name", "Quick", update_modified=False)
	assert heard == ["on_change"]
	assert str(doc.modified) == str(before)
	doc.db_set({"department_name": "Quicker", "department_name_hi": "जल"})
	assert site.db.get_value(
		"Grievance Department", "CONTRACT-1", ["department_name", "department_name_hi"]
	) == (
		"Quicker",
		"जल",
	)
	assert str(doc.modified) > str(before)


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"department_name": ""}, "MandatoryError"),
		({"department_name": " <b></b> "}, "MandatoryError"),
		({"department_name": "x" * 141}, "CharacterLengthExceededError"),
		({"parent_department": "No such department"}, "LinkValidationError"),
	],
	ids=["empty", "only tags", "too long", "broken link"],
)
def test_what_does_not_fit_is_refused(site, values: dict, error: str):
	with pytest.raises(getattr(site, error)):
		records.department("CONTRACT-1", **values).insert()


def test_a_select_takes_its_options_only(site):
	with pytest.raises(site.ValidationError, match="It should be one of"):
		records.category("CONTRACT-C", grievance_type="Non-grievance", basis="Rumour").insert()


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"email": "not an address"}, "InvalidEmailAddressError"),
		({"phone": "call me"}, "InvalidPhoneNumberError"),
	],
)
def test_contact_data_is_checked(site, values: dict, error: str):
	with pytest.raises(getattr(site, error)):
		site.get_doc({"doctype": "Citizen", "citizen_name": "Contract", **values}).insert()


def test_links_ignore_case_and_take_the_stored_spelling(site):
	records.department("CONTRACT-1").insert()
	assert records.category("CONTRACT-C", department="contract-1").insert().department == "CONTRACT-1"


def test_the_same_name_or_unique_value_is_refused(site):
	records.department("CONTRACT-1").insert()
	with pytest.raises(site.DuplicateEntryError):
		records.department("CONTRACT-1").insert()
	doc = records.grievance().insert()
	other = records.grievance().insert()
	other.tracking_key = doc.tracking_key
	with pytest.raises(site.UniqueValidationError):
		other.save()


def test_a_field_set_once_stays(site):
	doc = records.category("CONTRACT-C", grievance_type="Non-grievance").insert()
	if not doc.meta.get_field("category_code").set_only_once:
		pytest.skip("the category code may be changed")
	doc.category_code = "CONTRACT-D"
	doc.save()
	assert doc.category_code == "CONTRACT-C"


def test_a_linked_document_is_not_deleted(site):
	records.department("CONTRACT-1").insert()
	records.category("CONTRACT-C", department="CONTRACT-1").insert()
	with pytest.raises(site.LinkExistsError):
		site.delete_doc("Grievance Department", "CONTRACT-1")
	site.delete_doc("Grievance Category", "CONTRACT-C")
	site.delete_doc("Grievance Department", "CONTRACT-1")
	assert not site.db.exists("Grievance Department", "CONTRACT-1")
	with pytest.raises(site.DoesNotExistError):
		site.get_doc("Grievance Department", "CONTRACT-1")


def test_deleting_takes_the_child_rows_along(site):
	doc = records.category(
		"CONTRACT-C", grievance_type="Non-grievance", phrases=[{"phrase": "thanks"}]
	).insert()
	doc.delete()
	assert site.db.count("Category Phrase", {"parent": "CONTRACT-C"}) == 0


def test_a_cached_document_follows_a_save(site):
	records.department("CONTRACT-1").insert()
	assert site.get_cached_doc("Grievance Department", "CONTRACT-1").department_name == "Contract CONTRACT-1"
	doc = site.get_doc("Grievance Department", "CONTRACT-1")
	doc.department_name = "New"
	doc.save()
	assert site.get_cached_doc("Grievance Department", "CONTRACT-1").department_name == "New"
	site.db.set_value("Grievance Department", "CONTRACT-1", "department_name", "Newer")
	assert site.get_cached_value("Grievance Department", "CONTRACT-1", "department_name") == "Newer"


def test_a_single_keeps_types(site):
	doc = site.get_doc("Grievance Settings")
	doc.max_attempts = 7
	doc.target_accuracy = 91.5
	doc.save()
	again = site.get_doc("Grievance Settings")
	assert (again.max_attempts, again.target_accuracy) == (7, 91.5)
	assert site.db.get_single_value("Grievance Settings", "max_attempts") == 7
	site.db.set_single_value("Grievance Settings", "max_attempts", 3)
	assert site.get_cached_doc("Grievance Settings").max_attempts == 3


def test_a_secret_is_kept_apart_and_readable_by_code_only(site):
	doc = site.get_doc({"doctype": "Channel Account", "account_name": "Contract X", "channel": "X"})
	doc.bearer_token = "s3cret"
	doc.flags.ignore_validate = True  # what an account needs is not the matter here
	doc.insert()
	assert doc.bearer_token == "******"
	assert site.db.get_value("Channel Account", doc.name, "bearer_token") == "******"
	again = site.get_doc("Channel Account", doc.name)
	again.flags.ignore_validate = True
	assert again.get_password("bearer_token") == "s3cret"
	again.save()
	assert again.get_password("bearer_token") == "s3cret"
	again.bearer_token = ""
	again.save()
	assert again.get_password("bearer_token", raise_exception=False) is None


def test_a_version_tells_what_a_save_changed(site):
	doc = records.department("CONTRACT-1").insert()
	doc.department_name = "Other"
	doc.save(ignore_version=False)
	versions = site.get_all(
		"Version", {"ref_doctype": doc.doctype, "docname": doc.name}, ["data"], order_by="creation"
	)
	assert ["department_name", "Contract CONTRACT-1", "Other"] in site.parse_json(versions[-1].data)[
		"changed"
	]


def test_a_file_keeps_its_bytes(site):
	doc = records.department("CONTRACT-1").insert()
	file = site.get_doc(
		{"doctype": "File", "file_name": "contract.bin", "content": b"\x00\xff contract", "is_private": 1}
		| {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	).insert(ignore_permissions=True)
	try:
		assert (file.attached_to_doctype, file.attached_to_name) == (doc.doctype, doc.name)
		assert file.file_url.startswith("/private/files/contract")
		stored = site.get_doc("File", file.name)
		assert file_bytes(stored) == b"\x00\xff contract"
	finally:
		site.delete_doc("File", file.name, ignore_permissions=True)
