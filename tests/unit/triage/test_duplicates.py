"""Near-duplicates: reposts and retyped posts meet, the same words about another ward do not."""

import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance_helpdesk.intake.triage import duplicates
from grievance_helpdesk.intake.triage.duplicates import (
	MemoryIndex,
	bands,
	numbers,
	pack,
	signature,
	similarity,
	unpack,
)
from grievance_helpdesk.intake.triage.text import normalise

POST = "Main water pipeline burst near Sector 20 Panchkula, opposite society gate. Thousands of litres going waste"


def sign(post):
	return signature(normalise(post))


ALIKE = [
	f"RT @someone: {POST}",
	POST.upper(),
	f"@cmohry {POST} 🙏🙏 https://t.co/abc 9800012345",
	POST.replace(",", "").replace(".", "!!"),
	POST.replace("burst", "brust").replace("opposite", "opposit"),
	f"Respected sir {POST} please help",
]


@pytest.mark.parametrize("other", ALIKE)
def test_reposts_are_alike(other):
	assert similarity(sign(POST), sign(other)) >= duplicates.ALIKE


@pytest.mark.parametrize(
	"other",
	["No street light in Sector 20 Panchkula for a month", "पंचकूला में पानी की लाइन टूटी है", "garbage", ""],
)
def test_other_posts_are_not(other):
	assert similarity(sign(POST), sign(other)) < duplicates.ALIKE


def test_case_links_and_punctuation_change_nothing():
	assert sign("Sector 14: PANI nahi! https://x.co/1") == sign("@cmohry sector 14 pani nahi")


def test_no_words_no_signature():
	assert sign("🙏🙏 @cmohry https://x.co/1") == ()
	assert bands(()) == [] and pack(()) == "" and unpack("") == ()
	assert similarity((), ()) == 0.0


@given(st.text(max_size=300))
def test_every_text_signs_the_same_way_twice(raw):
	first, second = signature(normalise(raw)), signature(normalise(raw))
	assert first == second
	assert len(first) in (0, duplicates.BINS)
	assert all(0 <= value < 2**16 for value in first)
	assert unpack(pack(first)) == first
	keys = bands(first)
	assert len(set(keys)) == len(keys) in (0, duplicates.BANDS)
	assert all(len(key) <= 16 for key in keys)


def test_another_process_signs_the_same():
	code = (
		"from grievance_helpdesk.intake.triage.duplicates import pack, signature;"
		"from grievance_helpdesk.intake.triage.text import normalise;"
		f"print(pack(signature(normalise({POST!r}))))"
	)
	runs = {
		subprocess.run(
			[sys.executable, "-c", code],
			env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
			capture_output=True,
			text=True,
			check=True,
		).stdout.strip()
		for seed in ("1", "2")
	}
	assert runs == {pack(sign(POST))}


@pytest.mark.parametrize("packed", ["AAAA", "not base64!", "=" * 172])
def test_a_broken_signature_says_what_was_expected(packed):
	with pytest.raises(ValueError, match="172 characters"):
		unpack(packed)


NUMBERS = [
	("ward no 13", {("ward", "13")}),
	("Ward-07, sector 16-17", {("ward", "7"), ("sector", "16"), ("sector", "17")}),
	("सेक्टर १४ वार्ड नंबर 3", {("sector", "14"), ("ward", "3")}),
	("house 1123, Sec 70A", {("house", "1123"), ("sector", "70a")}),
	("gali no 4 block B", {("street", "4")}),
	("NIT 5 Faridabad", {("part", "5")}),
	("3 din se 5 log 9800012345", set()),
	("forward 13", set()),
]


@pytest.mark.parametrize(("post", "found"), NUMBERS)
def test_numbers(post, found):
	assert numbers(normalise(post)) == found


@pytest.mark.parametrize(
	("one", "other", "contradict"),
	[
		("ward 13", "ward 14", True),
		("ward 13", "ward no 13", False),
		("ward 13", "sector 14", False),
		("ward 13", "", False),
		("sector 14 ward 3", "sector 14 ward 4", True),
		("sector 14 sector 15", "sector 15", False),
	],
)
def test_contradicting_numbers(one, other, contradict):
	assert duplicates.contradict(numbers(normalise(one)), numbers(normalise(other))) is contradict


def noisy(post, generator):
	"""The post retyped: about one word in ten misspelled, one in twelve left out."""
	words = []
	for word in post.split():
		if generator.random() < 0.08:
			continue
		if len(word) > 3 and generator.random() < 0.1:
			place = generator.randrange(len(word))
			word = word[:place] + word[place + 1 :]
		words.append(word)
	return " ".join(words)


def test_the_index_finds_retyped_posts_and_keeps_siblings_apart():
	generator = random.Random(7)
	problems = (
		"no water supply|sewer overflowing on the main street|street lights not working|garbage heap burning"
	)
	endings = "since three days nobody from the office came|children are falling ill please send a team soon"
	towns = "Hisar Rohtak Jind Kaithal Karnal Ambala Sirsa Panipat".split()
	posts = [
		f"{problem} in ward {ward} {town} near the old {place} {ending}"
		for problem in problems.split("|")
		for ending in endings.split("|")
		for town in towns
		for place, ward in (("temple", 3), ("school", 14), ("bus stand", 21))
	]
	index = MemoryIndex()
	for key, post in enumerate(posts):
		index.add(key, sign(post), numbers(normalise(post)))
	assert len(index) == len(posts)
	found = siblings = 0
	for key, post in enumerate(posts):
		text = normalise(noisy(post, generator))
		keys = [other for other, _ in index.query(signature(text), numbers(text))]
		found += key in keys
		text = normalise(post.replace("ward ", "ward 9"))
		siblings += key in [other for other, _ in index.query(signature(text), numbers(text))]
	assert found >= 0.92 * len(posts)
	assert siblings == 0


def test_the_most_alike_comes_first_and_an_empty_post_finds_nothing():
	index = MemoryIndex()
	index.add("near", sign(f"{POST} please help us all"))
	index.add("same", sign(POST))
	index.add("empty", sign(""))
	assert len(index) == 2
	assert [key for key, _ in index.query(sign(POST))] == ["same", "near"]
	assert index.query(sign("")) == []
