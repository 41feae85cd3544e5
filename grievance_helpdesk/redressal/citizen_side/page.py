"""The citizen's page ``/grievance?key=…`` as plain values: what it shows, and what a sent form does.

The page needs no script: every button sends a form, which is answered with a redirect to the page as it is then. A
refused form is shown again with the reason and the words that were typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import frappe
from frappe.utils import cint
from markupsafe import Markup, escape

from grievance_helpdesk.redressal.citizen_side import api as citizen_api
from grievance_helpdesk.redressal.citizen_side.feedback import COMMENT_LENGTH, RATINGS
from grievance_helpdesk.redressal.citizen_side.words import (
	HINDI,
	LANGUAGES,
	WORDS,
	language_for,
	say,
	spoken_date,
)

ROUTE = "/grievance"
DONE = ("thanks_solved", "thanks_not_solved", "thanks_appeal")
MOMENTS = (
	"received_at",
	"acknowledge_by",
	"acknowledged_at",
	"resolve_by",
	"expected_by",
	"resolved_at",
	"closed_at",
)
TYPED = ("rating", "comment", "reason", "appeal")


@dataclass(slots=True)
class Answer:
	"""``view`` for the template (escaped already), or ``location`` to go to after a form was accepted."""

	status: int
	view: dict | None = None
	location: str | None = None


def respond(form: dict, method: str) -> Answer:
	key, chosen = str(form.get("key") or ""), str(form.get("lang") or "")
	# The limiter counts by this name; pages have none of their own.
	frappe.form_dict.cmd = f"{ROUTE} {method}"
	if method != "POST":
		done = form.get("done")
		return _show(key, chosen, done=done if done in DONE else None)
	frappe.db.savepoint("citizen_form")
	try:
		done = _act(form, key, chosen)
	except frappe.ValidationError as refusal:
		frappe.db.rollback(save_point="citizen_form")
		frappe.clear_messages()
		if isinstance(refusal, (frappe.DoesNotExistError, frappe.RateLimitExceededError)):
			return _refused(refusal, chosen)
		return _show(key, chosen, problem=str(refusal), form=form)
	return Answer(303, location=f"{address(key, chosen)}&done={done}#result")


def address(key: str, language: str = "") -> str:
	return f"{ROUTE}?{urlencode({'key': key, **({'lang': language} if language in LANGUAGES else {})})}"


def _act(form: dict, key: str, language: str) -> str:
	"""Do what the form asks; returns the key of the sentence that thanks."""
	if form.get("form") == "appeal":
		citizen_api.appeal(key, str(form.get("reason") or ""), language)
		return "thanks_appeal"
	solved = str(form.get("solved") or "")
	rating, appeal = str(form.get("rating") or ""), cint(form.get("appeal"))
	citizen_api.feedback(key, solved, rating, str(form.get("comment") or ""), appeal, language)
	if solved != "1":
		return "thanks_not_solved"
	return "thanks_appeal" if appeal and rating == "Poor" else "thanks_solved"


def _show(
	key: str, chosen: str, done: str | None = None, problem: str = "", form: dict | None = None
) -> Answer:
	try:
		facts = citizen_api.track(key, chosen)
	except (frappe.DoesNotExistError, frappe.RateLimitExceededError) as refusal:
		frappe.clear_messages()
		return _refused(refusal, chosen)
	language = facts["language"]
	typed = {name: str((form or {}).get(name) or "")[: 2 * COMMENT_LENGTH] for name in TYPED}
	view = {
		**_frame(key, language),
		"case": _spoken(facts, language),
		"sentence": _sentence(facts, language),
		"typed": typed,
		"problem": problem,
		"done": say(done, language) if done else "",
	}
	return Answer(422 if problem else 200, view=safe(view))


def _refused(refusal: Exception, chosen: str) -> Answer:
	"""No case is shown: the key is unknown, or too many requests came."""
	language = language_for(chosen)
	late = isinstance(refusal, frappe.RateLimitExceededError)
	sentence = "too_many" if late else "unknown_key"
	view = {**_frame("", language), "case": None, "problem": say(sentence, language)}
	if chosen not in LANGUAGES:
		# Nobody knows which language this citizen reads.
		view["problem_again"] = say(sentence, view["other_language"])
	return Answer(429 if late else 404, view=safe(view))


def _frame(key: str, language: str) -> dict:
	"""What every page has: its words, its language and the way to the other one."""
	other = next(code for code in LANGUAGES if code != language)
	return {
		"key": key,
		"language": language,
		"other_language": other,
		"other_address": address(key, other),
		"words": {name: say(name, language) for name in WORDS},
		"ratings": [{"value": rating, "label": say(f"rating_{rating}", language)} for rating in RATINGS],
		"limit": COMMENT_LENGTH,
		"comment_help": say("comment_help", language, limit=COMMENT_LENGTH),
		"state": _state(language),
	}


def _state(language: str) -> str:
	state = frappe.get_cached_doc("Grievance Settings").state
	names = state and frappe.db.get_value("Jurisdiction", state, ["jurisdiction_name", "name_hi"])
	return ((names[1] if language == HINDI else "") or names[0]) if names else ""


def _spoken(facts: dict, language: str) -> dict:
	"""The facts with their moments in words."""
	spoken = {**facts, **{name: spoken_date(facts[name], language) for name in MOMENTS if name in facts}}
	may = facts["may"]
	until, appeal_until = may["not_solved_until_text"], may["appeal_until_text"]
	spoken["not_solved_help"] = say("not_solved_until", language, until=until) if until else ""
	spoken["appeal_help"] = say("appeal_help", language, until=appeal_until) if appeal_until else ""
	for part in ("steps", "timeline"):
		rows = facts.get(part) or []
		spoken[part] = [{**row, "at": spoken_date(row["at"], language)} for row in rows]
	return spoken


def _sentence(facts: dict, language: str) -> str:
	"""What the citizen reads where there is nothing to do."""
	may = facts["may"]
	if may["appeal_pending"]:
		due = spoken_date(may["appeal_decision_by"], language) or say("not_set", language)
		return say("appeal_pending", language, due=due)
	if may["feedback"] or may["appeal"]:
		return ""
	return say("finished" if facts["status"] in ("Closed", "Rejected") else "nothing_to_do", language)


def add_headers(response, request) -> None:
	"""``after_request``: what a key opens is kept by no cache and shown in nobody's frame."""
	if request.path.rstrip("/") == ROUTE or "citizen_api" in request.path:
		response.headers["Cache-Control"] = "no-store"
		response.headers["Referrer-Policy"] = "no-referrer"
		response.headers["X-Frame-Options"] = "DENY"


def safe(value):
	"""Everything escaped for HTML, through lists and dicts; braces too, which Frappe's pages give a meaning."""
	if isinstance(value, str):
		return Markup(str(escape(value)).replace("{", "&#123;").replace("}", "&#125;"))
	if isinstance(value, dict):
		return {name: safe(part) for name, part in value.items()}
	if isinstance(value, list):
		return [safe(part) for part in value]
	return value
