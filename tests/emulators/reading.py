"""Reading an account the way the importer does, for tests: page by page, cursor kept only where a page is complete."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from grievance_helpdesk.intake.connectors.base import (
	Connector,
	ConnectorError,
	Gap,
	Item,
	Limits,
	Page,
	Usage,
)

NOW = datetime(2026, 11, 18, 6, 0, tzinfo=timezone.utc)


class Clock:
	"""A clock that a test moves."""

	def __init__(self, now: datetime = NOW) -> None:
		self.now = now

	def __call__(self) -> datetime:
		return self.now

	def tick(self, **by: float) -> None:
		self.now += timedelta(**by)


@dataclass
class Run:
	"""What one run brought. ``error`` is the ConnectorError that ended it, or None."""

	cursor: dict
	pages: list[Page] = field(default_factory=list)
	error: ConnectorError | None = None

	@property
	def items(self) -> list[Item]:
		return [item for page in self.pages for item in page.items]

	@property
	def texts(self) -> list[str]:
		return [item.text for item in self.items]

	@property
	def notes(self) -> str:
		return " ".join(note for page in self.pages for note in page.notes)

	@property
	def gaps(self) -> list[Gap]:
		return [page.gap for page in self.pages if page.gap]

	@property
	def usage(self) -> Usage:
		return sum((page.usage for page in self.pages), Usage())


def read(
	connector: Connector,
	cursor: dict | None = None,
	*,
	now: datetime = NOW,
	crash_after: int | None = None,
	**limits: object,
) -> Run:
	"""One run; with ``crash_after`` it dies after so many pages were stored."""
	run = Run(cursor or {})
	try:
		for page in connector.fetch(run.cursor, Limits(now=now, **limits)):
			run.pages.append(page)
			if page.complete:
				run.cursor = page.cursor
			if len(run.pages) == crash_after:
				break
	except ConnectorError as error:
		run.error = error
	return run
