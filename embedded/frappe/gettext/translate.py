"""Reads the apps' ``locale/*.po`` themselves; Frappe compiles them to ``.mo`` first."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

from ..state import local


def compile_translations(
	target_app: str | None = None, locale: str | None = None, force: bool = False
) -> None:
	"""Nothing to do here, but on a bench there is."""


def translations(lang: str) -> dict[str, str]:
	"""Text → translation, or ``text:context`` → translation, of all apps of the site."""
	found: dict[str, str] = {}
	for app in local.runtime.apps:
		file = Path(__import__(app).__file__).parent / "locale" / f"{lang}.po"
		found |= _read(file) if file.exists() else {}
	return found


@lru_cache(maxsize=8)
def _read(file: Path) -> dict[str, str]:
	found: dict[str, str] = {}
	for block in file.read_text(encoding="utf-8").split("\n\n"):
		entry: dict[str, str] = {}
		keyword = ""
		for line in block.splitlines():
			if line.startswith("#"):
				continue
			if not line.startswith('"'):
				keyword, line = line.split(" ", 1)
			entry[keyword] = entry.get(keyword, "") + ast.literal_eval(line)
		if entry.get("msgid") and entry.get("msgstr"):
			context = f":{entry['msgctxt']}" if "msgctxt" in entry else ""
			found[entry["msgid"] + context] = entry["msgstr"]
	return found
