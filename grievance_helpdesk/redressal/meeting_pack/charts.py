"""Bar charts as SVG for paper: no script, no style sheet, every text escaped. Pure Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, LABELS, NUMBERS = 680, 210, 50
ROW, BAR, LEGEND = 22, 14, 26
LONGEST_LABEL = 34
FONT = "Noto Sans, Noto Sans Devanagari, sans-serif"
INK = "#1b1b1b"


@dataclass(frozen=True, slots=True)
class Series:
	"""One colour of the bars, with a value for each row."""

	name: str
	colour: str
	values: Sequence[int]


def stacked_bars(title: str, labels: Sequence[str], series: Sequence[Series]) -> Markup:
	"""Horizontal bars, one a label, each made of the series one after the other; empty without labels."""
	if not labels:
		return Markup("")
	totals = [sum(max(part.values[row], 0) for part in series) for row in range(len(labels))]
	scale = (WIDTH - LABELS - NUMBERS) / max(*totals, 1)
	parts = [_legend(series)]
	for row, label in enumerate(labels):
		top = LEGEND + row * ROW
		parts += [
			_text(LABELS - 8, top + BAR - 3, _short(label), anchor="end"),
			*_bar(row, top, series, scale),
		]
		parts.append(_text(LABELS + totals[row] * scale + 6, top + BAR - 3, totals[row], bold=True))
	height = LEGEND + len(labels) * ROW + 4
	return Markup(
		'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">{}</svg>'
	).format(title, WIDTH, height, WIDTH, height, Markup("").join(parts))


def _bar(row: int, top: int, series: Sequence[Series], scale: float) -> list[Markup]:
	parts, left = [], float(LABELS)
	for part in series:
		width = max(part.values[row], 0) * scale
		if width:
			parts.append(_box(left, top, width, BAR, part.colour))
		left += width
	return parts


def _legend(series: Sequence[Series]) -> Markup:
	parts, step = [], (WIDTH - 20) / max(len(series), 1)
	for number, part in enumerate(series):
		left = 10 + number * step
		parts += [_box(left, 3, 10, 10, part.colour), _text(left + 15, 12, part.name)]
	return Markup("").join(parts)


def _box(left: float, top: float, width: float, height: float, colour: str) -> Markup:
	box = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>')
	return box.format(left, top, width, height, colour)


def _text(left: float, top: float, words: object, anchor: str = "start", bold: bool = False) -> Markup:
	text = Markup(
		'<text x="{:.1f}" y="{:.1f}" font-family="{}" font-size="11" font-weight="{}" fill="{}" text-anchor="{}">{}</text>'
	)
	return text.format(left, top, FONT, "bold" if bold else "normal", INK, anchor, words)


def _short(label: str) -> str:
	return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
