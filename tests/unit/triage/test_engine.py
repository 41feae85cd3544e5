"""The whole chain: the first post of the story, hostile text, review reasons, determinism."""

from __future__ import annotations

import json

import pytest

from grievance_helpdesk.intake.triage.calibration import Bin, Calibration
from grievance_helpdesk.intake.triage.engine import PostText, Thresholds, Triage

SEED = (
	"Namaste sir ji please mere yaha ki gali banva do or sevrege ki bhe problem hai … vill abheypur ward no 13 "
	"panchkula mno -9417580005"
)


def test_the_first_post(shipped_engine: Triage) -> None:
	result = shipped_engine.triage(PostText(SEED))
	assert result.language.value == "hi-Latn"
	assert result.places.district.value == "Panchkula"
	assert result.places.place_text == "abheypur"
	assert {result.category.value, *result.also} == {"SEW-BLK", "RD-POT"}
	assert result.contacts.phones == ["9417580005"]
	assert "9417580005" not in result.public_text


@pytest.mark.parametrize(
	"text",
	[
		"",
		" \n\t ",
		"\x00\u200b\ufeff",
		"<script>alert(1)</script>",
		"\ud800 lone",
		"😀" * 300,
		"a" * 25_000,
		"pani " * 5_000,
		"ਪਾਣੀ ਨਹੀਂ",
		"குப்பை",
		"' OR 1=1 --",
		"à¤ªà¤¾à¤¨à¥€ à¤¨à¤¹à¥€à¤‚",
		"{{ 7*7 }} %s %(x)s",
	],
)
def test_hostile_text_never_fails_and_stays_json(shipped_engine: Triage, text: str) -> None:
	result = shipped_engine.triage(PostText(text))
	assert 0.0 <= result.confidence <= 1.0
	json.dumps(result.as_line("1"))
	json.dumps(result.as_evidence())


def test_evidence_holds_no_phone_number(shipped_engine: Triage) -> None:
	evidence = shipped_engine.triage(PostText(SEED)).as_evidence()
	assert evidence["contacts"]["phones"] == 1
	assert "9417580005" not in json.dumps(evidence)


def test_the_same_post_gives_the_same_answer(shipped_engine: Triage) -> None:
	post = PostText(SEED, post_id="demo")
	assert shipped_engine.triage(post).as_evidence() == shipped_engine.triage(post).as_evidence()


@pytest.mark.parametrize(
	("text", "reason"),
	[
		("sewer jam hai", "The place is not known"),
		("rohtak ki samasya", "No category fits"),
		("rohtak me taar toot gaya current aa raha", "It is urgent"),
		("", "no words"),
	],
)
def test_review_reasons_say_why(shipped_engine: Triage, text: str, reason: str) -> None:
	result = shipped_engine.triage(PostText(text, post_id="x1"))
	assert result.needs_review
	assert reason in " ".join(result.review_reasons)


def test_a_clear_post_needs_nobody_but_one_in_twenty_is_audited(shipped_engine: Triage) -> None:
	text = "rohtak ke ward 5 me street light kharab hai, khambe ki light band, gali me andhera"
	reviewed = [shipped_engine.triage(PostText(text, post_id=f"p{n}")).review_reasons for n in range(400)]
	audited = [reasons for reasons in reviewed if reasons]
	assert all("random" in reasons[0] for reasons in audited)
	assert 8 <= len(audited) <= 36
	again = [shipped_engine.triage(PostText(text, post_id=f"p{n}")).review_reasons for n in range(400)]
	assert again == reviewed


def test_a_calibration_changes_confidence_and_so_review(shipped_engine: Triage) -> None:
	doubtful = {"category": Calibration((Bin(1.0, 100, 0.5),))}
	engine = Triage(
		shipped_engine.ruleset,
		shipped_engine.gazetteer,
		calibration=doubtful,
		settings=Thresholds(category=0.6),
		paths=shipped_engine.paths,
	)
	result = engine.triage(PostText("rohtak me street light kharab hai khambe ki light band"))
	assert result.category.confidence == 0.5
	assert "The category LGT is only a guess." in result.review_reasons


def test_the_subject_of_a_mail_counts(shipped_engine: Triage) -> None:
	result = shipped_engine.triage(PostText("Sir, kindly help. Rohtak.", subject="Street light not working"))
	assert result.category.value == "LGT"
