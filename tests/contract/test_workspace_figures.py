"""Every number card, chart and shortcut that is shipped counts what its viewer may see: two districts and the state.

The expected numbers are plain loops over the rows of :mod:`report_world` that the scope's oracle lets a person see. A
card, chart or shortcut that lies in the app without an expectation here is a failure.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta

import pytest

from grievance_helpdesk.jurisdiction.scope import surfaces
from grievance_helpdesk.redressal import charts
from tests.contract import desk_filters, records, report_world, scope_world

FIRST, SECOND = report_world.OFFICERS["District Nodal Officer"], "figures.second@example.com"
STATE = report_world.OFFICERS["State Nodal Officer"]
VIEWERS = (
	FIRST,
	SECOND,
	STATE,
	*(report_world.OFFICERS[role] for role in ("Grievance Cell", "Department Officer")),
)

rolled_back = report_world.rolled_back


CARDS, CHARTS = desk_filters.shipped("number_card"), desk_filters.shipped("dashboard_chart")
SHORTCUTS = desk_filters.shortcuts()


@pytest.fixture(scope="module", params=report_world.SEEDS)
def world(request):
	import frappe

	frappe.set_user("Administrator")
	for doctype in ("Grievance", "Grievance Appeal", "Escalation Problem", "Citizen Post"):
		frappe.db.delete(doctype)  # what a site held before; it comes back with the rollback
	world = report_world.build(request.param)
	_second_district(world)
	_facts_of_the_cards(world)
	yield world
	frappe.set_user("Administrator")
	frappe.db.rollback()


def _second_district(world) -> None:
	"""Another district with cases of its own, and its officer."""
	import frappe

	first = world.scope.officers["REPORT-district_nodal_officer"].postings[0][0]
	district = Counter(
		row.district for row in world.rows.values() if row.district not in (None, first)
	).most_common()[0][0]
	since = world.scope.today - timedelta(days=400)
	records.user(SECOND, "District Nodal Officer")
	world.scope.people[SECOND] = scope_world.Person(SECOND, {"District Nodal Officer"})
	world.scope.officers["FIGURES-2"] = scope_world.Officer(
		"FIGURES-2", SECOND, [(district, None, since, None)]
	)
	frappe.get_doc(
		{
			"doctype": "Nodal Officer",
			"official_id": "FIGURES-2",
			"officer_name": "Second",
			"designation": "Officer",
			"user": SECOND,
			"postings": [{"jurisdiction": district, "from_date": since}],
		}
	).insert()


def _facts_of_the_cards(world) -> None:
	"""Every third case is pressing, nobody's, of today, or somebody's own; each has a post, an appeal and a problem."""
	import frappe

	officers = [name for name, officer in world.scope.officers.items() if officer.user in VIEWERS]
	for number, (name, row) in enumerate(world.rows.items()):
		values = {"urgent": int(number % 3 == 0), "routing_status": ("Routed", "Unrouted")[number % 3 == 1]}
		if number % 4 == 0 and row.received_at:
			values["received_at"] = world.now - timedelta(hours=number % 15)
		if number % 5 == 0:
			values["resolve_by"] = world.now + timedelta(hours=number % 8)
		if number % 2 and not row.officer:
			values["officer"] = world.scope.cases[name].officer = officers[number % len(officers)]
		frappe.db.set_value("Grievance", name, values, update_modified=False)
		row.update(values)
		row.update(appeal=("Pending", "Decided")[number % 2], problem_solved=number % 2)
	now = world.now
	insert = frappe.db.bulk_insert
	rows = world.rows.values()
	insert(
		"Grievance Appeal",
		("name", "creation", "grievance", "status"),
		[(f"{row.name}-A", now, row.name, row.appeal) for row in rows],
	)
	insert(
		"Escalation Problem",
		("name", "creation", "grievance", "resolved"),
		[(f"{row.name}-P", now, row.name, row.problem_solved) for row in rows],
	)
	insert(
		"Citizen Post",
		("name", "creation", "grievance", "state"),
		[(f"{row.name}-C", now, row.name, "For Review") for row in rows],
	)


# What each one must count


def is_open(row) -> bool:
	return row.status == "Open"


def today(world, moment) -> bool:
	return bool(moment) and moment.date() == world.scope.today


def own(world, user: str) -> set[str]:
	return {
		name
		for name, officer in world.scope.officers.items()
		if officer.user == user and not officer.disabled
	}


NUMBERS = {
	"Open Grievances": lambda world, user, row: is_open(row),
	"My Open Grievances": lambda world, user, row: is_open(row) and row.officer in own(world, user),
	"Grievances Due Today": lambda world, user, row: is_open(row) and today(world, row.resolve_by),
	"Overdue Grievances": lambda world, user, row: is_open(row) and row.resolution_breached,
	"Grievances Awaiting the Citizen": lambda world, user, row: row.status == "On Hold",
	"Grievances Received Today": lambda world, user, row: today(world, row.received_at),
	"Open Emergencies": lambda world, user, row: is_open(row) and row.urgent,
	"Disputed Grievances": lambda world, user, row: is_open(row) and row.disputed_count > 0,
	"Unrouted Grievances": lambda world, user, row: is_open(row) and row.routing_status == "Unrouted",
	"Posts in the Triage Queue": lambda world, user, row: True,
	"Pending Grievance Appeals": lambda world, user, row: row.appeal == "Pending",
	"Open Escalation Problems": lambda world, user, row: not row.problem_solved,
}
SAME_AS = {
	"My open cases": "My Open Grievances",
	"Due today": "Grievances Due Today",
	"Overdue": "Overdue Grievances",
	"Awaiting citizen": "Grievances Awaiting the Citizen",
	"Emergencies": "Open Emergencies",
	"Unrouted": "Unrouted Grievances",
	"Disputed": "Disputed Grievances",
	"Appeals": "Pending Grievance Appeals",
	"Triage queue": "Posts in the Triage Queue",
	"Escalation problems": "Open Escalation Problems",
}
NO_CASES = ("Channel health",)


def seen(world, user: str) -> list:
	visible = world.scope.visible(user)
	return [row for row in world.rows.values() if row.name in visible]


def expected(world, user: str, name: str) -> int:
	return sum(bool(NUMBERS[name](world, user, row)) for row in seen(world, user))


def may_read(site, doctype: str) -> bool:
	return bool(site.has_permission(doctype, "read"))


@pytest.mark.bench
@pytest.mark.parametrize("name", CARDS)
def test_a_card_counts_in_the_scope(site, world, as_user, name: str):
	from frappe.desk.doctype.number_card import number_card

	assert name in NUMBERS, f"{name} has no expectation here"
	card = CARDS[name]
	told = {}
	for user in VIEWERS:
		with as_user(user):
			if not may_read(site, card["document_type"]):
				continue
			told[user] = int(number_card.get_result(json.dumps(card), json.dumps(desk_filters.of_card(card))))
		assert told[user] == expected(world, user, name), user
	assert told[STATE] > 0
	assert {told[FIRST], told[SECOND]} != {told[STATE]}, "the scope must make a difference"


@pytest.mark.bench
@pytest.mark.parametrize("label", SHORTCUTS)
def test_a_shortcut_counts_in_the_scope(site, world, as_user, label: str):
	shortcut = SHORTCUTS[label]
	if label in NO_CASES:
		assert shortcut["link_to"] == "Channel Account"
		return
	yesterday = (world.now - timedelta(days=1)).date()
	for user in VIEWERS:
		with as_user(user):
			if not may_read(site, shortcut["link_to"]):
				continue
			count = surfaces.get_count(shortcut["link_to"], desk_filters.of_shortcut(shortcut, world.now))
		if label == "New in my area":
			fresh = world.seen(user, lambda row: bool(row.received_at), status="Open")
			assert count == sum(row.received_at.date() >= yesterday for row in fresh), user
		else:
			assert count == expected(world, user, SAME_AS[label]), user


# Charts


def open_by(world, user: str, field: str) -> Counter:
	return Counter(row[field] for row in seen(world, user) if is_open(row))


def days_before(world, days: int) -> date:
	return world.scope.today - timedelta(days=days)


def bars(counts: Counter) -> list[list[int]]:
	ranked = sorted(counts.values(), reverse=True)
	top, rest = ranked[: charts.MOST_BARS], ranked[charts.MOST_BARS :]
	return [[*top, sum(rest)] if rest else top]


def by_place(world, user: str) -> list[list[int]]:
	counts = open_by(world, user, "district")
	return bars(counts if len(counts) > 1 else open_by(world, user, "jurisdiction"))


def per_day(world, user: str) -> list[list[int]]:
	days = [days_before(world, number) for number in reversed(range(charts.DAYS))]
	rows = seen(world, user)
	return [
		[sum(bool(row[field]) and row[field].date() == day for row in rows) for day in days]
		for field in ("received_at", "resolved_at")
	]


def by_status(world, user: str) -> list[list[int]]:
	first = days_before(world, charts.DAYS - 1)
	counts = Counter(
		row.status for row in seen(world, user) if row.received_at and row.received_at.date() >= first
	)
	return [[counts[status] for status in charts.STATUSES if counts[status]]]


def per_week(world, user: str) -> list[list[int]]:
	this = world.scope.today - timedelta(days=world.scope.today.weekday())
	weeks = [this - timedelta(weeks=number) for number in reversed(range(charts.WEEKS))]
	rows = [row for row in seen(world, user) if row.resolved_at]
	return [
		[
			sum(
				week <= row.resolved_at.date() < week + timedelta(days=7)
				and bool(row.resolution_breached) == late
				for row in rows
			)
			for week in weeks
		]
		for late in (False, True)
	]


SERIES = {
	"Grievances Received and Resolved per Day": per_day,
	"Open Grievances by Department": lambda world, user: bars(open_by(world, user, "department")),
	"Open Grievances by Place": by_place,
	"Grievances of the Last 30 Days by Status": by_status,
	"Grievances Resolved in Time and Late per Week": per_week,
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_counts_in_the_scope(site, world, as_user, name: str):
	assert name in SERIES, f"{name} has no expectation here"
	totals = set()
	for user in VIEWERS:
		with as_user(user):
			figures = charts.get(name)
		told = [dataset["values"] for dataset in figures["datasets"]] if figures else []
		wanted = SERIES[name](world, user)
		assert told == (wanted if any(map(any, wanted)) else []), user
		assert all(len(values) == len(figures["labels"]) for values in told)
		totals.add(sum(map(sum, told)))
	assert len(totals) > 2, "the officers must see different numbers"


def test_every_chart_is_shipped_with_its_figures():
	assert set(CHARTS) == set(charts.CHARTS)
	assert {chart["source"] for chart in CHARTS.values()} == set(
		desk_filters.shipped("dashboard_chart_source")
	)


def test_a_district_officer_reads_places_the_state_reads_districts(site, world, as_user):
	names = dict(site.get_all("Jurisdiction", fields=["name", "jurisdiction_name"], as_list=True, limit=0))
	with as_user(STATE):
		districts = charts.get("Open Grievances by Place")["labels"]
	with as_user(SECOND):
		places = charts.get("Open Grievances by Place")["labels"]
	assert {names[row.district] for row in seen(world, STATE) if row.district and is_open(row)} <= set(
		districts
	)
	assert len(places) > 1 and set(places) != set(districts)


def test_without_the_role_there_is_no_chart(site, world, as_user):
	records.user("figures.nobody@example.com")
	with as_user("figures.nobody@example.com"), pytest.raises(site.PermissionError):
		charts.get("Open Grievances by Place")


def test_an_unknown_chart_is_refused(site, world):
	with pytest.raises(site.DoesNotExistError, match="There is no chart Nothing"):
		charts.get("Nothing")


def test_whoever_holds_no_office_has_no_cases_of_their_own(site, world, as_user):
	records.user("figures.cell@example.com", "Grievance Cell")
	with as_user("figures.cell@example.com"):
		assert desk_filters.own_offices() == ["figures.cell@example.com"]
	with as_user(SECOND):
		assert desk_filters.own_offices() == ["FIGURES-2"]
