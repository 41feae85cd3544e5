"""Near-duplicate posts: one-permutation MinHash over character 4-grams, in plain Python.

A signature has 64 bins of 16 bits; 21 bands of three bins are the keys under which a post is looked up, in a
table of the site or in :class:`MemoryIndex`. Two posts are alike when their signatures agree enough *and* the ward,
sector and house numbers that they name do not contradict: the same words about another ward are another problem.
Everything is the same in every process: no builtin ``hash``.
"""

from __future__ import annotations

import base64
import re
import struct
import sys
from collections import Counter
from collections.abc import Hashable, Iterable
from operator import eq

from .text import Text

BINS = 64
BANDS = 21
ROWS = 3
# Share of equal bins from which two posts count as the same text.
ALIKE = 0.45
# Characters that a signature reads: the beginning of a long letter tells it apart.
LONGEST = 2400
# A band shared by more posts than this is a greeting or a form letter: only its latest posts are compared.
LATEST = 48
MOST_COMPARED = 16

Signature = tuple[int, ...]
Numbers = frozenset[tuple[str, str]]

_GRAM = 4
# x * A mod the Mersenne prime spreads the 64 bits of a 4-gram; the top six bits choose the bin.
_PRIME = (1 << 61) - 1
_FACTOR = 0x1B873593CC9E2D51 % _PRIME
_BIN_SHIFT = 61 - 6
# Middle bits: the top ones of the lowest hash in a bin are mostly zero in a long text.
_VALUE_SHIFT = 20
_STEP = 0x9E37
_ENCODING = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
_PACKED = struct.Struct(f">{BINS}H")
_LONG_NUMBER = re.compile(r"\d{5,}")


def canonical(text: Text) -> str:
	"""The words that count: no links, handles, punctuation, phones; the sign of a retweet left out."""
	words = text.words
	if words and words[0] == "rt":
		words = words[1:]
	joined = " ".join(words)[:LONGEST]
	return _LONG_NUMBER.sub("", joined)


def signature(text: Text) -> Signature:
	"""64 numbers of 16 bits, or ``()`` for a post without words."""
	joined = canonical(text)
	if not joined:
		return ()
	lowest = {
		hashed >> _BIN_SHIFT: hashed
		for hashed in sorted([gram * _FACTOR % _PRIME for gram in _grams(joined)], reverse=True)
	}
	return _dense({place: hashed >> _VALUE_SHIFT & 0xFFFF for place, hashed in lowest.items()})


def _grams(joined: str) -> set[int]:
	"""The distinct 4-grams, each as one 64-bit number, read as windows over the encoded text."""
	encoded = joined.encode(_ENCODING, "replace")
	missing = 2 * _GRAM - len(encoded)
	if missing > 0:
		encoded += b"\0" * missing
	view = memoryview(encoded)
	grams: set[int] = set()
	for offset in range(0, 2 * _GRAM, 2):
		end = offset + (len(encoded) - offset) // 8 * 8
		if end > offset:
			grams.update(view[offset:end].cast("Q"))
	return grams


def _dense(filled: dict[int, int]) -> Signature:
	"""Empty bins borrow from the next filled one, changed by the distance, so that short texts compare too."""
	if len(filled) == BINS:
		return tuple([filled[place] for place in range(BINS)])
	first = min(filled)
	# Bins behind the last filled one borrow around the end.
	value, distance = filled[first], first
	bins = [0] * BINS
	for place in range(BINS - 1, -1, -1):
		own = filled.get(place)
		if own is None:
			distance += 1
			bins[place] = value + _STEP * distance & 0xFFFF
		else:
			value, distance = own, 0
			bins[place] = own
	return tuple(bins)


def pack(values: Signature) -> str:
	"""A signature as 172 ASCII characters (base64), ``""`` for the empty one."""
	return base64.b64encode(_PACKED.pack(*values)).decode() if values else ""


def unpack(packed: str) -> Signature:
	"""The signature that :func:`pack` wrote. Raises ``ValueError`` for anything else."""
	if not packed:
		return ()
	try:
		return _PACKED.unpack(base64.b64decode(packed, validate=True))
	except (struct.error, ValueError) as error:
		raise ValueError("Not a packed signature: expected 172 characters of base64") from error


def bands(values: Signature) -> list[str]:
	"""The 21 lookup keys of a signature: two hex digits for the band and twelve for its three bins."""
	if not values:
		return []
	digits = _PACKED.pack(*values).hex()
	width = 4 * ROWS
	return [f"{band:02x}{digits[band * width : (band + 1) * width]}" for band in range(BANDS)]


