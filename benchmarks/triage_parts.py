"""Rate and quality of each part of triage beside the anchor that research measured.

python benchmarks/triage_parts.py --gazetteer GAZETTEER.csv --hinglish HINGLISH_TOP.csv --posts POSTS.jsonl \\
	--variants PAIRS.json --texts TEXTS.csv

A part whose file is not given is left out. Rates are also given as a ratio to a plain loop of
``unicodedata.normalize`` and ``split`` over the same posts in the same run, so that machines compare.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from grievance_helpdesk.intake.triage import contacts, duplicates, language, places
from grievance_helpdesk.intake.triage.gazetteer import Gazetteer, PlaceRow, spelled
from grievance_helpdesk.intake.triage.spelling import skeleton, sound_key
from grievance_helpdesk.intake.triage.text import Text, normalise
from grievance_helpdesk.jurisdiction import state_data

INDEXED = 100_000
PROBES = 3_000
SIBLINGS = 1_500
SEED = 5
LEVELS = {
	"village": "Village",
	"post_office": "Locality",
	"subdistrict": "Sub-division",
	"block": "Block",
	"ulb": "Urban Body",
}


@dataclass
class Line:
	"""One row of the table: what was measured, the figure, the anchor and how the figure reads against it."""

	part: str
	measure: str
	figure: float
	anchor: float | None = None
	at_most: bool = False
	rate: bool = False

	def verdict(self) -> str:
		if self.anchor is None:
			return ""
		good = self.figure <= self.anchor if self.at_most else self.figure >= self.anchor
		return "ok" if good else "BELOW"


class Bench:
	"""Collects the lines; ``posts`` are the texts over which rates are measured."""

	def __init__(self, posts: list[str]) -> None:
		self.posts = posts
		self.lines: list[Line] = []
		self.plain_rate = self.rate_of(lambda post: unicodedata.normalize("NFKC", post).split(), posts)
		self.add("plain loop", "posts/s", self.plain_rate, rate=True)

	def add(self, part: str, measure: str, figure: float, anchor: float | None = None, **flags: bool) -> None:
		self.lines.append(Line(part, measure, figure, anchor, **flags))

	def rate_of(self, call: Callable, items: Iterable) -> float:
		"""Calls per second: the best of three runs over fresh items."""
		items = list(items)
		best = 0.0
		for _ in range(3):
			start = time.perf_counter()
			for item in items:
				call(item)
			best = max(best, len(items) / (time.perf_counter() - start))
		return best

	def once(self, call: Callable, items: Iterable) -> float:
		"""Calls per second of one run, for calls that keep what they computed."""
		items = list(items)
		start = time.perf_counter()
		for item in items:
			call(item)
		return len(items) / (time.perf_counter() - start)

	def table(self) -> str:
		rows = [("part", "measure", "figure", "anchor", "ratio to plain loop", "")]
		for line in self.lines:
			show = (lambda value: f"{value:,.0f}") if line.rate else (lambda value: f"{value:.4f}")
			anchor = "" if line.anchor is None else ("≤ " if line.at_most else "≥ ") + show(line.anchor)
			ratio = f"{line.figure / self.plain_rate:.4f}" if line.rate else ""
			rows.append((line.part, line.measure, show(line.figure), anchor, ratio, line.verdict()))
		widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
		return "\n".join(
			"  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
		)


def shipped_rows() -> list[PlaceRow]:
	return [
		PlaceRow(
			place.name,
			place.title,
			place.level,
			place.district,
			place.parent,
			place.scope_path,
			place.values.get("name_hi") or "",
			tuple(place.values.get("aliases") or ()),
			tuple((place.values.get("pin_codes") or "").split()),
		)
		for place in state_data.places()
	]


def listed_rows(path: Path) -> list[PlaceRow]:
	"""Rows of a gazetteer with the columns name, kind, district, code."""
	rows = []
	with path.open(encoding="utf-8") as file:
		for row in csv.DictReader(file):
			level = LEVELS.get(row["kind"])
			district = row["district"].replace("Charki Dadri", "Charkhi Dadri")
			if not level or not district:
				continue
			title = re.sub(r"\s+ST$", "", row["name"])
			pins = (row["code"],) if row["kind"] == "post_office" else ()
			name = f"{title} {row['kind']}, {district}"
			rows.append(PlaceRow(name, title, level, district, district, pin_codes=pins))
	return rows


def texts_of(path: Path, column: str) -> list[str]:
	with path.open(encoding="utf-8") as file:
		return [row[column] for row in csv.DictReader(file)]


def bench_reading(bench: Bench) -> None:
	bench.add("normalise", "posts/s", bench.rate_of(normalise, bench.posts), rate=True)
	texts = [normalise(post) for post in bench.posts]
	bench.add(
		"words and spans", "posts/s", bench.once(lambda text: (text.words, text.spans), texts), rate=True
	)
	bench.add("language", "posts/s", bench.rate_of(language.detect, texts), 40_000, rate=True)
	bench.add("contacts", "posts/s", bench.rate_of(contacts.find, texts), 31_000, rate=True)


def bench_language(bench: Bench, path: Path) -> None:
	for column, wanted, anchor in (("en_query", "en", 0.99), ("cs_query", "hi-Latn", 0.949)):
		found = [language.detect(normalise(text)).value for text in texts_of(path, column)]
		bench.add("language", f"{column} read as {wanted}", found.count(wanted) / len(found), anchor)


def bench_posts(bench: Bench, posts: list[dict], gazetteer: Gazetteer) -> None:
	"""Labelled posts: language, district, place text."""
	right = {"language": 0, "district": 0, "place": 0}
	counts = {"district": 0, "place": 0}
	for post in posts:
		labels = post["labels"]
		text = normalise("\n".join(part for part in (post.get("subject"), post["text"]) if part))
		found = places.find(text, contacts.find(text), gazetteer)
		right["language"] += language.detect(text).value == labels["language"]
		if labels["district"]:
			counts["district"] += 1
			right["district"] += found.district.value == labels["district"]
		if labels["place"]:
			counts["place"] += 1
			right["place"] += found.place_text.casefold() == labels["place"].casefold()
	bench.add("language", "labelled posts right", right["language"] / len(posts))
	bench.add("places", "district of labelled posts right", right["district"] / max(1, counts["district"]))
	bench.add("places", "place text of labelled posts right", right["place"] / max(1, counts["place"]))


def bench_places(bench: Bench, rows: list[PlaceRow]) -> Gazetteer:
	start = time.perf_counter()
	gazetteer = Gazetteer(rows)
	bench.add(
		"gazetteer", f"seconds to load {len(rows):,} rows", time.perf_counter() - start, 0.5, at_most=True
	)
	texts = [normalise(post) for post in bench.posts]
	found = [(text, contacts.find(text)) for text in texts]
	# Spelling keys of a district are made at its first lookup.
	for text, named in found:
		places.find(text, named, gazetteer)
	rate = bench.rate_of(lambda pair: places.find(*pair, gazetteer), found)
	bench.add("places", "posts/s", rate, 20_000, rate=True)
	fresh = [(normalise(post), named) for post, (_, named) in zip(bench.posts, found, strict=True)]
	rate = bench.once(lambda pair: places.find(*pair, gazetteer), fresh)
	bench.add("places", "posts/s, words and spans included", rate, rate=True)
	bench_mentions(bench, gazetteer, rows)
	return gazetteer


FORMS = (
	"village {} Distt {}",
	"vill. {}, Teh. & Distt. {}",
	"{} gaon {} me pani nahi aa raha",
	"gaon {} jila {} ki sadak tuti hai",
	"Construction of street at village {} in {} district",
)


def bench_mentions(bench: Bench, gazetteer: Gazetteer, rows: list[PlaceRow]) -> None:
	"""Villages of the list, every third one misspelled by a letter, written in the forms citizens use."""
	generator = random.Random(SEED)
	villages = [row for row in rows if row.level == "Village" and row.district in gazetteer.districts]
	sample = generator.sample(villages, min(2_000, len(villages)))
	right = {"as listed": 0, "misspelled": 0}
	counts = {"as listed": 0, "misspelled": 0}
	right_district = 0
	for number, row in enumerate(sample):
		name = re.sub(r"\([^)]*\)", "", row.title).strip()
		kind = "as listed" if number % 3 else "misspelled"
		if kind == "misspelled":
			name = misspelled(name, generator)
		text = normalise(generator.choice(FORMS).format(name, row.district))
		guess = places.find(text, contacts.Contacts(), gazetteer)
		wanted = gazetteer.inside[row.district].exact(spelled(row.title))
		counts[kind] += 1
		right[kind] += wanted is not None and guess.jurisdiction.value == wanted.name
		right_district += guess.district.value == row.district
	bench.add("places", "district of village mentions right", right_district / len(sample))
	bench.add("places", "village behind a cue right", sum(right.values()) / len(sample), 0.83)
	for kind, count in counts.items():
		bench.add("places", f"  of these {kind}", right[kind] / count)


def bench_spelling(bench: Bench, path: Path) -> None:
	"""Pairs of spellings of one place, made by a rule (noisy): which key joins them."""
	pairs = [(pair[0], pair[1]) for pair in json.loads(path.read_text(encoding="utf-8"))]
	for name, key, anchor in (("sound key", sound_key, 0.36), ("skeleton", skeleton, 0.81)):
		joined = sum(key(one.replace(" ", "")) == key(other.replace(" ", "")) for one, other in pairs)
		bench.add("spelling", f"pairs joined by {name}", joined / len(pairs), anchor)


def bench_false_places(bench: Bench, gazetteer: Gazetteer, path: Path) -> None:
	"""Sentences that name no place of the state: whatever is found is false."""
	sentences = texts_of(path, "cs_query")
	guesses = [places.find(normalise(text), contacts.Contacts(), gazetteer) for text in sentences]
	wrong = [guess for guess in guesses if guess.district.value]
	cued = [guess for guess in wrong if guess.district.reasons[0].rule == "place.village"]
	bench.add("places", "district in sentences without one", len(wrong) / len(guesses), 0.02, at_most=True)
	bench.add("places", "of these by a village", len(cued) / len(guesses), 0.001, at_most=True)


# --- near-duplicates -------------------------------------------------------------------------------------

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def misspelled(word: str, generator: random.Random) -> str:
	if len(word) < 3:
		return word
	place = generator.randrange(1, len(word))
	kind = generator.randrange(3)
	letter = generator.choice(_LETTERS)
	return word[:place] + ("", letter, letter)[kind] + word[place + (kind != 2) :]


def reposted(post: str, generator: random.Random) -> str:
	before = generator.choice(("@cmohry ", "RT @someone: ", "Sir please help ", "Respected sir "))
	after = generator.choice((" please help", " 9812345678", " https://t.co/abc", "!!"))
	return before + generator.choice((post, post.upper(), post.lower())) + after


def retyped(post: str, generator: random.Random) -> str:
	"""One word in ten misspelled, one in ten dropped, and reposted."""
	words = [word for word in post.split() if generator.random() > 0.1]
	words = [misspelled(word, generator) if generator.random() < 0.1 else word for word in words]
	return reposted(" ".join(words), generator)


def corpus(texts: list[str], size: int, generator: random.Random) -> list[str]:
	"""Distinct posts; halves of two posts are joined where the file has too few."""
	distinct: dict[str, str] = {}
	for text in texts:
		canonical = duplicates.canonical(normalise(text))
		if len(canonical) >= 30:
			distinct.setdefault(canonical, text)
	posts = list(distinct.values())
	generator.shuffle(posts)
	real = len(posts)
	while len(posts) < size:
		one, other = posts[generator.randrange(real)], posts[generator.randrange(real)]
		posts.append(f"{one[: len(one) // 2]} {other[len(other) // 2 :]} {generator.randrange(10_000)}")
	return posts[:size]


def signed(post: str) -> tuple[duplicates.Signature, duplicates.Numbers]:
	text = normalise(post)
	return duplicates.signature(text), duplicates.numbers(text)


def bench_duplicates(bench: Bench, texts: list[str]) -> None:
	generator = random.Random(SEED)
	posts = corpus(texts, INDEXED, generator)
	for number in range(SIBLINGS):
		posts[-1 - number] += " ward no 12"
	prepared: list[Text] = [normalise(post) for post in posts]
	for text in prepared:
		text.words  # noqa: B018 - made beforehand, as the language part does in triage
	bench.add("duplicates", "signatures/s", bench.once(duplicates.signature, prepared), 10_000, rate=True)
	signatures = [(duplicates.signature(text), duplicates.numbers(text)) for text in prepared]
	index = duplicates.MemoryIndex()
	rate = bench.once(lambda pair: index.add(pair[0], *pair[1]), list(enumerate(signatures)))
	bench.add("duplicates", f"inserts/s up to {INDEXED:,}", rate, 5_000, rate=True)
	probes = generator.sample(range(INDEXED - SIBLINGS), PROBES)
	for name, change, anchor in (("L1 reposted", reposted, 0.99), ("L2 retyped", retyped, 0.92)):
		queries = [signed(change(posts[probe], generator)) for probe in probes]
		answers = [index.query(*query) for query in queries]
		hits = sum(
			any(key == probe for key, _ in found) for probe, found in zip(probes, answers, strict=True)
		)
		bench.add("duplicates", f"{name} found", hits / PROBES, anchor)
		rate = bench.rate_of(lambda query: index.query(*query), queries)
		bench.add("duplicates", f"{name} queries/s", rate, 10_000, rate=True)
	alarms = 0
	for probe in range(INDEXED - SIBLINGS, INDEXED):
		found = index.query(*signed(posts[probe].replace("ward no 12", "ward no 13")))
		alarms += any(key == probe for key, _ in found)
	bench.add("duplicates", "same text, other ward", alarms / SIBLINGS, 0.1, at_most=True)
	bench_chain(bench, index)


def bench_chain(bench: Bench, index: duplicates.MemoryIndex) -> None:
	"""Everything that this half of the engine does with a post, lookup among 100,000 included."""
	gazetteer = Gazetteer(shipped_rows())

	def chain(post: str) -> None:
		text = normalise(post)
		language.detect(text)
		found = contacts.find(text)
		contacts.redact(text, found)
		places.find(text, found, gazetteer)
		index.query(duplicates.signature(text), duplicates.numbers(text))

	bench.add("whole reading chain", "posts/s", bench.rate_of(chain, bench.posts), 2_000, rate=True)


def main() -> None:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("--posts", type=Path, required=True, help="labelled posts, one JSON object a line")
	parser.add_argument("--gazetteer", type=Path, help="CSV with name, kind, district, code")
	parser.add_argument("--hinglish", type=Path, help="CSV with en_query, cs_query")
	parser.add_argument("--variants", type=Path, help="JSON list of pairs: two spellings of one place")
	parser.add_argument("--texts", type=Path, help="CSV with description: real posts for near-duplicates")
	options = parser.parse_args()
	posts = [json.loads(line) for line in options.posts.read_text(encoding="utf-8").splitlines() if line]
	bench = Bench([post["text"] for post in posts] * 4)
	bench_reading(bench)
	if options.hinglish:
		bench_language(bench, options.hinglish)
	if options.variants:
		bench_spelling(bench, options.variants)
	rows = shipped_rows() + (listed_rows(options.gazetteer) if options.gazetteer else [])
	gazetteer = bench_places(bench, rows)
	bench_posts(bench, posts, gazetteer)
	if options.hinglish:
		bench_false_places(bench, gazetteer, options.hinglish)
	if options.texts:
		bench_duplicates(bench, texts_of(options.texts, "description"))
	print(bench.table())


if __name__ == "__main__":
	main()
