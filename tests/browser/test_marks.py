"""The Desk folds a post as triage does, so that the marked words are the words that decided."""

from __future__ import annotations

import json
from pathlib import Path

from grievance_helpdesk.intake.triage.text import normalise

POSTS = Path(__file__).parents[2] / "demo" / "posts.jsonl"
ODD = [
	"  ½ घंटे… ﬁne\r\nFa\u200bridabad १२३ क़ानून माँग ",
	"İstanbul STRASSE straße 😀 ok",
	"\u2028a\u2028b",
	"＠ｗａｒｄ　１３",
]


def test_folding_is_the_same_on_both_sides(desk, grievance):
	texts = ODD + [json.loads(line)["text"] for line in POSTS.read_text(encoding="utf-8").splitlines()]
	officer = desk("State Nodal Officer").form("Grievance", grievance().name)
	sides = officer.page.evaluate(
		"""(texts) => texts.map((text) => {
			const folded = new grievance_helpdesk.Folded(text);
			return [folded.exact, folded.text.trimEnd()];
		})""",
		texts,
	)
	marked = [(text, folded) for text, (exact, folded) in zip(texts, sides, strict=True) if exact]
	assert len(marked) > 0.95 * len(texts)
	assert [text for text, folded in marked if folded != normalise(text).folded] == []
