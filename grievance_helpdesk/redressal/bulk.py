"""Many rows in one statement, for the import only.

``frappe.db.bulk_insert`` and ``bulk_update`` build one object for each value, which takes longer than the database
does. Table and column names come from the code, never from a request; values are parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import frappe

ROWS_IN_ONE_STATEMENT = 2000


def insert(
	doctype: str, columns: Sequence[str], rows: Iterable[Sequence], ignore_duplicates: bool = False
) -> None:
	"""Insert rows without documents, hooks or checks; with ``ignore_duplicates`` those that exist stay as they are."""
	rows = list(rows)
	if frappe.db.db_type != "mariadb":
		frappe.db.bulk_insert(doctype, columns, rows, ignore_duplicates=ignore_duplicates)
		return
	verb = "insert ignore" if ignore_duplicates else "insert"
	names = ", ".join(f"`{column}`" for column in columns)
	marks = f"({', '.join(['%s'] * len(columns))})"
	for start in range(0, len(rows), ROWS_IN_ONE_STATEMENT):
		chunk = rows[start : start + ROWS_IN_ONE_STATEMENT]
		frappe.db.sql(
			f"{verb} into `tab{doctype}` ({names}) values {', '.join([marks] * len(chunk))}",
			[value for row in chunk for value in row],
		)


def update(doctype: str, changes: dict[str, dict], touch: bool = True) -> None:
	"""Write ``{name: {field: value}}`` without documents. Every name must exist; the caller holds its row.

	Without ``touch`` the time of the last change stays, so that nobody's open form becomes stale.
	"""
	alike: dict[tuple[str, ...], list[list]] = {}
	mark = {"modified": frappe.utils.now(), "modified_by": frappe.session.user} if touch else {}
	for name, values in changes.items():
		alike.setdefault(tuple(values), []).append([name, *values.values(), *mark.values()])
	write = _upsert if frappe.db.db_type == "mariadb" else _update_each
	for fields, rows in alike.items():
		write(doctype, (*fields, *mark), rows)


def _upsert(doctype: str, columns: Sequence[str], rows: list[list]) -> None:
	"""MariaDB writes known rows fastest as an insert that meets its duplicate."""
	names = ", ".join(f"`{column}`" for column in ("name", *columns))
	marks = f"({', '.join(['%s'] * (len(columns) + 1))})"
	changes = ", ".join(f"`{column}`=values(`{column}`)" for column in columns)
	frappe.db.sql(
		f"insert into `tab{doctype}` ({names}) values {', '.join([marks] * len(rows))}"
		f" on duplicate key update {changes}",
		[value for row in rows for value in row],
	)


def _update_each(doctype: str, columns: Sequence[str], rows: list[list]) -> None:
	changes = ", ".join(f"`{column}`=%s" for column in columns)
	for name, *values in rows:
		frappe.db.sql(f"update `tab{doctype}` set {changes} where `name`=%s", [*values, name])
