"""Methods of Frappe that answer over HTTP without asking who may see a row, held for our DocTypes.

hooks.py names each one under ``override_whitelisted_methods`` (docs/scope.md is the map). For other DocTypes every
function here does what Frappe does. They take what Frappe's own take, so that the Desk does not notice.
"""

from __future__ import annotations

import inspect
from collections import Counter

import frappe
from frappe import _

from grievance_helpdesk.compatibility import aggregate
from grievance_helpdesk.jurisdiction.scope import is_visible, visible_names
from grievance_helpdesk.jurisdiction.scope.references import REFERENCES
from grievance_helpdesk.jurisdiction.scope.rule import GUARDED, ROWS_OF
from grievance_helpdesk.jurisdiction.scope.sight import STATE_WIDE_ROLES

OURS = frozenset((*GUARDED, *ROWS_OF))
SCOPED = OURS | frozenset(REFERENCES)
PAGE, MOST_PAGES = 200, 10  # of the global search, before the rule


def frappes_own(method: str):
	"""Frappe's function itself, below the decorators that cache its answer."""
	return inspect.unwrap(frappe.get_attr(method))


def refuse_unless_readable(doctype: str, name: str) -> None:
	if doctype in OURS:
		frappe.get_doc(doctype, name).check_permission("read")


# Counting


@frappe.whitelist(methods=["GET", "POST"])
def get_count(
	doctype: str, filters: str | dict | list | None = None, debug: bool = False, cache: bool = False
) -> int:
	"""frappe.client.get_count: as many as the list shows."""
	from frappe import client

	if doctype not in SCOPED:
		return client.get_count(doctype, filters, debug, cache)
	filters = frappe.parse_json(filters) if isinstance(filters, str) else filters
	options = {"parent_doctype": ROWS_OF[doctype]} if doctype in ROWS_OF else {}
	rows = frappe.get_list(
		doctype,
		filters=filters,
		fields=[aggregate("COUNT", "*", "number")],
		order_by=None,
		limit_page_length=1,
		**options,
	)
	return rows[0].number if rows else 0


@frappe.whitelist(methods=["GET", "POST"])
def get_workflow_state_count(doctype: str, workflow_state_field: str, states: str | list) -> list | None:
	"""frappe.workflow.doctype.workflow.workflow.get_workflow_state_count"""
	if doctype not in OURS:
		return frappes_own("frappe.workflow.doctype.workflow.workflow.get_workflow_state_count")(
			doctype, workflow_state_field, states
		)
	if not frappe.get_meta(doctype).has_field(workflow_state_field):
		return None
	rows = frappe.get_list(
		doctype,
		fields=[workflow_state_field, aggregate("COUNT", "*", "count")],
		filters={workflow_state_field: ["not in", frappe.parse_json(states)]},
		group_by=workflow_state_field,
		order_by=None,
		limit_page_length=0,
	)
	return [row for row in rows if row[workflow_state_field]]


@frappe.whitelist(methods=["GET", "POST"])
def get_group_by_count(doctype: str, current_filters: str, field: str) -> list[dict]:
	"""frappe.desk.listview.get_group_by_count: "Assigned To" counts to-dos of every row of the table."""
	if doctype not in OURS or field != "assigned_to":
		return frappes_own("frappe.desk.listview.get_group_by_count")(doctype, current_filters, field)
	rows = frappe.get_list(
		doctype,
		filters=frappe.parse_json(current_filters),
		fields=["_assign", aggregate("COUNT", "*", "count")],
		group_by="_assign",
		order_by=None,
		limit_page_length=0,
	)
	counts: Counter[str] = Counter()
	for row in rows:
		for user in frappe.parse_json(row._assign or "[]"):
			counts[user] += row.count
	return [{"name": user, "count": count} for user, count in counts.most_common(50)]


@frappe.whitelist(methods=["GET", "POST"])
def get_open_count(doctype: str, name: str, items: str | list | None = None) -> dict:
	"""frappe.desk.notifications.get_open_count: links to our DocTypes count what the caller may see."""
	found = frappes_own("frappe.desk.notifications.get_open_count")(doctype, name, items)
	links = frappe.get_meta(doctype).get_dashboard_data()
	count = found["count"] if isinstance(found.get("count"), dict) else {}
	for row in count.get("external_links_found", ()):
		if row["doctype"] in OURS:
			fieldname = links.get("non_standard_fieldnames", {}).get(row["doctype"], links.get("fieldname"))
			row["count"] = _count_up_to_100(row["doctype"], {fieldname: name})
			row["open_count"] = 0
	return found


def _count_up_to_100(doctype: str, filters: dict) -> int:
	if not frappe.has_permission(doctype, "read"):
		return 0
	return len(frappe.get_list(doctype, filters=filters, limit_page_length=100, order_by=None, pluck="name"))


