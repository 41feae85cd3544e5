"""The accounts whose reading goes wrong: an emulator, a clock that stands, and a connector for each channel."""

from __future__ import annotations

import pytest

from grievance_helpdesk.intake.connectors.facebook import FacebookConnector
from grievance_helpdesk.intake.connectors.x import XConnector
from tests.emulators.graph import GraphEmulator
from tests.emulators.reading import Clock
from tests.emulators.x import XEmulator
from tests.faults.posts import SHORT


@pytest.fixture
def clock():
	return Clock()


@pytest.fixture
def x(clock):
	with XEmulator(clock=clock) as emulator:
		yield emulator


@pytest.fixture
def connect_x(x, clock):
	def make(**settings) -> XConnector:
		defaults = {
			"user_id": x.user_id,
			"handle": x.handle,
			"bearer_token": x.bearer_token,
			"base_url": x.url,
			"timeouts": SHORT,
			"clock": clock,
		}
		return XConnector(**defaults | settings)

	return make


@pytest.fixture
def graph(clock):
	with GraphEmulator(clock=clock) as emulator:
		yield emulator


@pytest.fixture
def connect_facebook(graph, clock):
	def make(**settings) -> FacebookConnector:
		defaults = {
			"page_id": graph.page_id,
			"token": graph.token,
			"app_secret": graph.app_secret,
			"base_url": graph.url,
			"timeouts": SHORT,
			"clock": clock,
		}
		return FacebookConnector(**defaults | settings)

	return make
