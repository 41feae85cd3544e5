"""How documents get their names."""

from __future__ import annotations

import re

import pytest

from tests.contract import records


def test_by_field_series_hash_and_number(site):
	assert records.department(" CONTRACT-1 ").insert().name == "CONTRACT-1"
	first, second = records.grievance().insert().name, records.grievance().insert().name
	year = site.utils.nowdate()[:4]
	assert re.fullmatch(rf"GRV-{year}-\d{{6}}", first)
	assert int(second[-6:]) == int(first[-6:]) + 1
	assert re.fullmatch(
		r"TM-\d{5}", site.get_doc({"doctype": "Triage Model", "status": "Kept"}).insert().name
	)
	assert re.fullmatch(
		r"[a-z0-9]{10}", site.get_doc({"doctype": "Citizen", "citizen_name": "C"}).insert().name
	)


def test_a_prompted_name_must_be_given(site):
	post = {"doctype": "Citizen Post", "channel": "X"}
	with pytest.raises(site.ValidationError):
		site.get_doc(post).insert()
	assert site.get_doc({**post, "name": "contract" * 8}).insert().name == "contract" * 8


def test_the_last_number_of_a_series_is_given_back(site):
	doc = records.grievance().insert()
	doc.delete()
	assert records.grievance().insert().name == doc.name


def test_the_prefix_of_a_series_is_where_it_counts(site):
	from frappe.model.naming import NamingSeries

	prefix = NamingSeries("CONTRACT-.YYYY.-.####").get_prefix()
	assert prefix == f"CONTRACT-{site.utils.nowdate()[:4]}-"
	assert NamingSeries("CONTRACT-.YYYY.-.####").generate_next_name(None) == f"{prefix}0001"
	assert site.db.get_value("Series", prefix, "current", order_by="name") == 1


def test_a_missing_key_field_is_named(site):
	with pytest.raises(site.ValidationError):
		records.department("").insert()


@pytest.mark.parametrize("name", ["<b>", "Grievance Department"])
def test_names_that_would_break_pages_are_refused(site, name: str):
	with pytest.raises(site.NameError):
		records.department(name).insert()