@frappe.whitelist(methods=["GET", "POST"])
def get_monthly_goal_graph_data(goal_doctype: str, **arguments) -> dict:
	"""frappe.utils.goal.get_monthly_goal_graph_data sums any field of any DocType."""
	if goal_doctype in SCOPED:
		frappe.throw(
			_("Graphs of {0} come from the reports.").format(_(goal_doctype)), frappe.PermissionError
		)
	method = frappes_own("frappe.utils.goal.get_monthly_goal_graph_data")
	return frappe.call(method, goal_doctype=goal_doctype, **arguments)


@frappe.whitelist(methods=["GET", "POST"])
def get_chart(
	chart_name: str | None = None,
	chart: str | dict | None = None,
	no_cache: str | int | None = None,
	filters: str | dict | list | None = None,
	from_date: str | None = None,
	to_date: str | None = None,
	timespan: str | None = None,
	time_interval: str | None = None,
	heatmap_year: str | int | None = None,
	refresh: str | int | None = None,
) -> dict:
	"""frappe.desk.doctype.dashboard_chart.dashboard_chart.get keeps one person's figures for everybody."""
	method = "frappe.desk.doctype.dashboard_chart.dashboard_chart.get"
	arguments = {
		"chart_name": chart_name,
		"filters": filters or None,
		"from_date": from_date or None,
		"to_date": to_date or None,
		"timespan": timespan or None,
		"time_interval": time_interval or None,
		"heatmap_year": heatmap_year or None,
	}
	about = frappe.get_doc("Dashboard Chart", chart_name) if chart_name else frappe.parse_json(chart)
	if about.get("document_type") not in SCOPED:
		return frappe.get_attr(method)(**arguments, chart=chart, no_cache=no_cache, refresh=refresh)
	frappe.has_permission(about.get("document_type"), "read", throw=True)
	return frappes_own(method)(**arguments, chart=None if chart_name else chart)


# Searching


@frappe.whitelist(methods=["GET", "POST"])
def global_search(
	text: str, start: int | str = 0, limit: int | str = 20, doctype: str = ""
) -> list[frappe._dict]:
	"""frappe.utils.global_search.search: reads on until enough of what was found may be seen."""
	search = frappes_own("frappe.utils.global_search.search")
	start, limit = frappe.utils.cint(start), frappe.utils.cint(limit) or 20
	found: list[frappe._dict] = []
	for page in range(MOST_PAGES):
		rows = search(text, page * PAGE, PAGE, doctype)
		found += _may_see(rows)
		if len(found) >= start + limit or not rows:
			break
	return found[start : start + limit]


def _may_see(rows: list) -> list:
	seen = {
		kind: visible_names(kind, [row.name for row in rows if row.doctype == kind])
		for kind in {row.doctype for row in rows} & OURS
	}
	return [
		row
		for row in rows
		if (row.name in seen[row.doctype] if row.doctype in seen else _reference_may_be_seen(row))
	]


def _reference_may_be_seen(row) -> bool:
	return row.doctype not in REFERENCES or frappe.has_permission(row.doctype, "read", row.name)


@frappe.whitelist(methods=["GET", "POST"])
def search_link(
	doctype: str,
	txt: str,
	query: str | None = None,
	filters: str | dict | list | None = None,
	page_length: int | str = 10,
	searchfield: str | None = None,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool | str | int = False,
) -> list:
	"""frappe.desk.search.search_link: "ignore user permissions" of a link field would ignore the rule too."""
	return frappe.get_attr("frappe.desk.search.search_link")(
		doctype=doctype,
		txt=txt,
		query=_own_query(doctype, query),
		filters=filters,
		page_length=frappe.utils.cint(page_length) or 10,
		searchfield=searchfield,
		reference_doctype=reference_doctype,
		ignore_user_permissions=doctype not in SCOPED and bool(frappe.utils.cint(ignore_user_permissions)),
	)


@frappe.whitelist(methods=["GET", "POST"])
def search_widget(
	doctype: str,
	txt: str,
	query: str | None = None,
	searchfield: str | None = None,
	start: int | str = 0,
	page_length: int | str = 10,
	filters: str | dict | list | None = None,
	filter_fields: str | list | None = None,
	as_dict: bool | str | int = False,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool | str | int = False,
) -> list:
	"""frappe.desk.search.search_widget"""
	return frappe.get_attr("frappe.desk.search.search_widget")(
		doctype=doctype,
		txt=txt,
		query=_own_query(doctype, query),
		searchfield=searchfield,
		start=frappe.utils.cint(start),
		page_length=frappe.utils.cint(page_length) or 10,
		filters=filters,
		filter_fields=filter_fields,
		as_dict=bool(frappe.utils.cint(as_dict)),
		reference_doctype=reference_doctype,
		ignore_user_permissions=doctype not in SCOPED and bool(frappe.utils.cint(ignore_user_permissions)),
	)


