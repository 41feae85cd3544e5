"""What differs between the versions of Frappe, where the version at hand does not show it."""

from __future__ import annotations

import pytest

from grievance_helpdesk import compatibility


@pytest.mark.parametrize(
	("takes_dicts", "field"),
	[(True, {"COUNT": "*", "as": "number"}), (False, "count(*) as number")],
	ids=["released 16", "15"],
)
def test_an_aggregate_is_written_as_the_list_takes_it(site, monkeypatch, takes_dicts: bool, field):
	monkeypatch.setattr(compatibility, "LISTS_TAKE_DICTS", takes_dicts)
	assert compatibility.aggregate("COUNT", "*", "number") == field
