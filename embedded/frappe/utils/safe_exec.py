"""``safe_eval``: a small expression, as workflows and rules hold them, without a way out of it."""

from __future__ import annotations

import ast

ALLOWED = {
	"int": int,
	"float": float,
	"long": int,
	"round": round,
	"len": len,
	"min": min,
	"max": max,
	"str": str,
}


def safe_eval(code: str, eval_globals: dict | None = None, eval_locals: dict | None = None):
	"""The value of ``code``. Names that begin with an underscore, assignments and formats are refused."""
	tree = ast.parse(code.strip(), mode="eval")
	for node in ast.walk(tree):
		_refuse(node)
	names = {**(eval_globals or {}), **ALLOWED, "__builtins__": {}}
	return eval(compile(tree, "<safe_eval>", "eval"), names, eval_locals)


def _refuse(node: ast.AST) -> None:
	name = getattr(node, "attr", None) or getattr(node, "id", None) or ""
	if isinstance(node, ast.NamedExpr) or name.startswith("_") or name in ("format", "format_map"):
		raise SyntaxError(f"Operation not allowed: line {node.lineno} column {node.col_offset}")
