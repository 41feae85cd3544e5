"""The update that measures how long the cases of an older version took. Its function of time is MariaDB's."""

from datetime import datetime

import pytest

from grievance_helpdesk.patches.v1_1 import measure_durations
from tests.contract import records

pytestmark = pytest.mark.bench
CAME = datetime(2026, 3, 29, 1, 30)


@pytest.mark.parametrize("chunk", [1, 2, 20_000])
def test_every_case_is_measured(site, monkeypatch, chunk):
	monkeypatch.setattr(measure_durations, "CHUNK", chunk)
	expected = {}
	for acknowledged, resolved in (
		(None, None),
		(datetime(2026, 3, 29, 4, 30), None),
		(datetime(2026, 3, 29, 1, 30), datetime(2026, 4, 8, 1, 30, 5)),
	):
		name = records.grievance().insert().name
		values = {"received_at": CAME, "acknowledged_at": acknowledged, "resolved_at": resolved}
		site.db.set_value("Grievance", name, {**values, "response_time": 7, "resolution_time": 7})
		expected[name] = [(end - CAME).total_seconds() if end else None for end in (acknowledged, resolved)]
	measure_durations.execute()
	for name, taken in expected.items():
		assert list(site.db.get_value("Grievance", name, ["response_time", "resolution_time"])) == taken
