"""Two sweeps at once on a real bench: each has its own connection, and no case is taken twice."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from grievance_helpdesk.redressal import history
from grievance_helpdesk.redressal.escalation import authorities, sweep
from tests.contract import ladder_world as world
from tests.contract.ladder_world import RESOLVE_BY

CASES = 24
NOW = RESOLVE_BY + timedelta(seconds=1)
WRITTEN = (
	*("Grievance", "Grievance Event", "Grievance Handler", "Grievance Appeal", "Escalation Problem"),
	*("ToDo", "Notification Log", "Workflow Action", "Officer Posting", "Escalation Ladder"),
	"Escalation Level",
)

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def cases(request):
	"""Cases that are due, committed: the other connection must see them. The site is a throw-away one."""
	import frappe

	from grievance_helpdesk import install

	frappe.db.delete("Grievance")
	before = frappe.get_single("Grievance Settings").as_dict()
	world.build()
	names = [world.case().name for _number in range(CASES)]
	frappe.db.commit()
	yield names
	frappe.db.rollback()
	for doctype in WRITTEN:
		frappe.db.delete(doctype)
	for name in world.ROLES:
		frappe.db.delete("Nodal Officer", {"name": name})
		frappe.db.delete("User", {"name": world.email(name)})
		frappe.db.delete("Has Role", {"parent": world.email(name)})
	frappe.db.delete("Grievance Category", {"name": world.CATEGORY})
	frappe.db.delete("Grievance Department", {"name": world.DEPARTMENT})
	settings = frappe.get_single("Grievance Settings")
	settings.update({field: before.get(field) for field in world.SETTINGS})
	settings.save()
	frappe.delete_doc("Service Calendar", "World", force=True)
	authorities.forget_ladders()
	install.load_redressal_records()
	frappe.clear_cache()
	frappe.db.commit()


def sweep_elsewhere(site: str, results: list) -> None:
	"""A sweep as another worker runs it: own connection, own locals."""
	import frappe

	frappe.init(site=site, sites_path=".")
	frappe.connect()
	try:
		frappe.set_user("Administrator")
		results.append(sweep.run(NOW))
	finally:
		frappe.db.rollback()
		frappe.destroy()


def test_what_one_sweep_holds_the_other_leaves_out(site, cases):
	held = sweep.take(NOW, 10)
	assert len(held) == 10
	results: list[dict] = []
	thread = threading.Thread(target=sweep_elsewhere, args=(site.local.site, results))
	thread.start()
	thread.join(120)
	site.db.rollback()
	assert results[0].get("cases", 0) <= CASES - 10
	untouched = {row.name for row in held}
	assert not site.get_all(
		"Grievance Event", {"grievance": ["in", sorted(untouched)], "event_type": "ESCALATED"}
	)


def test_two_sweeps_at_once_climb_each_case_once(site, cases):
	results: list[dict] = []
	threads = [
		threading.Thread(target=sweep_elsewhere, args=(site.local.site, results)) for _number in range(2)
	]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join(300)
	site.db.rollback()
	# What both left to each other waits for the next sweep.
	results.append(sweep.run(NOW))
	climbed = site.get_all("Grievance Event", {"event_type": "ESCALATED"}, pluck="grievance")
	assert sorted(climbed) == sorted([*cases, *cases]), "levels 1 and 2, once each"
	assert sum(result.get("failed", 0) for result in results) == 0
	assert site.db.count("Grievance Appeal", {"grievance": ["in", cases]}) == CASES
	assert history.verify(cases) == []
