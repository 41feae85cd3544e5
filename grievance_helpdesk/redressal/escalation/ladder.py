"""Which ladder a case climbs, when its next level is due, and who the authority of a level is. Pure Python.

A ladder is chosen by what it names: category and department, then category, then department, then the general one.
A level is due so long after a missed limit, counted as the limit itself is: in the case's calendar, without its pauses.

The authority of a level is whom it names. Whoever is away is replaced by the acting officer. When the post is vacant,
when the officer is excluded from the case or has it already, the case is handed on upward: superior, District Nodal
Officer, head of department, State Nodal Officer. Each hand-on is kept with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from grievance_helpdesk.jurisdiction.roster import Officer, Roster
from grievance_helpdesk.redressal.sla import Clock, Limit

ACKNOWLEDGEMENT, RESOLUTION = "Missed Acknowledgement", "Missed Resolution"
SUPERIOR, DISTRICT_NODAL, HEAD_OF_DEPARTMENT, STATE_NODAL, NAMED = (
	"Superior",
	"District Nodal Officer",
	"Head of Department",
	"State Nodal Officer",
	"Named Officer",
)
# A limit is kept at its very last second, so it is missed one second later.
MISSED = timedelta(seconds=1)
UPWARD = (SUPERIOR, DISTRICT_NODAL, HEAD_OF_DEPARTMENT, STATE_NODAL)
VACANT, DISABLED, AWAY, EXCLUDED, HAS_IT = "vacant", "disabled", "away", "excluded", "has it already"
# Nominal hours, only to compare levels of different units with each other.
NOMINAL_HOURS = {"Hours": 1, "Working Hours": 3, "Days": 24, "Working Days": 24}


@dataclass(frozen=True, slots=True)
class Level:
	"""One rung: ``after`` (in ``unit``) a limit was missed, the case goes to ``escalate_to``."""

	level: int
	counts_from: str
	escalate_to: str
	after: float = 0.0
	unit: str = ""
	officer: str | None = None
	files_appeal: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
	name: str
	levels: tuple[Level, ...] = ()
	department: str | None = None
	category: str | None = None
	disabled: bool = False


@dataclass(frozen=True, slots=True)
class Case:
	"""What the search for an authority must know of a grievance; officers by name."""

	path: str
	department: str | None = None
	officer: str | None = None
	escalated_to: str | None = None
	excluded: frozenset[str] = frozenset()

	@property
	def present(self) -> str | None:
		return self.escalated_to or self.officer

	@property
	def barred(self) -> frozenset[str]:
		"""Who can be no authority: those who have the case already and those it must not reach."""
		return self.excluded | {name for name in (self.officer, self.escalated_to) if name}


@dataclass(frozen=True, slots=True)
class HandOn:
	"""Why the case went past somebody: ``officer`` is a title, empty when nobody holds the post."""

	target: str
	officer: str
	reason: str


@dataclass(frozen=True, slots=True)
class Found:
	"""The authority (None: nobody), the post it was found at, whom it acts for, and whom the case went past."""

	officer: Officer | None
	target: str = ""
	acting_for: Officer | None = None
	hand_ons: tuple[HandOn, ...] = ()


def choose(ladders: Iterable[Ladder], department: str | None, category: str | None) -> Ladder | None:
	"""The most particular ladder in use that fits."""
	fitting = [
		ladder
		for ladder in ladders
		if not ladder.disabled
		and ladder.category in (None, category)
		and ladder.department in (None, department)
	]
	fitting.sort(key=lambda ladder: (ladder.category is None, ladder.department is None, ladder.name))
	return fitting[0] if fitting else None


def schedule(
	ladder: Ladder, reached: int, missed: Mapping[str, Clock | None]
) -> list[tuple[datetime, Level]]:
	"""The levels above ``reached`` with the moment each is due, earliest first.

	``missed`` holds the clock of each kind of limit; None when it does not count any more (acknowledged, resolved).
	A level that stands still because the case is paused is left out.
	"""
	found = []
	for level in ladder.levels:
		clock = missed.get(level.counts_from)
		at = due_at(level, clock) if clock and level.level > reached else None
		if at:
			found.append((at, level))
	return sorted(found, key=lambda pair: (pair[0], pair[1].level))


def due_at(level: Level, clock: Clock) -> datetime | None:
	"""When the level is due that counts from the end of ``clock``; None while the case is paused."""
	end = clock.due()
	if end is None:
		return None
	if not level.after:
		return end + MISSED
	later = [(begin, until) for begin, until in clock.pauses if until is None or until > end]
	return Clock(end, Limit(level.after, level.unit), clock.calendar, later).due()


def find_authority(level: Level, case: Case, roster: Roster, day: date) -> Found:
	"""Who takes the case at this level; the search goes upward until somebody is present and may have it."""
	hand_ons: list[HandOn] = []
	for target, candidates in _posts(level, case, roster, day):
		usable, refused = [], []
		for candidate in candidates:
			taken, reason = _present(candidate, case, roster, day)
			if taken:
				usable.append((taken, candidate))
			else:
				refused.append(HandOn(target, candidate.title, reason))
		if usable:
			officer, holder = min(usable, key=lambda pair: _preference(pair, roster))
			return Found(officer, target, None if officer is holder else holder, tuple(hand_ons))
		hand_ons += refused or [HandOn(target, "", VACANT)]
	return Found(None, hand_ons=tuple(hand_ons))


def _preference(pair: tuple[Officer, Officer], roster: Roster) -> tuple:
	"""The holder before an acting officer, then the fewest open grievances."""
	officer, holder = pair
	return (officer is not holder, roster.open_counts[officer.name], officer.name)


def _posts(level: Level, case: Case, roster: Roster, day: date) -> Iterator[tuple[str, list[Officer]]]:
	"""Each post to ask, from the level's own upward, with who holds it on that day."""
	start = case.present
	first = level.escalate_to
	if first == NAMED:
		named = roster.officers.get(level.officer or "")
		yield NAMED, [named] if named else []
		start, first = level.officer, SUPERIOR
	for target in UPWARD[UPWARD.index(first) :]:
		if target == SUPERIOR:
			chain = list(superiors(start, roster))
			# Nobody is named as superior: that is said too.
			yield from ((SUPERIOR, [officer]) for officer in chain) if chain else [(SUPERIOR, [])]
			continue
		place, department = {
			DISTRICT_NODAL: ("District", None),
			HEAD_OF_DEPARTMENT: ("State", case.department or ""),
			STATE_NODAL: ("State", None),
		}[target]
		yield target, roster.posted(case.path, place, department, day)


