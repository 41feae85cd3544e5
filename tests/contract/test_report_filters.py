"""What people may choose in a report, and the sentence that answers what is impossible."""

from datetime import date, datetime

import pytest

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.reporting import filters

NOW = datetime(2026, 11, 25, 11, 30)


@pytest.fixture(autouse=True)
def today():
	with moment.fixed(NOW):
		yield


def refusal(site, **chosen) -> str:
	with pytest.raises(site.ValidationError) as refused:
		filters.read(chosen)
	return str(refused.value)


def test_without_dates_it_is_the_last_thirty_days(site):
	chosen = filters.read({})
	assert (chosen.from_date, chosen.to_date) == (date(2026, 10, 27), date(2026, 11, 25))
	assert (chosen.begin, chosen.end) == (datetime(2026, 10, 27), datetime(2026, 11, 26))


@pytest.mark.parametrize(
	"chosen, said",
	[
		({"from_date": "2026-11-20", "to_date": "2026-11-10"}, "before it begins on"),
		({"from_date": "2026-12-24", "to_date": "2026-12-31"}, "still to come"),
		({"from_date": "2021-01-01", "to_date": "2026-01-01"}, "longer than three years"),
		({"from_date": "yesterday<b>"}, "Write it as year-month-day"),
		({"department": "Ministry of Silly Walks"}, "does not exist (any more)"),
		({"district": ["=", "Hisar"]}, "does not exist (any more)"),
	],
)
def test_what_is_impossible_is_said_in_a_sentence(site, chosen, said):
	sentence = refusal(site, **chosen)
	assert said in sentence
	assert "<b>" not in sentence
