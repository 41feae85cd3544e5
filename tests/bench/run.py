"""`make bench-test`: the whole suite on a real bench, on new sites that are dropped afterwards.

Two parts run side by side, each on a site of its own: what drives the Desk in a browser, and everything else. Named
tests (``make bench-test ARGS=tests/contract``) run on one site. Writes build/bench-test.json: commit, versions, passed,
failed, skipped.
"""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from .site import APP, REPOSITORY, Bench, BenchError, ThrowAwaySite

RESULT = REPOSITORY / "build" / "bench-test.json"
SERVER_STARTS_WITHIN = 60  # seconds
Counts = Counter[str]


def say(text: str) -> None:
	sys.stdout.write(f"\033[1m{text}\033[0m\n")
	sys.stdout.flush()


def footprint(site: ThrowAwaySite) -> dict:
	output = site.python("tests/bench/footprint.py", site.name)
	line = next(line for line in output.splitlines() if line.startswith("FOOTPRINT "))
	return json.loads(line.removeprefix("FOOTPRINT "))


@contextmanager
def web_server(site: ThrowAwaySite) -> Iterator[str]:
	"""The site's web server on a free port; yields its address."""
	with socket.socket() as free:
		free.bind(("127.0.0.1", 0))
		port = free.getsockname()[1]
	command = site.bench.command(
		*("bench", "--site", site.name, "serve", "--port", str(port), "--noreload"),
		environment={"DEV_SERVER": "1"},
	)
	with tempfile.TemporaryFile() as log:
		process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
		try:
			wait_until_served(f"http://127.0.0.1:{port}/api/method/ping", site.name)
			yield f"http://{site.name}:{port}"
		finally:
			subprocess.run(["pkill", "-f", "--", f"--port {port} --noreload"], check=False)
			process.wait()


def wait_until_served(address: str, host: str) -> None:
	deadline = time.monotonic() + SERVER_STARTS_WITHIN
	while time.monotonic() < deadline:
		try:
			urllib.request.urlopen(urllib.request.Request(address, headers={"Host": host}), timeout=5)
			return
		except (urllib.error.URLError, OSError):
			time.sleep(0.3)
	raise BenchError("The site's web server did not answer within a minute")


def run_suite(site: ThrowAwaySite, name: str, arguments: list[str]) -> Counts:
	"""Runs pytest in the bench's environment against the site; its lines are shown after the part's name."""
	bench = site.bench
	folder = Path(tempfile.mkdtemp(prefix="bench-test-"))
	folder.chmod(0o777)
	report = folder / "report.xml"
	with web_server(site) as address:
		app = bench.path / "apps" / APP
		command = bench.command(
			*(bench.python, "-m", "pytest", "--rootdir", app, "-c", app / "pyproject.toml"),
			*("-p", "no:cacheprovider", f"--junitxml={report}", *arguments),
			environment={**site.environment, "BENCH_URL": address, "SCREENSHOTS": str(folder)},
			folder="sites",
		)
		with subprocess.Popen(
			command, start_new_session=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
		) as process:
			for line in process.stdout:
				sys.stdout.write(f"{name}: {line}")
				sys.stdout.flush()
	pictures = REPOSITORY / "build" / "screenshots"
	pictures.mkdir(parents=True, exist_ok=True)
	for picture in folder.glob("*.png"):
		shutil.copy(picture, pictures)
	return counted(report)


def counted(report: Path) -> Counts:
	suite = ElementTree.parse(report).getroot().find("testsuite")
	tests, failures, errors, skipped = (
		int(suite.get(key)) for key in ("tests", "failures", "errors", "skipped")
	)
	failed = failures + errors
	return Counter(passed=tests - failed - skipped, failed=failed, skipped=skipped)


def difference(before: str | list[str], after: str | list[str]) -> str:
	if isinstance(before, list):
		return f"new {sorted(set(after) - set(before))}, gone {sorted(set(before) - set(after))}"
	return f"{before} became {after}"


