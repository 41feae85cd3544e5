"""Deterministic training of the category model from labelled posts. Needs the extra ``training`` (scikit-learn).

The latest fifth of the examples judges: the new model, together with the phrases, must be no worse there than what is
active, else it is kept but does not become active.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .calibration import Calibration, expected_error, fit
from .model import LinearModel, feature_of_pair, features_of_word, words_of
from .text import normalise

FEWEST = 40
JUDGED_SHARE = 5
SEED = 7
# How much the macro-F1 may fall by chance before a model counts as worse.
TOLERANCE = 0.0
NEEDED = (
	'Training needs scikit-learn: install the extra "training" (pip install "grievance_helpdesk[training]").'
)


class TrainingError(RuntimeError):
	"""Training is not possible; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Example:
	"""A post whose category a person confirmed or corrected. ``order`` (a date or number) tells the latest."""

	text: str
	category: str
	order: Any = 0


@dataclass(slots=True)
class Training:
	"""What a training gave: the model, its calibration, and the report for people and the Triage Model record."""

	model: LinearModel
	calibration: Calibration
	report: dict[str, Any]

	@property
	def may_become_active(self) -> bool:
		return bool(self.report["may_become_active"])


# Gives the probabilities of the categories for a text and the model's answer (None: without the model).
Scorer = Callable[[str, LinearModel | None], dict[str, float]]


def train(
	examples: Sequence[Example], score: Scorer | None = None, active: LinearModel | None = None
) -> Training:
	"""Train on the earlier four fifths, judge on the latest fifth, and train the result on all examples.

	``score(text, model)`` joins phrases and model as the engine does; without it the model is judged alone.
	Raises :class:`TrainingError` when scikit-learn is missing or there are too few examples.
	"""
	ordered = sorted(examples, key=lambda one: (one.order, one.text, one.category))
	if len(ordered) < FEWEST or len({one.category for one in ordered}) < 2:
		raise TrainingError(
			f"{len(ordered)} corrected posts are too few: {FEWEST} in at least two categories are needed."
		)
	cut = len(ordered) - len(ordered) // JUDGED_SHARE
	earlier, latest = ordered[:cut], ordered[cut:]
	score = score or _alone
	judged = _judge(latest, score, fit_model(earlier))
	before = _judge(latest, score, active) if active or score is not _alone else None
	better = before is None or judged["macro_f1"] >= before["macro_f1"] - TOLERANCE
	outcomes = judged.pop("outcomes")
	calibration = fit(outcomes)
	report = {
		"examples": len(ordered),
		"judged_on": len(latest),
		**judged,
		"previous_macro_f1": before and before["macro_f1"],
		"previous_accuracy": before and before["accuracy"],
		"calibration": calibration.as_rows(),
		"may_become_active": better,
	}
	return Training(fit_model(ordered), calibration, report)


def fit_model(examples: Sequence[Example]) -> LinearModel:
	"""A linear model of the examples, the same for the same examples in the same order."""
	sparse, linear_model = _libraries()
	counted = [_counts(one.text) for one in examples]
	found: Counter[int] = Counter()
	for counts in counted:
		found.update(counts.keys())
	# A feature of one post alone only learns that post.
	least = 2 if len(examples) > 2000 else 1
	features = sorted(feature for feature, posts in found.items() if posts >= least)
	column = {feature: position for position, feature in enumerate(features)}
	inverse = [1 + math.log((1 + len(examples)) / (1 + found[feature])) for feature in features]
	matrix = _matrix(sparse, counted, column, inverse)
	classes = sorted({one.category for one in examples})
	labels = [one.category for one in examples]
	plan = _plan(len(examples))
	learner = linear_model.LogisticRegression(C=plan.strength, max_iter=300, tol=1e-3, random_state=SEED)
	learner.fit(matrix, labels, sample_weight=_balanced(labels, plan.balance))
	return _quantised(classes, learner, features, inverse, plan.shares)


@dataclass(frozen=True, slots=True)
class _Plan:
	"""``strength``: inverse of the regularisation; ``balance`` 0..1: how far rare classes are lifted."""

	strength: float
	balance: float
	shares: tuple[float, float]


