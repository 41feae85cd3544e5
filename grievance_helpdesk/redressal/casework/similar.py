"""Cases like this one: what is open already about the same problem, and what was done the last time."""

import frappe
from frappe.query_builder import Case, Criterion, Order

from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.redressal import clocks

MOST = 5
LONGEST_ACTION = 300
FIELDS = (
	"name",
	"subject",
	"status",
	"workflow_state",
	"place_text",
	"jurisdiction",
	"received_at",
	"support_count",
	"action_taken",
)


@frappe.whitelist(methods=["GET"])
def read(name: str) -> list[dict]:
	"""At most five other cases inside the viewer's scope, open ones first, those of the same problem before others.

	``why``: "text" (its words are nearly the same), "problem" (same category at the same narrow place) or "kind"
	(same category in the same district). A case that is merged stands for its target and is left out.
	"""
	doc = frappe.get_doc("Grievance", name)
	doc.check_permission("read")
	rule = scope.criterion_for("Grievance")
	same = _rows(doc, _same_problem(doc), rule)
	kind = _rows(doc, _same_kind(doc), rule) if len(same) < MOST else []
	known = {row.name for row in same}
	rows = [_told(row, _why(doc, row.name)) for row in same]
	rows += [_told(row, "kind") for row in kind if row.name not in known]
	# Sorting keeps the order of what compares equal: the same problem stands before the same kind.
	return sorted(rows, key=lambda row: row["status"] not in clocks.RUNNING)[:MOST]


def _same_problem(doc) -> Criterion | None:
	"""What the triage found: nearly the same words, or one problem at one narrow place."""
	grievance = frappe.qb.DocType("Grievance")
	asked = []
	if doc.possible_duplicate_of:
		asked.append(grievance.name == doc.possible_duplicate_of)
	if doc.problem_key:
		asked.append(grievance.problem_key == doc.problem_key)
	return Criterion.any(asked) if asked else None


def _same_kind(doc) -> Criterion | None:
	grievance = frappe.qb.DocType("Grievance")
	if not (doc.category and doc.district):
		return None
	return (grievance.category == doc.category) & (grievance.district == doc.district)


def _rows(doc, asked: Criterion | None, rule: Criterion | None) -> list:
	if asked is None:
		return []
	grievance = frappe.qb.DocType("Grievance")
	finished = Case().when(grievance.status.isin(clocks.RUNNING), 0).else_(1)
	query = (
		frappe.qb.from_(grievance)
		.select(*(grievance[fieldname] for fieldname in FIELDS))
		.where(asked & (grievance.name != doc.name) & (grievance.status != "Merged"))
		.orderby(finished)
		.orderby(grievance.creation, order=Order.desc)
		.limit(MOST)
	)
	return (query if rule is None else query.where(rule)).run(as_dict=True)


def _why(doc, name: str) -> str:
	return "text" if name == doc.possible_duplicate_of else "problem"


def _told(row, why: str) -> dict:
	action = (row.action_taken or "").strip()
	shown = action if len(action) <= LONGEST_ACTION else action[:LONGEST_ACTION].rstrip() + "…"
	return {**row, "action_taken": shown, "why": why}
