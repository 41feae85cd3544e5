"""The demo posts are an independent measure of triage: this holds their shape, their labels and their mix."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

POSTS_FILE = Path(__file__).resolve().parents[3] / "demo" / "posts.jsonl"

CATEGORY_CODES = set(
	"WAT-NO WAT-DIRTY WAT-LEAK SEW-BLK DRN RD-POT RD-LINK GAR LGT PWR-CUT PWR-TRF PWR-DNG PWR-BILL PWR-CON "
	"MOS ANI ENC TRE PRK REV-REG REV-DEM CERT PPP PID RAT PEN HLT EDU TRN POL WOM COR AGR IRR POLU COL JOB "
	"SUG NOG".split()
)
DISTRICTS = {
	"Ambala", "Kurukshetra", "Panchkula", "Yamunanagar", "Faridabad", "Nuh", "Palwal", "Gurugram",
	"Mahendragarh", "Rewari", "Fatehabad", "Hisar", "Hansi", "Jind", "Sirsa", "Kaithal", "Karnal", "Panipat",
	"Bhiwani", "Charkhi Dadri", "Jhajjar", "Rohtak", "Sonipat",
}  # fmt: skip
KINDS_AT_LEAST = {
	"grievance": 300,
	"suggestion": 15,
	"thanks": 15,
	"greeting": 10,
	"politics": 20,
	"spam": 15,
	"abuse": 8,
	"question": 12,
	"out_of_scope": 12,
}
LANGUAGE_SHARES = {"hi-Latn": (0.28, 0.42), "hi": (0.18, 0.32), "en": (0.24, 0.38), "mixed": (0.06, 0.14)}
KEYS = {"id", "channel", "author", "posted_at", "text", "subject", "in_reply_to", "repost_of", "labels"}
LABEL_KEYS = {
	"is_grievance", "kind", "category", "also", "district", "place", "language", "urgent", "duplicate_of",
	"same_problem_as",
}  # fmt: skip
SEED_PHONE = "9417580005"
FICTIONAL_PHONE = re.compile(r"98000\d{5}|9999\d{6}")
MOBILE_NUMBER = re.compile(r"(?<!\d)[6-9]\d{4}[ -]?\d{5}(?!\d)")


@pytest.fixture(scope="module")
def posts() -> list[dict[str, Any]]:
	return [json.loads(line) for line in POSTS_FILE.read_bytes().decode("utf-8").split("\n") if line]


@pytest.fixture(scope="module")
def by_id(posts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
	return {post["id"]: post for post in posts}


def posted_at(post: dict[str, Any]) -> datetime:
	return datetime.fromisoformat(post["posted_at"])


def whole_text(post: dict[str, Any]) -> str:
	return f"{post.get('subject', '')}\n{post['text']}"


def test_every_post_has_the_agreed_keys(posts: list[dict[str, Any]]) -> None:
	for post in posts:
		assert set(post) <= KEYS, post["id"]
		assert set(post["author"]) == {"id", "handle", "name"}, post["id"]
		assert set(post["labels"]) == LABEL_KEYS, post["id"]
		assert post["channel"] in {"X", "Facebook", "Email"}, post["id"]
		assert ("subject" in post) == (post["channel"] == "Email"), post["id"]
		assert post["text"].strip(), post["id"]


def test_ids_are_unique_and_there_are_enough_posts(posts: list[dict[str, Any]]) -> None:
	assert len({post["id"] for post in posts}) == len(posts) >= 430


def test_posts_come_in_order_within_ten_days(posts: list[dict[str, Any]]) -> None:
	moments = [posted_at(post) for post in posts]
	assert moments == sorted(set(moments))
	assert all(moment.utcoffset() == timedelta(hours=5, minutes=30) for moment in moments)
	assert moments[0].date().isoformat() == "2026-11-08"
	assert moments[-1].date().isoformat() == "2026-11-17"


def test_references_point_at_earlier_posts(posts: list[dict[str, Any]], by_id: dict[str, Any]) -> None:
	for post in posts:
		labels = post["labels"]
		for reference in (
			post.get("in_reply_to"),
			post.get("repost_of"),
			labels["duplicate_of"],
			labels["same_problem_as"],
		):
			if reference is not None:
				assert posted_at(by_id[reference]) < posted_at(post), post["id"]
		assert not (labels["duplicate_of"] and labels["same_problem_as"]), post["id"]


def test_replies_and_reposts_stay_on_their_channel(
	posts: list[dict[str, Any]], by_id: dict[str, Any]
) -> None:
	for post in posts:
		for reference in (post.get("in_reply_to"), post.get("repost_of")):
			if reference is not None:
				assert by_id[reference]["channel"] == post["channel"], post["id"]


def test_a_repost_is_a_duplicate(posts: list[dict[str, Any]]) -> None:
	for post in posts:
		if "repost_of" in post:
			assert post["labels"]["duplicate_of"] == post["repost_of"], post["id"]


def test_a_post_about_the_same_problem_shares_its_category(
	posts: list[dict[str, Any]], by_id: dict[str, Any]
) -> None:
	for post in posts:
		original = post["labels"]["duplicate_of"] or post["labels"]["same_problem_as"]
		if original:
			first, second = by_id[original]["labels"], post["labels"]
			assert first["category"] == second["category"], post["id"]
			assert second["district"] in (first["district"], None), post["id"]
			assert by_id[original]["labels"]["duplicate_of"] is None, (
				f"{post['id']} should name the first post"
			)


def test_an_exact_copy_is_labelled_a_duplicate(posts: list[dict[str, Any]]) -> None:
	first_seen: dict[str, str] = {}
	for post in posts:
		words = " ".join(re.findall(r"[^\W_]+", post["text"].casefold()))
		original = first_seen.setdefault(words, post["id"])
		assert original == post["id"] or post["labels"]["duplicate_of"] == original, post["id"]


def test_support_comes_from_another_citizen(posts: list[dict[str, Any]], by_id: dict[str, Any]) -> None:
	for post in posts:
		original = post["labels"]["same_problem_as"]
		if original:
			assert post["author"]["id"] != by_id[original]["author"]["id"], post["id"]


def test_one_author_id_has_one_handle(posts: list[dict[str, Any]]) -> None:
	authors = {(post["author"]["id"], post["author"]["handle"]) for post in posts}
	assert len(authors) == len({author_id for author_id, _ in authors})
	assert len(authors) == len({handle for _, handle in authors})


def test_kind_and_category_agree(posts: list[dict[str, Any]]) -> None:
	for post in posts:
		labels = post["labels"]
		codes = [labels["category"], *labels["also"]]
		assert set(codes) <= CATEGORY_CODES, post["id"]
		assert len(codes) == len(set(codes)), post["id"]
		assert labels["is_grievance"] == (labels["kind"] == "grievance"), post["id"]
		if labels["kind"] == "suggestion":
			assert codes == ["SUG"], post["id"]
		elif not labels["is_grievance"]:
			assert codes == ["NOG"] and not labels["urgent"], post["id"]
		else:
			assert not {"SUG", "NOG"} & set(codes), post["id"]


def test_place_is_written_in_the_post(posts: list[dict[str, Any]]) -> None:
	for post in posts:
		place = post["labels"]["place"]
		if place is not None:
			assert place in whole_text(post), post["id"]
			assert not re.match(r"(gaon|village|vill|गांव|ग्राम)\b", place, re.IGNORECASE), post["id"]


def test_phone_numbers_are_fictional(posts: list[dict[str, Any]]) -> None:
	found = {
		re.sub(r"\D", "", match)
		for post in posts
		for match in MOBILE_NUMBER.findall(whole_text(post))
		if not re.search(rf"[Cc]onsumer no\.? {match}", whole_text(post))
	}
	assert SEED_PHONE in found
	strange = {number for number in found - {SEED_PHONE} if not FICTIONAL_PHONE.fullmatch(number)}
	assert not strange


def test_every_kind_is_there_often_enough(posts: list[dict[str, Any]]) -> None:
	counts = Counter(post["labels"]["kind"] for post in posts)
	assert set(counts) == set(KINDS_AT_LEAST)
	assert {kind: counts[kind] for kind, least in KINDS_AT_LEAST.items() if counts[kind] < least} == {}


def test_every_category_and_district_is_there(posts: list[dict[str, Any]]) -> None:
	categories = Counter(
		code for post in posts for code in [post["labels"]["category"], *post["labels"]["also"]]
	)
	districts = Counter(post["labels"]["district"] for post in posts if post["labels"]["district"])
	assert {code for code in CATEGORY_CODES if categories[code] < 5} == set()
	assert set(districts) == DISTRICTS
	assert {name for name, count in districts.items() if count < 8} == set()


@pytest.mark.parametrize("language", LANGUAGE_SHARES)
def test_languages_are_mixed_as_in_haryana(posts: list[dict[str, Any]], language: str) -> None:
	share = sum(post["labels"]["language"] == language for post in posts) / len(posts)
	least, most = LANGUAGE_SHARES[language]
	assert least <= share <= most


def test_language_label_agrees_with_the_script(posts: list[dict[str, Any]]) -> None:
	for post in posts:
		text = re.sub(r"<[^>]*>|&\w+;|@\w+", "", whole_text(post))
		devanagari = bool(re.search(r"[\u0904-\u0939]", text))
		language = post["labels"]["language"]
		if language in {"en", "hi-Latn"}:
			assert not devanagari, post["id"]
		elif language == "hi" and "à¤" not in text:
			assert devanagari, post["id"]


@pytest.mark.parametrize(
	("what", "least"),
	[
		("duplicate", 30),
		("same_problem", 25),
		("reply", 20),
		("two_problems", 20),
		("no_place", 20),
		("urgent", 12),
	],
)
def test_relations_and_special_cases(posts: list[dict[str, Any]], what: str, least: int) -> None:
	held = {
		"duplicate": lambda post: post["labels"]["duplicate_of"],
		"same_problem": lambda post: post["labels"]["same_problem_as"],
		"reply": lambda post: "in_reply_to" in post,
		"two_problems": lambda post: post["labels"]["also"],
		"no_place": lambda post: post["labels"]["is_grievance"] and not post["labels"]["district"],
		"urgent": lambda post: post["labels"]["urgent"],
	}[what]
	assert sum(bool(held(post)) for post in posts) >= least


def test_hostile_text_is_there(posts: list[dict[str, Any]]) -> None:
	everything = "\n".join(whole_text(post) for post in posts)
	for mark in (
		"<script>",
		"onerror=",
		"\u200b",
		"\u200f",
		"\ufeff",
		"\x00",
		"\\u0000",
		"à¤",
		"ਪਾਣੀ",
		"குப்பை",
		"🙏",
	):
		assert mark in everything, repr(mark)
	assert max(len(post["text"]) for post in posts) == 25_000


def test_each_channel_brings_posts(posts: list[dict[str, Any]]) -> None:
	counts = Counter(post["channel"] for post in posts)
	assert counts["X"] >= 250 and counts["Facebook"] >= 60 and counts["Email"] >= 30
