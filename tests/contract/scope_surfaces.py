"""Ways to ask a site for cases. Each returns the names of those that the session's user is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import contextmanager

import frappe

from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.jurisdiction.scope import references, surfaces

NAMES = [["name", "like", "SCOPE-%"]]


def asked(**arguments):
	"""Arguments of a request, as Frappe's own methods read them."""
	frappe.local.form_dict = frappe._dict(arguments)
	return arguments


def listed() -> set[str]:
	return set(frappe.get_list("Grievance", filters=NAMES, pluck="name", limit_page_length=0))


def client_list() -> set[str]:
	from frappe import client

	rows = client.get_list("Grievance", filters=json.dumps(NAMES), limit_page_length=0)
	return {row["name"] for row in rows}


def client_value(name: str) -> bool:
	from frappe import client

	return bool(client.get_value("Grievance", "subject", name))


def link_is_valid(name: str) -> bool:
	return bool(surfaces.validate_link("Grievance", name).get("name"))


def found_by_filters(name: str) -> bool:
	try:
		return bool(surfaces.get_document("Grievance", filters={"name": name}))
	except frappe.DoesNotExistError:
		return False


def rows_of(doctype: str, fieldname: str = "grievance") -> Callable[[], set[str]]:
	def ask() -> set[str]:
		return set(frappe.get_list(doctype, filters=NAMES, pluck=fieldname, limit_page_length=0))

	return ask


def rows_of_the_form() -> set[str]:
	from frappe import client

	rows = client.get_list("Grievance Pause", fields=["parent"], parent="Grievance", limit_page_length=0)
	return {row["parent"] for row in rows if row["parent"].startswith("SCOPE-")}


def referring(doctype: str) -> Callable[[], set[str]]:
	"""Rows of one of Frappe's own DocTypes, whatever role may list it."""
	kind, fieldname = references.REFERENCES[doctype]

	def ask() -> set[str]:
		table = frappe.qb.DocType(doctype)
		query = frappe.qb.from_(table).select(table[fieldname])
		query = query.where((table[kind] == "Grievance") & table[fieldname].like("SCOPE-%"))
		return set(query.where(references.criterion(doctype, frappe.session.user)).run(pluck=True))

	return ask


def refers(doctype: str) -> Callable[[str], bool]:
	kind, fieldname = references.REFERENCES[doctype]

	def ask(name: str) -> bool:
		doc = frappe.get_doc({"doctype": doctype, kind: "Grievance", fieldname: name})
		return references.has_permission(doc, "read", frappe.session.user) is not False

	return ask


def by_query() -> set[str]:
	grievance = frappe.qb.DocType("Grievance")
	query = frappe.qb.from_(grievance).select(grievance.name).where(grievance.name.like("SCOPE-%"))
	return set(query.where(scope.criterion_for("Grievance")).run(pluck=True))


def count() -> int:
	return surfaces.get_count("Grievance", json.dumps(NAMES))


EVERYWHERE = {
	"list": listed,
	"frappe.client.get_list": client_list,
	"a report's query": by_query,
	"events": rows_of("Grievance Event"),
	"rows of a form's table": rows_of_the_form,
	"comments": referring("Comment"),
	"files": referring("File"),
}
ONE_BY_ONE = {
	"has_permission": lambda name: bool(frappe.has_permission("Grievance", "read", name)),
	"frappe.client.get_value": client_value,
	"frappe.client.validate_link": link_is_valid,
	"frappe.client.get by filters": found_by_filters,
	"a comment": refers("Comment"),
}


# On a bench only


def report_view() -> set[str]:
	from frappe.desk import reportview

	asked(
		doctype="Grievance",
		fields=json.dumps(["`tabGrievance`.`name`"]),
		filters=json.dumps(NAMES),
		page_length=500,
	)
	data = reportview.get()
	return {row[0] for row in data["values"]} if data else set()


def report_view_rows() -> set[str]:
	from frappe.desk import reportview

	asked(doctype="Grievance", fields=json.dumps(["name"]), filters=json.dumps(NAMES), limit_page_length=500)
	return {row.name for row in reportview.get_list()}


def export() -> set[str]:
	from frappe.desk import reportview

	asked(
		doctype="Grievance",
		fields=json.dumps(["`tabGrievance`.`name`"]),
		filters=json.dumps(NAMES),
		file_format_type="CSV",
	)
	with fresh_response():
		reportview.export_query()
		return words_of(frappe.response["filecontent"])


