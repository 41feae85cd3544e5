"""Hooks of the installed apps, dotted paths, and which functions may be called over HTTP."""

from __future__ import annotations

import functools
import importlib
import inspect
from collections.abc import Callable

from . import exceptions
from .messages import _, throw
from .state import _dict, local

whitelisted: set[Callable] = set()
guest_methods: set[Callable] = set()
xss_safe_methods: set[Callable] = set()
allowed_http_methods_for_whitelisted_func: dict[Callable, list[str]] = {}


def get_installed_apps(*args, **kwargs) -> list[str]:
	return ["frappe", *local.runtime.apps]


def get_hooks(hook: str | None = None, default=None, app_name: str | None = None):
	"""Hooks as Frappe gives them: single values become lists, dicts keep their keys."""
	if app_name:
		hooks = _load([app_name])
	else:
		if local.runtime.hooks is None:
			local.runtime.hooks = _load(local.runtime.apps)
		hooks = local.runtime.hooks
	if hook is None:
		return hooks
	return hooks.get(hook, [] if default is None else default)


def _load(apps: list[str]) -> _dict:
	hooks: dict = {}
	for app in apps:
		module = importlib.import_module(f"{app}.hooks")
		for key, value in vars(module).items():
			if not key.startswith("_") and not inspect.ismodule(value) and not callable(value):
				_append(hooks, key, value)
	return _dict(hooks)


def _append(target: dict, key: str, value) -> None:
	if isinstance(value, dict):
		branch = target.setdefault(key, {})
		for inner_key, inner_value in value.items():
			_append(branch, inner_key, inner_value)
	else:
		target.setdefault(key, []).extend(value if isinstance(value, list) else [value])


def get_module(modulename: str):
	return importlib.import_module(modulename)


def get_attr(method_string: str):
	"""The object behind a dotted path."""
	module, _dot, name = method_string.rpartition(".")
	return getattr(importlib.import_module(module), name)


def get_newargs(fn: Callable, kwargs: dict) -> dict:
	"""Those of ``kwargs`` that ``fn`` takes."""
	parameters = inspect.signature(fn).parameters
	if any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values()):
		return {key: value for key, value in kwargs.items() if key not in ("ignore_permissions", "flags")}
	return {key: value for key, value in kwargs.items() if key in parameters}


def call(fn: str | Callable, *args, **kwargs):
	"""Call with those keyword arguments that the function takes."""
	if isinstance(fn, str):
		fn = get_attr(fn)
	return fn(*args, **get_newargs(fn, kwargs))


def whitelist(allow_guest: bool = False, xss_safe: bool = False, methods: list[str] | None = None):
	"""Decorator: this function may be called over HTTP, by these methods only."""

	def mark(fn: Callable) -> Callable:
		@functools.wraps(fn)
		def checked(*args, **kwargs):
			if local.flags.check_argument_types:
				check_argument_types(fn, args, kwargs)
			return fn(*args, **kwargs)

		whitelisted.add(checked)
		allowed_http_methods_for_whitelisted_func[checked] = methods or ["GET", "POST", "PUT", "DELETE"]
		if allow_guest:
			guest_methods.add(checked)
			if xss_safe:
				xss_safe_methods.add(checked)
		return checked

	return mark


def check_argument_types(fn: Callable, args: tuple, kwargs: dict) -> None:
	"""Refuse what a client sends when it does not fit the annotation (simple types; others pass)."""
	import typing

	try:
		bound = inspect.signature(fn).bind(*args, **kwargs)
	except TypeError as error:
		raise exceptions.FrappeTypeError(str(error)) from error
	hints = typing.get_type_hints(fn)
	for name, value in bound.arguments.items():
		allowed = typing.get_args(hints.get(name)) or (hints.get(name),)
		simple = [kind for kind in allowed if isinstance(kind, type)]
		if not simple or len(simple) != len(allowed) or isinstance(value, tuple(simple)):
			continue
		if isinstance(value, str) and any(kind in (int, float, bool) for kind in simple):
			try:
				float(value)
				continue
			except ValueError:
				pass
		raise exceptions.FrappeTypeError(
			f"Argument {name!r} should be of type {hints[name]!r} but got {type(value)!r} instead."
		)


def is_whitelisted(method: Callable) -> None:
	"""Raise PermissionError unless the current user may call ``method`` over HTTP."""
	is_guest = local.session.user == "Guest"
	function = getattr(method, "__func__", method)
	if function not in whitelisted or (is_guest and function not in guest_methods):
		throw(
			_("You are not permitted to access this resource."),
			exceptions.PermissionError,
			_("Method Not Allowed"),
		)
