"""Installation: what a site needs beyond the DocTypes. Everything may run again and never undoes an admin's change."""

from __future__ import annotations


def after_install() -> None:
	pass


def after_migrate() -> None:
	pass
