"""The look-up of near-duplicates: the latest post of each band, within the last weeks, and forgetting."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import frappe
import pytest

from grievance_helpdesk.intake import signatures
from grievance_helpdesk.intake.triage import duplicates
from tests.importing.world import clean

NOW = datetime(2026, 11, 18, 12, 0)
SINCE = NOW - timedelta(days=14)


@pytest.fixture(autouse=True)
def clean_intake():
	clean()
	yield
	clean()


def sample(seed: int, like: tuple[int, ...] = (), share: float = 0.0) -> tuple[int, ...]:
	"""Random bins, of which ``share`` are those of ``like``."""
	dice = random.Random(seed)
	return tuple(
		like[place] if like and dice.random() < share else dice.getrandbits(16)
		for place in range(duplicates.BINS)
	)


def test_a_signature_is_read_as_it_was_written():
	values, numbers = sample(1), frozenset({("ward", "13"), ("sector", "4a")})
	assert signatures.read(signatures.write(values, numbers)) == (values, numbers)
	assert signatures.read(signatures.write((), frozenset())) == ((), frozenset())


def test_the_latest_post_of_a_band_is_found():
	keys = signatures.keys(sample(1), "Hisar")
	signatures.add({"first": keys}, NOW - timedelta(days=3))
	signatures.add({"second": keys}, NOW)
	assert set(signatures.latest(keys, SINCE, NOW).values()) == {"second"}


def test_other_districts_and_older_weeks_are_not_found():
	signatures.add({"old": signatures.keys(sample(1), "Hisar")}, NOW - timedelta(days=40))
	assert signatures.latest(signatures.keys(sample(1), "Hisar"), SINCE, NOW) == {}
	signatures.add({"new": signatures.keys(sample(1), "Hisar")}, NOW)
	assert signatures.latest(signatures.keys(sample(1), "Sirsa"), SINCE, NOW) == {}


def test_posts_that_share_seven_tenths_are_nearly_always_found():
	found = 0
	for seed in range(100):
		original = sample(seed)
		signatures.add({f"post {seed}": signatures.keys(original, "Hisar")}, NOW)
		again = signatures.keys(sample(1000 + seed, original, 0.7), "Hisar")
		found += f"post {seed}" in signatures.latest(again, SINCE, NOW).values()
	assert found >= 95


def test_old_signatures_are_forgotten_and_the_others_stay():
	signatures.add({"kept": signatures.keys(sample(1), None)}, NOW)
	now = frappe.utils.now_datetime()
	assert signatures.forget_before(now - timedelta(days=1)) == 0
	assert signatures.forget_before(now + timedelta(minutes=1)) == signatures.BANDS
	assert frappe.db.count("Post Signature") == 0
