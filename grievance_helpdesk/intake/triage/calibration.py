"""From a stated confidence to the accuracy that it really had, and from a target accuracy to a threshold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

BINS = 10
# A bin with fewer examples than this borrows from all of them.
PRIOR = 5.0


@dataclass(frozen=True, slots=True)
class Bin:
	"""Examples with a confidence up to ``upper``: how many, and what share of them was right."""

	upper: float
	count: int
	accuracy: float


@dataclass(frozen=True, slots=True)
class Calibration:
	"""Reliability of one field, bins in rising order of ``upper``; accuracy never falls as confidence rises."""

	bins: tuple[Bin, ...] = ()

	def __call__(self, confidence: float) -> float:
		"""The accuracy that this confidence had on the examples; unchanged without examples."""
		for one in self.bins:
			if confidence <= one.upper:
				return one.accuracy
		return self.bins[-1].accuracy if self.bins else confidence

	def threshold(self, target: float) -> float:
		"""The lowest confidence from which on answers reach ``target`` accuracy together; above 1 if none does."""
		lower, edge = 1.01, 1.0
		right = total = 0.0
		for one in reversed(self.bins):
			right, total = right + one.accuracy * one.count, total + one.count
			edge = self._lower_edge(one)
			if total and right / total >= target:
				lower = edge
		return lower

	def _lower_edge(self, one: Bin) -> float:
		position = self.bins.index(one)
		return self.bins[position - 1].upper if position else 0.0

	def as_rows(self) -> list[dict[str, Any]]:
		"""JSON-able: one ``{"upper", "count", "accuracy"}`` for each bin."""
		return [
			{"upper": one.upper, "count": one.count, "accuracy": round(one.accuracy, 4)} for one in self.bins
		]

	@classmethod
	def from_rows(cls, rows: Iterable[dict[str, Any]]) -> Calibration:
		"""The inverse of :meth:`as_rows`. Raises ``ValueError`` for rows that are no bins."""
		try:
			return cls(
				tuple(Bin(float(row["upper"]), int(row["count"]), float(row["accuracy"])) for row in rows)
			)
		except (KeyError, TypeError) as error:
			raise ValueError(f"Not the rows of a calibration: {error}. Train again.") from error


def fit(examples: Sequence[tuple[float, bool]]) -> Calibration:
	"""Bins of equal size from ``(confidence, whether it was right)``; neighbours that fall are pooled."""
	if not examples:
		return Calibration()
	ordered = sorted(examples)
	overall = sum(right for _, right in ordered) / len(ordered)
	size = max(1, len(ordered) // BINS)
	pooled: list[list[float]] = []
	start = 0
	while start < len(ordered):
		# Equal confidences stand in one bin: it would otherwise hold the wrong ones first.
		end = min(start + size, len(ordered))
		while end < len(ordered) and ordered[end][0] == ordered[end - 1][0]:
			end += 1
		chunk, start = ordered[start:end], end
		right = sum(1 for _, was_right in chunk if was_right)
		accuracy = (right + PRIOR * overall) / (len(chunk) + PRIOR)
		pooled.append([chunk[-1][0], len(chunk), accuracy])
		while len(pooled) > 1 and pooled[-2][2] > pooled[-1][2]:
			upper, count, accuracy = pooled.pop()
			earlier = pooled[-1]
			total = earlier[1] + count
			pooled[-1] = [upper, total, (earlier[1] * earlier[2] + count * accuracy) / total]
	pooled[-1][0] = 1.0
	return Calibration(tuple(Bin(upper, int(count), accuracy) for upper, count, accuracy in pooled))


def expected_error(examples: Sequence[tuple[float, bool]], bins: int = BINS) -> float:
	"""Expected calibration error over bins of equal width, 0..1."""
	groups: dict[int, list[tuple[float, bool]]] = {}
	for confidence, right in examples:
		groups.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
	gaps = [
		abs(sum(confidence for confidence, _ in group) - sum(right for _, right in group))
		for group in groups.values()
	]
	return sum(gaps) / len(examples) if examples else 0.0
