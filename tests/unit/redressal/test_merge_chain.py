"""Following merges to the case that answers."""

from __future__ import annotations

import pytest

from grievance_helpdesk.redressal.casework.merge_chain import Loop, chain


def test_a_chain_ends_with_what_is_merged_into_nothing() -> None:
	links = {"a": "b", "b": "c", "c": None, "x": "y"}
	assert chain("a", links) == ["a", "b", "c"]
	assert chain("c", links) == ["c"]
	assert chain("unknown", links) == ["unknown"]


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_a_loop_is_named_and_never_walked_for_ever(length: int) -> None:
	names = "abcd"[:length]
	links = {name: names[(number + 1) % length] for number, name in enumerate(names)}
	with pytest.raises(Loop, match=" > ".join([*names, "a"])):
		chain("a", links)
