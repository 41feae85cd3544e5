"""``make triage``: one line for each post, bad lines told and skipped."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from grievance_helpdesk.intake.triage import __main__ as cli
from grievance_helpdesk.intake.triage.engine import Triage

KEYS = [
	"id", "is_grievance", "kind", "category", "categories", "also", "department", "district", "place", "pin", "language",
	"urgent", "phones", "confidence", "needs_review", "duplicate_of", "same_problem_as", "reasons",
]  # fmt: skip


def run(engine: Triage, *posts: object) -> tuple[list[dict], str]:
	errors = io.StringIO()
	source = [post if isinstance(post, str) else json.dumps(post) for post in posts]
	return list(cli.lines(source, engine, errors)), errors.getvalue()


def test_a_line_has_exactly_the_keys(shipped_engine: Triage) -> None:
	answers, errors = run(shipped_engine, {"id": "a", "text": "rohtak me sewer jam"})
	assert list(answers[0]) == KEYS
	assert errors == ""


def test_copies_and_the_same_problem_are_found(shipped_engine: Triage) -> None:
	text = "karnal ke model town me sewer jam hai das din se koi nahi sunta"
	answers, _ = run(
		shipped_engine,
		{"id": "1", "text": text, "posted_at": "2026-11-08T06:10:00+05:30"},
		{"id": "2", "text": f"RT {text}", "posted_at": "2026-11-08T07:10:00+05:30"},
		{
			"id": "3",
			"text": "Model Town Karnal: sewer overflowing everywhere",
			"posted_at": "2026-11-09T06:10:00Z",
		},
		{"id": "4", "text": "Model Town Karnal sewerage blocked again and again", "posted_at": "2027-03-09"},
	)
	assert [answer["duplicate_of"] for answer in answers] == [None, "1", None, None]
	assert [answer["same_problem_as"] for answer in answers] == [None, None, "1", None]


@pytest.mark.parametrize(
	("line", "message"),
	[
		("{not json", "line 2: not JSON"),
		("[1, 2]", "line 2: expected an object with id and text"),
		('{"id": 1}', "line 2: expected an object with id and text"),
		('{"id": 1, "text": "x", "posted_at": "yesterday"}', "line 2: posted_at is no ISO date"),
	],
)
def test_a_bad_line_is_told_and_does_not_stop_the_rest(
	shipped_engine: Triage, line: str, message: str
) -> None:
	answers, errors = run(shipped_engine, {"id": "a", "text": "x"}, line, {"id": "b", "text": "y"}, "")
	assert [answer["id"] for answer in answers] == ["a", "b"]
	assert message in errors


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
	file = tmp_path / "posts.jsonl"
	file.write_text('{"id": "1", "text": "hisar me pani nahi"}\noops\n', encoding="utf-8")
	assert cli.main([str(file)]) == 1
	out, err = capsys.readouterr()
	assert json.loads(out)["district"] == "Hisar"
	assert "line 2" in err
	assert cli.main([str(tmp_path / "missing")]) == 2
	assert cli.main([]) == 2
