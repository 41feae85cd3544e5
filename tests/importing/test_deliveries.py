"""However posts are delivered (shuffled, repeated, cut off), the same grievances come out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.emulators.reading import NOW
from tests.importing.world import Given, Killed, clean, make_account, make_item, posts, run

WHERE = ("Hisar", "Sirsa", "Kalka, Panchkula", "Rohtak", "Jind")
WHAT = (
	"Street light not working for weeks in",
	"No water supply for ten days in",
	"Garbage heap not lifted since June in",
)
ITEMS = [
	make_item(
		f"{WHAT[number % 3]} {WHERE[number % 5]} near house {number + 10}",
		str(number),
		str(3000 + number),
		posted_at=NOW - timedelta(minutes=90 - number),
	)
	for number in range(9)
]
REPLIES = [
	make_item(
		"Please do something about this!",
		str(100 + number),
		str(3000 + number),
		root_external_id=str(number),
		parent_external_id=str(number),
		posted_at=NOW - timedelta(minutes=30 - number),
	)
	for number in range(3)
]
DELIVERY = st.lists(st.integers(0, len(ITEMS) + len(REPLIES) - 1), min_size=1, max_size=20)


@pytest.fixture(scope="module")
def expected(request):
	clean()
	run(make_account(), ITEMS + REPLIES)
	outcome = _outcome()
	clean()
	request.addfinalizer(clean)
	return outcome


def _outcome() -> tuple[dict[str, str], dict[str, set[str]]]:
	"""State by post, and which posts share a grievance."""
	rows = posts()
	together: dict[str, set[str]] = {}
	for row in rows:
		if row.grievance:
			together.setdefault(row.grievance, set()).add(row.external_id)
	return {row.external_id: row.state for row in rows}, sorted(map(sorted, together.values()))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
	order=st.permutations(range(len(ITEMS))),
	repeats=DELIVERY,
	size=st.integers(1, 7),
	crash=st.integers(0, 4),
)
def test_every_delivery_gives_the_same_grievances(expected, order, repeats, size, crash):
	clean()
	account, everything = make_account(), ITEMS + REPLIES
	# A reply never arrives before what it answers; everything else may come in any order, and again.
	stream = [ITEMS[number] for number in order]
	stream += REPLIES + [everything[number] for number in repeats]
	pages = [stream[start : start + size] for start in range(0, len(stream), size)]
	try:
		run(account, connector=Given(*pages, crash_before=crash))
	except Killed:
		run(account, *pages)
	assert _outcome() == expected
