"""One site for the whole run: the embedded one, or with ``BENCH_SITE`` (and ``BENCH_SITES_PATH``) a bench's own.

A FrappeTestCase is rolled back after its class, as Frappe does it; every other test is rolled back after itself.
"""

from __future__ import annotations

import os
import sys
import unittest
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
BENCH_SITE = os.environ.get("BENCH_SITE")
PURE = (
	"tests/unit/triage",
	"tests/unit/connectors",
	"tests/unit/test_architecture",
	"tests/unit/redressal/test_sla",
	"tests/faults",
	"tests/browser",
)
# At once: the conftest of a folder that is named on the command line is read before pytest_configure.
if str(ROOT) not in sys.path:
	sys.path.insert(0, str(ROOT))
if not BENCH_SITE:
	sys.path.insert(0, str(ROOT / "embedded"))

_connected: list[bool] = []
_failure: list[Exception] = []
_runtimes: list = []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
	"""The site is made when the first test asks for it; the tests of pure code run without one."""
	if item.path.relative_to(ROOT).as_posix().startswith(PURE) or _connected:
		return
	if _failure:
		pytest.fail(f"The site could not be made: {_failure[0]!r}", pytrace=False)
	try:
		if BENCH_SITE:
			_connect_bench()
		else:
			_make_embedded(item.config)
	except Exception as error:
		_failure.append(error)
		raise
	_connected.append(True)


def _connect_bench() -> None:
	import frappe

	# Frappe finds its logs and apps from the folder of the sites.
	os.chdir(os.environ.get("BENCH_SITES_PATH", "."))
	frappe.init(site=BENCH_SITE, sites_path=".")
	frappe.connect()
	if not frappe.conf.allow_tests:
		pytest.exit(
			f"{BENCH_SITE} does not allow tests: they delete what they find. Use a throw-away site.", 2
		)
	frappe.set_user("Administrator")
	frappe.flags.in_test = True


def _make_embedded(config: pytest.Config) -> None:
	"""A fresh site in a temporary folder, connected on this thread until the run ends."""
	import tempfile

	from embedded_site import create

	folder = tempfile.TemporaryDirectory(prefix="embedded-site-")
	config.add_cleanup(folder.cleanup)
	runtime = create(Path(folder.name) / "site")
	runtime.connect("Administrator")
	config.add_cleanup(runtime.disconnect)
	runtime.conf.admin_password = "admin"
	_runtimes.append(runtime)

	import frappe

	frappe.flags.in_test = True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
	unwanted, reason = (
		("embedded", "this run uses a bench") if BENCH_SITE else ("bench", "needs BENCH_SITE: a bench")
	)
	for item in items:
		if item.get_closest_marker(unwanted):
			item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True)
def rolled_back(request: pytest.FixtureRequest):
	"""Nobody inherits another test's user, messages, jobs or rows."""
	if not _connected:
		yield
		return
	import frappe

	owner = request.node.cls
	own_rollback = owner is not None and issubclass(owner, unittest.TestCase)
	yield
	frappe.set_user("Administrator")
	frappe.local.message_log = []
	if _runtimes:
		_runtimes[0].jobs.clear()
	if not own_rollback:
		frappe.db.rollback()


@pytest.fixture
def site():
	"""The connected ``frappe``; what the test writes is rolled back."""
	import frappe

	return frappe


@pytest.fixture
def runtime():
	"""The embedded site itself (for servers, schedulers and jobs)."""
	if not _runtimes:
		pytest.skip("only on the embedded site")
	return _runtimes[0]


@pytest.fixture
def as_user(site):
	"""``with as_user(email): …`` runs the block as that user."""

	@contextmanager
	def become(email: str):
		before = site.session.user
		site.set_user(email)
		try:
			yield
		finally:
			site.set_user(before)

	return become
