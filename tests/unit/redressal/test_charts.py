"""Bars on paper: their lengths, their numbers, and that no text of a citizen becomes markup."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from grievance_helpdesk.redressal.meeting_pack.charts import LABELS, NUMBERS, WIDTH, Series, stacked_bars

ROOM = WIDTH - LABELS - NUMBERS


def bars(svg: str) -> list[tuple[str, float]]:
	"""(colour, length) of what is drawn right of the labels."""
	found = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="14.0" fill="([^"]+)"', svg)
	return [(colour, float(width)) for _left, width, colour in found]


def test_the_longest_bar_fills_the_room_and_the_others_are_in_proportion():
	svg = stacked_bars("Title", ["A", "B"], [Series("x", "#111", [30, 0]), Series("y", "#222", [10, 20])])
	assert bars(svg) == [("#111", ROOM * 0.75), ("#222", ROOM * 0.25), ("#222", ROOM * 0.5)]
	assert ">40<" in svg
	assert ">20<" in svg


def test_nothing_to_draw_is_no_chart():
	assert stacked_bars("Title", [], []) == ""
	assert bars(stacked_bars("Title", ["A"], [Series("x", "#111", [0])])) == []


def test_texts_are_escaped_and_long_labels_cut():
	svg = stacked_bars('"><script>', ["<b>विभाग</b>" * 9], [Series("<i>", "#111", [1])])
	assert "<script>" not in svg
	assert "<b>" not in svg
	assert "…" in svg


@settings(deadline=None)
@given(
	st.lists(st.tuples(st.text(max_size=60), st.integers(0, 10**7), st.integers(0, 10**7)), max_size=15),
)
def test_whatever_the_figures_the_chart_is_xml_and_stays_in_its_room(rows):
	allowed = [(re.sub(r"[^\w\s<>&\"']", "", label), one, two) for label, one, two in rows]
	labels = [re.sub(r"[\x00-\x1f]", "", label) for label, _one, _two in allowed]
	series = [Series("a", "#111", [row[1] for row in rows]), Series("b", "#222", [row[2] for row in rows])]
	svg = stacked_bars("Title", labels, series)
	if rows:
		ElementTree.fromstring(svg)
	for box in re.finditer(r'x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg):
		assert float(box[1]) + float(box[2]) <= WIDTH