def _plan(examples: int) -> _Plan:
	"""Few examples know little of rare classes, and the phrases say more than they do; with thousands it turns.

	Chosen on splits of the Bengaluru reports with 100, 1,000 and 6,500 labels.
	"""
	decades = max(0.0, math.log10(max(examples, 10) / 100))
	return _Plan(
		strength=max(4.0, 40.0 * 0.1**decades),
		balance=max(0.0, 1 - 0.75 * decades),
		shares=(max(0.35, 1 - 0.4 * decades), 0.7 + 0.5 * decades),
	)


def _balanced(labels: list[str], balance: float) -> list[float]:
	counts = Counter(labels)
	weights = [(len(labels) / counts[label]) ** balance for label in labels]
	mean = sum(weights) / len(weights)
	return [weight / mean for weight in weights]


def _libraries() -> tuple[Any, Any]:
	try:
		from scipy import sparse
		from sklearn import linear_model
	except ImportError as error:
		raise TrainingError(NEEDED) from error
	return sparse, linear_model


def _counts(text: str) -> Counter[int]:
	words = words_of(normalise(text))
	counts: Counter[int] = Counter()
	for word in words:
		counts.update(features_of_word(word))
	counts.update(feature_of_pair(first, second) for first, second in pairwise(words))
	return counts


def _matrix(sparse: Any, counted: list[Counter[int]], column: dict[int, int], inverse: list[float]) -> Any:
	"""Rows as the predictor sees them: counts times inverse frequency over the root of the summed squares."""
	values: list[float] = []
	columns: list[int] = []
	starts = [0]
	for counts in counted:
		known = [(column[feature], count) for feature, count in sorted(counts.items()) if feature in column]
		norm = math.sqrt(sum(count * inverse[place] ** 2 for place, count in known)) or 1.0
		columns.extend(place for place, _ in known)
		values.extend(count * inverse[place] / norm for place, count in known)
		starts.append(len(columns))
	return sparse.csr_matrix((values, columns, starts), shape=(len(counted), len(column)))


def _quantised(
	classes: list[str], learner: Any, features: list[int], inverse: list[float], shares: tuple[float, float]
) -> LinearModel:
	weights, bias = learner.coef_, learner.intercept_
	if len(classes) == 2:
		# scikit-learn keeps one row for two classes.
		weights, bias = [-weights[0] / 2, weights[0] / 2], [-bias[0] / 2, bias[0] / 2]
	scaled = [[row[place] * inverse[place] for place in range(len(features))] for row in weights]
	largest = max((abs(value) for row in scaled for value in row), default=0.0) or 1.0
	step = largest / 127
	rows = {feature: [round(row[place] / step) for row in scaled] for place, feature in enumerate(features)}
	square_step = max(value**2 for value in inverse) / 4000
	squares = {feature: round(inverse[place] ** 2 / square_step) for place, feature in enumerate(features)}
	return LinearModel(classes, rows, squares, [float(value) for value in bias], step, square_step, shares)


def _alone(text: str, model: LinearModel | None) -> dict[str, float]:
	if model is None:
		return {}
	return {code: math.exp(value) for code, value in model.predict(normalise(text)).items()}


def _judge(examples: Sequence[Example], score: Scorer, model: LinearModel | None) -> dict[str, Any]:
	pairs, outcomes = [], []
	for one in examples:
		shares = score(one.text, model)
		best = max(shares, key=lambda code: (shares[code], code), default="")
		pairs.append((one.category, best))
		outcomes.append((shares.get(best, 0.0), best == one.category))
	return {
		"macro_f1": round(macro_f1(pairs), 4),
		"accuracy": round(sum(right for _, right in outcomes) / len(outcomes), 4),
		"ece": round(expected_error(outcomes), 4),
		"outcomes": outcomes,
	}


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
	"""Mean F1 over the classes that occur as labels, from ``(label, answer)`` pairs."""
	labels, answers = Counter(label for label, _ in pairs), Counter(answer for _, answer in pairs)
	right = Counter(label for label, answer in pairs if label == answer)
	scores = [2 * right[label] / (labels[label] + answers[label]) for label in labels]
	return sum(scores) / len(scores) if scores else 0.0
