"""The embedded site as a whole: made, opened again, used by several threads, honest about what it lacks."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.embedded

ALL_AT_ONCE = 8
EACH = 20


@pytest.fixture
def series(site):
	"""A series of its own, and nothing left of it."""
	yield "CONTRACT-THREADS-"
	site.db.rollback()
	site.db.delete("Series", {"name": "CONTRACT-THREADS-"})
	site.db.delete("ToDo", {"description": ["like", "contract thread%"]})
	site.db.commit()


def test_threads_write_side_by_side_and_share_no_number(site, runtime, series):
	from frappe.model.naming import make_autoname

	start = threading.Barrier(ALL_AT_ONCE)

	def work(number: int) -> list[str]:
		names = []
		start.wait()
		for _turn in range(EACH):
			with runtime.session("Administrator"):
				names.append(make_autoname(f"{series}.####"))
				site.get_doc({"doctype": "ToDo", "description": f"contract thread {number}"}).insert()
				site.db.commit()
		return names

	site.db.commit()
	with ThreadPoolExecutor(ALL_AT_ONCE) as pool:
		names = [name for found in pool.map(work, range(ALL_AT_ONCE)) for name in found]
	assert len(set(names)) == ALL_AT_ONCE * EACH
	assert max(names) == f"{series}{ALL_AT_ONCE * EACH:04d}"
	assert site.db.count("ToDo", {"description": ["like", "contract thread%"]}) == ALL_AT_ONCE * EACH


def test_what_is_not_committed_is_not_seen(site, runtime, series):
	site.get_doc({"doctype": "ToDo", "description": "contract thread unseen"}).insert()

	def count() -> int:
		with runtime.session("Administrator"):
			return site.db.count("ToDo", {"description": "contract thread unseen"})

	with ThreadPoolExecutor(1) as pool:
		assert pool.submit(count).result() == 0
		site.db.commit()
		assert pool.submit(count).result() == 1


def test_a_thread_without_a_session_cannot_touch_the_site(site):
	with ThreadPoolExecutor(1) as pool, pytest.raises(RuntimeError):
		pool.submit(lambda: site.db.count("ToDo")).result()


def test_a_site_is_made_once_and_opened_again(tmp_path):
	from concurrent.futures import ThreadPoolExecutor

	from embedded_site import create, open_site

	def make_and_open() -> tuple[str, list[str]]:
		create(tmp_path / "site", apps=())
		with pytest.raises(FileExistsError, match="force=True"):
			create(tmp_path / "site", apps=())
		again = open_site(tmp_path / "site")
		with again.session("Administrator"):
			import frappe

			return frappe.utils.get_fullname("Administrator"), frappe.get_installed_apps()

	# In a thread of its own: this thread stays connected to the site of the run.
	with ThreadPoolExecutor(1) as pool:
		assert pool.submit(make_and_open).result() == ("Administrator", ["frappe"])


def test_a_site_that_could_not_be_made_leaves_nothing_to_open(tmp_path):
	from embedded_site import create, open_site

	def fail() -> None:
		with pytest.raises(ModuleNotFoundError):
			create(tmp_path, apps=("no_such_app",))
		with pytest.raises(FileNotFoundError):
			open_site(tmp_path)

	with ThreadPoolExecutor(1) as pool:
		pool.submit(fail).result()


def test_opening_nothing_says_so(tmp_path):
	from embedded_site import open_site

	with pytest.raises(FileNotFoundError, match="create one first"):
		open_site(tmp_path)


@pytest.mark.parametrize(
	"call",
	[
		lambda site: site.sendmail(recipients=["a@example.com"]),
		lambda site: site.rename_doc("ToDo", "a", "b"),
		lambda site: site.new_doc("ToDo").submit(),
		lambda site: site.get_all("ToDo", filters={"date": ["timespan", "last week"]}),
		lambda site: site.get_all("ToDo", fields=["reference_name.subject"]),
	],
	ids=["mail", "rename", "submit", "filter", "joined field"],
)
def test_what_is_missing_raises_by_name(site, call):
	with pytest.raises(NotImplementedError, match=r"embedded site: .+"):
		call(site)


def test_the_clock_stands(site):
	from frappe.utils.data import stop_clock

	with stop_clock("2026-03-01 23:59:59"):
		assert (site.utils.now(), site.utils.nowdate()) == ("2026-03-01 23:59:59.000000", "2026-03-01")
		assert site.utils.add_to_date(None, seconds=1) == site.utils.get_datetime("2026-03-02")
	assert site.utils.nowdate() != "2026-03-01"
