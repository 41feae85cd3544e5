"""What people decide about posts in the triage queue. Permissions are checked by the callers."""

from __future__ import annotations

import frappe
from frappe import _

from grievance_helpdesk.intake import knowledge, outcomes, processing
from grievance_helpdesk.intake.decisions import OPEN, Decision
from grievance_helpdesk.intake.triage.engine import PostText
from grievance_helpdesk.redressal import citizens, corrections, registration
from grievance_helpdesk.redressal.casework import merge_chain

RELATIONS = ("Support", "Thread")
NOT_A_GRIEVANCE = "Not a Grievance"


def accept(post, category: str | None, jurisdiction: str | None) -> str:
	"""Register the post as a grievance, with the category and the place that the person named. Returns its name."""
	check_exists("Grievance Category", category)
	check_exists("Jurisdiction", jurisdiction)
	result = _triage(post)
	decision = Decision("Grievance", _("Accepted by {0}.").format(frappe.utils.get_fullname()))
	values = outcomes.grievance_values(post, result, decision, _citizen(post))
	if category and category != values["category"]:
		values |= {"category": category, "department": None}
	if jurisdiction:
		values["jurisdiction"] = jurisdiction
	values |= {"needs_review": 0, "review_reasons": None}
	registrar = registration.Registrar()
	grievance = registrar.register(values)
	registrar.finish()
	_keep_corrections(post, category, jurisdiction, grievance.name)
	_settle(post, "Grievance", grievance.name, decision.reason)
	return grievance.name


def set_aside(post, ground: str) -> None:
	"""Mark the post as no grievance; it stays searchable."""
	check_exists("Non-grievance Ground", ground)
	corrections.keep(
		field="kind",
		predicted=post.kind,
		corrected=NOT_A_GRIEVANCE,
		confidence=post.confidence or 0,
		text=post.text or "",
		citizen_post=post.name,
	)
	_settle(
		post, NOT_A_GRIEVANCE, None, _("Set aside by {0}.").format(frappe.utils.get_fullname()), ground=ground
	)


def join(post, grievance: str, relation: str) -> str:
	"""Link the post to a grievance as support or as a message of the same citizen. Returns the grievance."""
	if relation not in RELATIONS:
		frappe.throw(_("A post joins a grievance as one of: {0}.").format(", ".join(RELATIONS)))
	grievance = merge_chain.final_target(grievance)
	status = frappe.db.get_value("Grievance", grievance, "status")
	if status not in OPEN:
		frappe.throw(_("{0} is {1}; a post can only join an open grievance.").format(grievance, _(status)))
	reason = _("Linked by {0}.").format(frappe.utils.get_fullname())
	if relation == "Thread":
		registration.add_message(grievance, post.author_name, post.public_text or "", reason)
	else:
		registration.add_supports({grievance: 1})
	_settle(post, relation, grievance, reason)
	return grievance


def again(names: list[str]) -> dict[str, str]:
	"""Judge posts with the present rules. Returns the new state of each."""
	processing.process(names, again=True)
	rows = frappe.get_all("Citizen Post", filters={"name": ["in", names]}, fields=["name", "state"], limit=0)
	return {row.name: row.state for row in rows}


@frappe.whitelist(methods=["POST"])
def process(names: list[str] | str) -> dict[str, str]:
	"""Judge these Citizen Posts again, as far as no grievance was made of them. Returns the state of each."""
	names = frappe.parse_json(names)
	for name in names:
		frappe.get_doc("Citizen Post", name).check_permission("write")
	return again(names)


def check_exists(doctype: str, name: str | None) -> None:
	if name and not frappe.db.exists(doctype, name):
		frappe.throw(_("There is no {0} {1}.").format(_(doctype), frappe.utils.escape_html(name)))


def _triage(post):
	text = PostText(
		post.text or "",
		channel=post.channel,
		author=post.author_key or "",
		posted_at=post.posted_at,
		subject=post.subject or "",
		post_id=post.name,
	)
	return knowledge.load().engine.triage(text)


def _citizen(post) -> str | None:
	author = outcomes.author_of(post)
	return citizens.find_or_create([author]).get(author.key) if author.external_id else None


def _keep_corrections(post, category: str | None, jurisdiction: str | None, grievance: str) -> None:
	for field, chosen in (("category", category), ("jurisdiction", jurisdiction)):
		if chosen and chosen != post.get(field):
			corrections.keep(
				field=field,
				predicted=post.get(field),
				corrected=chosen,
				confidence=post.confidence or 0,
				text=post.text or "",
				grievance=grievance,
				citizen_post=post.name,
			)


def _settle(post, state: str, grievance: str | None, reason: str, ground: str | None = None) -> None:
	post.db_set(
		{
			"state": state,
			"grievance": grievance,
			"ground": ground,
			"decided_by_person": 1,
			"needs_review": 0,
			"review_reasons": reason,
			"citizen": post.citizen or (grievance and _citizen(post)),
			"next_attempt_at": None,
			"error": None,
		}
	)
