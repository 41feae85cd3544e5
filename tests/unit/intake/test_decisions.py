"""What becomes of a post, by the rule alone: no site, no database."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from grievance_helpdesk.intake.decisions import Case, Earlier, Reading, decide

WORDS = tuple(range(64))
OTHER_WORDS = tuple(range(100, 164))
WARD_13 = frozenset({("ward", "13")})
WARD_14 = frozenset({("ward", "14")})


@dataclass
class Memory:
	"""What the site knows, as a test says it."""

	threads: dict[str, list[Earlier]] = field(default_factory=dict)
	authors: dict[str, list[Earlier]] = field(default_factory=dict)
	similar: list[Earlier] = field(default_factory=list)
	problems: dict[str, list[Case]] = field(default_factory=dict)
	cases: dict[str, Case] = field(default_factory=dict)
	known: dict[str, Earlier] = field(default_factory=dict)

	def post(self, name):
		return self.known.get(name)

	def conversation(self, thread):
		return self.threads.get(thread, [])

	def of_author(self, author):
		return self.authors.get(author, [])

	def alike(self, _reading):
		return self.similar

	def same_problem(self, problem):
		return self.problems.get(problem, []) if problem else []

	def case(self, name):
		return self.cases.get(name)


def reading(**fields) -> Reading:
	return Reading(
		**{"name": "new", "thread": "t1", "author": "suresh", "external_id": "2", "category": "LGT"} | fields
	)


def earlier(**fields) -> Earlier:
	values = {"post": "old", "author": "suresh", "grievance": "G1", "external_id": "1", "state": "Grievance"}
	return Earlier(**values | fields)


def case(status: str = "Open", **fields) -> dict[str, Case]:
	return {"G1": Case(**{"name": "G1", "status": status, "category": "LGT", "district": "Hisar"} | fields)}


def test_a_post_that_nothing_is_known_about_is_a_new_grievance():
	decision = decide(reading(), Memory())
	assert (decision.state, decision.grievance) == ("Grievance", None)


@pytest.mark.parametrize("mark", ["is_own", "is_automatic", "is_repost"])
def test_our_own_words_machines_and_bare_reposts_are_ignored(mark):
	assert decide(reading(**{mark: True}), Memory()).state == "Ignored"


@pytest.mark.parametrize(
	("is_grievance", "is_sure", "state"),
	[
		(True, True, "Grievance"),
		(True, False, "For Review"),
		(False, False, "For Review"),
		(False, True, "Not a Grievance"),
	],
)
def test_only_a_very_sure_answer_is_given_without_a_person(is_grievance, is_sure, state):
	assert decide(reading(is_grievance=is_grievance, is_sure=is_sure), Memory()).state == state


def test_thanks_in_ones_own_conversation_still_reach_the_officer():
	memory = Memory(threads={"t1": [earlier()]}, cases=case("Closed"))
	decision = decide(reading(is_grievance=False), memory)
	assert (decision.state, decision.grievance, decision.silent) == ("Thread", "G1", False)


def test_another_citizen_with_another_problem_in_the_conversation_gets_an_own_grievance():
	memory = Memory(threads={"t1": [earlier(author="ramesh", is_root=True)]}, cases=case())
	assert decide(reading(category="WAT-NO"), memory).state == "Grievance"
	assert decide(reading(), memory).state == "Support"
	assert decide(reading(district="Sirsa"), memory).state == "Grievance"


def test_below_somebody_elses_post_each_citizen_has_a_problem_of_their_own():
	memory = Memory(threads={"t1": [earlier(author="ramesh")]}, cases=case())
	assert decide(reading(parent="announcement"), memory).state == "Grievance"
	assert decide(reading(parent="1"), memory).state == "Support", "this one answers Ramesh"
	mine = Memory(threads={"t1": [earlier()]}, cases=case())
	assert decide(reading(parent="announcement", category="WAT-NO"), mine).state == "Grievance"
	assert decide(reading(parent="1", category="WAT-NO"), mine).state == "Thread"
	assert decide(reading(parent="announcement", is_grievance=False), mine).state == "Thread"


def test_own_words_again_continue_the_grievance_unless_it_is_finished():
	again = [earlier(signature=WORDS)]
	open_case = Memory(authors={"suresh": again}, cases=case("Resolved"))
	assert decide(reading(signature=WORDS), open_case).state == "Thread"
	closed = Memory(authors={"suresh": again}, cases=case("Closed"))
	decision = decide(reading(signature=WORDS), closed)
	assert (decision.state, decision.same_problem_as, decision.duplicate_of) == ("Grievance", "G1", "old")


def test_repeating_a_post_that_waits_for_review_does_not_fill_the_queue():
	memory = Memory(authors={"suresh": [earlier(grievance=None, state="For Review", signature=WORDS)]})
	decision = decide(reading(signature=WORDS), memory)
	assert (decision.state, decision.duplicate_of) == ("Ignored", "old")


def test_nearly_the_same_words_of_another_citizen_are_support():
	memory = Memory(similar=[earlier(author="ramesh", signature=WORDS)], cases=case())
	decision = decide(reading(signature=WORDS), memory)
	assert (decision.state, decision.grievance, decision.duplicate_of) == ("Support", "G1", "old")
	assert decide(reading(signature=OTHER_WORDS), memory).state == "Grievance"


def test_the_same_words_about_another_ward_are_not():
	memory = Memory(similar=[earlier(author="ramesh", signature=WORDS, numbers=WARD_13)], cases=case())
	assert decide(reading(signature=WORDS, numbers=WARD_14), memory).state == "Grievance"
	assert decide(reading(signature=WORDS, numbers=WARD_13), memory).state == "Support"


def test_the_same_problem_at_the_same_place():
	(open_case,) = case(author="ramesh").values()
	assert decide(reading(problem="p"), Memory(problems={"p": [open_case]})).state == "Support"
	(own_case,) = case(author="suresh").values()
	assert decide(reading(problem="p"), Memory(problems={"p": [own_case]})).state == "Thread"
	(closed,) = case("Closed", author="ramesh").values()
	assert decide(reading(problem="p"), Memory(problems={"p": [closed]})).state == "Grievance"


def test_an_unknown_author_never_continues_or_supports_by_accident():
	memory = Memory(
		threads={"t1": [earlier(author="")]},
		cases=case(),
		authors={"": [earlier(author="", signature=WORDS)]},
	)
	decision = decide(reading(author="", signature=WORDS, category="WAT-NO"), memory)
	assert decision.state == "Grievance"


def test_support_by_repost_needs_another_person_and_an_open_grievance():
	memory = Memory(known={"original": earlier(author="ramesh")}, cases=case())
	assert decide(reading(is_repost=True, original="original"), memory).state == "Support"
	memory.known = {"original": earlier(author="suresh")}
	assert decide(reading(is_repost=True, original="original"), memory).state == "Ignored"
	memory.known, memory.cases = {"original": earlier(author="ramesh")}, case("Closed")
	assert decide(reading(is_repost=True, original="original"), memory).state == "Ignored"


def test_what_joins_a_merged_case_joins_the_one_that_answers_for_it():
	answering = {"G1": Case("G9", "Open", "LGT", "Hisar")}
	known = Memory(threads={"t1": [earlier(is_root=True)]}, cases=answering)
	assert decide(reading(), known).grievance == "G9"
	known = Memory(authors={"suresh": [earlier(signature=WORDS)]}, cases=answering)
	assert decide(reading(signature=WORDS), known).grievance == "G9"
	known = Memory(similar=[earlier(author="asha", signature=WORDS)], cases=answering)
	decision = decide(reading(signature=WORDS), known)
	assert (decision.state, decision.grievance, decision.same_problem_as) == ("Support", "G9", "G9")
	closed = {"G1": Case("G9", "Closed", "LGT", "Hisar")}
	known = Memory(similar=[earlier(author="asha", signature=WORDS)], cases=closed)
	assert decide(reading(signature=WORDS), known).same_problem_as == "G9"
