"""Two cases become one and two again: as the roles that do it, with failures in the middle, on both sites."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from grievance_helpdesk.redressal import history, registration, workflow
from grievance_helpdesk.redressal.casework import actions, merge_chain, merging
from tests.contract import offices
from tests.contract.offices import DONE

WHY = "Both are about the dogs behind the school"
WATCHED = ("status", "workflow_state", "merged_into", "support_count", "priority", "officer", "history_count")


@pytest.fixture
def staff(site):
	return offices.make()


def refused(site, message: str):
	return pytest.raises(site.ValidationError, match=message)


def cases(count: int, **values) -> list[str]:
	return [offices.case(officer="CW-ULB", **values).name for _ in range(count)]


def watched(name: str) -> tuple:
	doc = offices.fresh(name)
	return (*(doc.get(field) for field in WATCHED), *offices.open_todos(name), *offices.events_of(name))


def test_a_merged_case_points_to_the_other_and_leaves_the_desk(site, staff, as_user) -> None:
	source, target = cases(2)
	with as_user(staff.hisar):
		answer = actions.merge(source, target, WHY)
	doc = offices.fresh(source)
	assert (doc.status, doc.merged_into, answer) == ("Merged", target, {"merged_into": target})
	assert offices.open_todos(source) == [] and offices.open_todos(target) == [staff.ulb]
	assert offices.fresh(target).support_count == 1
	assert offices.events_of(source)[-1] == "MERGED"
	assert offices.events_of(target)[-1] == "MERGE_RECEIVED"
	event = offices.event_of(target, "MERGE_RECEIVED")
	assert (event.note, event.actor) == (f"{source}: {WHY}", staff.hisar)
	told = site.get_all("Notification Log", {"document_name": target, "for_user": staff.ulb}, pluck="subject")
	assert any(f"{source} was merged into this grievance." in subject for subject in told)
	assert history.verify([source, target]) == []


def test_the_merge_is_undone_whole(site, staff, as_user) -> None:
	source, target = cases(2)
	with as_user(staff.hisar):
		actions.merge(source, target, WHY)
		assert actions.undo_merge(source) == {"status": "Open"}
	doc = offices.fresh(source)
	assert (doc.status, doc.merged_into, doc.officer) == ("Open", None, "CW-ULB")
	assert offices.open_todos(source) == [staff.ulb]
	assert offices.fresh(target).support_count == 0
	assert offices.events_of(source)[-1] == offices.events_of(target)[-1] == "MERGE_UNDONE"
	assert history.verify([source, target]) == []
	with as_user(staff.hisar), refused(site, "is not merged into another grievance"):
		actions.undo_merge(source)


def test_every_citizen_of_the_source_counts_and_a_citizen_who_wrote_both_counts_once(site, staff) -> None:
	citizen = site.get_doc({"doctype": "Citizen", "citizen_name": "Suresh"}).insert().name
	target = offices.case(citizen=citizen).name
	mine = offices.case(citizen=citizen).name
	others = offices.case().name
	registration.add_supports({mine: 2, others: 3})
	merging.merge(mine, target, WHY)
	assert offices.fresh(target).support_count == 2
	merging.merge(others, target, WHY)
	assert offices.fresh(target).support_count == 6
	merging.undo(mine)
	assert offices.fresh(target).support_count == 4


def test_supporters_who_arrive_while_it_is_merged_are_counted_where_it_went(site, staff) -> None:
	source, target = cases(2)
	merging.merge(source, target, WHY)
	registration.add_supports({source: 2, target: 1})
	assert (offices.fresh(source).support_count, offices.fresh(target).support_count) == (0, 4)
	merging.undo(source)
	assert offices.fresh(target).support_count == 3


def test_many_citizens_raise_the_priority_and_the_undo_does_not_lower_it(site, staff) -> None:
	offices.settings(priority_high_at=3, priority_urgent_at=9)
	target, *sources = cases(3)
	for source in sources:
		merging.merge(source, target, WHY)
	assert offices.fresh(target).priority == "High"
	merging.undo(sources[0])
	assert (offices.fresh(target).priority, offices.fresh(target).support_count) == ("High", 1)
	assert history.verify([target]) == []


def test_a_chain_is_followed_to_its_end(site, staff) -> None:
	first, second, third, fourth = cases(4)
	merging.merge(second, third, WHY)
	merging.merge(third, fourth, WHY)
	assert merging.merge(first, second, WHY).merged_into == fourth
	assert merge_chain.final_targets([first, second, third, fourth]) == dict.fromkeys(
		(first, second, third, fourth), fourth
	)
	assert offices.fresh(fourth).support_count == 3


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_a_circle_of_any_length_is_refused(site, staff, length: int) -> None:
	names = cases(length)
	for source, target in pairwise(names):
		# Each is merged while its target still stands alone, which makes the longest chain there can be.
		merging.merge(source, target, WHY)
	before = [watched(name) for name in names]
	message = "cannot be merged into itself" if length == 1 else "was merged into .* before"
	with refused(site, message):
		merging.merge(names[-1], names[0], WHY)
	assert [watched(name) for name in names] == before


def test_a_circle_written_by_hand_is_named_not_walked(site, staff) -> None:
	source, first, second = cases(3)
	site.db.set_value("Grievance", first, "merged_into", second)
	site.db.set_value("Grievance", second, "merged_into", first)
	with refused(site, "merged in a circle"):
		merging.merge(source, first, WHY)


def test_what_cannot_be_merged_says_what_to_do(site, staff, as_user) -> None:
	closed, rejected, open_case, other = cases(4)
	with as_user(staff.hisar):
		workflow.move(closed, "Accept")
		workflow.move(closed, "Resolve", {"action_taken": DONE})
		actions.reject(rejected, "RTI")
	with as_user(staff.cell):
		workflow.move(closed, "Close")
	with as_user(staff.hisar):
		for finished, status in ((closed, "Closed"), (rejected, "Rejected")):
			with refused(site, f"is {status} and needs no merge"):
				merging.merge(finished, open_case, WHY)
			with refused(site, f"is {status}: nobody would work on the merged case"):
				merging.merge(open_case, finished, WHY)
		with refused(site, "Say why these grievances are one case"):
			merging.merge(open_case, other, "  ")
		with refused(site, "There is no grievance &lt;b&gt;"):
			merging.merge(open_case, "<b>", WHY)
		merging.merge(open_case, other, WHY)
		with refused(site, "is merged into .* already. Undo that merge first"):
			merging.merge(open_case, other, WHY)


def test_a_protected_case_never_ends_where_more_people_see_it(site, staff) -> None:
	source, target = cases(2)
	site.db.set_value("Grievance", source, "confidential", 1)
	with refused(site, "is confidential and .* is not"):
		merging.merge(source, target, WHY)
	about, target = offices.case(complaint_against="CW-JUNIOR"), offices.case(confidential=1)
	with refused(site, "is a complaint about an officer"):
		merging.merge(about.name, target.name, WHY)
	same = offices.case(complaint_against="CW-JUNIOR")
	assert merging.merge(about.name, same.name, WHY).merged_into == same.name


def test_the_roles_decide_who_merges(site, staff, as_user) -> None:
	source, target = cases(2)
	elsewhere = offices.case(jurisdiction="Sirsa").name
	with as_user(staff.ulb), pytest.raises(site.PermissionError, match="You may not merge"):
		merging.merge(source, target, WHY)
	for user, other in ((staff.sirsa, target), (staff.hisar, elsewhere)):
		with as_user(user), pytest.raises(site.PermissionError):
			merging.merge(source, other, WHY)
	with as_user(staff.cell):
		merging.merge(source, elsewhere, WHY)
	with as_user(staff.ulb), pytest.raises(site.PermissionError, match="You may not undo the merge of"):
		merging.undo(source)


def test_the_workflow_alone_does_not_open_a_merged_case(site, staff, as_user) -> None:
	source, target = cases(2)
	merging.merge(source, target, WHY)
	with as_user(staff.hisar), refused(site, "Use Actions > Undo Merge"):
		workflow.move(source, "Undo Merge")


STEPS_OF_MERGE = (
	(workflow, "move"),
	(merging, "people_of"),
	(merging, "_add_people"),
	(registration, "tell_officer"),
	(history, "record_changes"),
)
STEPS_OF_UNDO = (
	(merging, "people_of"),
	(workflow, "move"),
	(merging, "_take_back"),
	(history, "record_many"),
)


class Crash(Exception):
	"""Stands for whatever may go wrong in the middle."""


def breaking(monkeypatch, step: tuple, after: bool) -> None:
	"""The step fails before it does anything, or when all of it is done."""
	module, name = step
	whole = getattr(module, name)

	def broken(*args, **kwargs):
		if after:
			whole(*args, **kwargs)
		raise Crash

	monkeypatch.setattr(module, name, broken)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS_OF_MERGE, ids=lambda step: step[1])
def test_a_crash_in_the_middle_of_a_merge_leaves_both_whole(site, staff, monkeypatch, step, after) -> None:
	source, target = cases(2)
	before = watched(source), watched(target)
	breaking(monkeypatch, step, after)
	with pytest.raises(Crash):
		merging.merge(source, target, WHY)
	assert (watched(source), watched(target)) == before
	assert history.verify([source, target]) == []
	monkeypatch.undo()
	assert merging.merge(source, target, WHY).merged_into == target


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS_OF_UNDO, ids=lambda step: step[1])
def test_a_crash_in_the_middle_of_an_undo_leaves_both_whole(site, staff, monkeypatch, step, after) -> None:
	source, target = cases(2)
	merging.merge(source, target, WHY)
	before = watched(source), watched(target)
	breaking(monkeypatch, step, after)
	with pytest.raises(Crash):
		merging.undo(source)
	assert (watched(source), watched(target)) == before
	monkeypatch.undo()
	assert merging.undo(source).status == "Open"
	assert history.verify([source, target]) == []


@dataclass
class Reference:
	"""Merges in plain words: who is merged into whom, and how many supporters each had by itself."""

	own: dict[str, int]
	into: dict[str, str] = field(default_factory=dict)

	def final(self, name: str) -> str:
		while name in self.into:
			name = self.into[name]
		return name

	def may_merge(self, source: str, target: str) -> bool:
		return source not in self.into and self.final(target) != source

	def supporters(self, name: str) -> int:
		"""Its own, and each merged case's writer with everybody who supports that one."""
		below = (source for source, target in self.into.items() if target == name)
		return self.own[name] + sum(1 + self.supporters(source) for source in below)


@pytest.mark.parametrize("seed", range(6))
def test_random_merges_and_undos_equal_the_plain_reference(site, staff, seed: int) -> None:
	dice = random.Random(seed)
	names = cases(5)
	reference = Reference({name: dice.randrange(3) for name in names})
	registration.add_supports({name: count for name, count in reference.own.items() if count})
	for _ in range(14):
		source, target = dice.choice(names), dice.choice(names)
		if source in reference.into and dice.random() < 0.7:
			merging.undo(source)
			del reference.into[source]
		elif reference.may_merge(source, target):
			merging.merge(source, target, WHY)
			reference.into[source] = reference.final(target)
		else:
			with pytest.raises(site.ValidationError):
				merging.merge(source, target, WHY)
		assert merge_chain.final_targets(names) == {name: reference.final(name) for name in names}
		counts = {name: offices.fresh(name).support_count for name in names}
		assert counts == {name: reference.supporters(name) for name in names}
	assert history.verify(names) == []
