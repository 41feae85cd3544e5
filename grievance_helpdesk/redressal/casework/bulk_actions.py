"""One act on many grievances, from the list. Each grievance is asked for its own right and stands or falls alone.

The answer names those done and those refused, each with its reason. More than :data:`AT_ONCE` run in the background, and
the person finds the answer among the notifications.
"""

from collections.abc import Callable, Sequence
from html import unescape

import frappe
from frappe import _

from grievance_helpdesk.redressal import workflow
from grievance_helpdesk.redressal.all_or_nothing import all_or_nothing
from grievance_helpdesk.redressal.casework import transfers
from grievance_helpdesk.redressal.workflow import permitted

AT_ONCE = 50
MOST = 1000
COMMIT_EVERY = 25
LONGEST_REASON = 300


@frappe.whitelist(methods=["POST"])
def assign(names: list[str] | str, officer: str, reason: str = "") -> dict:
	"""Give each grievance to ``officer``, who must answer for its place and department."""
	return _start(names, "assign", officer=officer, reason=reason)


@frappe.whitelist(methods=["POST"])
def transfer(
	names: list[str] | str,
	reason: str,
	department: str | None = None,
	jurisdiction: str | None = None,
	officer: str | None = None,
) -> dict:
	"""Take each grievance to another department or district, for one reason."""
	return _start(
		names,
		"transfer",
		reason=reason,
		department=department,
		jurisdiction=jurisdiction,
		officer=officer,
	)


@frappe.whitelist(methods=["POST"])
def close(names: list[str] | str, text: str, action: str | None = None) -> dict:
	"""Say with one Action Taken text what was done for each grievance, and resolve it.

	``action`` names a step of the workflow to take instead of the one that resolves, for officers who hand their
	text to somebody who approves it.
	"""
	return _start(names, "close", text=text, action=action)


def _assign_one(name: str, officer: str, reason: str) -> None:
	transfers.assign(name, officer, reason)


def _transfer_one(name: str, **values) -> None:
	transfers.transfer(name, **values)


def _close_one(name: str, text: str, action: str | None) -> None:
	doc = frappe.get_doc("Grievance", name, for_update=True)
	doc.check_permission("write")
	if action:
		permitted.check_action(doc, action)
	else:
		action = permitted.action_to(doc, "Resolved", _("resolve"))
	workflow.move(doc, action, {"action_taken": _joined(doc.action_taken, text)})


def _joined(before: str | None, text: str) -> str:
	"""What was written about this grievance alone stays, and stands before the text for all."""
	before, text = (before or "").strip(), (text or "").strip()
	return before if text in before else f"{before}\n\n{text}".strip()


ACTS: dict[str, Callable[..., None]] = {
	"assign": _assign_one,
	"transfer": _transfer_one,
	"close": _close_one,
}


def _start(names: list[str] | str, act: str, **values) -> dict:
	names = _chosen(names)
	if len(names) > MOST:
		frappe.throw(_("Choose at most {0} grievances at once.").format(MOST))
	if len(names) <= AT_ONCE:
		return run(names, act, values)
	frappe.enqueue(
		run_in_background, queue="long", names=names, act=act, values=values, enqueue_after_commit=True
	)
	return {"queued": len(names)}


def _chosen(names: list[str] | str) -> list[str]:
	"""Each name once; a request from a browser brings them as JSON."""
	try:
		names = frappe.parse_json(names)
	except ValueError:
		names = None
	if not isinstance(names, list) or not names:
		frappe.throw(_("Choose at least one grievance."))
	return list(dict.fromkeys(str(name) for name in names))


def run(names: list[str], act: str, values: dict, *, commit: bool = False) -> dict:
	"""Act on each grievance behind a savepoint of its own. Returns ``{"done": […], "refused": [{"name", "reason"}]}``."""
	done, refused = [], []
	for number, name in enumerate(names, 1):
		messages = len(frappe.local.message_log)
		try:
			with all_or_nothing("bulk_act"):
				ACTS[act](name, **values)
			done.append(name)
		except (frappe.ValidationError, frappe.PermissionError) as refusal:
			# The reason stands in the answer; as a message it would cover the screen once for each grievance.
			del frappe.local.message_log[messages:]
			refused.append({"name": name, "reason": _reason_of(refusal)})
		frappe.publish_progress(number * 100 / len(names), title=_("Grievances"), description=name)
		if commit and number % COMMIT_EVERY == 0:
			frappe.db.commit()
	return {"done": done, "refused": refused}


def _reason_of(refusal: Exception) -> str:
	# Plain text: messages are HTML, and whoever shows the reason escapes it.
	reason = unescape(frappe.utils.strip_html(str(refusal))) or _("You may not change this grievance.")
	return reason[:LONGEST_REASON]


def run_in_background(names: list[str], act: str, values: dict) -> dict:
	"""The job: acts with the right of the person who asked, and tells that person in the end."""
	try:
		outcome = run(names, act, values, commit=True)
	except Exception:
		# Whatever stopped it stands in the Error Log; who waits for the answer learns it here.
		frappe.db.rollback()
		_notify(
			_("The act on {0} grievances stopped in the middle: look at the list and choose again.").format(
				len(names)
			)
		)
		frappe.db.commit()
		raise
	counts = (len(outcome["done"]), len(outcome["refused"]))
	_notify(_("{0} grievances done, {1} refused").format(*counts), outcome["refused"])
	return outcome


def _notify(subject: str, refused: Sequence[dict] = ()) -> None:
	escape = frappe.utils.escape_html
	rows = "".join(f"<li>{escape(refusal['name'])}: {escape(refusal['reason'])}</li>" for refusal in refused)
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"for_user": frappe.session.user,
			"type": "Alert",
			"subject": subject,
			"email_content": f"<ul>{rows}</ul>" if rows else "",
		}
	).insert(ignore_permissions=True)
