"""A random small state with officers and cases, and a plain oracle that says who sees what.

The oracle is written from the rule in words and knows nothing of the app's own code: postings are compared by walking
up the tree of places, absences and reporting lines by following names.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import frappe

from grievance_helpdesk.jurisdiction.scope import handlers
from tests.contract import records

ROLES = (
	"District Nodal Officer",
	"Department Officer",
	"Grievance Cell",
	"Grievance Auditor",
	"State Nodal Officer",
	"Grievance Administrator",
)
STATE_WIDE = {"Grievance Cell", "Grievance Auditor", "State Nodal Officer", "Grievance Administrator"}
CONFIDENTIAL = {"State Nodal Officer", "Grievance Administrator"}
LEVELS = ("State", "Division", "District", "Sub-division", "Village")
DEPARTMENTS = ("SCOPE-A", "SCOPE-B", "SCOPE-C")

CASE_COLUMNS = (
	*("name", "subject", "description", "channel", "grievance_type", "status", "priority"),
	*("jurisdiction", "district", "scope_path", "department", "officer"),
	*("confidential", "complaint_against", "tracking_key", "owner", "creation"),
)


@dataclass
class Person:
	user: str
	roles: set[str]


@dataclass
class Officer:
	name: str
	user: str
	postings: list[tuple[str, str | None, date, date | None]]
	reports_to: str | None = None
	acting: str | None = None
	away: tuple[date, date | None] | None = None
	disabled: bool = False


@dataclass
class Case:
	name: str
	place: str
	department: str | None
	officer: str | None
	confidential: bool
	about: str | None
	handlers: set[str] = field(default_factory=set)
	shared: set[str] = field(default_factory=set)


@dataclass
class World:
	parents: dict[str, str | None]
	people: dict[str, Person]
	officers: dict[str, Officer]
	cases: dict[str, Case]
	today: date

	def visible(self, user: str) -> set[str]:
		return {case.name for case in self.cases.values() if self.sees(user, case)}

	def sees(self, user: str, case: Case) -> bool:
		person = self.people[user]
		if not person.roles:
			return user in case.shared
		own = [officer for officer in self.officers.values() if officer.user == user]
		if any(self.is_about(case, officer) for officer in own):
			return False
		active = [officer for officer in own if not officer.disabled]
		if self.reaches(case, person.user, person.roles & STATE_WIDE, person.roles & CONFIDENTIAL, active):
			return True
		return any(self.sees_through(officer, case) for officer in self.replaced_by(active))

	def sees_through(self, absent: Officer, case: Case) -> bool:
		if self.is_about(case, absent):
			return False
		return self.reaches(
			case, absent.user, self.people[absent.user].roles & STATE_WIDE, set(), [absent], shared=False
		)

	def reaches(self, case: Case, user: str, state_wide, confidential, officers, shared: bool = True) -> bool:
		part = (
			case.officer in {officer.name for officer in officers}
			or user in case.handlers
			or (shared and user in case.shared)
		)
		if case.confidential and not confidential and not part:
			return False
		return bool(part or state_wide or any(self.covers(officer, case) for officer in officers))

	def covers(self, officer: Officer, case: Case) -> bool:
		for place, department, begins, ends in officer.postings:
			if begins <= self.today and (ends is None or self.today <= ends):
				if place in self.upwards(case.place) and department in (None, case.department):
					return True
		return False

	def upwards(self, place: str | None) -> list[str]:
		found = []
		while place:
			found.append(place)
			place = self.parents[place]
		return found

	def is_about(self, case: Case, officer: Officer) -> bool:
		"""Whether the case is a complaint about this officer or somebody above."""
		name = officer.name
		while case.about and name:
			if name == case.about:
				return True
			name = self.officers[name].reports_to
		return False

	def is_absent(self, officer: Officer) -> bool:
		if not officer.away:
			return False
		begins, ends = officer.away
		return begins <= self.today and (ends is None or self.today <= ends)

	def replaced_by(self, active: list[Officer]) -> list[Officer]:
		mine = {officer.name for officer in active}
		return [
			officer
			for officer in self.officers.values()
			if officer.name not in mine
			and not officer.disabled
			and self.is_absent(officer)
			and self.leads_to(officer, mine)
		]

	def leads_to(self, officer: Officer, mine: set[str]) -> bool:
		name = officer.acting
		while name:
			if name in mine:
				return True
			stand_in = self.officers[name]
			if not (stand_in.disabled or self.is_absent(stand_in)):
				return False
			name = stand_in.acting
		return False


def build(seed: int, people: int = 17, cases: int = 32) -> World:
	dice = random.Random(seed)
	today = frappe.utils.getdate()
	parents = _places(dice)
	for code in DEPARTMENTS:
		records.department(code).insert()
	world = World(parents, {}, {}, {}, today)
	for number in range(people):
		_person(world, number, dice)
	for name in world.officers:
		_relations(world, name, dice)
	_cases(world, cases, dice)
	return world


def _places(dice: random.Random) -> dict[str, str | None]:
	parents: dict[str, str | None] = {}

	def grow(title: str, level: int, parent: str | None) -> None:
		doc = records.place(title, LEVELS[level], parent).insert()
		parents[doc.name] = parent
		if level + 1 < len(LEVELS):
			for number in range(dice.randint(1, 2) + (level in (0, 1))):
				grow(f"{title}{'abc'[number]}", level + 1, doc.name)

	grow("Scopeland", 0, None)
	return parents


def _day(dice: random.Random, today: date) -> date:
	return today + timedelta(days=dice.randint(-40, 40))


def _person(world: World, number: int, dice: random.Random) -> None:
	roles = (
		set(dice.choices(ROLES, weights=(8, 8, 1, 1, 1, 1), k=dice.choice((1, 1, 1, 2)))) if number else set()
	)
	email = f"scope{number}@example.com"
	records.user(email, *roles)
	world.people[email] = Person(email, roles)
	if number % 8 == 7:
		return
	name = f"SCOPE-{number}"
	postings = []
	for _ in range(dice.choice((0, 1, 1, 2, 3))):
		begins = min(_day(dice, world.today), _day(dice, world.today))
		ends = dice.choice((None, max(begins, _day(dice, world.today)), begins, world.today))
		if ends and ends < begins:
			ends = begins
		postings.append(
			(dice.choice(list(world.parents)), dice.choice((None, None, *DEPARTMENTS)), begins, ends)
		)
	officer = Officer(name, email, postings, disabled=dice.random() < 0.1)
	if dice.random() < 0.35:
		begins = _day(dice, world.today)
		officer.away = (begins, dice.choice((None, max(begins, _day(dice, world.today)))))
	world.officers[name] = officer
	frappe.get_doc(
		{
			"doctype": "Nodal Officer",
			"official_id": name,
			"officer_name": f"Officer {number}",
			"designation": "Officer",
			"user": email,
			"disabled": int(officer.disabled),
			"postings": [
				{"jurisdiction": place, "department": department, "from_date": begins, "to_date": ends}
				for place, department, begins, ends in postings
			],
		}
	).insert()


def _relations(world: World, name: str, dice: random.Random) -> None:
	"""Superiors and stand-ins come before an officer, so nothing leads in a circle."""
	officer = world.officers[name]
	before = [other for other in world.officers if other != name][: list(world.officers).index(name)]
	if before and dice.random() < 0.6:
		officer.reports_to = dice.choice(before[-4:])
	if before and dice.random() < 0.7:
		officer.acting = dice.choice(before[-4:])
	values = {"reports_to": officer.reports_to, "acting_officer": officer.acting}
	if officer.away:
		values |= {"away_from": officer.away[0], "away_to": officer.away[1]}
	frappe.db.set_value("Nodal Officer", name, values)


def _cases(world: World, count: int, dice: random.Random) -> None:
	"""Written as plain rows: nothing routes, assigns or shares them, so that only the rule decides."""
	places = {
		row.name: row
		for row in frappe.get_all(
			"Jurisdiction", {"name": ["in", list(world.parents)]}, ["name", "scope_path", "district"]
		)
	}
	officers, people = list(world.officers), list(world.people)
	rows, parts, shares = [], [], []
	for number in range(count):
		case = Case(
			f"SCOPE-{number:04d}",
			place=dice.choice(list(world.parents)),
			department=dice.choice((None, *DEPARTMENTS)),
			officer=dice.choice((None, dice.choice(officers), dice.choice(officers))),
			confidential=dice.random() < 0.25,
			about=dice.choice(officers) if dice.random() < 0.2 else None,
			handlers=set(dice.sample(people, dice.choice((0, 0, 1, 3)))),
		)
		world.cases[case.name] = case
		place = places[case.place]
		rows.append(
			(
				*(case.name, f"Scopeword {number}", "Scopeword", "Counter", "Grievance", "Open", "Medium"),
				*(case.place, place.district, place.scope_path, case.department, case.officer),
				*(
					int(case.confidential),
					case.about,
					f"{case.name}-key",
					"Administrator",
					frappe.utils.now(),
				),
			)
		)
		grievance = frappe._dict(name=case.name, department=case.department, scope_path=place.scope_path)
		parts += [(grievance, user, "Handled it") for user in case.handlers]
		shares += _shares(world, case, dice)
	frappe.db.bulk_insert("Grievance", CASE_COLUMNS, rows)
	handlers.add_many(parts)
	_records_about(list(world.cases))
	frappe.db.bulk_insert("DocShare", ("name", "user", "share_doctype", "share_name", "read"), shares)


def _shares(world: World, case: Case, dice: random.Random) -> list[tuple]:
	"""Shared with one person now and then; never with somebody about whom the case is (a share of that is refused)."""
	user = dice.choice(list(world.people))
	own = [officer for officer in world.officers.values() if officer.user == user]
	if dice.random() < 0.85 or any(world.is_about(case, officer) for officer in own):
		return []
	case.shared.add(user)
	return [(f"{case.name}-share", user, "Grievance", case.name, 1)]


def _records_about(names: list[str]) -> None:
	"""One record of each kind about every case: an event, a comment, a file, a tag, a to-do nobody has, a search entry."""
	insert, now = frappe.db.bulk_insert, frappe.utils.now()
	insert(
		"Grievance Event",
		("name", "grievance", "sequence", "event_type", "creation"),
		[(f"{name}-1", name, 1, "Registered", now) for name in names],
	)
	insert(
		"Grievance Pause",
		("name", "parent", "parenttype", "parentfield", "idx", "creation"),
		[(f"{name}-pause", name, "Grievance", "pauses", 1, now) for name in names],
	)
	insert(
		"Comment",
		("name", "comment_type", "reference_doctype", "reference_name", "content", "creation"),
		[(f"{name}-c", "Comment", "Grievance", name, "Scopeword", now) for name in names],
	)
	insert(
		"File",
		(
			"name",
			"file_name",
			"file_url",
			"attached_to_doctype",
			"attached_to_name",
			"is_private",
			"creation",
		),
		[(f"{name}-f", name, f"/private/files/{name}.txt", "Grievance", name, 1, now) for name in names],
	)
