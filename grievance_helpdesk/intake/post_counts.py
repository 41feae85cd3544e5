"""What became of the citizens' posts that came within a period: counted in one range of one index, without reading a post.

Who sees every case sees every post. Any other officer sees the posts that belong to a case within reach; which posts belong to
none, and what became of them, is the State's to look after.
"""

from __future__ import annotations

import frappe
from frappe.query_builder.functions import Count, Date

from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.jurisdiction.scope.sight import STATE_WIDE_ROLES
from grievance_helpdesk.redressal.reporting import cases
from grievance_helpdesk.redressal.reporting.filters import Filters

REGISTERED = ("Grievance",)
JOINED = ("Thread", "Support")
SET_ASIDE = ("Not a Grievance",)
DECIDED = (*REGISTERED, *JOINED, *SET_ASIDE)
OF_A_CASE = ("district", "department", "category", "officer")


def table():
	return frappe.qb.DocType("Citizen Post")


def by_day(filters: Filters) -> list[dict]:
	"""``number`` of posts for each ``day``, ``channel``, ``state`` and ``by_person`` (whether a person decided it)."""
	post = table()
	day = Date(post.received_at)
	keys = (post.channel, post.state, post.decided_by_person)
	query = received(filters).select(day.as_("day"), *keys, Count("*").as_("number"))
	return query.groupby(day, *keys).run(as_dict=True)


def received(filters: Filters):
	"""Posts of the period that the viewer may see; with a filter of a case's field those of such cases only."""
	post = table()
	query = cases.read_by("posts_received", "Citizen Post").where(cases.within(post.received_at, filters))
	if filters.channel:
		query = query.where(post.channel == filters.channel)
	return _seen(query, filters)


def only_of_cases(filters: Filters) -> bool:
	"""Whether posts without a case are left out: the viewer sees them not, or a filter asks for something a case has."""
	return not _state_wide() or any(getattr(filters, field) for field in OF_A_CASE)


def _state_wide() -> bool:
	return frappe.session.user == "Administrator" or bool(set(frappe.get_roles()) & STATE_WIDE_ROLES)


def _seen(query, filters: Filters):
	post, grievance, case = table(), cases.table(), cases.in_scope()
	rule = scope.criterion_for("Grievance")
	if only_of_cases(filters):
		query = query.join(case).on(case.name == post.grievance)
		for field in OF_A_CASE:
			if (value := getattr(filters, field)) is not None:
				query = query.where(grievance[field] == value)
		return query if rule is None else query.where(rule)
	if rule is None:
		return query
	query = query.left_join(case).on(case.name == post.grievance)
	without = post.grievance.isnull() | (post.grievance == "")
	return query.where(without | (grievance.name.notnull() & rule))
