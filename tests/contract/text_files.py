"""Reads gettext's ``.po`` and ``.pot`` files, and finds the texts in the app's code without Frappe's help."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "grievance_helpdesk"
LOCALE = APP / "locale"
FIELDS = re.compile(r"\{[A-Za-z0-9_]*\}|</?[A-Za-z][^>]*>")
# __("…") and __('…') with the text at once behind the bracket.
JS_TEXT = re.compile(r"""(?<![\w.])__\(\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""")


@dataclass(frozen=True)
class Entry:
	context: str
	text: str
	translation: str
	fuzzy: bool


def entries(file: Path) -> list[Entry]:
	"""All entries of the file but its header, in its order."""
	found = []
	for block in file.read_text(encoding="utf-8").split("\n\n"):
		values: dict[str, str] = {}
		keyword = ""
		for line in block.splitlines():
			if line.startswith("#"):
				continue
			if not line.startswith('"'):
				keyword, line = line.split(" ", 1)
			values[keyword] = values.get(keyword, "") + ast.literal_eval(line)
		if values.get("msgid"):
			flags = re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE)
			found.append(
				Entry(values.get("msgctxt", ""), values["msgid"], values.get("msgstr", ""), bool(flags))
			)
	return found


def keys(file: Path) -> set[tuple[str, str]]:
	return {(entry.context, entry.text) for entry in entries(file)}


def fields(text: str) -> list[str]:
	"""The placeholders and tags that a translation must keep."""
	return sorted(FIELDS.findall(text))


def texts_of_code() -> Iterator[tuple[str, str]]:
	"""(file, text) of every literal in ``_("…")`` and ``__("…")``; adjacent Python literals are one text."""
	for file in sorted(APP.rglob("*.py")):
		if not file.name.startswith("test_"):
			for text in _python_texts(file):
				yield str(file.relative_to(APP)), text
	for file in sorted(APP.rglob("*.js")):
		for literal in JS_TEXT.findall(file.read_text(encoding="utf-8")):
			yield str(file.relative_to(APP)), ast.literal_eval(literal)


def _python_texts(file: Path) -> Iterator[str]:
	for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
		if (
			isinstance(node, ast.Call)
			and isinstance(node.func, ast.Name)
			and node.func.id == "_"
			and node.args
			and isinstance(node.args[0], ast.Constant)
		):
			yield node.args[0].value
