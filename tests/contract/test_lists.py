"""Filters, orders and forms of lists and single values."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.contract import records

D = "Grievance Department"


@pytest.fixture
def departments(site):
	records.department("CONTRACT-A", valid_from="2024-01-01", department_name_hi="क").insert()
	records.department("CONTRACT-B", valid_from="2025-06-15").insert()
	records.department("CONTRACT-C", parent_department="CONTRACT-A").insert()
	return site


def names(site, filters, **kwargs) -> list[str]:
	rows = [["name", "like", "CONTRACT-%"], *filters]
	found = site.get_all(D, filters=rows, order_by="name asc", pluck="name", **kwargs)
	return [name.removeprefix("CONTRACT-") for name in found]


@pytest.mark.parametrize(
	("row", "expected"),
	[
		(["valid_from", "=", "2024-01-01"], "A"),
		(["valid_from", "!=", "2024-01-01"], "BC"),
		(["valid_from", ">", "2024-01-01"], "B"),
		(["valid_from", "<", "2025-01-01"], "AC"),
		(["valid_from", "<=", "2024-01-01"], "AC"),
		(["valid_from", "between", ["2024-01-01", "2024-12-31"]], "A"),
		(["parent_department", "=", "CONTRACT-A"], "C"),
		(["parent_department", "!=", "CONTRACT-A"], "AB"),
		(["parent_department", "in", ["CONTRACT-A"]], "C"),
		(["parent_department", "in", ["CONTRACT-A", ""]], "ABC"),
		(["parent_department", "not in", ["CONTRACT-A"]], "AB"),
		(["parent_department", "in", []], "AB"),
		(["parent_department", "is", "set"], "C"),
		(["parent_department", "is", "not set"], "AB"),
		(["department_name", "like", "%contract-b%"], "B"),
		(["department_name", "not like", "%-b%"], "AC"),
		(["department_code", "=", "contract-a"], "A"),
		(["idx", "<", 1], "ABC"),
	],
	ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else "",
)
def test_filters(departments, row: list, expected: str):
	assert "".join(names(departments, [row])) == expected


def test_forms_of_filters(departments):
	get = departments.get_all
	assert get(D, {"name": "CONTRACT-A"}, pluck="name") == ["CONTRACT-A"]
	assert get(D, {"name": ["in", ["CONTRACT-A"]]}, pluck="name") == ["CONTRACT-A"]
	assert get(D, [[D, "name", "=", "CONTRACT-A"]], pluck="name") == ["CONTRACT-A"]
	assert get(
		D, or_filters={"name": "CONTRACT-A", "parent_department": "CONTRACT-A"}, order_by="name", pluck="name"
	) == [
		"CONTRACT-A",
		"CONTRACT-C",
	]


def test_rows_fields_limits_and_orders(departments):
	rows = departments.get_all(
		D, {"name": ["like", "CONTRACT-%"]}, ["name", "valid_from as since"], order_by="name desc", limit=2
	)
	assert [row.name for row in rows] == ["CONTRACT-C", "CONTRACT-B"]
	assert str(rows[1].since) == "2025-06-15"
	assert departments.get_all(D, {"name": "CONTRACT-A"}, ["*"])[0].department_name_hi == "क"
	assert departments.get_all(D, {"name": "CONTRACT-A"}, ["name"], as_list=True)[0][0] == "CONTRACT-A"
	assert (
		departments.get_all(
			D,
			{"name": ["like", "CONTRACT-%"]},
			["parent_department", "count(name) as n"],
			group_by="parent_department",
			order_by="n desc",
		)[0].n
		== 2
	)
	page = departments.get_all(
		D, {"name": ["like", "CONTRACT-%"]}, order_by="name", limit_start=1, limit_page_length=1
	)
	assert [row.name for row in page] == ["CONTRACT-B"]


def test_filter_on_a_child_table(site):
	records.category(
		"CONTRACT-K", grievance_type="Non-grievance", phrases=[{"phrase": "contract thanks"}]
	).insert()
	found = site.get_all(
		"Grievance Category", [["Category Phrase", "phrase", "=", "contract thanks"]], pluck="name"
	)
	assert found == ["CONTRACT-K"]


def test_unknown_fields_are_refused(site):
	refusals = (site.ValidationError, site.db.OperationalError)
	for wrong in ({"fields": ["no_such_field"]}, {"filters": {"no_such_field": 1}}):
		with pytest.raises(refusals):
			site.get_all(D, **wrong)


def test_get_value(departments):
	get = departments.db.get_value
	assert get(D, "CONTRACT-A", "department_name_hi") == "क"
	assert get(D, {"parent_department": "CONTRACT-A"}) == "CONTRACT-C"
	assert get(D, "CONTRACT-A", ["name", "department_name_hi"]) == ("CONTRACT-A", "क")
	assert get(D, "CONTRACT-A", ["name", "department_name_hi"], as_dict=True) == {
		"name": "CONTRACT-A",
		"department_name_hi": "क",
	}
	assert get(D, "No such") is None
	orphans = {"name": ["like", "CONTRACT-%"], "parent_department": None}
	assert get(D, orphans, "name", order_by="name asc") == "CONTRACT-A"
	assert get(D, orphans, "name", order_by="name") == "CONTRACT-B"
	assert get(D, "CONTRACT-A", "department_name_hi", cache=True) == "क"
	with pytest.raises(TypeError):
		get(D, "CONTRACT-A", ["name", "department_name_hi"], cache=True)


def test_set_value_exists_count_delete(departments):
	db = departments.db
	db.set_value(D, "CONTRACT-A", "department_name_hi", "ख")
	db.set_value(
		D, "CONTRACT-B", {"department_name_hi": "ग", "valid_to": "2026-01-01"}, update_modified=False
	)
	assert [db.get_value(D, f"CONTRACT-{letter}", "department_name_hi") for letter in "AB"] == ["ख", "ग"]
	assert db.exists(D, "contract-a") == "CONTRACT-A"
	assert db.exists(D, {"parent_department": "CONTRACT-A"}) == "CONTRACT-C"
	assert not db.exists(D, "No such")
	assert db.count(D, {"name": ["like", "CONTRACT-%"]}) == 3
	db.delete(D, {"parent_department": "CONTRACT-A"})
	assert db.count(D, {"name": ["like", "CONTRACT-%"]}) == 2


def test_many_documents_change_at_once(departments):
	db = departments.db
	db.bulk_update(
		D,
		{"CONTRACT-A": {"department_name_hi": "ख"}, "CONTRACT-B": {"department_name": "B"}},
		update_modified=False,
	)
	db.bulk_update(D, {})
	assert db.get_value(D, "CONTRACT-A", ["department_name", "department_name_hi"]) == (
		"Contract CONTRACT-A",
		"ख",
	)
	assert db.get_value(D, "CONTRACT-B", ["department_name", "department_name_hi"]) == ("B", None)


def test_savepoints_hold_bulk_inserts_too(site):
	fields = ["name", "department_code", "department_name"]
	site.db.savepoint("contract")
	site.db.bulk_insert(D, fields, [("CONTRACT-X", "CONTRACT-X", "X")])
	site.db.rollback(save_point="contract")
	assert not site.db.exists(D, "CONTRACT-X")
	site.db.bulk_insert(D, fields, [("CONTRACT-Y", "CONTRACT-Y", "Y")])
	site.db.bulk_insert(D, fields, [("CONTRACT-Y", "CONTRACT-Y", "Y")], ignore_duplicates=True)
	assert site.db.get_value(D, "CONTRACT-Y", ["department_name", "docstatus", "owner"]) == ("Y", 0, None)


def test_sql_takes_parameters(departments):
	query = "SELECT name FROM `tabGrievance Department` WHERE name IN %(names)s AND department_name LIKE %(like)s ORDER BY name"
	found = departments.db.sql(
		query, {"names": ("CONTRACT-A", "CONTRACT-B"), "like": "Contract%"}, as_dict=True
	)
	assert [row.name for row in found] == ["CONTRACT-A", "CONTRACT-B"]
	assert (
		departments.db.sql("SELECT count(*) FROM `tabGrievance Department` WHERE name = %s", "CONTRACT-A")[0][
			0
		]
		== 1
	)


def test_queries_are_built_with_pypika(departments):
	from frappe.query_builder.functions import Count, Max

	table = departments.qb.DocType(D)
	ours = table.name.like("CONTRACT-%")
	rows = (
		departments.qb.from_(table)
		.select(table.name, table.valid_from)
		.where(ours)
		.orderby(table.name)
		.run(as_dict=True)
	)
	assert [row.name for row in rows] == ["CONTRACT-A", "CONTRACT-B", "CONTRACT-C"]
	assert departments.qb.from_(table).select(Count("*")).where(ours).run()[0][0] == 3
	assert departments.qb.from_(table).select(table.name).where(ours & table.valid_from.isnull()).run(
		pluck=True
	) == ["CONTRACT-C"]
	assert departments.qb.from_(table).select(Max(table.name)).where(ours).run()[0][0] == "CONTRACT-C"
	departments.qb.update(table).set(table.department_name, "it's \\ % :q0 मरम्मत").where(
		table.name == "CONTRACT-A"
	).run()
	assert departments.db.get_value(D, "CONTRACT-A", "department_name") == "it's \\ % :q0 मरम्मत"
	departments.qb.from_(table).delete().where(table.name == "CONTRACT-C").run()
	assert not departments.db.exists(D, "CONTRACT-C")


def test_the_latest_of_a_time_column_is_a_time(departments):
	from frappe.query_builder.functions import Max, Min

	table = departments.qb.DocType(D)
	latest, first = departments.qb.from_(table).select(Max(table.creation), Min(table.valid_from)).run()[0]
	assert (type(latest), first) == (datetime, date(2024, 1, 1))
	row = departments.get_all(D, fields=["max(creation) as latest"])[0]
	assert row.latest == latest


@pytest.mark.parametrize(
	"words", ["it's", 'say "x"', "50% off", "a\\b", "%s %(x)s", "मरम्मत 🚰", "`; DROP TABLE tabUser; --"]
)
def test_any_text_comes_back_as_it_was(site, words: str):
	doc = records.department("CONTRACT-T", department_name=words).insert()
	assert site.db.get_value(D, {"department_name": words}, "department_name") == words
	assert site.get_all(D, {"department_name": words}, pluck="name") == [doc.name]
