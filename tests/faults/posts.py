"""Posts for the tests of faults, and what a run brought of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from grievance_helpdesk.intake.connectors.base import ConnectorError
from tests.emulators.graph import GraphEmulator
from tests.emulators.reading import NOW, Run
from tests.emulators.x import XEmulator

MENTION = "@cmohry no water in ward {}"
SHORT = (0.3, 0.3)  # seconds to connect and to read: a test does not wait
HOUR = timedelta(hours=1)


def publish_on_x(x: XEmulator, count: int, before: timedelta = timedelta(hours=1)) -> list[str]:
	"""``count`` mentions, a second apart, the last of them ``before`` now; ids in that order."""
	first = x.now - before - timedelta(seconds=count)
	return [x.add_post(MENTION.format(n), created_at=first + timedelta(seconds=n)) for n in range(count)]


def publish_on_facebook(graph: GraphEmulator, count: int) -> set[str]:
	return {graph.add_post(f"no water in ward {n}", created_at=NOW - HOUR) for n in range(count)}


def ids(run: Run) -> list[str]:
	return [item.external_id for item in run.items]


def id_set(run: Run) -> set[str]:
	return set(ids(run))


def raised(action: Callable[[], object]) -> ConnectorError | None:
	try:
		action()
	except ConnectorError as error:
		return error
	return None