def uninstall_leaves_no_trace(site: ThrowAwaySite, before: dict) -> bool:
	site.site("uninstall-app", APP, "--yes", "--no-backup")
	after = footprint(site)
	for part in before:
		if before[part] != after[part]:
			say(f"Uninstalling left a trace in {part}: {difference(before[part], after[part])}")
	return before == after


def versions(site: ThrowAwaySite) -> dict[str, str]:
	lines = [line.split() for line in site.site("list-apps").splitlines()]
	found = {words[0]: words[1] for words in lines if len(words) >= 2 and words[1][0].isdigit()}
	found["python"] = site.bench.run(site.bench.python, "--version").split()[-1]
	return found


def commit() -> str:
	git = ["git", "-c", f"safe.directory={REPOSITORY}"]
	head = subprocess.run(
		[*git, "rev-parse", "HEAD"], cwd=REPOSITORY, capture_output=True, text=True, check=True
	)
	state = subprocess.run([*git, "status", "--porcelain"], cwd=REPOSITORY, capture_output=True, text=True)
	return head.stdout.strip() + (" with changes" if state.stdout.strip() else "")


def parts(bench: Bench, arguments: list[str]) -> dict[str, list[str]]:
	"""Name → pytest's arguments. Files and folders of this checkout stand for those of the bench's copy."""
	app = bench.path / "apps" / APP
	browser = str(app / "tests" / "browser")
	if arguments:
		named = {word: str(app / word) for word in arguments if (REPOSITORY / word.split("::")[0]).exists()}
		return {"suite": [named.get(word, word) for word in arguments] + ([] if named else [str(app)])}
	return {"browser": [browser], "rest": [str(app), f"--ignore={browser}"]}


def run_part(bench: Bench, keep: bool, name: str, arguments: list[str]) -> tuple[Counts, dict[str, str]]:
	"""On a new site: installs the app, runs the tests, uninstalls the app. Returns the counts and the versions."""
	say(f"{name}: making a new site and installing the app …")
	with ThrowAwaySite(bench, keep) as site:
		before = footprint(site)
		site.site("install-app", APP)
		site.python("tests/bench/finish_setup.py", site.name)
		site.site("migrate")
		found = versions(site)  # Frappe 16 notes them when it migrates
		counts = run_suite(site, name, arguments)
		say(f"{name}: uninstalling the app …")
		counts["passed" if uninstall_leaves_no_trace(site, before) else "failed"] += 1
		return counts, found


def test_on(bench: Bench, keep: bool, arguments: list[str]) -> dict:
	say("Copying the app to the bench and installing what its tests need …")
	bench.install_checkout("training,bench-test")
	result = {"commit": commit()}
	with ThreadPoolExecutor() as pool:
		running = [
			pool.submit(run_part, bench, keep, name, chosen)
			for name, chosen in parts(bench, arguments).items()
		]
		answers = [part.result() for part in running]
	total = sum((counts for counts, _versions in answers), Counter())
	return {
		**result,
		"versions": answers[0][1],
		**{key: total[key] for key in ("passed", "failed", "skipped")},
	}


def main() -> int:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument(
		"--bench", help="folder of the bench; default: ~/frappe-bench or ~frappe/frappe-bench"
	)
	parser.add_argument("--keep", action="store_true", help="keep the sites, to look at them")
	options, arguments = parser.parse_known_args()
	try:
		result = test_on(Bench.find(options.bench), options.keep, arguments)
	except BenchError as error:
		say(str(error))
		return 1
	RESULT.parent.mkdir(exist_ok=True)
	RESULT.write_text(json.dumps(result, indent="\t") + "\n")
	shown = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
	say(f"{result['passed']} passed, {result['failed']} failed, {result['skipped']} skipped on {shown}")
	return 1 if result["failed"] else 0


if __name__ == "__main__":
	sys.exit(main())