def superiors(name: str | None, roster: Roster) -> Iterator[Officer]:
	"""Whom the officer reports to, and so on upward; ends where the chain ends or comes back."""
	seen = {name}
	officer = roster.officers.get(name or "")
	while officer and officer.reports_to and officer.reports_to not in seen:
		seen.add(officer.reports_to)
		officer = roster.officers.get(officer.reports_to)
		if officer:
			yield officer


def _present(officer: Officer, case: Case, roster: Roster, day: date) -> tuple[Officer | None, str]:
	"""The officer, or who acts for an absent one; else None and the reason."""
	if officer.name in case.barred:
		return None, EXCLUDED if officer.name in case.excluded else HAS_IT
	if officer.disabled:
		return None, DISABLED
	acting = roster.present(officer, day, case.excluded)
	return (acting, "") if acting and acting.name not in case.barred else (None, AWAY)


@dataclass(frozen=True, slots=True)
class Fault:
	"""What is wrong with a ladder: a code, the level it stands at, and the other level (or number) it clashes with."""

	code: str
	level: Level
	other: int = 0


@dataclass
class _Seen:
	"""Levels met so far while a ladder is checked."""

	last: Level | None = None
	by_kind: dict[str, Level] = field(default_factory=dict)
	targets: dict[tuple[str, str], int] = field(default_factory=dict)
	officers: dict[str, int] = field(default_factory=dict)


def faults(levels: Iterable[Level]) -> Iterator[Fault]:
	"""Why these levels make no ladder, in the order of the levels; nothing when they do."""
	seen = _Seen()
	for number, level in enumerate(sorted(levels, key=lambda level: level.level), 1):
		if level.level != number:
			yield Fault("number", level, number)
		yield from _faults_of_time(level, seen)
		yield from _faults_of_target(level, seen)
		seen.last = seen.by_kind[level.counts_from] = level


def _faults_of_time(level: Level, seen: _Seen) -> Iterator[Fault]:
	if level.after < 0:
		yield Fault("negative", level)
	if level.after and level.unit not in NOMINAL_HOURS:
		yield Fault("unit", level)
	if level.counts_from == ACKNOWLEDGEMENT and RESOLUTION in seen.by_kind:
		yield Fault("order", level, seen.by_kind[RESOLUTION].level)
	before = seen.by_kind.get(level.counts_from)
	if before and _nominal(level) < _nominal(before):
		yield Fault("falling", level, before.level)


def _faults_of_target(level: Level, seen: _Seen) -> Iterator[Fault]:
	if level.escalate_to == NAMED:
		if not level.officer:
			yield Fault("officer", level)
		elif level.officer in seen.officers:
			yield Fault("loop", level, seen.officers[level.officer])
		seen.officers.setdefault(level.officer or "", level.level)
	elif level.escalate_to != SUPERIOR:
		key = (level.counts_from, level.escalate_to)
		if key in seen.targets:
			yield Fault("loop", level, seen.targets[key])
		elif seen.last and seen.last.escalate_to == level.escalate_to:
			yield Fault("loop", level, seen.last.level)
		seen.targets.setdefault(key, level.level)


def _nominal(level: Level) -> float:
	return level.after * NOMINAL_HOURS.get(level.unit, 0)