def _own_query(doctype: str, query: str | None) -> str | None:
	"""Another app's search function may read any table that it is told to."""
	if doctype in OURS and query and not query.startswith("grievance_helpdesk."):
		frappe.throw(
			_("{0} is searched by the standard search only.").format(_(doctype)), frappe.PermissionError
		)
	return query


@frappe.whitelist(methods=["GET", "POST"])
def get_link_title(doctype: str, docname: str) -> str | None:
	"""frappe.desk.search.get_link_title gives the title of any record."""
	if doctype in OURS and not _is_readable(doctype, docname):
		return docname
	return frappes_own("frappe.desk.search.get_link_title")(doctype, docname)


@frappe.whitelist(methods=["GET", "POST"])
def validate_link(doctype: str, docname: str, fields: str | list | None = None) -> dict:
	"""frappe.client.validate_link tells whether a record exists."""
	from frappe import client

	if doctype in OURS and not _is_readable(doctype, docname):
		return frappe._dict(name=None)
	return client.validate_link(doctype, docname, fields)


def _is_readable(doctype: str, name: str) -> bool:
	if doctype in ROWS_OF:
		return is_visible(doctype, name)
	return bool(frappe.has_permission(doctype, "read")) and is_visible(doctype, name)


@frappe.whitelist(methods=["GET", "POST"])
def get_document(
	doctype: str,
	name: str | int | None = None,
	filters: str | dict | list | None = None,
	parent: str | None = None,
) -> dict:
	"""frappe.client.get: with filters it tells by its error whether such a case exists elsewhere."""
	from frappe import client

	if doctype in OURS and not name and filters:
		options = {"parent_doctype": parent} if parent else {}
		rows = frappe.get_list(
			doctype, filters=frappe.parse_json(filters), pluck="name", limit_page_length=1, **options
		)
		if not rows:
			raise frappe.DoesNotExistError(_("No such {0}").format(_(doctype)))
		name = rows[0]
	return client.get(doctype, name, filters, parent)


@frappe.whitelist(methods=["GET", "POST"])
def get_tagged_docs(doctype: str, tag: str) -> list | tuple:
	"""frappe.desk.doctype.tag.tag.get_tagged_docs"""
	rows = frappes_own("frappe.desk.doctype.tag.tag.get_tagged_docs")(doctype, tag)
	if doctype not in OURS:
		return rows
	seen = visible_names(doctype, [name for (name,) in rows])
	return [row for row in rows if row[0] in seen]


@frappe.whitelist(methods=["GET", "POST"])
def get_follow_users(doctype: str, doc_name: str) -> list:
	"""frappe.desk.form.document_follow.get_follow_users"""
	refuse_unless_readable(doctype, doc_name)
	return frappes_own("frappe.desk.form.document_follow.get_follow_users")(doctype, doc_name)


@frappe.whitelist(methods=["GET", "POST"])
def get_linked(doctype: str, docname: str) -> dict:
	"""frappe.desk.form.linked_with.get: Frappe 16 asks for the record's permission and does not heed the answer."""
	refuse_unless_readable(doctype, docname)
	return frappes_own("frappe.desk.form.linked_with.get")(doctype, docname)


@frappe.whitelist(methods=["GET", "POST"])
def get_reviews(doctype: str, docname: str) -> list:
	"""frappe.social.doctype.energy_point_log.energy_point_log.get_reviews"""
	refuse_unless_readable(doctype, docname)
	return frappes_own("frappe.social.doctype.energy_point_log.energy_point_log.get_reviews")(
		doctype, docname
	)


# frappe.realtime asks over HTTP; a guest is refused by the roles.
@frappe.whitelist(allow_guest=True, methods=["GET", "POST"])  # nosemgrep
def can_subscribe_doctype(doctype: str) -> bool:
	"""frappe.realtime.can_subscribe_doctype: the room of a list tells the name of every record that changes."""
	_refuse_room_of_list(doctype)
	return frappes_own("frappe.realtime.can_subscribe_doctype")(doctype)


@frappe.whitelist(allow_guest=True, methods=["GET", "POST"])  # nosemgrep
def may_subscribe(doctype: str, name: str = "") -> bool:
	"""frappe.realtime.has_permission: Frappe 16 asks it for both rooms, for that of a list without a name."""
	if not name:
		_refuse_room_of_list(doctype)
	return frappes_own("frappe.realtime.has_permission")(doctype, name)


def _refuse_room_of_list(doctype: str) -> None:
	if doctype in SCOPED and not set(frappe.get_roles()) & STATE_WIDE_ROLES:
		raise frappe.PermissionError(_("Lists of {0} are not followed live.").format(_(doctype)))
