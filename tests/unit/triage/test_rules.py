"""The phrase matcher: spellings, endings, scripts, small words, and what it must not join."""

from __future__ import annotations

import pytest

from grievance_helpdesk.intake.triage.rules import (
	Category,
	CompiledRules,
	Phrase,
	PhraseMatcher,
	RuleSet,
	longest,
	word_key,
)
from grievance_helpdesk.intake.triage.text import normalise


def found(phrase: str, text: str, turns: bool = False) -> bool:
	return bool(PhraseMatcher([(phrase, turns, "x")]).find(normalise(text).words))


@pytest.mark.parametrize(
	("phrase", "text"),
	[
		("pani nahi", "pani nhi aa rha"),
		("pani nahi", "paani bilkul ni aata"),
		("pani nahi", "पानी नहीं आ रहा"),
		("sewerage", "sevrege ki problem"),
		("sewerage", "सीवरेज जाम है"),
		("sewer jam", "siver jaam pada h"),
		("sadak tooti", "सड़क टूटी हुई है"),
		("gadde", "road par gaddha hai"),
		("gadde", "khadde hi khadde"),
		("transformer", "ट्रांसफार्मर जल गया"),
		("street light", "स्ट्रीट लाइट खराब"),
		("pothole", "POTHOLES everywhere"),
		("bijli ka bill", "bijli bill"),
		("sewer * dhakkan", "sewer wala toota dhakkan"),
		("kab se", "kab se form bharega"),
	],
)
def test_a_phrase_is_found_however_it_is_written(phrase: str, text: str) -> None:
	assert found(phrase, text)


@pytest.mark.parametrize(
	("phrase", "text"),
	[
		("pani nahi", "pani ki tanki"),
		("vardi", "ward no 13"),
		("nali", "nal me"),
		("street", "they start today"),
		("kab se", "kab tak jhelenge"),
		("bandh", "band pada hai"),
		("chowki", "the drain is choked"),
		("hissa", "his land"),
		("sewer * dhakkan", "sewer dhakkan"),
		("pani nahi", ""),
	],
)
def test_what_is_another_word_is_not_found(phrase: str, text: str) -> None:
	assert not found(phrase, text)


def test_two_words_of_a_hindi_phrase_may_be_turned() -> None:
	assert found("ganda pani", "pani ganda hai", turns=True)
	assert not found("ganda pani", "pani ganda hai")


def test_a_match_inside_a_longer_one_is_left_out() -> None:
	matcher = PhraseMatcher([("light", False, "power"), ("street light", False, "lamp")])
	assert [match.payload for match in longest(matcher.find(["street", "light"]))] == ["lamp"]


@pytest.mark.parametrize(
	("one", "other"), [("gali", "galiyon"), ("गली", "gali"), ("paani", "पानी"), ("roads", "roads")]
)
def test_keys_join_forms_of_one_word(one: str, other: str) -> None:
	assert word_key(one) == word_key(other)


def test_small_words_have_no_key() -> None:
	assert [word_key(word) for word in ("ki", "hai", "है", "the")] == [""] * 4


def test_the_hash_follows_the_rules_and_not_their_order() -> None:
	one, two = Category("A", "a", phrases=(Phrase("x y"),)), Category("B", "b")
	assert RuleSet((one, two)).hash == RuleSet((two, one)).hash
	assert RuleSet((one,)).hash != RuleSet((one, two)).hash


def test_a_disabled_category_speaks_no_more() -> None:
	rules = RuleSet((Category("A", "a", phrases=(Phrase("sewer"),), disabled=True),))
	assert CompiledRules(rules).scan(["sewer"]).categories == []


def test_hostile_words_neither_fail_nor_fill_the_memory() -> None:
	matcher = PhraseMatcher([("sewer", False, "x")])
	words = ["x" * 25_000, "\ud800", "", "١٢٣", "<script>"] + [f"w{number}" for number in range(70_000)]
	assert matcher.find(words) == []
	assert len(matcher._cache) <= 60_000
