"""The shipped engine, loaded once."""

from __future__ import annotations

import pytest

from grievance_helpdesk.intake.triage import shipped
from grievance_helpdesk.intake.triage.engine import Triage


@pytest.fixture(scope="session")
def shipped_engine() -> Triage:
	return shipped.triage()
