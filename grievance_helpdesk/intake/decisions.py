"""What becomes of a post, in words first. Pure Python; :mod:`known` brings what the site knows already.

Our own posts and mails of machines are ignored. A bare repost supports the grievance of what it repeats. Whoever
writes again in their own conversation, or repeats the same words, continues their own grievance. Another citizen who
has the same problem joins it as support: in answer to it, with nearly the same words, or with the same kind of
problem at the same narrow place. A conversation that somebody else began (below an announcement of ours, hundreds write
about hundreds of problems) joins nothing by itself. What would join a merged grievance joins the one that answers for it.
What surely is no grievance is set aside, what may be none waits for a person, and everything else becomes a grievance
of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from grievance_helpdesk.intake.triage.duplicates import ALIKE, Numbers, Signature, contradict, similarity

OPEN = frozenset(("Open", "On Hold"))
GOES_ON = OPEN | {"Resolved"}


@dataclass(slots=True)
class Reading:
	"""A post as the decision sees it: who, in which conversation, and what triage found."""

	name: str
	thread: str
	author: str
	external_id: str = ""
	# The id of the post that this one answers; whether this one began its conversation.
	parent: str = ""
	is_root: bool = False
	original: str = ""
	is_own: bool = False
	is_automatic: bool = False
	is_repost: bool = False
	is_grievance: bool = True
	is_sure: bool = True
	category: str | None = None
	district: str | None = None
	problem: str = ""
	signature: Signature = ()
	numbers: Numbers = frozenset()


@dataclass(slots=True)
class Earlier:
	"""An earlier post and the grievance that it led to (None: it waits for review or was set aside)."""

	post: str
	author: str
	grievance: str | None
	external_id: str = ""
	state: str = ""
	signature: Signature = ()
	numbers: Numbers = frozenset()
	is_root: bool = False


@dataclass(slots=True)
class Case:
	"""A grievance that a post may join. Of a merged one ``name`` and ``status`` are those of its final target."""

	name: str
	status: str
	category: str | None = None
	district: str | None = None
	author: str = ""
	post: str = ""


@dataclass(slots=True)
class Decision:
	"""``state`` of the Citizen Post, the grievance that it joins, and why."""

	state: str
	reason: str
	grievance: str | None = None
	duplicate_of: str | None = None
	same_problem_as: str | None = None
	# The same post seen through a second account: nothing new for the officer.
	silent: bool = False
	notes: list[str] = field(default_factory=list)


class Knows(Protocol):
	"""What :class:`known.Known` answers from memory; nothing here asks the database."""

	def post(self, channel_id: str) -> Earlier | None: ...
	def conversation(self, thread: str) -> list[Earlier]: ...
	def of_author(self, author: str) -> list[Earlier]: ...
	def alike(self, reading: Reading) -> list[Earlier]: ...
	def same_problem(self, problem: str) -> list[Case]: ...
	def case(self, name: str | None) -> Case | None: ...


def decide(reading: Reading, known: Knows) -> Decision:
	"""The rule of this module for one post."""
	if reading.is_own:
		return Decision("Ignored", "Our own account wrote it.")
	if reading.is_automatic:
		return Decision("Ignored", "A machine wrote this mail.")
	if reading.is_repost:
		return _repost(reading, known)
	return (
		_in_conversation(reading, known)
		or _own_repetition(reading, known)
		or _not_a_grievance(reading)
		or _support(reading, known)
		or _new_grievance(reading, known)
	)


def _repost(reading: Reading, known: Knows) -> Decision:
	original = known.post(reading.original) if reading.original else None
	case = known.case(original.grievance) if original else None
	if case and case.status in OPEN and original.author != reading.author:
		return Decision(
			"Support",
			"Repeats a post that is a grievance.",
			case.name,
			original.post,
			same_problem_as=case.name,
		)
	return Decision("Ignored", "A repost without words of its own.")


def _in_conversation(reading: Reading, known: Knows) -> Decision | None:
	earlier = [one for one in known.conversation(reading.thread) if one.post != reading.name]
	for one in earlier:
		if one.external_id == reading.external_id and one.grievance:
			return Decision(
				"Thread", "The same post, seen through another account.", one.grievance, one.post, silent=True
			)
	about = [one for one in earlier if one.grievance]
	own = [one for one in about if reading.author and one.author == reading.author]
	if own and (_answers(reading, own) or not _names_another_problem(reading, known.case(own[0].grievance))):
		return Decision(
			"Thread", "The citizen wrote again in the same conversation.", _answering(own[0].grievance, known)
		)
	for one in about:
		case = known.case(one.grievance)
		if case and case.status in OPEN and _answers(reading, [one]) and _shares_problem(reading, case):
			reason = "Another citizen has the same problem, in the same conversation."
			return Decision("Support", reason, case.name, same_problem_as=case.name)
	return None


def _answering(grievance: str, known: Knows) -> str:
	"""The grievance that answers for this one now: itself, or what it was merged into."""
	case = known.case(grievance)
	return case.name if case else grievance


def _answers(reading: Reading, posts: list[Earlier]) -> bool:
	"""Whether the post stands in a conversation that one of ``posts`` began, or answers one of them."""
	return any(one.is_root or (reading.parent and one.external_id == reading.parent) for one in posts)


def _names_another_problem(reading: Reading, case: Case | None) -> bool:
	return bool(case and reading.is_grievance and reading.category and reading.category != case.category)


def _shares_problem(reading: Reading, case: Case) -> bool:
	if not reading.is_grievance or not reading.category or reading.category != case.category:
		return False
	return not reading.district or not case.district or reading.district == case.district


def _own_repetition(reading: Reading, known: Knows) -> Decision | None:
	if not reading.author:
		return None
	for one in _alike(reading, known.of_author(reading.author)):
		case = known.case(one.grievance)
		if case and case.status in GOES_ON:
			return Decision("Thread", "The citizen repeats the same words.", case.name, one.post)
		if not one.grievance and one.state == "For Review":
			return Decision(
				"Ignored", "The citizen repeats a post that waits for review.", duplicate_of=one.post
			)
	return None


def _not_a_grievance(reading: Reading) -> Decision | None:
	if reading.is_grievance and reading.is_sure:
		return None
	if reading.is_sure:
		return Decision("Not a Grievance", "Surely no grievance; it stays searchable.")
	return Decision("For Review", "Triage is not sure whether this is a grievance.")


def _support(reading: Reading, known: Knows) -> Decision | None:
	for one in _alike(reading, known.alike(reading)):
		case = known.case(one.grievance)
		if case and case.status in OPEN and one.author != reading.author:
			reason = "Another citizen wrote nearly the same words."
			return Decision("Support", reason, case.name, one.post, same_problem_as=case.name)
	for case in known.same_problem(reading.problem):
		if case.status not in OPEN:
			continue
		if case.author and case.author == reading.author:
			return Decision("Thread", "The citizen wrote about the same problem before.", case.name)
		reason = "Another citizen reported the same kind of problem at the same place."
		return Decision("Support", reason, case.name, same_problem_as=case.name)
	return None


def _new_grievance(reading: Reading, known: Knows) -> Decision:
	"""A grievance of its own; words of an earlier, finished one are only pointed out."""
	decision = Decision("Grievance", "A new grievance.")
	candidates = (
		[*known.of_author(reading.author), *known.alike(reading)] if reading.author else known.alike(reading)
	)
	for one in _alike(reading, candidates):
		if one.grievance:
			decision.duplicate_of = one.post
			decision.same_problem_as = _answering(one.grievance, known)
			break
	return decision


def _alike(reading: Reading, others: Iterable[Earlier]) -> list[Earlier]:
	"""Those that read alike and name no other ward, sector or house; most alike first."""
	scored = [
		(similarity(reading.signature, other.signature), other)
		for other in others
		if other.post != reading.name and not contradict(reading.numbers, other.numbers)
	]
	return [other for score, other in sorted(scored, key=lambda pair: -pair[0]) if score >= ALIKE]
