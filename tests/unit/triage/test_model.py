"""The plain predictor: storage, and that packed sums say what the weights say."""

from __future__ import annotations

import math

import pytest

from grievance_helpdesk.intake.triage.model import LinearModel, ModelError, features_of_word
from grievance_helpdesk.intake.triage.text import normalise


def small_model() -> LinearModel:
	rows = {feature: [100, -50] for feature in features_of_word("sewer")}
	rows.update({feature: [-100, 120] for feature in features_of_word("light")})
	return LinearModel(["SEW", "LGT"], rows, dict.fromkeys(rows, 1000), [0.1, -0.1], 0.01, 0.001, (0.8, 1.2))


def test_probabilities_sum_to_one_and_follow_the_weights() -> None:
	answer = small_model().predict(normalise("Sewer!"))
	assert sum(map(math.exp, answer.values())) == pytest.approx(1.0)
	assert answer["SEW"] > answer["LGT"]
	assert small_model().predict(normalise("light"))["LGT"] > math.log(0.5)


def test_packed_sums_equal_the_sum_of_weights() -> None:
	model = small_model()
	features = features_of_word("sewer")
	norm = math.sqrt(len(features) * 1000 * 0.001)
	logits = [
		bias + 0.01 / norm * len(features) * weight
		for bias, weight in zip((0.1, -0.1), (100, -50), strict=True)
	]
	shift = math.log(sum(map(math.exp, logits)))
	assert model.predict_words(["sewer"])["SEW"] == pytest.approx(logits[0] - shift)


def test_unknown_and_no_words_give_the_bias() -> None:
	model = small_model()
	assert model.predict(normalise(""))["SEW"] == pytest.approx(model.predict_words(["zzzz"])["SEW"])


def test_a_stored_model_answers_the_same() -> None:
	model = small_model()
	again = LinearModel.from_bytes(model.to_bytes())
	assert again.predict_words(["sewer", "light"]) == model.predict_words(["sewer", "light"])
	assert (again.phrase_share, again.model_share) == (0.8, 1.2)
	assert again.to_bytes() == model.to_bytes()


@pytest.mark.parametrize("stored", [b"", b"pickle", b"GHTM1nonsense"])
def test_damaged_bytes_say_what_to_do(stored: bytes) -> None:
	with pytest.raises(ModelError, match="train again"):
		LinearModel.from_bytes(stored)


def test_a_very_long_post_does_not_overflow() -> None:
	answer = small_model().predict(normalise("sewer " * 5000))
	assert sum(map(math.exp, answer.values())) == pytest.approx(1.0)
