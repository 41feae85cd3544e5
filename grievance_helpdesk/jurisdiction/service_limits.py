"""What a time limit must look like, wherever one is set: the category, the settings, or a row for one priority."""

from __future__ import annotations

import frappe
from frappe import _

# Ten years: more is a slip of the finger.
LARGEST = {"Hours": 87_600, "Working Hours": 20_000, "Days": 3_650, "Working Days": 2_500}
CLOCKS = ("response", "resolution")


def check(document, limits: tuple[str, ...] = CLOCKS) -> None:
	"""Refuse what no clock can run by: in the fields ``{limit}_limit`` and ``{limit}_unit``, and in priority_limits."""
	for limit in limits:
		check_limit(document, f"{limit}_limit", f"{limit}_unit")
	seen: set[str] = set()
	for row in document.get("priority_limits") or ():
		_check_row(row, seen)


def check_limit(document, limit: str, unit: str) -> None:
	"""One limit of a document or a row. 0 or nothing is no limit."""
	amount, label = document.get(limit) or 0, _label(document, limit)
	if amount < 0:
		frappe.throw(_("{0} cannot be negative. Leave it empty where there is no limit.").format(label))
	if not amount:
		return
	if not document.get(unit):
		frappe.throw(_("{0} needs a unit: hours or days, working or calendar.").format(label))
	largest = LARGEST[document.get(unit)]
	if amount > largest:
		frappe.throw(
			_("{0} may be {1} {2} at most. Enter a smaller number.").format(
				label, largest, _(document.get(unit))
			)
		)


def _check_row(row, seen: set[str]) -> None:
	for clock in CLOCKS:
		check_limit(row, f"{clock}_limit", f"{clock}_unit")
	if not row.response_limit and not row.resolution_limit:
		frappe.throw(
			_("Row {0}: enter a limit for the priority {1}, or delete the row.").format(
				row.idx, frappe.bold(_(row.priority))
			)
		)
	if row.priority in seen:
		frappe.throw(
			_("Row {0}: the priority {1} has its limits in a row above; delete one of the two.").format(
				row.idx, frappe.bold(_(row.priority))
			)
		)
	seen.add(row.priority)


def _label(document, limit: str) -> str:
	label = _(document.meta.get_label(limit))
	return _("Row {0}: {1}").format(document.idx, label) if document.get("parentfield") else label
