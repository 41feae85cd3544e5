"""Who sees which grievance: on random worlds every surface agrees with a plain oracle (:mod:`scope_world`)."""

from __future__ import annotations

import pytest

from grievance_helpdesk.jurisdiction import scope
from tests.contract import scope_world

SEEDS = (1, 2)


@pytest.fixture(params=SEEDS)
def world(site, request):
	return scope_world.build(request.param)


def test_list_form_and_query_agree_with_the_oracle(site, world, as_user):
	pairs, seen = 0, 0
	for user in world.people:
		expected = world.visible(user)
		with as_user(user):
			listed = _listed(site, user)
			assert listed & set(world.cases) == expected, user
			forms = {name for name in world.cases if site.has_permission("Grievance", "read", name)}
			assert forms == expected, user
			if world.people[user].roles:
				assert scope.visible_names("Grievance", list(world.cases)) == expected, user
		pairs += len(world.cases)
		seen += len(expected)
	assert pairs >= 500, "a thousand with both worlds"
	assert pairs * 0.05 < seen < pairs * 0.8, "the worlds must hold both what is seen and what is not"


def _listed(site, user: str) -> set[str]:
	try:
		return set(site.get_list("Grievance", pluck="name", limit_page_length=0))
	except site.PermissionError:
		return set()
