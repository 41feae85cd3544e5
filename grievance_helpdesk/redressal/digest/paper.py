"""The digest as the HTML of a mail. Pure Python; whatever stands in it is escaped here.

Styles stand on the elements, because mail programs leave style sheets out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from grievance_helpdesk.redressal.citizen_side.words import spoken_date
from grievance_helpdesk.redressal.digest.words import say

FONT = "font-family: 'Noto Sans', 'Noto Sans Devanagari', 'Nirmala UI', Mangal, Arial, sans-serif"
BLUE, RED, GREY, LINE = "#14324f", "#a3161a", "#5b6570", "#d5dce3"
TILES = ("overdue", "due_today", "disputed", "waiting", "new", "open")
ALARMING = ("overdue", "disputed")


def mail(digest: Mapping, language: str) -> str:
	"""``digest``: ``day``, ``own`` (counts), ``cases``, ``area`` (counts or None), ``officers``, ``address``."""
	parts = [
		_heading(digest["day"], language),
		_tiles(digest["own"], language),
		_cases(digest["cases"], language),
		_button(digest["address"], say("all_mine", language)),
	]
	if digest["area"]:
		parts += [_title(say("area", language)), _tiles(digest["area"], language)]
		parts.append(_officers(digest["officers"], language))
	parts.append(
		Markup('<p style="color: {}; font-size: 12px; margin: 18px 0 0">{}</p>').format(
			GREY, say("stop", language)
		)
	)
	frame = Markup(
		'<div lang="{}" style="{}; color: #1b1b1b; font-size: 14px; line-height: 1.5; max-width: 640px">{}</div>'
	)
	return str(frame.format(language, FONT, Markup("").join(parts)))


def _heading(day, language: str) -> Markup:
	return Markup(
		'<div style="border-bottom: 3px double {blue}; padding-bottom: 8px">'
		'<div style="color: {grey}; font-size: 12px">{government}</div>'
		'<div style="color: {blue}; font-size: 20px; font-weight: bold">{title}</div><div>{day}</div></div>'
	).format(
		blue=BLUE,
		grey=GREY,
		government=say("government", language),
		title=say("title", language),
		day=spoken_date(day, language),
	)


def _title(words: str) -> Markup:
	style = f"color: {BLUE}; font-size: 15px; font-weight: bold; margin: 22px 0 8px; border-bottom: 1px solid {LINE}"
	return Markup('<div style="{}">{}</div>').format(style, words)


def _tiles(counts: Mapping[str, int], language: str) -> Markup:
	"""Six numbers in two rows of three."""
	cells = [_tile(name, counts[name], language) for name in TILES]
	rows = [Markup("<tr>{}</tr>").format(Markup("").join(cells[at : at + 3])) for at in (0, 3)]
	table = Markup(
		'<table style="width: 100%; border-collapse: separate; border-spacing: 6px; margin: 10px -6px 0">{}</table>'
	)
	return table.format(Markup("").join(rows))


def _tile(name: str, count: int, language: str) -> Markup:
	colour = RED if count and name in ALARMING else BLUE if count else GREY
	return Markup(
		'<td style="width: 33%; border: 1px solid {line}; border-radius: 6px; padding: 8px 12px">'
		'<div style="font-size: 22px; font-weight: bold; color: {colour}">{count}</div>'
		'<div style="font-size: 12px; color: {grey}">{label}</div></td>'
	).format(line=LINE, colour=colour, count=count, grey=GREY, label=say(name, language))


def _cases(rows: Iterable[Mapping], language: str) -> Markup:
	"""``rows``: ``number``, ``address``, ``subject`` (None for a confidential case), ``due``, ``late``."""
	lines = [
		(
			Markup('<a href="{}" style="color: {}">{}</a>').format(row["address"], BLUE, row["number"]),
			say("confidential", language) if row["subject"] is None else row["subject"],
			Markup('<span style="color: {}">{}</span>').format(
				RED if row["late"] else "#1b1b1b",
				spoken_date(row["due"], language) or say("no_due", language),
			),
		)
		for row in rows
	]
	head = [say(key, language) for key in ("number", "case", "due")]
	return _table(say("most_pressing", language), head, lines)


def _officers(rows: Iterable[Mapping], language: str) -> Markup:
	lines = [(row["title"] or say("nobody", language), row["overdue"], row["open"]) for row in rows]
	head = [say(key, language) for key in ("officer", "overdue", "open")]
	return _table(say("officers", language), head, lines)


def _table(title: str, head: list[str], lines: list[tuple]) -> Markup:
	if not lines:
		return Markup("")
	style = f"border-bottom: 1px solid {LINE}; padding: 6px 8px 6px 0; text-align: left; vertical-align: top"
	cell = Markup('<td style="{}">{}</td>')
	titles = Markup("").join(
		Markup('<th style="{}; color: {}; font-size: 12px">{}</th>').format(style, GREY, label)
		for label in head
	)
	rows = Markup("").join(
		Markup("<tr>{}</tr>").format(Markup("").join(cell.format(style, value) for value in line))
		for line in lines
	)
	table = Markup('<table style="width: 100%; border-collapse: collapse"><tr>{}</tr>{}</table>').format(
		titles, rows
	)
	return _title(title) + table


def _button(address: str, words: str) -> Markup:
	style = f"display: inline-block; background: {BLUE}; color: #fff; padding: 8px 16px; border-radius: 5px; text-decoration: none"
	return Markup('<p style="margin: 16px 0 0"><a href="{}" style="{}">{}</a></p>').format(
		address, style, words
	)