def data_export() -> set[str]:
	from frappe.core.doctype.data_export.exporter import export_data

	with fresh_response():
		export_data(
			"Grievance",
			all_doctypes=False,
			with_data=True,
			select_columns=json.dumps({"Grievance": ["name", "subject"]}),
		)
		return words_of(frappe.response["result"])


def import_template() -> set[str]:
	from frappe.core.doctype.data_import.data_import import download_template

	with fresh_response():
		download_template("Grievance", json.dumps({"Grievance": ["name"]}), "all", None, "CSV")
		return words_of(frappe.response["result"])


def words_of(content: str | bytes) -> set[str]:
	text = content.decode() if isinstance(content, bytes) else content
	words = text.replace('"', " ").replace(",", " ").split()
	return {word for word in words if word.startswith("SCOPE-") and len(word) == len("SCOPE-0000")}


@contextmanager
def fresh_response():
	before = frappe.local.response
	frappe.local.response = frappe._dict(docs=[])
	try:
		yield
	finally:
		frappe.local.response = before


def link_search() -> set[str]:
	rows = surfaces.search_link("Grievance", "Scopeword", page_length=500, ignore_user_permissions=1)
	return {row["value"] for row in rows}


def search_widget() -> set[str]:
	return {row[0] for row in surfaces.search_widget("Grievance", "Scopeword", page_length=500)}


def calendar() -> set[str]:
	from frappe.desk.calendar import get_events

	fields = json.dumps({"start": "creation", "end": "creation", "id": "name", "title": "subject"})
	rows = get_events(
		"Grievance",
		"2000-01-01",
		"2100-01-01",
		fields,
		json.dumps([["Grievance", "name", "like", "SCOPE-%"]]),
	)
	return {row.name for row in rows}


def report_view_count() -> int:
	from frappe.desk import reportview

	asked(doctype="Grievance", fields=json.dumps([]), filters=json.dumps(NAMES), distinct="false")
	return reportview.get_count()


def sidebar_stats() -> int:
	from frappe.desk import reportview

	rows = reportview.get_sidebar_stats(json.dumps(["status"]), "Grievance", json.dumps(NAMES))["stats"]
	return sum(number for _, number in rows.get("status", ()))


def group_by_count() -> int:
	return sum(row["count"] for row in surfaces.get_group_by_count("Grievance", json.dumps(NAMES), "status"))


def number_card() -> int:
	from frappe.desk.doctype.number_card import number_card

	card = {"doctype": "Number Card", "document_type": "Grievance", "function": "Count"}
	return int(number_card.get_result(card, json.dumps([["Grievance", *NAMES[0]]])))


def chart() -> int:
	about = {
		"name": "Scope chart",
		"chart_type": "Group By",
		"document_type": "Grievance",
		"group_by_type": "Count",
		"group_by_based_on": "status",
		"filters_json": json.dumps([["Grievance", *NAMES[0], False]]),
		"number_of_groups": 0,
	}
	config = surfaces.get_chart(chart=json.dumps(about))
	return sum(config["datasets"][0]["values"]) if config else 0


def opened(name: str) -> bool:
	from frappe.desk.form import load

	with fresh_response():
		try:
			load.getdoc("Grievance", name)
		except frappe.PermissionError:
			return False
		return bool(frappe.response.docs)


def printed(name: str) -> bool:
	from frappe.www.printview import get_html_and_style

	try:
		return bool(get_html_and_style("Grievance", name).get("html"))
	except frappe.PermissionError:
		return False


def may_subscribe(name: str) -> bool:
	from frappe import realtime

	# Frappe 16 asks one method for the rooms of lists and of documents.
	asked = getattr(realtime, "can_subscribe_doc", surfaces.may_subscribe)
	try:
		return asked("Grievance", name)
	except frappe.PermissionError:
		return False


def linked(name: str) -> bool:
	try:
		return isinstance(surfaces.get_linked("Grievance", name), dict)
	except frappe.PermissionError:
		return False


ON_A_BENCH = {
	"report view": report_view,
	"report view, plain": report_view_rows,
	"link search": link_search,
	"search widget": search_widget,
	"calendar": calendar,
}
EXPORTS = {"export": export, "data export": data_export, "import template": import_template}
COUNTS_ON_A_BENCH = {
	"report view's count": report_view_count,
	"sidebar": sidebar_stats,
	"group by": group_by_count,
	"number card": number_card,
	"chart": chart,
}
FORMS_ON_A_BENCH = {"form": opened, "print": printed, "realtime": may_subscribe, "linked with": linked}
