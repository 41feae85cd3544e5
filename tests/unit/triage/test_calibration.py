"""Stated confidence against real accuracy."""

from __future__ import annotations

import pytest

from grievance_helpdesk.intake.triage.calibration import Bin, Calibration, expected_error, fit

EXAMPLES = [(0.95, True)] * 95 + [(0.95, False)] * 5 + [(0.6, True)] * 50 + [(0.6, False)] * 50


def test_it_gives_the_accuracy_that_a_confidence_had() -> None:
	calibration = fit(EXAMPLES)
	assert calibration(0.6) == pytest.approx(0.5, abs=0.1)
	assert calibration(0.95) == pytest.approx(0.95, abs=0.1)


def test_accuracy_never_falls_as_confidence_rises() -> None:
	calibration = fit([(number / 100, number % 3 == 0) for number in range(100)])
	accuracies = [one.accuracy for one in calibration.bins]
	assert accuracies == sorted(accuracies)


def test_the_threshold_reaches_the_target() -> None:
	calibration = Calibration((Bin(0.5, 10, 0.4), Bin(0.8, 10, 0.8), Bin(1.0, 10, 0.98)))
	assert calibration.threshold(0.95) == 0.8
	assert calibration.threshold(0.85) == 0.5
	assert calibration.threshold(0.3) == 0.0
	assert calibration.threshold(0.999) > 1


def test_without_examples_nothing_changes() -> None:
	assert fit([])(0.42) == 0.42


def test_it_survives_storage() -> None:
	calibration = fit(EXAMPLES)
	again = Calibration.from_rows(calibration.as_rows())
	assert [one.upper for one in again.bins] == [one.upper for one in calibration.bins]
	with pytest.raises(ValueError, match="Train again"):
		Calibration.from_rows([{"upper": 1}])


def test_expected_error() -> None:
	assert expected_error([(1.0, True), (1.0, True)]) == 0.0
	assert expected_error([(0.9, False)] * 10) == pytest.approx(0.9)
	assert expected_error([]) == 0.0
