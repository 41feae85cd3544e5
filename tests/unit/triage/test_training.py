"""Training: the same examples give the same bytes; a worse model does not become active."""

from __future__ import annotations

import sys

import pytest

from grievance_helpdesk.intake.triage import training
from grievance_helpdesk.intake.triage.text import normalise
from grievance_helpdesk.intake.triage.training import Example, TrainingError, fit_model, macro_f1, train

WORDS = {"SEW": "sewer jam overflow", "LGT": "street light andhera", "GAR": "kuda kachra safai"}


def examples(count: int = 90) -> list[Example]:
	codes = sorted(WORDS)
	return [Example(f"{WORDS[codes[n % 3]]} gali {n}", codes[n % 3], order=n) for n in range(count)]


def test_it_learns_and_is_deterministic() -> None:
	one = train(examples())
	assert one.report["accuracy"] == 1.0
	assert one.may_become_active
	assert one.model.to_bytes() == train(list(reversed(examples()))).model.to_bytes()
	best = one.model.predict(normalise("kachra pada hai"))
	assert max(best, key=lambda code: best[code]) == "GAR"


def test_two_classes_are_enough() -> None:
	model = fit_model([one for one in examples() if one.category != "GAR"])
	best = model.predict(normalise("sewer jam"))
	assert max(best, key=lambda code: best[code]) == "SEW"


def test_a_model_worse_than_the_active_one_stays_out() -> None:
	good = train(examples()).model
	wrong = {"SEW": "LGT", "LGT": "GAR", "GAR": "SEW"}
	poisoned = [
		Example(one.text, wrong[one.category] if one.order < 72 else one.category, one.order)
		for one in examples()
	]
	result = train(poisoned, active=good)
	assert not result.may_become_active
	assert result.report["macro_f1"] < result.report["previous_macro_f1"]


def test_too_few_examples_say_how_many_are_needed() -> None:
	with pytest.raises(TrainingError, match="40 in at least two categories"):
		train(examples(9))


def test_without_scikit_learn_it_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setitem(sys.modules, "sklearn", None)
	with pytest.raises(TrainingError, match=r"grievance_helpdesk\[training\]"):
		train(examples())


def test_macro_f1() -> None:
	assert macro_f1([("a", "a"), ("b", "b")]) == 1.0
	assert macro_f1([("a", "a"), ("b", "a")]) == pytest.approx(1 / 3)
	assert macro_f1([]) == 0.0


def test_the_module_itself_needs_no_library() -> None:
	assert "sklearn" not in vars(training)
