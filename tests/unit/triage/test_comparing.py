"""Posts that a changed phrase cannot touch are passed over; the answer is the one of the full run."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from grievance_helpdesk.intake.triage import shipped
from grievance_helpdesk.intake.triage.comparing import Comparison
from grievance_helpdesk.intake.triage.engine import PostText, Triage
from grievance_helpdesk.intake.triage.rules import OutcomePhrase, Phrase, RuleSet

ROOT = Path(__file__).resolve().parents[3]
POSTS = [
	json.loads(line) for line in (ROOT / "demo" / "posts.jsonl").read_text(encoding="utf-8").splitlines()
]
TEXTS = [PostText(post["text"], post_id=str(number)) for number, post in enumerate(POSTS)]
WORDS = sorted({word for post in POSTS for word in post["text"].split()})


@pytest.fixture(scope="module")
def engine() -> Triage:
	return shipped.triage()


def with_phrases(engine: Triage, code: str, phrases: tuple[Phrase, ...]) -> Triage:
	categories = [
		replace(category, phrases=phrases) if category.code == code else category
		for category in engine.ruleset.categories
	]
	rules = RuleSet(categories, engine.ruleset.kind_phrases, engine.ruleset.urgency_phrases)
	return replace(engine, ruleset=rules)


def readings(result) -> tuple:
	"""All that is compared: the whole record, without the hash of the rules."""
	return {**result.as_evidence(), "ruleset_hash": ""}, result.public_text, result.signature


def random_change(engine: Triage, chance: random.Random) -> Triage:
	category = chance.choice([one for one in engine.ruleset.categories if one.phrases])
	phrases = list(category.phrases)
	for _each in range(chance.randint(1, 3)):
		words = " ".join(chance.choice([*WORDS, "*"]) for _word in range(chance.randint(1, 3)))
		new = Phrase(words, weight=chance.choice((0.5, 2.0, 4.0)), exclude=chance.random() < 0.3)
		act = chance.choice(("add", "drop", "weigh", "exclude"))
		place = chance.randrange(len(phrases)) if phrases else None
		if act == "add" or place is None:
			phrases.append(new)
		elif act == "drop":
			del phrases[place]
		else:
			changed = {"weight": 5.0} if act == "weigh" else {"exclude": not phrases[place].exclude}
			phrases[place] = replace(phrases[place], **changed)
	return with_phrases(engine, category.code, tuple(phrases))


@pytest.mark.parametrize("seed", range(8))
def test_what_is_passed_over_would_not_have_changed(engine: Triage, seed: int):
	chance = random.Random(seed)
	comparison = Comparison(engine, random_change(engine, chance))
	assert comparison.may_skip
	skipped = [post for post in chance.sample(TEXTS, 120) if comparison.read(post) is None]
	assert len(skipped) > 40
	for post in skipped:
		assert readings(engine.triage(post)) == readings(comparison.after.triage(post))


def test_a_new_word_may_win_a_spelling_from_an_older_phrase(engine: Triage):
	"""The reason why looking for the phrase in the text is not enough."""
	before = with_phrases(engine, "SEW-BLK", (Phrase("morbti", weight=6.0),))
	after = with_phrases(before, "RD-POT", (Phrase("murebiti", weight=6.0),))
	read, changed = Comparison(before, after).read(PostText("mrbito"))
	assert (read.category.value, changed.category.value) == ("SEW-BLK", "RD-POT")


def test_a_phrase_that_stands_in_the_post_changes_it(engine: Triage):
	after = with_phrases(engine, "SEW-BLK", (Phrase("zebra crossing", weight=6.0),))
	before, changed = Comparison(engine, after).read(PostText("zebra crossing chahiye Panchkula"))
	assert before.category.value != "SEW-BLK"
	assert changed.category.value == "SEW-BLK"


def test_phrases_of_a_kind_are_compared_too(engine: Triage):
	rules = engine.ruleset
	thanks = [*rules.kind_phrases, OutcomePhrase("thanks", "zebra mubarak", 9.0)]
	after = replace(engine, ruleset=RuleSet(rules.categories, thanks, rules.urgency_phrases))
	comparison = Comparison(engine, after)
	assert comparison.read(PostText("gali me paani nahi hai")) is None
	before, changed = comparison.read(PostText("zebra mubarak"))
	assert (before.kind.value, changed.kind.value) == ("greeting", "thanks")


def test_when_more_than_phrases_changed_every_post_is_read(engine: Triage):
	rules = engine.ruleset
	categories = [replace(one, disabled=True) if one.code == "SEW-BLK" else one for one in rules.categories]
	after = replace(engine, ruleset=RuleSet(categories, rules.kind_phrases, rules.urgency_phrases))
	comparison = Comparison(engine, after)
	assert not comparison.may_skip
	assert comparison.read(PostText("gali me paani nahi hai")) is not None
