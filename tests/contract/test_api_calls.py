"""Every name of ``frappe`` that the app uses exists on the site at hand and takes the arguments it is given."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

from tests.contract.api_calls import Use, uses, uses_of

APP = Path(__file__).resolve().parents[2] / "grievance_helpdesk"
# Imported under TYPE_CHECKING, or by the command of a bench that collects texts.
NEVER_ON_A_SITE = ("frappe.types", "frappe.gettext.extractors")
USES = [use for use in uses(APP) if not use.name.startswith(NEVER_ON_A_SITE)]


def resolve(name: str):
	"""The object behind a dotted name: as much of it as are modules is imported, the rest are attributes."""
	parts = name.split(".")
	for length in range(len(parts), 0, -1):
		try:
			found = importlib.import_module(".".join(parts[:length]))
		except ModuleNotFoundError:
			continue
		for part in parts[length:]:
			found = getattr(found, part)
		return found
	raise ImportError(name)


def problem(use: Use) -> str | None:
	"""Why this use fails on the site at hand; None when it is fine."""
	try:
		found = resolve(use.name)
	except (ImportError, AttributeError) as error:
		return f"{use.place}: {use.name} does not exist ({error})"
	if use.positional is None:
		return None
	try:
		signature = inspect.signature(found)
	except (TypeError, ValueError):
		return None if callable(found) else f"{use.place}: {use.name} cannot be called"
	arguments = [None] * use.positional
	try:
		bind = signature.bind_partial if use.open_ended else signature.bind
		bind(*arguments, **dict.fromkeys(use.keywords))
	except TypeError as error:
		return f"{use.place}: {use.name}{signature}: {error}"
	return None


def test_the_reader_sees_names_calls_and_aliases():
	source = """
import frappe
from frappe.utils import getdate as day
from frappe.desk.form import assign_to
frappe.db.get_value("A", name, "b", as_dict=True)
day()
assign_to.add({}, **more)
frappe.flags.anything
"""
	found = {(use.name, use.positional, use.keywords, use.open_ended) for use in uses_of(source, "x")}
	assert ("frappe.db.get_value", 3, ("as_dict",), False) in found
	assert ("frappe.utils.getdate", 0, (), False) in found
	assert ("frappe.desk.form.assign_to.add", 1, (), True) in found
	assert ("frappe.flags", None, (), False) in found


@pytest.mark.parametrize(
	"use",
	[
		Use("frappe.does_not_exist", "x"),
		Use("frappe.db.get_value", "x", positional=2, keywords=("no_such_argument",)),
		Use("frappe.generate_hash", "x", positional=9),
	],
	ids=["name", "keyword", "count"],
)
def test_a_wrong_use_is_found(site, use: Use):
	assert problem(use)


def test_every_use_fits_the_site(site):
	assert len(USES) > 50
	problems = [found for use in USES if (found := problem(use))]
	assert not problems, "\n" + "\n".join(problems)
