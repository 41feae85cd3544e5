"""Every test of the importer begins and ends with an empty intake, and has a clock of its own."""

from __future__ import annotations

import pytest

from tests.importing.world import SetClock, clean


@pytest.fixture(autouse=True)
def clean_intake():
	clean()
	yield
	clean()


@pytest.fixture
def clock():
	return SetClock()
