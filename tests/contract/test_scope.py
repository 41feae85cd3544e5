"""Who sees which grievance: on random worlds every surface agrees with a plain oracle (:mod:`scope_world`)."""

from __future__ import annotations

import pytest

from grievance_helpdesk.jurisdiction import scope
from grievance_helpdesk.jurisdiction.scope import surfaces
from tests.contract import scope_surfaces as ask
from tests.contract import scope_world

SEEDS = (1, 2)


@pytest.fixture(scope="module", params=SEEDS)
def world(request):
	"""Built once for the tests of this file; the last test's rollback would take it, so each is wrapped by a savepoint."""
	import frappe

	frappe.set_user("Administrator")
	yield scope_world.build(request.param)
	frappe.set_user("Administrator")
	frappe.db.rollback()


@pytest.fixture(autouse=True)
def rolled_back(world):
	"""In place of the suite's own: the world lives as long as the module."""
	import frappe

	yield
	frappe.set_user("Administrator")
	frappe.local.message_log = []


def officers(world) -> list[str]:
	return [user for user, person in world.people.items() if person.roles]


def test_a_thousand_pairs_in_both_worlds(world):
	seen = sum(len(world.visible(user)) for user in world.people)
	pairs = len(world.people) * len(world.cases)
	assert pairs >= 500
	assert pairs * 0.05 < seen < pairs * 0.8, "the worlds must hold both what is seen and what is not"


def test_every_form_agrees(site, world, as_user):
	for user in world.people:
		with as_user(user):
			assert scope.visible_names("Grievance", list(world.cases)) == world.visible(user) or not (
				world.people[user].roles
			), user
			for name, case in world.cases.items():
				assert bool(site.has_permission("Grievance", "read", name)) == world.sees(user, case), (
					user,
					name,
				)


@pytest.mark.parametrize("surface", ask.EVERYWHERE)
def test_every_list_agrees(world, as_user, surface: str):
	for user in officers(world):
		with as_user(user):
			assert ask.EVERYWHERE[surface]() == world.visible(user), user


def test_every_count_agrees(world, as_user):
	for user in officers(world):
		with as_user(user):
			assert ask.count() == len(world.visible(user)), user


@pytest.mark.parametrize("surface", ask.ONE_BY_ONE)
def test_every_single_record_agrees(world, as_user, surface: str):
	for user in officers(world):
		with as_user(user):
			for name in sample(world, user):
				assert ask.ONE_BY_ONE[surface](name) == (name in world.visible(user)), (user, name)


def sample(world, user: str) -> list[str]:
	"""Two cases that the officer sees and two that the officer does not."""
	visible = world.visible(user)
	hidden = [name for name in world.cases if name not in visible]
	return [*sorted(visible)[:2], *hidden[:2]]


@pytest.mark.bench
@pytest.mark.parametrize("surface", ask.ON_A_BENCH)
def test_lists_of_the_desk_agree(site, world, as_user, surface: str):
	for user in officers(world):
		with as_user(user):
			assert ask.ON_A_BENCH[surface]() == world.visible(user), user


def test_global_search_agrees(site, world, as_user, monkeypatch):
	"""MariaDB's full-text index holds committed rows only, so its answer is put here: every case there is."""
	found = [site._dict(doctype="Grievance", name=name, content="", rank=1.0) for name in world.cases]

	def search(text: str, start: int, limit: int, doctype: str) -> list:
		return found[start : start + limit]

	monkeypatch.setattr(surfaces, "frappes_own", lambda method: search)
	for user in officers(world):
		with as_user(user):
			expected = world.visible(user)
			assert {row.name for row in surfaces.global_search("word", limit=500)} == expected, user
			assert len(surfaces.global_search("word", limit=3)) == min(3, len(expected)), user
			assert len(surfaces.global_search("word", start=3, limit=500)) == max(0, len(expected) - 3), user


@pytest.mark.bench
@pytest.mark.parametrize("surface", ask.COUNTS_ON_A_BENCH)
def test_counts_of_the_desk_agree(world, as_user, surface: str):
	for user in officers(world):
		with as_user(user):
			assert ask.COUNTS_ON_A_BENCH[surface]() == len(world.visible(user)), user


@pytest.mark.bench
@pytest.mark.parametrize("surface", ask.EXPORTS)
def test_exports_agree(world, as_user, surface: str):
	for user in officers(world)[:6]:
		with as_user(user):
			assert ask.EXPORTS[surface]() == world.visible(user), user


@pytest.mark.bench
@pytest.mark.parametrize("surface", ask.FORMS_ON_A_BENCH)
def test_forms_of_the_desk_agree(world, as_user, surface: str):
	for user in officers(world)[:8]:
		with as_user(user):
			for name in sample(world, user):
				assert ask.FORMS_ON_A_BENCH[surface](name) == (name in world.visible(user)), (user, name)
