"""Paging through a list of the Graph API, without following the addresses that it hands out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

from .graph_client import GraphClient, InvalidRequest
from .graph_posts import id_of
from .values import object_of, objects_of, text_of

PAGE_SIZE = 100
PAGING_KEYS = ("after", "until", "__paging_token")


def walk(
	client: GraphClient, path: str, params: dict, count_page: Callable[[], None]
) -> Iterator[tuple[list[dict], bool]]:
	"""(rows not seen before, whether they are the last) page by page; ``count_page`` is called before each call.

	Short and empty pages say nothing about the end. A cursor that Facebook refuses means: once more from the top.
	"""
	paging: dict = {}
	seen: set[str] = set()
	used: set[tuple] = set()
	restarted = False
	while True:
		count_page()
		try:
			answer = client.get(path, limit=PAGE_SIZE, **params, **paging)
		except InvalidRequest:
			if not paging or restarted:
				raise
			restarted, paging = True, {}
			used.clear()
			continue
		rows = {id_of(row): row for row in objects_of(answer.get("data"))}
		new = [row for row_id, row in rows.items() if row_id not in seen]
		seen.update(rows)
		paging = next_page(object_of(answer.get("paging")))
		key = tuple(sorted(paging.items()))
		last = not paging or key in used
		used.add(key)
		yield new, last
		if last:
			return


def next_page(paging: dict) -> dict:
	"""The parameters of the next page, {} at the end. Facebook's ``next`` is a whole URL with the token in it: it is never
	called, only its paging parameters are read."""
	following = text_of(paging.get("next"))
	if not following:
		return {}
	after = text_of(object_of(paging.get("cursors")).get("after"))
	if after:
		return {"after": after}
	query = parse_qs(urlsplit(following).query)
	return {name: query[name][0] for name in PAGING_KEYS if name in query}
