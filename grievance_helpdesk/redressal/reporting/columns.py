"""How a column of a report is described: what it is called, what it means, and which list of cases is behind it."""

from __future__ import annotations

WIDTHS = {"Link": 200, "Data": 180, "Date": 110, "Percent": 110, "Float": 110, "Int": 110}


def column(
	fieldname: str,
	label: str,
	fieldtype: str = "Int",
	*,
	meaning: str = "",
	key: str | None = None,
	drill: dict | None = None,
	**more: object,
) -> dict:
	"""A column for Frappe's report view.

	``label`` and ``meaning`` are translated by the caller. ``key`` is the field of the list that the row's value filters
	(``"department"``). ``drill`` holds the list's further filters, ``{"status": "Open"}``; ``{}`` means the row's keys and the
	report's own filters are enough. ``drill_to`` names another list than Grievance.
	"""
	described = {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": fieldtype,
		"width": WIDTHS.get(fieldtype, 110),
		**more,
	}
	for name, value in (("meaning", meaning or None), ("key", key), ("drill", drill)):
		if value is not None:
			described[name] = value
	return described


def share(part: float, whole: float) -> float | None:
	"""Percent to one decimal; None where there is nothing to divide by, which is shown as an empty cell."""
	return round(100 * part / whole, 1) if whole else None


def summary(label: str, value: object, colour: str = "Blue", datatype: str = "Int") -> dict:
	"""A number above the report. ``colour`` is one of Frappe's indicators: Green, Red, Orange, Blue."""
	return {"label": label, "value": value, "indicator": colour, "datatype": datatype}


def bars(
	labels: list[str],
	datasets: list[tuple[str, list]],
	*,
	kind: str = "bar",
	stacked: bool = False,
	colours: list[str] | None = None,
) -> dict | None:
	"""Frappe's description of a chart; None without labels, so that no empty chart is drawn."""
	if not labels:
		return None
	chart = {
		"data": {
			"labels": labels,
			"datasets": [{"name": name, "values": values} for name, values in datasets],
		},
		"type": kind,
		"barOptions": {"stacked": int(stacked)},
	}
	return chart | ({"colors": colours} if colours else {})
