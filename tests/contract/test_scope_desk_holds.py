"""Holds on methods and records that only a bench has: refused with a message, or answered inside the officer's scope."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil

import pytest

from grievance_helpdesk import hooks
from grievance_helpdesk.compatibility import no_objection
from grievance_helpdesk.jurisdiction.scope import references, surface_acts, surfaces
from tests.contract import records
from tests.contract.conftest import Http
from tests.contract.test_scope_holds import CELL, HERE, SNO, THERE, case, share  # noqa: F401

pytestmark = pytest.mark.bench


def report(site, *roles: str, **values):
	return site.get_doc(
		{
			"doctype": "Report",
			"report_name": "Hold report",
			"ref_doctype": "Grievance",
			"report_type": "Query Report",
			"is_standard": "No",
			"query": "select name from `tabGrievance`",
			"roles": [{"role": role} for role in roles],
			**values,
		}
	)


@pytest.mark.parametrize(
	"roles", [(), ("District Nodal Officer",), ("State Nodal Officer", "Grievance Cell")]
)
def test_a_query_report_that_reads_past_the_scope_is_refused(site, roles):
	with pytest.raises(site.ValidationError, match="write a Script Report"):
		report(site, *roles).insert()


def test_a_query_report_hidden_behind_another_doctype_is_refused_too(site):
	with pytest.raises(site.ValidationError, match="shows every grievance"):
		report(site, "District Nodal Officer", ref_doctype="Jurisdiction").insert()


def test_a_query_report_for_those_who_see_everything_stays(site):
	assert report(site, "State Nodal Officer", "Grievance Administrator").insert().name
	assert (
		report(
			site,
			"District Nodal Officer",
			report_name="Hold other",
			ref_doctype="Jurisdiction",
			query="select name from tabJurisdiction",
		)
		.insert()
		.name
	)


def test_a_role_given_to_a_query_report_later_is_refused(site):
	doc = report(site, "State Nodal Officer").insert()
	custom = site.get_doc(
		{"doctype": "Custom Role", "report": doc.name, "roles": [{"role": "Department Officer"}]}
	)
	with pytest.raises(site.ValidationError, match="Give it only to the roles"):
		custom.insert()


def test_a_prepared_report_is_its_makers(site, case, as_user):  # noqa: F811
	doc = report(site, "State Nodal Officer", report_type="Script Report", query=None).insert()
	prepared = site.get_doc({"doctype": "Prepared Report", "report_name": doc.name, "filters": "{}"})
	prepared.flags.ignore_permissions = True
	with as_user(SNO):
		prepared.owner = SNO
		assert references.prepared_report_permission(prepared, "read", SNO) is no_objection()
	prepared.set("__islocal", 0)
	assert references.prepared_report_permission(prepared, "read", HERE) is False


def test_an_automatic_report_is_sent_as_its_maker_sees_it(site, case, as_user):  # noqa: F811
	from grievance_helpdesk.jurisdiction.scope import report_checks

	doc = report(site, "State Nodal Officer", report_type="Report Builder", query=None).insert()
	auto = site.get_doc({"doctype": "Auto Email Report", "report": doc.name, "user": SNO})
	with as_user(HERE), pytest.raises(site.PermissionError, match="choose yourself"):
		report_checks.check_auto_email(auto)
	with as_user(SNO):
		report_checks.check_auto_email(auto)


def test_files_of_a_case_are_private(site, case):  # noqa: F811
	file = {"doctype": "File", "file_name": "hold.txt", "content": "x", "attached_to_doctype": "Grievance"}
	with pytest.raises(site.ValidationError, match="Files of a Grievance are private"):
		site.get_doc({**file, "attached_to_name": case.name, "is_private": 0}).insert()
	kept = site.get_doc({**file, "attached_to_name": case.name, "is_private": 1}).insert()
	assert site.has_permission("File", "read", kept, user=HERE)
	assert not site.has_permission("File", "read", kept, user=THERE)


def test_whoever_uploaded_a_file_loses_it_with_the_case(site, case):  # noqa: F811
	file = site.get_doc(
		{"doctype": "File", "file_name": "hold.txt", "content": "y", "is_private": 1}
		| {"attached_to_doctype": "Grievance", "attached_to_name": case.name}
	).insert()
	file.db_set("owner", THERE)
	file.reload()
	assert not site.has_permission("File", "read", file, user=THERE)


def test_a_mention_tells_an_outsider_nothing(site, case):  # noqa: F811
	notice = {"doctype": "Notification Log", "document_type": "Grievance", "document_name": case.name}
	notice |= {"type": "Mention", "subject": case.subject, "email_content": case.description}
	outside = site.get_doc({**notice, "for_user": THERE}).insert(ignore_permissions=True)
	assert case.subject not in outside.subject and not outside.email_content
	inside = site.get_doc({**notice, "for_user": HERE}).insert(ignore_permissions=True)
	assert (inside.subject, inside.email_content) == (case.subject, case.description)


def test_an_outsider_does_not_follow_a_case(site, case):  # noqa: F811
	follow = {"doctype": "Document Follow", "ref_doctype": "Grievance", "ref_docname": case.name}
	with pytest.raises(site.PermissionError, match="cannot follow"):
		site.get_doc({**follow, "user": THERE}).insert(ignore_permissions=True)
	assert site.get_doc({**follow, "user": HERE}).insert(ignore_permissions=True).name


def test_the_room_of_a_list_is_open_to_state_wide_roles(site, case, as_user):  # noqa: F811
	ours = [
		hooks.override_whitelisted_methods[method]
		for method in ("frappe.realtime.can_subscribe_doctype", "frappe.realtime.has_permission")
		if method in hooks.override_whitelisted_methods
	]
	assert len(ours) == 1  # Frappe 16 asks another method than Frappe 15
	may_follow = site.get_attr(ours[0])
	with as_user(HERE), pytest.raises(site.PermissionError, match="not followed live"):
		may_follow(doctype="Grievance")
	with as_user(CELL):
		assert may_follow(doctype="Grievance")
	with as_user(HERE):
		assert may_follow(doctype="Jurisdiction")


def test_likes_tags_followers_and_reviews_ask_for_the_case(site, case, as_user):  # noqa: F811
	from frappe.desk.doctype.tag import tag

	tag.add_tag("holdtag", "Grievance", case.name)
	with as_user(THERE):
		for refused in (
			lambda: surface_acts.toggle_like("Grievance", case.name, "Yes"),
			lambda: surfaces.get_follow_users("Grievance", case.name),
			lambda: surfaces.get_reviews("Grievance", case.name),
			lambda: surface_acts.add_tag("mine", "Grievance", case.name),
			lambda: surface_acts.add_tags(["mine"], "Grievance", [case.name]),
			lambda: surface_acts.remove_tag("holdtag", "Grievance", case.name),
		):
			with pytest.raises(site.PermissionError):
				refused()
		assert surfaces.get_tagged_docs("Grievance", "%holdtag%") == []
		assert tag.get_documents_for_tag("#holdtag") == []
	with as_user(HERE):
		assert [row[0] for row in surfaces.get_tagged_docs("Grievance", "%holdtag%")] == [case.name]
		assert [row["name"] for row in tag.get_documents_for_tag("#holdtag")] == [case.name]


def test_the_title_behind_a_link_needs_the_record(site, case, as_user):  # noqa: F811
	citizen = site.get_doc({"doctype": "Citizen", "citizen_name": "Holdname"}).insert()
	case.db_set("citizen", citizen.name)
	with as_user(THERE):
		assert surfaces.get_link_title("Citizen", citizen.name) == citizen.name
	with as_user(HERE):
		assert surfaces.get_link_title("Citizen", citizen.name) == "Holdname"


def test_an_email_is_not_moved_to_or_from_a_case_elsewhere(site, case, as_user):  # noqa: F811
	mail = site.get_doc(
		{"doctype": "Communication", "subject": "x", "content": "x"}
		| {"reference_doctype": "Grievance", "reference_name": case.name}
	).insert(ignore_permissions=True)
	with as_user(THERE), pytest.raises(site.PermissionError):
		surface_acts.relink(mail.name, "Jurisdiction", "Hisar")
	assert site.db.get_value("Communication", mail.name, "reference_name") == case.name


def test_figures_of_another_method_are_refused(site, case, as_user):  # noqa: F811
	with as_user(HERE), pytest.raises(site.PermissionError, match="come from the reports"):
		surfaces.get_monthly_goal_graph_data(goal_doctype="Grievance", title="x")


def test_links_of_a_master_count_what_is_seen(site, case, as_user, monkeypatch):  # noqa: F811
	"""Frappe counts every linked record; a form's dashboard may link to grievances (Customize Form)."""

	def counted(*arguments) -> dict:
		return {"count": {"external_links_found": [{"doctype": "Grievance", "count": 99, "open_count": 99}]}}

	monkeypatch.setattr(surfaces, "frappes_own", lambda method: counted)
	monkeypatch.setattr("frappe.model.meta.Meta.get_dashboard_data", lambda meta: {"fieldname": "officer"})
	for user, expected in ((HERE, 1), (THERE, 0)):
		with as_user(user):
			found = surfaces.get_open_count("Nodal Officer", "HOLD-HERE")["count"]["external_links_found"]
			assert [(row["count"], row["open_count"]) for row in found] == [(expected, 0)], user