def similarity(one: Signature, other: Signature) -> float:
	"""Estimated Jaccard similarity of two posts' 4-grams, 0..1."""
	if not one or not other:
		return 0.0
	return sum(map(eq, one, other)) / BINS


# --- the number gate -------------------------------------------------------------------------------------

_KINDS = {
	"sector": "sector|sect|sec|सेक्टर|सैक्टर",
	"ward": "ward|wd|वार्ड|वॉर्ड",
	"house": "house|hno|h\\.? ?no|makan|plot|flat|booth|shop|मकान|प्लाट|प्लॉट|दुकान",
	"street": "gali|street|lane|गली",
	"phase": "phase|फेज|फेस",
	"block": "block|blk|ब्लॉक|ब्लाक",
	"part": "nit|part|पार्ट|एनआईटी",
	"tower": "tower|pole|khamba|pillar|खंभा|टावर",
	"village": "chak|चक",
}
_NUMBERED = re.compile(
	r"(?<![^\W\d_])(?:"
	+ "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
	+ r")[\s.:#-]{0,3}(?:(?:no|num|number|नं|नंबर|नम्बर|संख्या)[\s.:#-]{0,3})?"
	r"(?P<number>\d{1,4}(?!\d)(?:[\s-]?[a-z](?![a-z]))?(?:\s?[-/&]\s?\d{1,4}(?!\d))?)"
)
_DIGIT = re.compile(r"\d")
_SEPARATORS = re.compile(r"\s?[-/&]\s?(?=\d)")


def numbers(text: Text) -> Numbers:
	"""Ward, sector, house … numbers that a post names, as ``(kind, number)``."""
	plain = text.plain
	if not _DIGIT.search(plain):
		return frozenset()
	found = set()
	for match in _NUMBERED.finditer(plain):
		kind = next(kind for kind in _KINDS if match[kind])
		for number in _SEPARATORS.split(match["number"]):
			found.add((kind, re.sub(r"[\s-]", "", number).lstrip("0")))
	return frozenset(found)


def contradict(one: Numbers, other: Numbers) -> bool:
	"""Whether both name a number of one kind (ward, sector …) and none of these agree."""
	if not one or not other:
		return False
	for kind in {kind for kind, _ in one} & {kind for kind, _ in other}:
		if {number for of, number in one if of == kind}.isdisjoint(
			number for of, number in other if of == kind
		):
			return True
	return False


class MemoryIndex:
	"""The lookup in memory, for files and benchmarks; a site keeps the bands in its own table."""

	def __init__(self) -> None:
		self._posts: list[tuple[Hashable, bytes, Numbers]] = []
		# Per band: the three bins as bytes → the only post, or a list of posts, by position in `_posts`.
		self._bands: list[dict[bytes, int | list[int]]] = [{} for _ in range(BANDS)]

	def __len__(self) -> int:
		return len(self._posts)

	def add(self, key: Hashable, values: Signature, named: Numbers = frozenset()) -> None:
		"""Remember a post under ``key``. Posts without words are never found again."""
		if not values:
			return
		position = len(self._posts)
		packed = _PACKED.pack(*values)
		self._posts.append((key, packed, named))
		for table, band in zip(self._bands, _slices(packed), strict=True):
			other = table.setdefault(band, position)
			if other is position:
				continue
			if isinstance(other, list):
				other.append(position)
			else:
				table[band] = [other, position]

	def query(
		self, values: Signature, named: Numbers = frozenset(), least: float = ALIKE
	) -> list[tuple[Hashable, float]]:
		"""Posts that read alike, as ``(key, similarity)``, most alike first; earlier posts first among equals."""
		if not values:
			return []
		found = []
		for position in self._candidates(_PACKED.pack(*values)):
			key, packed, other = self._posts[position]
			score = similarity(values, _PACKED.unpack(packed))
			if score >= least and not contradict(named, other):
				found.append((key, score, position))
		found.sort(key=lambda one: (-one[1], one[2]))
		return [(key, score) for key, score, _ in found]

	def _candidates(self, packed: bytes) -> Iterable[int]:
		shared: list[int] = []
		for table, band in zip(self._bands, _slices(packed), strict=True):
			other = table.get(band)
			if other is None:
				continue
			if isinstance(other, list):
				shared.extend(other[-LATEST:])
			else:
				shared.append(other)
		if len(shared) <= 1:
			return shared
		return [position for position, _ in Counter(shared).most_common(MOST_COMPARED)]


_WIDTH = 2 * ROWS
_EDGES = [(band * _WIDTH, (band + 1) * _WIDTH) for band in range(BANDS)]


def _slices(packed: bytes) -> list[bytes]:
	return [packed[start:end] for start, end in _EDGES]
