"""The trained category model as a plain-Python predictor: hashed words, word pairs and character n-grams.

Weights are whole numbers. The row of a feature is one big integer with a lane of 24 bits for each class, so that adding
a feature's weights for all classes is one addition; a last lane sums the squared feature weights for the norm.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from collections.abc import Mapping, Sequence

from .text import Text

HASH_BITS = 18
MASK = (1 << HASH_BITS) - 1
GRAMS = (2, 3, 4, 5)
# Weights are stored shifted by this, so that every lane stays positive: -128..127 becomes 0..255.
OFFSET = 128
MOST_WORDS = 600
MOST_CACHED = 30_000
LONGEST_WORD = 24
MAGIC = b"GHTM1"


class ModelError(ValueError):
	"""Bytes that are no model of this version; the message says what to do."""


def features_of_word(word: str) -> list[int]:
	"""Hashed features of one word: the word itself and the character n-grams of the word between spaces."""
	padded = f" {word[:LONGEST_WORD]} "
	found = [zlib.crc32(f"w{word}".encode("utf-8", "replace")) & MASK]
	for length in GRAMS:
		for start in range(len(padded) - length + 1):
			gram = padded[start : start + length]
			found.append(zlib.crc32(f"c{gram}".encode("utf-8", "replace")) & MASK)
	return found


def feature_of_pair(first: str, second: str) -> int:
	"""Hashed feature of two neighbouring words."""
	return zlib.crc32(f"p{first} {second}".encode("utf-8", "replace")) & MASK


def words_of(text: Text) -> list[str]:
	"""The words that the model reads: links, handles and numbers masked."""
	return text.masked.split()[:MOST_WORDS] if not text.words else _cleaned(text.words)


def _cleaned(words: Sequence[str]) -> list[str]:
	return ["0" if word.isdigit() else word for word in words[:MOST_WORDS]]


class LinearModel:
	"""A multinomial linear model; made by :mod:`training`, loaded with :meth:`from_bytes`."""

	def __init__(
		self,
		classes: Sequence[str],
		rows: Mapping[int, Sequence[int]],
		squares: Mapping[int, int],
		bias: Sequence[float],
		scale: float,
		square_scale: float,
		shares: tuple[float, float] = (1.0, 1.0),
	) -> None:
		"""``rows``: weights (-128..127) of each feature by class; ``squares``: its squared value (0..65535).

		``shares``: how much phrases and model count when they are joined; the more examples, the more the model.
		"""
		self.classes = list(classes)
		self.bias = list(bias)
		self.scale = scale
		self.square_scale = square_scale
		self.phrase_share, self.model_share = shares
		self.rows = {feature: bytes(weight + OFFSET for weight in row) for feature, row in rows.items()}
		self.squares = dict(squares)
		self._sums: dict[str, int] = {}

	def predict(self, text: Text) -> dict[str, float]:
		"""Log-probability of each class."""
		return self.predict_words(words_of(text))

	def predict_words(self, words: Sequence[str]) -> dict[str, float]:
		"""Log-probability of each class for words as :func:`words_of` gives them."""
		total = 0
		previous = ""
		for word in words:
			known = self._sums.get(word)
			total += self._sum(word) if known is None else known
			if previous:
				feature = zlib.crc32(f"p{previous} {word}".encode("utf-8", "replace")) & MASK
				if feature in self.rows:
					total += self._row(feature)
			previous = word
		return self._answer(total)

	def _answer(self, total: int) -> dict[str, float]:
		lanes = len(self.classes) + 2
		values = _unpack(total, lanes)
		count, squares = values[-2], values[-1]
		norm = math.sqrt(squares * self.square_scale) or 1.0
		factor = self.scale / norm
		logits = [
			bias + factor * (value - OFFSET * count) for bias, value in zip(self.bias, values, strict=False)
		]
		top = max(logits)
		shift = top + math.log(sum(math.exp(logit - top) for logit in logits))
		return {name: logit - shift for name, logit in zip(self.classes, logits, strict=True)}

	def _sum(self, word: str) -> int:
		if len(self._sums) >= MOST_CACHED:
			self._sums.clear()
		total = sum(self._row(feature) for feature in features_of_word(word) if feature in self.rows)
		self._sums[word] = total
		return total

	def _row(self, feature: int) -> int:
		row = self.rows[feature]
		packed = b"".join(value.to_bytes(3, "little") for value in row)
		packed += (1).to_bytes(3, "little") + self.squares[feature].to_bytes(3, "little")
		return int.from_bytes(packed, "little")

	def to_bytes(self) -> bytes:
		"""Compact form for storage, the same for the same model."""
		head = json.dumps(
			{
				"classes": self.classes,
				"bias": self.bias,
				"scale": self.scale,
				"square_scale": self.square_scale,
				"shares": [self.phrase_share, self.model_share],
			},
			sort_keys=True,
		).encode()
		features = sorted(self.rows)
		body = struct.pack("<II", len(head), len(features)) + head
		body += struct.pack(f"<{len(features)}I", *features)
		body += struct.pack(f"<{len(features)}H", *(self.squares[feature] for feature in features))
		body += b"".join(self.rows[feature] for feature in features)
		return MAGIC + zlib.compress(body, 6)

	@classmethod
	def from_bytes(cls, stored: bytes) -> LinearModel:
		"""The model that :meth:`to_bytes` wrote. Raises :class:`ModelError` for anything else."""
		if not stored.startswith(MAGIC):
			raise ModelError("Not a triage model of this version: train again.")
		try:
			body = zlib.decompress(stored[len(MAGIC) :])
			head_length, count = struct.unpack_from("<II", body)
			head = json.loads(body[8 : 8 + head_length])
			start = 8 + head_length
			features = struct.unpack_from(f"<{count}I", body, start)
			squares = struct.unpack_from(f"<{count}H", body, start + 4 * count)
		except (zlib.error, struct.error, ValueError, KeyError) as error:
			raise ModelError(f"The stored triage model is damaged ({error}): train again.") from error
		shares = tuple(head["shares"])
		model = cls(head["classes"], {}, {}, head["bias"], head["scale"], head["square_scale"], shares)
		width, start = len(model.classes), start + 6 * count
		for position, feature in enumerate(features):
			model.rows[feature] = body[start + position * width : start + (position + 1) * width]
		model.squares = dict(zip(features, squares, strict=True))
		return model


def _unpack(total: int, lanes: int) -> list[int]:
	raw = total.to_bytes(lanes * 3 + 8, "little")
	return [int.from_bytes(raw[start : start + 3], "little") for start in range(0, lanes * 3, 3)]