def test_a_charts_figures_are_not_kept_for_others(site, case, as_user):  # noqa: F811
	chart = site.get_doc(
		{
			"doctype": "Dashboard Chart",
			"chart_name": "Hold chart",
			"chart_type": "Group By",
			"document_type": "Grievance",
			"group_by_type": "Count",
			"group_by_based_on": "district",
			"type": "Bar",
			"is_public": 1,
			"filters_json": "[]",
		}
	).insert()
	with as_user(HERE):
		assert "Hisar" in surfaces.get_chart(chart_name=chart.name)["labels"]
	with as_user(THERE):
		shown = surfaces.get_chart(chart_name=chart.name)
		assert not shown or "Hisar" not in shown["labels"]


def test_workflow_counts_follow_the_list(site, case, as_user):  # noqa: F811
	def total(user: str) -> int:
		with as_user(user):
			rows = surfaces.get_workflow_state_count("Grievance", "workflow_state", "[]") or []
			listed = site.get_list("Grievance", {"workflow_state": ["is", "set"]}, limit_page_length=0)
			assert sum(row["count"] for row in rows) == len(listed)
			return len(listed)

	assert total(HERE) >= 1


def test_rows_of_a_citizens_table_need_the_level(site, case):  # noqa: F811
	records.user("hold.auditor@example.com", "Grievance Auditor")
	for user, hidden in (("hold.auditor@example.com", True), (CELL, False)):
		from grievance_helpdesk.jurisdiction import scope

		condition = scope.citizen_identity_conditions(user)
		assert ("1=0" in condition) is hidden


