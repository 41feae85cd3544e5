"""Workflows: which step leads on, who may take it, and the check of each save. Names and messages are Frappe's."""

from __future__ import annotations

from .. import exceptions, permissions, utils
from ..hooks import whitelist
from ..messages import _, bold, clear_messages, get_message_log, throw
from ..records import get_cached_doc, get_cached_value, get_doc
from ..state import _dict, cache, db, local
from ..utils.data import parse_json
from ..utils.safe_exec import safe_eval


class WorkflowStateError(exceptions.ValidationError):
	pass


class WorkflowTransitionError(exceptions.ValidationError):
	pass


class WorkflowPermissionError(exceptions.ValidationError):
	pass


def get_workflow_name(doctype: str) -> str:
	"""The active workflow of a DocType; empty when it has none."""
	name = cache.hget("workflow", doctype)
	if name is None:
		name = db.get_value("Workflow", {"document_type": doctype, "is_active": 1}, "name") or ""
		cache.hset("workflow", doctype, name)
	return name


def get_workflow(doctype: str):
	return get_cached_doc("Workflow", get_workflow_name(doctype))


def get_workflow_state_field(workflow_name: str) -> str:
	return get_cached_value("Workflow", workflow_name, "workflow_state_field")


@whitelist()
def get_transitions(doc, workflow=None, raise_exception: bool = False) -> list[dict]:
	"""The steps that the current user may take from here."""
	from .document import Document

	if not isinstance(doc, Document):
		doc = get_doc(parse_json(doc))
		doc.load_from_db()
	if doc.is_new():
		return []
	doc.check_permission("read")
	workflow = workflow or get_workflow(doc.doctype)
	state = doc.get(workflow.workflow_state_field)
	if not state:
		if raise_exception:
			raise WorkflowStateError
		throw(_("Workflow State not set"), WorkflowStateError)
	roles = permissions.get_roles()
	return [
		row.as_dict()
		for row in workflow.transitions
		if row.state == state and row.allowed in roles and is_transition_condition_satisfied(row, doc)
	]


def get_workflow_safe_globals() -> dict:
	names = ("now_datetime", "add_to_date", "get_datetime", "now")
	return {
		"frappe": _dict(
			db=_dict(get_value=db.get_value, get_list=_get_list),
			session=local.session,
			utils=_dict({name: getattr(utils, name) for name in names}),
		)
	}


def _get_list(*args, **kwargs) -> list:
	from ..records import get_all

	return get_all(*args, **kwargs)


def is_transition_condition_satisfied(transition, doc) -> bool:
	if not transition.condition:
		return True
	return safe_eval(transition.condition, get_workflow_safe_globals(), {"doc": doc.as_dict()})


def has_approval_access(user: str, doc, transition) -> bool:
	return user == "Administrator" or transition.get("allow_self_approval") or user != doc.get("owner")


@whitelist()
def apply_workflow(doc, action):
	"""Take a step; the document is read again first. Returns it."""
	doc = get_doc(parse_json(doc))
	doc.load_from_db()
	workflow = get_workflow(doc.doctype)
	found = [row for row in get_transitions(doc, workflow) if row.action == action]
	if not found:
		throw(_("Not a valid Workflow Action"), WorkflowTransitionError)
	transition = found[-1]
	if not has_approval_access(local.session.user, doc, transition):
		throw(_("Self approval is not allowed"))
	doc.set(workflow.workflow_state_field, transition.next_state)
	row = next(row for row in workflow.states if row.state == transition.next_state)
	if row.update_field:
		doc.set(row.update_field, row.update_value)
	if row.doc_status not in (None, "", "0"):
		raise NotImplementedError("embedded site: workflow states of submitted documents")
	doc.save()
	doc.add_comment("Workflow", _(row.state))
	return doc


def validate_workflow(doc) -> None:
	"""Part of each save: the state is one of the workflow, and the user may go there from the one before."""
	workflow = get_workflow(doc.doctype)
	before = doc.get_doc_before_save()
	first = workflow.states[0].state
	current = (before and before.get(workflow.workflow_state_field)) or first
	next_state = doc.get(workflow.workflow_state_field)
	if not next_state:
		next_state = first
		doc.set(workflow.workflow_state_field, next_state)
	if current not in [row.state for row in workflow.states]:
		throw(
			_("{0} is not a valid Workflow State. Please update your Workflow and try again.").format(
				bold(current)
			)
		)
	if current == next_state:
		return
	if not before or next_state not in [row.next_state for row in get_transitions(before)]:
		throw(
			_("Workflow State transition not allowed from {0} to {1}").format(
				bold(current), bold(next_state)
			),
			WorkflowPermissionError,
		)


@whitelist()
def bulk_workflow_approval(docnames, doctype, action) -> None:
	"""One step for many documents; what fails leaves the others alone and is told in a message."""
	names = parse_json(docnames)
	if len(names) > 500:
		throw(_("Bulk approval only support up to 500 documents."), title=_("Too Many Documents"))
	clear_messages()
	for name in names:
		try:
			apply_workflow(get_doc(doctype, name), action)
			db.commit()
		except exceptions.ValidationError:
			db.rollback()
	failed = [message for message in get_message_log() if message.get("raise_exception")]
	local.message_log = failed
