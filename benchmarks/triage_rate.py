"""How fast the whole chain triages, what it loads and what memory it takes, on one core.

``python benchmarks/triage_rate.py GAZETTEER``: GAZETTEER is a CSV with the columns name, kind, district, subdistrict,
code, source. Posts are as long as the demo's, at most a tweet, and made of pieces of them, so that their words are
those of Haryana and no two are alike; near-duplicates are looked up among 100,000. The limit is how often the same
machine, in the same run, can normalise these posts: what no triage could do without.
"""

from __future__ import annotations

import csv
import gc
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from grievance_helpdesk.intake.triage import duplicates, shipped
from grievance_helpdesk.intake.triage.engine import PostText, Triage
from grievance_helpdesk.intake.triage.gazetteer import Gazetteer, PlaceRow
from grievance_helpdesk.intake.triage.text import normalise

ROOT = Path(__file__).resolve().parents[1]
INDEXED, POSTS, TWEET, PIECE = 100_000, 4_000, 280, 6
LEAST_RATE, MOST_LOAD, MOST_MEMORY = 2_000.0, 1.0, 60.0
LEVELS = {"village": "Village", "post_office": "Locality"}


def memory() -> float:
	"""Resident memory now, in MB (Linux); the peak where /proc is missing."""
	status = Path("/proc/self/status")
	if status.exists():
		for line in status.read_text().splitlines():
			if line.startswith("VmRSS"):
				return int(line.split()[1]) / 1024
	return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def load(path: Path) -> Triage:
	"""The engine with the shipped rules and, beside the shipped places, every place of the CSV."""
	rows = shipped.place_rows()
	known = {row.name for row in rows}
	with path.open(encoding="utf-8", newline="") as file:
		for row in csv.DictReader(file):
			level = LEVELS.get(row["kind"])
			name = f"{row['name']} {level}, {row['district']}"
			if level and row["district"] and name not in known:
				rows.append(PlaceRow(name, row["name"], level, row["district"], row["district"]))
	return Triage(shipped.rule_set(), Gazetteer(rows))


def posts(count: int, seed: int) -> list[str]:
	"""Distinct posts of a tweet's length, joined of pieces of six words from the demo's posts."""
	source = (ROOT / "demo" / "posts.jsonl").read_text(encoding="utf-8").split("\n")
	words = [json.loads(line)["text"][:TWEET].split() for line in source if line]
	draw = random.Random(seed)
	made = []
	for _ in range(count):
		text: list[str] = []
		length = draw.choice(words)
		while len(text) < len(length):
			piece = draw.choice(words)
			start = draw.randrange(max(1, len(piece) - PIECE))
			text += piece[start : start + PIECE]
		made.append(" ".join(text)[:TWEET])
	return made


def rate(work: Callable[[str], object], texts: list[str]) -> float:
	"""Posts a second of processor time."""
	started = time.process_time()
	for text in texts:
		work(text)
	return len(texts) / (time.process_time() - started)


def fill(index: duplicates.MemoryIndex) -> None:
	for number, text in enumerate(posts(INDEXED, seed=1)):
		read = normalise(text)
		index.add(number, duplicates.signature(read), duplicates.numbers(read))


def main(arguments: list[str]) -> int:
	if len(arguments) != 1:
		print("usage: python benchmarks/triage_rate.py GAZETTEER_CSV", file=sys.stderr)
		return 2
	before, started = memory(), time.perf_counter()
	engine = load(Path(arguments[0]))
	loaded = time.perf_counter() - started
	engine.triage(PostText("pani nahi aa rha"))
	taken = memory() - before
	index = duplicates.MemoryIndex()
	fill(index)
	gc.freeze()  # as the importer does with its engine: what stays is not searched for garbage again and again
	texts = posts(POSTS, seed=2)

	def whole(text: str) -> None:
		result = engine.triage(PostText(text))
		named = duplicates.numbers(result.text)
		index.query(result.signature, named)
		index.add(text, result.signature, named)

	limit = rate(normalise, texts)
	measured = rate(whole, texts)
	print(f"{'what':34}{'measured':>12}{'bar':>12}{'ratio to limit':>16}")
	print(
		f"{'whole chain, posts/s on one core':34}{measured:>12,.0f}{LEAST_RATE:>12,.0f}{measured / limit:>16.3f}"
	)
	print(f"{'limit: normalising alone, posts/s':34}{limit:>12,.0f}{'':>12}{1:>16.3f}")
	print(f"{'rules and places loaded in, s':34}{loaded:>12.2f}{MOST_LOAD:>12.2f}")
	print(f"{'memory for rules and places, MB':34}{taken:>12.1f}{MOST_MEMORY:>12.1f}")
	return 0 if measured >= LEAST_RATE and loaded < MOST_LOAD and taken < MOST_MEMORY else 1


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