def test_columns_of_linked_cases_are_refused_over_http(http: Http):
	http.login("Administrator", "admin")
	for path in (
		"/api/resource/Grievance?fields=[%22merged_into.subject%22]",
		"/api/v2/document/Grievance?fields=[%22merged_into.subject%22]",
		"/api/method/frappe.client.get_value?doctype=Grievance&fieldname=[%22merged_into.subject%22]",
		"/api/method/frappe.desk.reportview.get?doctype=Grievance&fields=[%22merged_into.subject%22]",
	):
		assert http("GET", path).status_code == 403, path
	assert http("GET", "/api/resource/Grievance?fields=[%22name%22]").status_code == 200


def test_each_override_takes_what_frappes_own_takes(site):
	for original, ours in hooks.override_whitelisted_methods.items():
		theirs = inspect.signature(inspect.unwrap(site.get_attr(original))).parameters
		mine = inspect.signature(inspect.unwrap(site.get_attr(ours))).parameters
		takes_all = any(parameter.kind is parameter.VAR_KEYWORD for parameter in mine.values())
		missing = set(theirs) - set(mine) - {"ignore_permissions"}
		assert takes_all or not missing, (original, missing)


def test_no_other_name_leads_past_an_override(site):
	"""Frappe calls whatever name a request gives: a module that imports an overridden method is another way to it."""
	overridden = {
		inspect.unwrap(site.get_attr(original)): original for original in hooks.override_whitelisted_methods
	}
	ways = []
	for module in _modules_that_import(site, {name.rpartition(".")[2] for name in overridden.values()}):
		for name, value in vars(module).items():
			original = overridden.get(inspect.unwrap(value)) if callable(value) else None
			path = f"{module.__name__}.{name}"
			if original and path not in hooks.override_whitelisted_methods:
				ways.append(f"{path} = {original}")
	assert sorted(set(ways)) == []


def _modules_that_import(site, names: set[str]):
	for info in pkgutil.walk_packages(site.__path__, "frappe."):
		if ".test" in info.name or info.name.startswith("frappe.tests") or info.ispkg:
			continue
		source = info.module_finder.find_spec(info.name).loader.get_source(info.name) or ""
		imported = {
			alias.name
			for node in ast.walk(ast.parse(source))
			if isinstance(node, ast.ImportFrom)
			for alias in node.names
		}
		if imported & names:
			yield importlib.import_module(info.name)
