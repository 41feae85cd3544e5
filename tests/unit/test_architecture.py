"""The rules of the house: who imports whom, what stays free of frappe, what a method for HTTP declares, how long files are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "grievance_helpdesk"
ROOMS = ("jurisdiction", "intake", "redressal")
MAY_IMPORT = {
	"jurisdiction": {"jurisdiction"},
	"redressal": {"redressal", "jurisdiction"},
	"intake": {"intake", "redressal", "jurisdiction"},
}
PURE = (
	"intake/triage/**/*.py",
	"intake/connectors/**/*.py",
	"intake/what_changed.py",
	"redressal/escalation/ladder.py",
	"redressal/sla.py",
	"redressal/history/chain.py",
	"redressal/workflow/rules.py",
	"redressal/casework/wording.py",
	"redressal/citizen_side/personal_data.py",
	"redressal/citizen_side/placeholders.py",
	"redressal/citizen_side/words.py",
	"redressal/letters/words.py",
	"redressal/digest/paper.py",
	"redressal/digest/words.py",
	"redressal/meeting_pack/charts.py",
	"redressal/meeting_pack/paper.py",
	"redressal/meeting_pack/words.py",
	"redressal/plain_text.py",
	"redressal/reporting/clusters.py",
	"redressal/problems.py",
	"jurisdiction/scope/areas.py",
	"jurisdiction/tree.py",
	"jurisdiction/roster.py",
)
LONGEST_FILE = 400
HAND_WRITTEN = (".py", ".js")


def python_files(folder: Path) -> list[Path]:
	return sorted(file for file in folder.rglob("*.py") if "__pycache__" not in file.parts)


def is_test(file: Path) -> bool:
	return file.name.startswith("test_")


def imports(file: Path, root: Path = ROOT) -> set[str]:
	"""Dotted names of everything that a file imports, relative imports resolved."""
	package = list(file.relative_to(root).parent.parts)
	found: set[str] = set()
	for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
		if isinstance(node, ast.Import):
			found |= {alias.name for alias in node.names}
		elif isinstance(node, ast.ImportFrom):
			base = package[: len(package) - node.level + 1] if node.level else []
			module = ".".join([*base, *([node.module] if node.module else [])])
			found |= {f"{module}.{alias.name}" for alias in node.names}
	return found


def rooms_imported(file: Path) -> set[str]:
	parts = (name.split(".") for name in imports(file) if name.startswith("grievance_helpdesk."))
	return {part[1] for part in parts if part[1] in ROOMS}


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way(room: str):
	wrong = {
		str(file.relative_to(ROOT)): rooms_imported(file) - MAY_IMPORT[room]
		for file in python_files(APP / room)
		if not is_test(file)
	}
	assert {file: rooms for file, rooms in wrong.items() if rooms} == {}


@pytest.mark.parametrize("pattern", PURE)
def test_pure_code_imports_no_frappe(pattern: str):
	wrong = {
		str(file.relative_to(ROOT)): sorted(name for name in imports(file) if name.split(".")[0] == "frappe")
		for file in APP.glob(pattern)
		if not is_test(file)
	}
	assert {file: names for file, names in wrong.items() if names} == {}


def test_pure_code_reaches_frappe_through_nobody():
	"""A pure module may import pure modules of the app only."""
	pure = {file for pattern in PURE for file in APP.glob(pattern)}
	touching = {file for file in python_files(APP) if any(n.split(".")[0] == "frappe" for n in imports(file))}
	wrong = {
		str(file.relative_to(ROOT)): str(other.relative_to(ROOT))
		for file in pure
		for name in imports(file)
		for other in _files_of(name)
		if other in touching
	}
	assert wrong == {}


def _files_of(name: str) -> Iterator[Path]:
	"""The files that importing ``name`` (a module, or something in one) reads."""
	parts = name.split(".")
	for path in (ROOT.joinpath(*parts), ROOT.joinpath(*parts[:-1])):
		yield from (file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file())


def test_the_app_never_imports_the_embedded_site_or_its_tests():
	forbidden = ("embedded", "embedded_site", "server", "home", "tests", "demo", "benchmarks")
	wrong = {
		str(file.relative_to(ROOT)): sorted(name for name in imports(file) if name.split(".")[0] in forbidden)
		for file in python_files(APP)
	}
	assert {file: names for file, names in wrong.items() if names} == {}


def whitelisted(file: Path) -> Iterator[tuple[ast.FunctionDef, ast.expr]]:
	for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
		for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
			function = decorator.func if isinstance(decorator, ast.Call) else decorator
			if ast.unparse(function) in ("frappe.whitelist", "whitelist"):
				yield node, decorator


def test_methods_for_http_declare_types_and_http_methods():
	wrong = []
	for file in python_files(APP):
		for function, decorator in whitelisted(file):
			place = f"{file.relative_to(ROOT)}:{function.lineno} {function.name}"
			keywords = (
				{keyword.arg for keyword in decorator.keywords} if isinstance(decorator, ast.Call) else set()
			)
			if "methods" not in keywords:
				wrong.append(f"{place}: name its HTTP methods")
			every = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
			wrong += [
				f"{place}: {argument.arg} has no type"
				for argument in every
				if argument.annotation is None and argument.arg not in ("self", "cls")
			]
	assert wrong == []


def test_files_stay_short():
	folders = (APP, ROOT / "embedded", ROOT / "tests", ROOT / "demo", ROOT / "benchmarks")
	lengths = {
		str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
		for folder in folders
		for file in folder.rglob("*")
		if file.suffix in HAND_WRITTEN and "__pycache__" not in file.parts
	}
	assert {file: length for file, length in lengths.items() if length > LONGEST_FILE} == {}
