"""Who answers for a place and a department on a day. Pure Python; :mod:`routing` loads the rows.

The rule, in words: the narrowest posting that covers the place and the department on that date. At the same
place a posting for the department comes before one for all departments. An officer who is away is replaced
by the acting officer. Several officers: the one with the fewest open grievances. Nobody: the next level up,
at last the State Nodal Officer. A grievance without a known place goes only to a department that answers for
the whole state; otherwise it stays in the Unrouted queue until somebody finds the place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from .tree import STEP, is_inside


@dataclass(frozen=True, slots=True)
class Officer:
	name: str
	user: str
	title: str
	acting_officer: str | None = None
	away_from: date | None = None
	away_to: date | None = None
	disabled: bool = False
	reports_to: str | None = None

	def is_away(self, day: date) -> bool:
		if not self.away_from:
			return False
		return self.away_from <= day and (self.away_to is None or day <= self.away_to)


@dataclass(frozen=True, slots=True)
class Posting:
	officer: str
	path: str
	place: str
	department: str | None = None
	from_date: date | None = None
	to_date: date | None = None
	level: str = ""

	def covers(self, path: str, department: str | None, day: date) -> bool:
		return (
			is_inside(path, self.path)
			and (self.department is None or self.department == department)
			and (self.from_date is None or self.from_date <= day)
			and (self.to_date is None or day <= self.to_date)
		)


@dataclass(frozen=True, slots=True)
class Routing:
	"""Outcome of routing: ``officer`` and ``user`` are None when the grievance is unrouted."""

	officer: str | None
	user: str | None
	code: str
	reason: str


class Roster:
	"""All officers and postings, with the number of open grievances of each officer."""

	def __init__(
		self,
		officers: Iterable[Officer],
		postings: Iterable[Posting],
		open_counts: dict[str, int] | None = None,
	):
		self.officers = {officer.name: officer for officer in officers}
		self.open_counts = Counter(open_counts or {})
		self._by_path: dict[str, list[Posting]] = {}
		for posting in postings:
			self._by_path.setdefault(posting.path, []).append(posting)

	def route(self, path: str, department: str | None, day: date, excluded: Collection[str] = ()) -> Routing:
		"""The officer for a grievance at ``path``; ``excluded`` officers, and who acts for them, never receive it."""
		place_known = len(path) > STEP
		for area in range(len(path), 0, -STEP):
			here = [p for p in self._by_path.get(path[:area], ()) if p.covers(path, department, day)]
			for ranked in ([p for p in here if p.department], [p for p in here if not p.department]):
				if not place_known and not (ranked and ranked[0].department):
					continue
				routing = self._choose(ranked, len(path) - area, day, excluded)
				if routing:
					return routing
		if not place_known:
			return Routing(
				None, None, "NO_PLACE", "The post does not tell where: find the place to route it."
			)
		return Routing(None, None, "NO_OFFICER", "No posting covers this place and department today.")

	def answering(self, path: str, department: str | None, day: date) -> set[str]:
		"""Everybody who answers for ``path`` and the department that day: by a posting, or acting for an absent one."""
		holders = {
			posting.officer
			for area in range(STEP, len(path) + 1, STEP)
			for posting in self._by_path.get(path[:area], ())
			if posting.covers(path, department, day)
		}
		present = (self.present(self.officers.get(holder), day) for holder in holders)
		return {officer.name for officer in present if officer}

	def posted(self, path: str, level: str, department: str | None, day: date) -> list[Officer]:
		"""Who holds, at the place of this level above ``path``, a posting for exactly this department (None: for all)."""
		names = {
			posting.officer
			for area in range(len(path), 0, -STEP)
			for posting in self._by_path.get(path[:area], ())
			if posting.level == level and posting.department == department
			if posting.covers(path, department, day)
		}
		return [self.officers[name] for name in sorted(names) if name in self.officers]

	def _choose(
		self, postings: list[Posting], levels_up: int, day: date, excluded: Collection[str]
	) -> Routing | None:
		found: dict[str, tuple[Officer, Officer, Posting]] = {}
		for posting in postings:
			holder = self.officers.get(posting.officer)
			present = self.present(holder, day, excluded) if holder else None
			if present:
				found.setdefault(present.name, (present, holder, posting))
		if not found:
			return None
		name = min(found, key=lambda n: (self.open_counts[n], n))
		officer, holder, posting = found[name]
		code, reason = self._explain(officer, holder, posting, levels_up, len(found))
		return Routing(officer.name, officer.user, code, reason)

	def present(self, officer: Officer | None, day: date, excluded: Collection[str] = ()) -> Officer | None:
		"""The officer, or whoever acts for an absent one; None when the chain ends or runs in a circle.

		An excluded officer ends it: whoever acts for that officer sits on the same chair.
		"""
		seen = set()
		while officer and officer.name not in seen and officer.name not in excluded:
			seen.add(officer.name)
			if not officer.disabled and not officer.is_away(day):
				return officer
			officer = self.officers.get(officer.acting_officer or "")
		return None

	def _explain(
		self, officer: Officer, holder: Officer, posting: Posting, levels_up: int, choices: int
	) -> tuple[str, str]:
		what = posting.department or "all departments"
		sentences = [f"{holder.title} answers for {what} in {posting.place}."]
		code = "DEPARTMENT_POSTING" if posting.department else "NARROWEST_POSTING"
		if levels_up and len(posting.path) == STEP:
			code = "STATE_NODAL_OFFICER"
			sentences.append("No posting below the state covers this grievance.")
		elif levels_up:
			sentences.append("No narrower posting covers the place.")
		if choices > 1:
			code = "FEWEST_OPEN"
			count = self.open_counts[officer.name]
			sentences.append(
				f"Of {choices} officers, {officer.title} has the fewest open grievances ({count})."
			)
		if officer is not holder:
			code = "ACTING_OFFICER"
			sentences.append(f"{holder.title} is away; {officer.title} acts.")
		return code, " ".join(sentences)
