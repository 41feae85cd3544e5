"""Cells that a spreadsheet would run as a formula are made harmless."""

from __future__ import annotations

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: object) -> object:
	"""Text that begins like a formula gets an apostrophe before it; everything else stays.

	Source: OWASP, CSV Injection. Numbers and dates are no text and stay numbers and dates.
	"""
	if isinstance(value, str) and value.lstrip(" ").startswith(RUN_BY_SPREADSHEETS):
		return f"'{value}"
	return value


def harmless_row(row: dict) -> dict:
	return {field: harmless(value) for field, value in row.items()}
