"""The pack as the HTML of a PDF. Pure Python; whatever stands in it is escaped here. Tables, because wkhtmltopdf knows no flex."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup

from grievance_helpdesk.redressal.citizen_side.words import spoken_date
from grievance_helpdesk.redressal.meeting_pack.charts import Series, stacked_bars
from grievance_helpdesk.redressal.meeting_pack.words import say

LIMITS = (7, 15, 30, 60, 120)
AGES = tuple(f"over_{limit}" for limit in LIMITS)
# From fresh to far too old
SHADES = ("#9db8d2", "#6d93b8", "#f2c14e", "#ef8a3c", "#d9472b", "#8c1c13")
IN_CHART = 12
STYLE = Markup("""
body { font-family: "Noto Sans", "Noto Sans Devanagari", "Mangal", "Nirmala UI", sans-serif; font-size: 9.5pt; color: #1b1b1b; line-height: 1.4; }
.head { text-align: center; border-bottom: 3px double #14324f; padding-bottom: 8px; }
.government { font-size: 15pt; font-weight: bold; color: #14324f; }
.title { font-size: 13pt; font-weight: bold; padding-top: 4px; }
.small { color: #4a4a4a; font-size: 8.5pt; }
h2 { font-size: 11.5pt; color: #14324f; border-bottom: 1px solid #b9c4cf; margin: 18px 0 6px; page-break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
tr, svg { page-break-inside: avoid; }
th { background: #eef2f6; text-align: left; color: #14324f; }
th, td { border: 1px solid #b9c4cf; padding: 3px 6px; vertical-align: top; }
.n { text-align: right; white-space: nowrap; }
.first { white-space: nowrap; }
.wide { width: 28%; }
.late { color: #a3161a; font-weight: bold; }
.total td { font-weight: bold; background: #f6f8fa; }
.tiles { border-spacing: 8px 0; border-collapse: separate; margin-top: 12px; }
.tiles td { border: 1px solid #b9c4cf; width: 20%; padding: 6px 10px; }
.big { font-size: 19pt; font-weight: bold; color: #14324f; }
p { margin: 4px 0 6px; }
""")


def document(pack: Mapping, language: str) -> str:
	parts = [_heading(pack, language)]
	if pack["totals"]["pending"]:
		parts += [_tiles(pack, language), _departments(pack, language), _districts(pack, language)]
		parts += [_letters(pack, language), *_lists(pack, language)]
	else:
		parts.append(
			Markup('<p style="margin-top: 40px; text-align: center">{}</p>').format(say("nothing", language))
		)
	parts.append(
		Markup('<p class="small" style="margin-top: 16px">{}</p>').format(
			say("scope", language, user=pack["user"])
		)
	)
	page = Markup(
		'<!DOCTYPE html><html lang="{}"><head><meta charset="utf-8"><style>{}</style></head><body>{}</body></html>'
	)
	return str(page.format(language, STYLE, Markup("").join(parts)))


def _heading(pack: Mapping, language: str) -> Markup:
	government = say("government_of", language, state=pack["state"]) if pack["state"] else ""
	moment = say("as_of", language, moment=spoken_date(pack["now"], language))
	return Markup(
		'<div class="head"><div class="government">{}</div><div class="small">{}</div>'
		'<div class="title">{}</div><div>{}</div></div>'
	).format(government, say("system", language), say("title", language), moment)


def _tiles(pack: Mapping, language: str) -> Markup:
	totals = pack["totals"]
	numbers = [
		(totals["pending"], say("pending", language)),
		(totals["overdue"], say("overdue", language)),
		(totals["over_30"], say("over", language, days=30)),
		(pack["missing"]["count"], say("missing", language)),
		(pack["disputed"]["count"], say("disputed", language)),
	]
	cell = Markup('<td><div class="big">{}</div><div class="small">{}</div></td>')
	cells = Markup("").join(cell.format(number, label) for number, label in numbers)
	return Markup('<table class="tiles"><tr>{}</tr></table>').format(cells)


def _departments(pack: Mapping, language: str) -> Markup:
	rows = sorted(pack["departments"], key=lambda row: -row["pending"])
	names = [
		say("up_to", language, days=LIMITS[0]),
		*(say("band", language, low=low + 1, high=high) for low, high in pairwise(LIMITS)),
		say("over", language, days=LIMITS[-1]),
	]
	bounds = ("pending", *AGES)
	series = [
		Series(name, shade, [row[bound] - row.get(after, 0) for row in rows[:IN_CHART]])
		for name, shade, bound, after in zip(names, SHADES, bounds, (*AGES, ""), strict=True)
	]
	chart = stacked_bars(say("chart_age", language), [row["title"] for row in rows[:IN_CHART]], series)
	return _section("departments", language, chart + _pendency(rows, pack["totals"], "department", language))


def _districts(pack: Mapping, language: str) -> Markup:
	rows = sorted(pack["districts"], key=lambda row: -row["pending"])
	shown = rows[:IN_CHART]
	series = [
		Series(say("in_time", language), SHADES[0], [row["pending"] - row["overdue"] for row in shown]),
		Series(say("overdue", language), SHADES[4], [row["overdue"] for row in shown]),
	]
	chart = stacked_bars(say("chart_overdue", language), [row["title"] for row in shown], series)
	return _section("districts", language, chart + _pendency(rows, pack["totals"], "district", language))


def _pendency(rows: Sequence[Mapping], totals: Mapping, key: str, language: str) -> Markup:
	columns = ("pending", *AGES, "overdue", "untouched")
	ages = [say("over", language, days=days) for days in LIMITS]
	head = [say("pending", language), *ages, say("overdue", language), say("untouched", language)]
	lines = [[row["title"], *(row[name] for name in columns)] for row in rows]
	foot = [say("total", language), *(totals[name] for name in columns)]
	return _table([say(key, language), *head], lines, numbers_from=1, foot=foot)


def _letters(pack: Mapping, language: str) -> Markup:
	head = [say("department", language), say("untouched", language)]
	lines = [[row["title"], row["untouched"]] for row in pack["letters"]]
	help_line = _help(say("letters_help", language))
	return _section("letters", language, help_line + _table(head, lines, numbers_from=1, language=language))


def _lists(pack: Mapping, language: str) -> list[Markup]:
	missing, disputed = pack["missing"], pack["disputed"]
	missing_help = say("missing_help", language, days=LIMITS[-1], count=missing["count"])
	disputed_help = say("disputed_help", language, count=disputed["count"])
	return [
		_section("missing_title", language, _help(missing_help) + _cases(missing["rows"], language)),
		_section("disputed_title", language, _help(disputed_help) + _cases(disputed["rows"], language)),
		_section("oldest_title", language, _cases(pack["oldest"], language)),
	]


def _cases(rows: Sequence[Mapping], language: str) -> Markup:
	head = [
		say(key, language)
		for key in ("number", "case", "department", "district", "officer", "received", "days")
	]
	lines = [
		[
			*(row["name"], row["subject"], row["department"], row["district"], row["officer"]),
			*(spoken_date(row["received_at"].date(), language), row["days"]),
		]
		for row in rows
	]
	return _table(head, lines, numbers_from=6, language=language)


def _section(key: str, language: str, body: Markup) -> Markup:
	return Markup("<h2>{}</h2>{}").format(say(key, language), body)


def _help(words: str) -> Markup:
	return Markup('<p class="small">{}</p>').format(words)


def _table(
	head: Sequence[str],
	lines: Sequence[Sequence],
	*,
	numbers_from: int,
	foot: Sequence | None = None,
	language: str = "",
) -> Markup:
	"""Columns from ``numbers_from`` on stand to the right; without lines a word says that there are none."""
	if not lines:
		return Markup("<p>{}</p>").format(say("none", language))
	titles = _line(head, numbers_from, "th")
	body = Markup("").join(_line(line, numbers_from) for line in lines)
	end = _line(foot, numbers_from, kind="total") if foot else Markup("")
	return Markup("<table><thead>{}</thead>{}{}</table>").format(titles, body, end)


def _line(values: Sequence, numbers_from: int, tag: str = "td", kind: str = "") -> Markup:
	"""A case's number stays on one line; a title before numbers gets room."""
	first = "wide" if numbers_from == 1 else "first"
	classes = (first, *("n" if at >= numbers_from else "" for at in range(1, len(values))))
	cell = Markup(f'<{tag} class="{{}}">{{}}</{tag}>')
	cells = (cell.format(name, value) for name, value in zip(classes, values, strict=True))
	return Markup('<tr class="{}">{}</tr>').format(kind, Markup("").join(cells))
