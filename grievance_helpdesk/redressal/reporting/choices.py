"""Filters that a single report has: one of a few words, or a whole number. What is impossible is said in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import frappe
from frappe import _


def one_of(chosen: Mapping | None, field: str, label: str, allowed: Sequence[str]) -> str:
	"""The chosen word; the first of ``allowed`` when nothing is chosen."""
	value = (chosen or {}).get(field) or allowed[0]
	if value not in allowed:
		frappe.throw(
			_("{0} cannot be {1}. Choose one of: {2}.").format(
				label, _shown(value), ", ".join(_(word) for word in allowed)
			)
		)
	return value


def whole_number(
	chosen: Mapping | None, field: str, label: str, *, usual: int, lowest: int, highest: int
) -> int:
	value = (chosen or {}).get(field)
	if value in (None, ""):
		return usual
	try:
		number = int(str(value))
	except ValueError:
		number = None
	if number is None or not lowest <= number <= highest:
		frappe.throw(
			_("{0} cannot be {1}. Write a whole number from {2} to {3}.").format(
				label, _shown(value), lowest, highest
			)
		)
	return number


def _shown(value: object) -> str:
	return frappe.bold(frappe.utils.escape_html(str(value)))
