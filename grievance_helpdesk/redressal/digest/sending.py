"""The job: each hour it looks whether today's digest is due, builds one for each officer, and queues what tells something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.all_or_nothing import all_or_nothing
from grievance_helpdesk.redressal.citizen_side.words import HINDI, spoken_date
from grievance_helpdesk.redressal.digest import figures, paper, recipients
from grievance_helpdesk.redressal.digest.recipients import Recipient
from grievance_helpdesk.redressal.digest.words import say

BATCH = 200
SETTINGS = "Grievance Settings"


def run(now: datetime | None = None) -> dict[str, int] | None:
	"""Send today's digest if it is due; returns how many were sent, failed or had nothing to tell. Commits."""
	now = now or moment.now()
	if not is_due(now) or not can_send():
		return None
	# Marked first: whatever happens below, nobody gets the same digest twice.
	frappe.db.set_single_value(SETTINGS, "digest_sent_on", now.date(), update_modified=False)
	frappe.db.commit()
	done = Counter(sent=0, failed=0, nothing=0)
	everybody = recipients.on(now.date())
	for start in range(0, len(everybody), BATCH):
		done.update(send(everybody[start : start + BATCH], now))
		frappe.db.commit()
	note(done, "digest_outcome")
	frappe.db.commit()
	return dict(done)


def is_due(now: datetime) -> bool:
	settings = frappe.get_cached_doc(SETTINGS)
	if not settings.daily_digest or now.hour < (settings.digest_hour or 0):
		return False
	last = frappe.db.get_single_value(SETTINGS, "digest_sent_on")
	return not last or getdate(last) < now.date()


def can_send() -> bool:
	return bool(frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1}))


def note(done: Counter, fieldname: str) -> None:
	"""How it went, on the settings' form."""
	words = _("{0} sent, {1} failed (see Error Log), {2} had nothing to tell").format(
		done["sent"], done["failed"], done["nothing"]
	)
	frappe.db.set_single_value(SETTINGS, fieldname, words, update_modified=False)


def send(people: Iterable[Recipient], now: datetime) -> Counter:
	"""Queue a mail for each of them who has something to read; a mail that fails is logged, the others go on."""
	people = list(people)
	figured = Figured.of(people, now)
	return Counter(
		attempt(person, lambda person=person: _send(person, figured.digest(person))) for person in people
	)


def attempt(person: Recipient, act: Callable[[], bool]) -> str:
	"""``sent``, ``nothing`` when ``act`` says that there was nothing to send, or ``failed``: the Error Log says for whom and why."""
	try:
		with all_or_nothing("mail_to_officer"):
			return "sent" if act() else "nothing"
	except frappe.QueryDeadlockError:
		raise
	except Exception:  # noqa: BLE001 (one address that cannot be written to: it is logged, the others get theirs)
		frappe.clear_messages()
		frappe.log_error(f"Mail to an officer failed: {person.user}")
		return "failed"


def _send(person: Recipient, digest: dict | None) -> bool:
	if not digest:
		return False
	frappe.sendmail(
		recipients=[person.email],
		subject=subject(digest, person.language),
		message=paper.mail(digest, person.language),
		reference_doctype=SETTINGS,
		reference_name=SETTINGS,
		# Frappe keeps who followed this link, and leaves that person out from then on.
		unsubscribe_message=say("unsubscribe", person.language),
	)
	return True


def subject(digest: dict, language: str) -> str:
	counts = {
		name: max(digest["own"][name], (digest["area"] or digest["own"])[name])
		for name in ("overdue", "due_today")
	}
	return say("subject", language, day=spoken_date(digest["day"], language), **counts)


@dataclass(frozen=True, slots=True)
class Figured:
	"""The figures of a batch of people, from which each one's digest is made."""

	question: figures.Question
	own: dict[str, dict]

	@classmethod
	def of(cls, people: Iterable[Recipient], now: datetime) -> Figured:
		question = figures.Question(now, frappe.get_cached_doc(SETTINGS).waiting_days or 0)
		return cls(question, figures.own([name for person in people for name in person.officers], question))

	def digest(self, person: Recipient) -> dict | None:
		"""What the mail of this person says; None where nothing presses."""
		found = [self.own[name] for name in person.officers if name in self.own]
		counts = {name: sum(part["counts"][name] for part in found) for name in figures.FIGURES}
		area = figures.area(person.user, self.question) if person.leads else None
		if not _presses(counts) and not (area and _presses(area["counts"])):
			return None
		rows = sorted((row for part in found for row in part["cases"]), key=_by_limit)
		return {
			"day": self.question.now.date(),
			"own": counts,
			"cases": [_case(row, self.question.now) for row in rows[: figures.MOST_CASES]],
			"area": area["counts"] if area else None,
			"officers": _titled(area["officers"], person.language) if area else [],
			"address": _list_of(person.officers),
		}


def _by_limit(row) -> datetime:
	return get_datetime(row.resolve_by) if row.resolve_by else datetime.max


def _presses(counts: dict[str, int]) -> bool:
	return any(counts[name] for name in figures.PRESSING)


def _case(row, now: datetime) -> dict:
	due = get_datetime(row.resolve_by) if row.resolve_by else None
	return {
		"number": row.name,
		"address": frappe.utils.get_url_to_form("Grievance", row.name),
		"subject": None if row.confidential else row.subject,
		"due": due,
		"late": bool(due and due < now),
	}


def _list_of(officers: tuple[str, ...]) -> str:
	"""The list of these officers' open cases."""
	one = officers[0] if len(officers) == 1 else frappe.as_json(["in", list(officers)], indent=0)
	return frappe.utils.get_url(f"/app/grievance?{urlencode({'status': 'Open', 'officer': one})}")


def _titled(rows: list[dict], language: str) -> list[dict]:
	"""Officers by designation and ID, as every paper names them."""
	fields = ["name", "designation", "designation_hi", "official_id"]
	names = [row["officer"] for row in rows if row["officer"]]
	known = {
		row.name: row
		for row in frappe.get_all("Nodal Officer", {"name": ["in", names or [""]]}, fields, limit=0)
	}
	return [{**row, "title": _title(known.get(row["officer"]), language)} for row in rows]


def _title(officer, language: str) -> str:
	if not officer:
		return ""
	designation = (officer.designation_hi if language == HINDI else "") or officer.designation
	return say("id", language, designation=designation, official_id=officer.official_id)
