"""`make bench-perf`: the benchmarks on a new site of a real bench; a table of ratios, and build/bench-perf.json.

What needs a file that is not part of the repository runs when the file is named: --gazetteer (a place list to load
beside the shipped places), --labelled (the public labelled set of Bengaluru's reports).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.run import commit, say, versions
from tests.bench.site import APP, REPOSITORY, Bench, BenchError, ThrowAwaySite

RESULT = REPOSITORY / "build" / "bench-perf.json"


def import_rate(bench: Bench, stored: str) -> dict:
	"""Import against a bare insert, with more and more stored posts."""
	with ThrowAwaySite(bench) as site:
		site.site("install-app", APP)
		return {"versions": versions(site), **measured(site, "import_rate.py", "--stored", stored)}


# Measured in turn at each size on one site, since filling it takes longer than measuring.
READING = {
	"scope_rate.py": "Lists and forms in an officer's scope (target at a million: ratio 1.3, 10 ms a page, 2 ms a form)",
	"report_rate.py": "Reports without a filter (target at a million: twice a bare count of the same cases, under a second)",
	"workspace_rate.py": "The workspace of three officers (target: no query over 100 ms)",
}


def reading_rates(bench: Bench, sizes: str) -> dict:
	"""What officers read, while the site grows to each of ``sizes``; figures of every size under the benchmark's name."""
	found: dict[str, list] = {}
	with ThrowAwaySite(bench) as site:
		site.site("install-app", APP)
		for rows in sizes.split(","):
			for script, title in READING.items():
				say(title)
				for name, figures in measured(site, script, "--rows", rows).items():
					found.setdefault(name, []).extend(figures)
	return found


def sweep_rate(bench: Bench, sizes: str) -> dict:
	"""The sweep, on a site of its own: it makes cases due."""
	with ThrowAwaySite(bench) as site:
		site.site("install-app", APP)
		return measured(site, "sweep_rate.py", "--rows", sizes)


def measured(site: ThrowAwaySite, script: str, *words: str) -> dict:
	"""Runs a benchmark on the site; it prints its own table and writes its figures."""
	folder = Path(tempfile.mkdtemp(prefix="bench-perf-"))
	folder.chmod(0o777)
	target = folder / "figures.json"
	site.stream(f"benchmarks/{script}", site.name, "--sites-path", ".", "--json", target, *words)
	return json.loads(target.read_text())


def triage(bench: Bench, script: str, path: Path) -> None:
	"""A benchmark of triage alone, on the bench's Python; it prints its own table."""
	subprocess.run(
		bench.command(bench.python, bench.path / "apps" / APP / "benchmarks" / script, path.resolve()),
		check=False,
	)


def main() -> int:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument(
		"--bench", help="folder of the bench; default: ~/frappe-bench or ~frappe/frappe-bench"
	)
	parser.add_argument("--gazetteer", type=Path)
	parser.add_argument("--labelled", type=Path)
	parser.add_argument(
		"--rows", default="10000,100000,1000000", help="numbers of grievances, smallest first"
	)
	parser.add_argument("--stored", default="0,10000,100000", help="numbers of stored posts, smallest first")
	options = parser.parse_args()
	try:
		bench = Bench.find(options.bench)
		say("Copying the app to the bench …")
		bench.install_checkout("training")
		say("Import, as a ratio to bare inserts in the same run (target: 0.4, flat within 20 %)")
		result = {"commit": commit(), **import_rate(bench, options.stored)}
		result |= reading_rates(bench, options.rows)
		say("The sweep with a thousand due cases (target: the largest within 20 % of the smallest)")
		result |= sweep_rate(bench, options.rows)
	except BenchError as error:
		say(str(error))
		return 1
	for title, script, path in (
		("Triage alone", "triage_rate.py", options.gazetteer),
		("Triage against labels", "triage_quality.py", options.labelled),
	):
		if path:
			say(title)
			triage(bench, script, path)
	RESULT.parent.mkdir(exist_ok=True)
	RESULT.write_text(json.dumps(result, indent="\t") + "\n")
	return 0


if __name__ == "__main__":
	sys.exit(main())
