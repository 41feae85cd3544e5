"""`make bench-test`: the whole suite on a real bench, on a new site that is dropped afterwards.

Writes build/bench-test.json: commit, versions, passed, failed, skipped.
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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from .site import APP, REPOSITORY, Bench, BenchError, ThrowAwaySite

RESULT = REPOSITORY / "build" / "bench-test.json"
SERVER_STARTS_WITHIN = 60  # seconds


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


def run_suite(site: ThrowAwaySite, arguments: list[str]) -> dict[str, int]:
	"""Runs pytest in the bench's environment against the site; returns the counts."""
	bench = site.bench
	folder = Path(tempfile.mkdtemp(prefix="bench-test-"))
	folder.chmod(0o777)
	report = folder / "report.xml"
	with web_server(site) as address:
		app = bench.path / "apps" / APP
		command = bench.command(
			*(bench.python, "-m", "pytest", app, "--rootdir", app, "-c", app / "pyproject.toml"),
			*("-p", "no:cacheprovider", f"--junitxml={report}", *arguments),
			environment={**site.environment, "BENCH_URL": address, "SCREENSHOTS": str(folder)},
			folder="sites",
		)
		subprocess.run(command, start_new_session=True, check=False)
	pictures = REPOSITORY / "build" / "screenshots"
	pictures.mkdir(parents=True, exist_ok=True)
	for picture in folder.glob("*.png"):
		shutil.copy(picture, pictures)
	suite = ElementTree.parse(report).getroot().find("testsuite")
	count = {key: int(suite.get(key)) for key in ("tests", "failures", "errors", "skipped")}
	failed = count["failures"] + count["errors"]
	return {
		"passed": count["tests"] - failed - count["skipped"],
		"failed": failed,
		"skipped": count["skipped"],
	}


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


def test_on(bench: Bench, keep: bool, arguments: list[str]) -> dict:
	say("Copying the app to the bench and installing what its tests need …")
	bench.install_checkout("training,bench-test")
	say("Making a new site …")
	with ThrowAwaySite(bench, keep) as site:
		before = footprint(site)
		say("Installing the app …")
		site.site("install-app", APP)
		site.python("tests/bench/finish_setup.py", site.name)
		result = {"commit": commit(), "versions": versions(site)}
		site.site("migrate")
		counts = run_suite(site, arguments)
		say("Uninstalling the app …")
		clean = uninstall_leaves_no_trace(site, before)
		counts["passed" if clean else "failed"] += 1
		return {**result, **counts, "uninstall": "no trace" if clean else "left traces"}


def main() -> int:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument(
		"--bench", help="folder of the bench; default: ~/frappe-bench or ~frappe/frappe-bench"
	)
	parser.add_argument("--keep", action="store_true", help="keep the site, to look at it")
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
