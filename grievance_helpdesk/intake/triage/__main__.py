"""``python -m grievance_helpdesk.intake.triage FILE``: triage of a file of posts, one JSON object a line.

Each line of FILE is an object with ``id``, ``text`` and optionally ``channel``, ``author``, ``posted_at``, ``subject``.
A line that cannot be read is told on stderr with its number and does not stop the rest; the exit code is then 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any, TextIO

from . import duplicates, shipped
from .engine import PostText, Triage
from .result import TriageResult

SAME_PROBLEM_WITHIN = timedelta(days=10)
USAGE = "usage: python -m grievance_helpdesk.intake.triage FILE   (one JSON object a line; - reads stdin)"


class Earlier:
	"""The posts of the file so far: finds near-duplicates and other reports of the same problem."""

	def __init__(self) -> None:
		self._index = duplicates.MemoryIndex()
		self._problems: dict[tuple[str, str], list[tuple[str, datetime | None, Any]]] = {}
		self._originals: dict[str, str] = {}

	def relate(self, post_id: str, post: PostText, result: TriageResult) -> tuple[str | None, str | None]:
		"""(duplicate_of, same_problem_as) of a post, and remember it for the next ones."""
		named = duplicates.numbers(result.text)
		alike = self._index.query(result.signature, named)
		self._index.add(post_id, result.signature, named)
		copy = str(alike[0][0]) if alike else None
		if copy is not None:
			original = self._originals.get(copy, copy)
			self._originals[post_id] = original
			return original, None
		return None, self._same_problem(post_id, post, result, named)

	def _same_problem(self, post_id: str, post: PostText, result: TriageResult, named: Any) -> str | None:
		key = self._key(result)
		if key is None:
			return None
		known = self._problems.setdefault(key, [])
		for other, posted_at, other_named in known:
			if _near(post.posted_at, posted_at) and not duplicates.contradict(named, other_named):
				return other
		known.append((post_id, post.posted_at, named))
		return None

	@staticmethod
	def _key(result: TriageResult) -> tuple[str, str] | None:
		"""Category and place; a whole district is no place, two troubles in it are two."""
		places = result.places
		if not result.is_grievance or not result.category.value or not places.district.value:
			return None
		where = places.jurisdiction.value
		if where == places.district.value or where is None:
			where = places.place_text.casefold() or (places.ward and f"ward {places.ward}")
		if not where:
			return None
		return result.category.value, f"{places.district.value}|{where}"


def _near(one: datetime | None, other: datetime | None) -> bool:
	return one is None or other is None or abs(one - other) <= SAME_PROBLEM_WITHIN


def read_post(line: str) -> tuple[str, PostText]:
	"""Id and post of a line. Raises ``ValueError`` that says what is wrong with it."""
	try:
		values = json.loads(line)
	except json.JSONDecodeError as error:
		raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from error
	if not isinstance(values, dict) or "id" not in values or not isinstance(values.get("text"), str):
		raise ValueError("expected an object with id and text")
	author = values.get("author") or ""
	if isinstance(author, dict):
		author = author.get("id") or author.get("handle") or ""
	post_id = str(values["id"])
	post = PostText(
		text=values["text"],
		channel=str(values.get("channel") or ""),
		author=str(author),
		posted_at=_moment(values.get("posted_at")),
		subject=str(values.get("subject") or ""),
		post_id=post_id,
	)
	return post_id, post


def _moment(value: Any) -> datetime | None:
	if not value:
		return None
	try:
		moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
	except ValueError as error:
		raise ValueError(f"posted_at is no ISO date: {value!r}") from error
	return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def lines(source: Iterable[str], engine: Triage, errors: TextIO) -> Iterator[dict[str, Any]]:
	"""The answer to each good line of ``source``; bad lines are told on ``errors``."""
	earlier = Earlier()
	for number, line in enumerate(source, start=1):
		if not line.strip():
			continue
		try:
			post_id, post = read_post(line)
		except ValueError as error:
			print(f"line {number}: {error}", file=errors)
			continue
		result = engine.triage(post)
		yield result.as_line(post_id, *earlier.relate(post_id, post, result))


class _Counted:
	"""Writes through to stderr and remembers whether anything was written."""

	def __init__(self, stream: TextIO) -> None:
		self.stream, self.used = stream, False

	def write(self, text: str) -> int:
		self.used = True
		return self.stream.write(text)


def main(arguments: list[str]) -> int:
	if len(arguments) != 1 or arguments[0] in ("-h", "--help"):
		print(USAGE, file=sys.stderr)
		return 2
	errors = _Counted(sys.stderr)
	try:
		source = sys.stdin if arguments[0] == "-" else open(arguments[0], encoding="utf-8", errors="replace")
	except OSError as error:
		print(f"{arguments[0]} cannot be read: {error.strerror}. {USAGE}", file=sys.stderr)
		return 2
	with source:
		for answer in lines(source, shipped.triage(), errors):
			print(json.dumps(answer, ensure_ascii=False))
	return 1 if errors.used else 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
