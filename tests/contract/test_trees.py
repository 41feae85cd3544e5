"""Nested sets: every change keeps the bounds of the tree true."""

from __future__ import annotations

import pytest

from tests.contract import records


@pytest.fixture
def tree(site):
	"""Contract State over two districts; the first holds a block."""
	for title, level, parent in (
		("Contract State", "State", None),
		("Contract East", "District", "Contract State"),
		("Contract West", "District", "Contract State"),
		("Contract Block", "Block", "Contract East"),
	):
		records.place(title, level, parent).insert()
	return site


def bounds(site, name: str) -> tuple[int, int]:
	return site.db.get_value("Jurisdiction", name, ["lft", "rgt"])


def inside(site, name: str, parent: str) -> bool:
	(low, high), (lft, rgt) = bounds(site, parent), bounds(site, name)
	return low < lft < rgt < high


BLOCK = "Contract Block Block, Contract East"


def test_a_new_place_lies_inside_its_parent(tree):
	assert inside(tree, "Contract East", "Contract State")
	assert inside(tree, BLOCK, "Contract East")
	assert not inside(tree, BLOCK, "Contract West")
	_assert_sound(tree)


def test_a_moved_place_takes_its_subtree_along(tree):
	doc = tree.get_doc("Jurisdiction", BLOCK)
	doc.parent_jurisdiction = "Contract West"
	doc.save()
	assert inside(tree, BLOCK, "Contract West")
	assert not inside(tree, BLOCK, "Contract East")
	_assert_sound(tree)


def test_descendants_and_ancestors_as_filters(tree):
	get = tree.get_all
	below = get("Jurisdiction", {"name": ["descendants of", "Contract State"]}, order_by="lft", pluck="name")
	assert below == ["Contract East", BLOCK, "Contract West"]
	above = get("Jurisdiction", {"name": ["ancestors of", BLOCK]}, order_by="lft", pluck="name")
	assert above == ["Contract State", "Contract East"]


def test_a_place_with_places_below_is_not_deleted(tree):
	with pytest.raises(tree.ValidationError):
		tree.delete_doc("Jurisdiction", "Contract East")
	tree.delete_doc("Jurisdiction", BLOCK)
	_assert_sound(tree)


def test_a_place_cannot_lie_in_itself(tree):
	from frappe.utils.nestedset import NestedSetRecursionError, update_nsm

	doc = tree.get_doc("Jurisdiction", "Contract East")
	doc.parent_jurisdiction = BLOCK
	with pytest.raises(NestedSetRecursionError):
		update_nsm(doc)


def _assert_sound(site) -> None:
	"""All numbers are used once, and every parent encloses its children."""
	rows = site.get_all("Jurisdiction", fields=["name", "parent_jurisdiction", "lft", "rgt"], limit=0)
	numbers = [number for row in rows for number in (row.lft, row.rgt)]
	assert len(numbers) == len(set(numbers))
	by_name = {row.name: row for row in rows}
	for row in rows:
		parent = by_name.get(row.parent_jurisdiction)
		assert row.lft < row.rgt
		assert parent is None or parent.lft < row.lft < row.rgt < parent.rgt
