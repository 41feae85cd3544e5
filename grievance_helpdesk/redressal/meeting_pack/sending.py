"""The weekly mail: the pack as a PDF to each State Nodal Officer and Grievance Administrator, under that person's own scope."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import frappe
from frappe.utils import getdate
from frappe.utils.pdf import get_pdf
from markupsafe import escape

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.citizen_side.words import spoken_date
from grievance_helpdesk.redressal.digest import recipients, sending
from grievance_helpdesk.redressal.digest.recipients import Recipient
from grievance_helpdesk.redressal.meeting_pack import api
from grievance_helpdesk.redressal.meeting_pack.words import say

ROLES = ("State Nodal Officer", "Grievance Administrator")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ALMOST_A_WEEK = timedelta(days=6)
SETTINGS = sending.SETTINGS


def run(now: datetime | None = None) -> dict[str, int] | None:
	"""Send this week's pack if it is due; returns how many were sent or failed. Commits."""
	now = now or moment.now()
	if not is_due(now) or not sending.can_send():
		return None
	# Marked first: whatever happens below, nobody gets the same pack twice.
	frappe.db.set_single_value(SETTINGS, "pack_sent_on", now.date(), update_modified=False)
	frappe.db.commit()
	done = Counter(sent=0, failed=0, nothing=0)
	for person in recipients.with_roles(ROLES):
		done[sending.attempt(person, lambda person=person: _send(person, now))] += 1
		frappe.db.commit()
	sending.note(done, "pack_outcome")
	frappe.db.commit()
	return dict(done)


def is_due(now: datetime) -> bool:
	"""On its day of the week, from the digest's hour on."""
	settings = frappe.get_cached_doc(SETTINGS)
	if not settings.weekly_pack or now.hour < (settings.digest_hour or 0):
		return False
	last = frappe.db.get_single_value(SETTINGS, "pack_sent_on")
	recent = last and getdate(last) >= now.date() - ALMOST_A_WEEK
	return WEEKDAYS[now.weekday()] == settings.pack_day and not recent


def _send(person: Recipient, now: datetime) -> bool:
	before = frappe.session.user
	# The queries of the reports count what the present user may see.
	frappe.set_user(person.user)
	try:
		with moment.fixed(now):
			html, totals = api.build({}, person.language)
	finally:
		frappe.set_user(before)
	counts = {name: totals[name] for name in ("pending", "overdue")}
	frappe.sendmail(
		recipients=[person.email],
		subject=say("subject", person.language, day=spoken_date(now.date(), person.language)),
		message=str(escape(say("mail", person.language, **counts))),
		attachments=[
			{"fname": f"grievances-{now:%Y-%m-%d}.pdf", "fcontent": get_pdf(html, dict(api.OPTIONS))}
		],
	)
	return True
