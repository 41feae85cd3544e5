"""Reads which names of ``frappe`` a piece of code uses and how it calls them. Pure; parses, never imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Values that differ by request: what stands behind them is not API.
DYNAMIC = (
	"frappe.flags",
	"frappe.local",
	"frappe.session",
	"frappe.conf",
	"frappe.form_dict",
	"frappe.response",
)


@dataclass(frozen=True, slots=True)
class Use:
	"""One mention of a dotted name; ``positional`` is None when it is not called."""

	name: str
	place: str
	positional: int | None = None
	keywords: tuple[str, ...] = ()
	open_ended: bool = False


def uses(folder: Path) -> list[Use]:
	"""Every use of ``frappe.…`` in the Python files below ``folder``."""
	return [
		use
		for file in sorted(folder.rglob("*.py"))
		for use in uses_of(file.read_text(encoding="utf-8"), str(file))
	]


def uses_of(source: str, place: str) -> Iterator[Use]:
	tree = ast.parse(source)
	names: dict[str, str] = {}
	for node in ast.walk(tree):
		if isinstance(node, ast.Import):
			for alias in node.names:
				if alias.name.split(".")[0] == "frappe":
					names[alias.asname or "frappe"] = alias.name if alias.asname else "frappe"
					yield Use(alias.name, f"{place}:{node.lineno}")
		elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "frappe":
			for alias in node.names:
				names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
				yield Use(f"{node.module}.{alias.name}", f"{place}:{node.lineno}")
	yield from _Reader(names, place).read(tree)


class _Reader:
	def __init__(self, names: dict[str, str], place: str):
		self.names = names
		self.place = place

	def read(self, tree: ast.AST) -> Iterator[Use]:
		called: set[ast.AST] = set()
		for node in ast.walk(tree):
			if isinstance(node, ast.Call):
				name = self.dotted(node.func)
				if name:
					called.update(ast.walk(node.func))
					yield self._call(name, node)
		for node in ast.walk(tree):
			if isinstance(node, ast.Attribute) and node not in called:
				name = self.dotted(node)
				if name:
					yield Use(name, f"{self.place}:{node.lineno}")

	def _call(self, name: str, node: ast.Call) -> Use:
		return Use(
			name,
			f"{self.place}:{node.lineno}",
			positional=sum(not isinstance(argument, ast.Starred) for argument in node.args),
			keywords=tuple(keyword.arg for keyword in node.keywords if keyword.arg),
			open_ended=any(isinstance(argument, ast.Starred) for argument in node.args)
			or any(keyword.arg is None for keyword in node.keywords),
		)

	def dotted(self, node: ast.AST) -> str | None:
		"""``frappe.db.get_value`` for that expression, with imported names resolved; None for anything else."""
		parts: list[str] = []
		while isinstance(node, ast.Attribute):
			parts.append(node.attr)
			node = node.value
		if not isinstance(node, ast.Name) or node.id not in self.names:
			return None
		name = ".".join([self.names[node.id], *reversed(parts)])
		for dynamic in DYNAMIC:
			if name.startswith(dynamic + "."):
				return dynamic
		return name
