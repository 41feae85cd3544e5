"""``frappe.db`` on SQLite: one connection, transactions with savepoints, and Frappe's reading and writing calls.

A transaction begins with the first write (``BEGIN IMMEDIATE``), so that readers never wait and two writers
queue instead of failing.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from .. import exceptions
from ..state import _dict, local
from . import schema
from .functions import add_functions
from .query import conditions
from .values import ValuesMixin

_PLACEHOLDER = re.compile(r"%%|%s|%\((\w+)\)s")
_READS = ("select", "with", "pragma", "explain")


class Callbacks:
	"""Functions to run once at the next commit or rollback."""

	def __init__(self):
		self._functions: list[Callable] = []

	def add(self, function: Callable) -> None:
		self._functions.append(function)

	def run(self) -> None:
		functions, self._functions = self._functions, []
		for function in functions:
			function()

	def reset(self) -> None:
		self._functions = []


class Database(ValuesMixin):
	db_type = "sqlite"
	IntegrityError = sqlite3.IntegrityError
	OperationalError = sqlite3.OperationalError
	ProgrammingError = sqlite3.ProgrammingError
	InternalError = sqlite3.InternalError
	DataError = sqlite3.DataError

	def __init__(self, path: Path):
		self._connection = sqlite3.connect(
			path,
			isolation_level=None,
			detect_types=sqlite3.PARSE_DECLTYPES,
			timeout=30,
			check_same_thread=False,
		)
		for pragma in ("journal_mode=WAL", "synchronous=OFF", "temp_store=MEMORY", "foreign_keys=OFF"):
			self._connection.execute(f"PRAGMA {pragma}")
		add_functions(self._connection)
		self.value_cache: dict = {}
		self.before_commit, self.after_commit = Callbacks(), Callbacks()
		self.before_rollback, self.after_rollback = Callbacks(), Callbacks()
		self.last_query = ""

	def close(self) -> None:
		self._connection.close()

	# Statements

	def execute(self, query: str, values=()) -> sqlite3.Cursor:
		"""Run one statement in SQLite's own parameter style."""
		self.last_query = query
		if not query.lstrip(" (\n\t").lower().startswith(_READS):
			self.begin()
		try:
			return self._connection.execute(query, values)
		except sqlite3.IntegrityError as error:
			if "CHECK constraint failed" in str(error):
				raise self.DataError(f"Data too long for column: {error}") from error
			raise
		except sqlite3.OperationalError as error:
			if self.is_deadlocked(error):
				raise exceptions.QueryTimeoutError(str(error)) from error
			raise

	def sql_ddl(self, query: str) -> None:
		raise NotImplementedError(f"embedded site: sql_ddl ({query})")

	def sql(
		self,
		query: str,
		values=(),
		*,
		as_dict: bool = False,
		as_list: bool = False,
		update: dict | None = None,
		pluck: bool = False,
	):
		"""Run a query with ``%s`` or ``%(name)s`` parameters; rows come as tuples, dicts, lists or values."""
		if values not in ((), None):
			query, values = _sqlite_parameters(query, values)
		cursor = self.execute(query, values or ())
		return self.rows(cursor, as_dict=as_dict, as_list=as_list, pluck=pluck, update=update)

	def rows(self, cursor, as_dict=False, as_list=False, pluck=False, update=None, converters=None):
		"""What a cursor holds; ``converters`` by column index read what SQLite gives back without a type."""
		if cursor.description is None:
			return ()
		rows = cursor.fetchall()
		for index, convert in (converters or {}).items():
			rows = [
				(*row[:index], None if row[index] is None else convert(row[index]), *row[index + 1 :])
				for row in rows
			]
		if pluck:
			return [row[0] for row in rows]
		if as_dict:
			names = [column[0] for column in cursor.description]
			return [_dict(zip(names, row, strict=True)).update(update or {}) for row in rows]
		return [list(row) for row in rows] if as_list else tuple(rows)

	def escape(self, s: str, percent: bool = True) -> str:
		return "'" + str(s).replace("'", "''") + "'"

	# Transactions

	def begin(self) -> None:
		if self._connection.in_transaction:
			return
		try:
			self._connection.execute("BEGIN IMMEDIATE")
		except sqlite3.OperationalError as error:
			raise exceptions.QueryTimeoutError(f"Another writer holds the database: {error}") from error

	def commit(self) -> None:
		self.before_commit.run()
		if self._connection.in_transaction:
			self._connection.execute("COMMIT")
		self.value_cache.clear()
		self.before_rollback.reset()
		self.after_rollback.reset()
		self.after_commit.run()

	def rollback(self, *, save_point: str | None = None) -> None:
		if save_point:
			self._connection.execute(f"ROLLBACK TO SAVEPOINT `{save_point}`")
			self._forget()
			return
		self.before_rollback.run()
		if self._connection.in_transaction:
			self._connection.execute("ROLLBACK")
		self._forget()
		self.before_commit.reset()
		self.after_commit.reset()
		self.after_rollback.run()

	def _forget(self) -> None:
		"""What was read inside the transaction may never have been."""
		self.value_cache.clear()
		local.document_cache = {}

	def savepoint(self, save_point: str) -> None:
		self.begin()
		self._connection.execute(f"SAVEPOINT `{save_point}`")

	def release_savepoint(self, save_point: str) -> None:
		self._connection.execute(f"RELEASE SAVEPOINT `{save_point}`")

	# Tables

	def table_exists(self, doctype: str, cached: bool = True) -> bool:
		found = self._connection.execute(
			"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (f"tab{doctype}",)
		)
		return found.fetchone() is not None

	def get_tables(self, cached: bool = True) -> list[str]:
		return self.sql("SELECT name FROM sqlite_master WHERE type = 'table'", pluck=True)

	def get_table_columns(self, doctype: str) -> list[str]:
		return [row[1] for row in self._connection.execute(f"PRAGMA table_info(`tab{doctype}`)")]

	def sync_table(self, meta) -> None:
		schema.sync_table(self, meta)

	def add_index(self, doctype: str, fields: Iterable[str], index_name: str | None = None) -> None:
		self._add_index("INDEX", doctype, fields, index_name)

	def add_unique(
		self, doctype: str, fields: Iterable[str] | str, constraint_name: str | None = None
	) -> None:
		fields = [fields] if isinstance(fields, str) else fields
		self._add_index("UNIQUE INDEX", doctype, fields, constraint_name)

	def _add_index(self, kind: str, doctype: str, fields: Iterable[str], name: str | None) -> None:
		# MariaDB takes a prefix length, field(191); SQLite indexes the whole value.
		columns = [re.sub(r"\(\d+\)$", "", field) for field in fields]
		name = f"{doctype}_{name or '_'.join(columns)}_{'unique' if 'UNIQUE' in kind else 'index'}"
		listed = ", ".join(f"`{column}`" for column in columns)
		self.execute(f"CREATE {kind} IF NOT EXISTS `{name}` ON `tab{doctype}` ({listed})")

	def get_next_sequence_val(self, doctype: str) -> int:
		"""Next name of a DocType with autoincrement."""
		self.execute(
			"INSERT INTO `__sequence` VALUES (?, 1) ON CONFLICT (`doctype`) DO UPDATE SET `current` = `current` + 1",
			(doctype,),
		)
		return self.execute("SELECT `current` FROM `__sequence` WHERE `doctype` = ?", (doctype,)).fetchone()[
			0
		]

	# Writing rows

	def bulk_insert(
		self,
		doctype: str,
		fields: list[str] | tuple[str, ...],
		values: Iterable,
		ignore_duplicates: bool = False,
		*,
		chunk_size: int = 10_000,
	) -> None:
		"""Insert many rows without documents, hooks or checks."""
		values = list(values)
		if not values:
			return
		columns = ", ".join(f"`{field}`" for field in fields)
		marks = ", ".join("?" * len(fields))
		verb = "INSERT OR IGNORE" if ignore_duplicates else "INSERT"
		self.begin()
		self.last_query = f"{verb} INTO `tab{doctype}` ({columns}) VALUES ({marks})"
		try:
			self._connection.executemany(self.last_query, values)
		except sqlite3.IntegrityError as error:
			if "CHECK constraint failed" in str(error):
				raise self.DataError(f"Data too long for column: {error}") from error
			raise

	def delete(self, doctype: str, filters=None) -> None:
		where, values = conditions(doctype, filters)
		table = doctype if doctype.startswith("__") else f"tab{doctype}"
		self.execute(f"DELETE FROM `{table}`{where}", values)
		self.value_cache.clear()

	def truncate(self, doctype: str) -> None:
		self.execute(f"DELETE FROM `tab{doctype}`")
		self.commit()

	# Errors

	@staticmethod
	def is_primary_key_violation(error: Exception) -> bool:
		return isinstance(error, sqlite3.IntegrityError) and bool(re.search(r"UNIQUE.*\.name$", str(error)))

	@staticmethod
	def is_unique_key_violation(error: Exception) -> bool:
		return isinstance(error, sqlite3.IntegrityError) and "UNIQUE" in str(error)

	@staticmethod
	def is_deadlocked(error: Exception) -> bool:
		return "database is locked" in str(error)

	is_timedout = is_deadlocked

	@staticmethod
	def is_missing_column(error: Exception) -> bool:
		return "no such column" in str(error)


def _sqlite_parameters(query: str, values) -> tuple[str, dict]:
	"""Turn ``%s`` and ``%(name)s`` into named parameters; lists become ``(:a, :b)`` as in MariaDB's driver."""
	if not isinstance(values, (dict, list, tuple)):
		values = (values,)
	given = iter(values) if not isinstance(values, dict) else None
	bound: dict = {}

	def bind(value) -> str:
		if isinstance(value, (list, tuple, set, frozenset)):
			return "(" + ", ".join(bind(item) for item in value) + ")"
		key = f"p{len(bound)}"
		bound[key] = value
		return f":{key}"

	def replace(found: re.Match) -> str:
		if found.group() == "%%":
			return "%"
		return bind(values[found.group(1)] if found.group(1) else next(given))

	return _PLACEHOLDER.sub(replace, query), bound
