"""The Kanban board "Grievances by State": a column for each state of the active workflow, and a drag is a move.

Frappe writes the field of a board's columns when a card is dropped, and keeps the names of all cards in the board,
which every user may read. Here a drop takes the one step of the workflow that leads there, or is refused in a sentence,
and boards of grievances keep no names: their cards stand in the order of the list.
"""

import json

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_transitions

from grievance_helpdesk.jurisdiction.scope.surfaces import frappes_own
from grievance_helpdesk.redressal import workflow
from grievance_helpdesk.redressal.workflow import rules

DOCTYPE, FIELD = workflow.DOCTYPE, rules.STATE_FIELD
BOARD = "Grievances by State"
KEY = "grievance_helpdesk_kanban_board"
CARD_FIELDS = ("resolve_by",)  # beside the subject; a link is drawn empty on a card
FRAPPES = "frappe.desk.doctype.kanban_board.kanban_board"
# Columns of cases that are through stand in Frappe's menu of archived columns, and their cases are not read.
SHOWN = (rules.OPEN, rules.ON_HOLD, rules.RESOLVED)
INDICATORS = {rules.OPEN: "Blue", rules.ON_HOLD: "Orange", rules.RESOLVED: "Green"}
# A step to one of these asks for words first; the form has the dialog for them.
ASKS_FOR_WORDS = (rules.ON_HOLD, rules.REJECTED, rules.MERGED)


def insert_missing() -> None:
	"""Insert the board once; an admin who deletes it is not given another one."""
	active = workflow.active()
	if not active or frappe.db.get_default(KEY):
		return
	frappe.db.set_default(KEY, BOARD)
	if frappe.db.exists("Kanban Board", BOARD):
		return
	board = frappe.get_doc(
		{
			"doctype": "Kanban Board",
			"kanban_board_name": BOARD,
			"reference_doctype": DOCTYPE,
			"field_name": FIELD,
			"filters": json.dumps([[DOCTYPE, rules.STATUS_FIELD, "in", list(SHOWN)]]),
			"fields": json.dumps(CARD_FIELDS),
		}
	).insert(ignore_permissions=True)
	# Frappe collects the names of the cards for columns that a new board brings along.
	_set_columns(board, active)


def follow_workflow(doc: Document, method: str | None = None) -> None:
	"""``on_update`` of Workflow: the board has the states of the active one."""
	if doc.document_type != DOCTYPE or not doc.is_active:
		return
	if frappe.db.exists("Kanban Board", {"name": BOARD, "reference_doctype": DOCTYPE, "field_name": FIELD}):
		_set_columns(frappe.get_doc("Kanban Board", BOARD), doc)


def _set_columns(board: Document, active: Document) -> None:
	"""One column a state, in the workflow's order; what an admin chose for a column that stays is kept."""
	before = {column.column_name: column for column in board.columns}
	statuses = {row.state: row.update_value for row in active.states}
	if set(before) == set(statuses):
		return
	board.columns = []
	for state, status in statuses.items():
		kept = before.get(state)
		board.append(
			"columns",
			{
				"column_name": state,
				"status": kept.status if kept else ("Active" if status in SHOWN else "Archived"),
				"indicator": kept.indicator if kept else INDICATORS.get(status, "Gray"),
			},
		)
	board.save(ignore_permissions=True)


def keep_no_names(doc: Document, method: str | None = None) -> None:
	"""``validate`` of Kanban Board: everybody reads boards, and the names of cases would stand in them."""
	if doc.reference_doctype == DOCTYPE:
		for column in doc.columns:
			column.order = None


@frappe.whitelist(methods=["POST"])
def update_order_for_single_card(
	board_name: str,
	docname: str,
	from_colname: str,
	to_colname: str,
	old_index: str | int,
	new_index: str | int,
) -> Document:
	"""A card was dropped. For grievances: the move, or a refusal that puts the card back."""
	board = frappe.get_doc("Kanban Board", board_name)
	if board.reference_doctype != DOCTYPE:
		own = frappes_own(f"{FRAPPES}.update_order_for_single_card")
		return own(board_name, docname, from_colname, to_colname, old_index, new_index)
	board.check_permission("read")
	if from_colname != to_colname:
		_drop(board, docname, to_colname)
	return board


@frappe.whitelist(methods=["POST"])
def update_order(board_name: str, order: str) -> tuple[Document, list]:
	"""Boards of grievances keep no order, so nothing is written."""
	board = frappe.get_doc("Kanban Board", board_name)
	if board.reference_doctype != DOCTYPE:
		return frappes_own(f"{FRAPPES}.update_order")(board_name, order)
	board.check_permission("read")
	return board, []


@frappe.whitelist(methods=["POST"])
def add_card(board_name: str, docname: str, colname: str) -> Document:
	"""Boards of grievances keep no order; the new case stands in its column by itself."""
	board = frappe.get_doc("Kanban Board", board_name)
	if board.reference_doctype != DOCTYPE:
		return frappes_own(f"{FRAPPES}.add_card")(board_name, docname, colname)
	board.check_permission("read")
	return board


def _drop(board: Document, name: str, value: str) -> None:
	doc = frappe.get_doc(DOCTYPE, name, for_update=True)
	doc.check_permission("write")
	if board.field_name == FIELD:
		workflow.move(doc, _only_step(doc, value))
	else:
		doc.set(board.field_name, value)
		doc.save()


def _only_step(doc: Document, state: str) -> str:
	"""The one action of the viewer that leads from where the case stands to ``state``."""
	words = {"case": doc.name, "here": _(doc.workflow_state), "there": _(state)}
	words = {key: frappe.utils.escape_html(text) for key, text in words.items()}
	if workflow.status_of(state) in ASKS_FOR_WORDS:
		message = _(
			"{case} goes to {there} with words that its form asks for. Open the case and take the step there."
		)
		frappe.throw(message.format(**words))
	actions = {step["action"] for step in get_transitions(doc) if step["next_state"] == state}
	if not actions:
		message = _("No step that you may take leads {case} from {here} to {there}.")
		frappe.throw(message.format(**words), exc=frappe.PermissionError)
	if len(actions) > 1:
		message = _("Several steps lead {case} from {here} to {there}. Open the case and choose one.")
		frappe.throw(message.format(**words))
	return actions.pop()
